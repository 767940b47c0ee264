// Networks of clips, and ResNet-50, against published implementations
// (tests/golden/video_networks_golden.py), by gradients and by what they can learn.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>

#include "core/base/error.h"
#include "core/networks/cost.h"
#include "core/networks/feature_network.h"
#include "core/networks/registration.h"
#include "core/networks/teachers.h"
#include "tests/core/networks/golden_weights.h"

namespace discern::networks {
namespace {

namespace fs = std::filesystem;

struct Published {
  const char* golden;        // its name there
  const char* architecture;  // ours
  data::Shape shape;
  double published;  // multiply-accumulates, as it was printed; 0: nobody did
  double times;      // what its input has more than `shape`
};
std::ostream& operator<<(std::ostream& out, const Published& p) { return out << p.golden; }

class AsPublished : public testing::TestWithParam<Published> {};

// torchvision's page of models says 4.09 GFLOPS of ResNet-50 at 224 px; Feichtenhofer et al. and pytorchvideo
// 65.7 of SlowFast-50 8 x 8 at 256 px. Both are multiply-accumulates.
INSTANTIATE_TEST_SUITE_P(
    Networks, AsPublished,
    testing::Values(Published{"resnet50-v1.5", "resnet50-v1.5", {64, 64, 1}, 4.09e9, 49.0 / 4},
                    Published{"resnet50-caffe", "resnet50", {64, 64, 1}, 0, 1},
                    Published{"r3d-50", "r3d-50", {32, 32, 8}, 0, 1},
                    Published{"r2plus1d-50", "r2plus1d-50", {32, 32, 8}, 0, 1},
                    Published{"slowfast-50", "slowfast-50", {32, 32, 32}, 65.7e9, 64}));

TEST_P(AsPublished, SameOutputParametersAndWork) {
  const auto& p = GetParam();
  const auto golden = goldenOf("video_networks.csv", p.golden);
  ASSERT_EQ(golden.size(), 2U + 64);
  auto options = inShape({.dims = 0, .average = true}, p.shape);
  std::shared_ptr<Network> network;
  if (p.architecture ==
      std::string("resnet50")) {  // whose trunk is vggface2's: no weights are imported for it
    network = std::make_shared<VggFace2>();
    fill(*network);
  } else {
    network = makeNetwork(p.architecture, options);
    fill(*network, "trunk.");
  }
  network->eval();
  torch::NoGradGuard guard;
  auto shape = p.shape.tensor(1);
  const auto output =
      network->forward(noise("input", {shape.begin() + 1, shape.end()}).unsqueeze(0))[0].to(torch::kFloat64);
  const auto channels = output.size(0);
  double squares = 0;
  for (std::size_t i = 0; i < 64; ++i) squares += golden[2 + i] * golden[2 + i];
  const double usual = std::sqrt(squares / 64);
  for (int i = 0; i < 64; ++i)
    EXPECT_NEAR(output[i * (channels / 64)].item<double>(), golden[static_cast<std::size_t>(2 + i)],
                1e-4 * usual)
        << i;
  EXPECT_EQ(static_cast<double>(parametersOf(*network) + 400 * (channels + 1)), golden[0]);
  const double macs = countCost(*network, p.shape).macs;
  EXPECT_EQ(macs, golden[1]);
  if (p.published > 0) {
    EXPECT_NEAR(macs * p.times / p.published, 1, 0.02);
  }
}

constexpr data::Shape kClip{16, 16, 8};

bool takesClips(const std::string& name) { return catalog::networks().find(name).clips; }
std::vector<std::string> ofClips() {
  return catalog::networks().names([](const auto& info) { return info.clips; });
}
// And those that share their parts.
std::vector<std::string> narrowOnes() {
  return catalog::networks().names([](const auto& info) { return info.clips || info.average; });
}

data::Shape shapeFor(const std::string& name) { return takesClips(name) ? kClip : data::Shape{32, 32, 1}; }
std::shared_ptr<Network> narrow(const std::string& name, std::uint64_t seed = 1) {
  return makeNetwork(name, inShape({.width = 0.125, .dims = 12, .seed = seed}, shapeFor(name)));
}

std::string letters(const testing::TestParamInfo<std::string>& info) {
  std::string name;
  for (const char c : info.param)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += c;
  return name;
}

class OfClips : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Networks, OfClips, testing::ValuesIn(ofClips()), letters);
class Narrow : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Networks, Narrow, testing::ValuesIn(narrowOnes()), letters);

TEST_P(OfClips, TakesUprightClipsAndSaysWhatItDoesNotTake) {
  const torch::NoGradGuard guard;
  for (const data::Shape& shape : {data::Shape{32, 16, 4}, kClip}) {
    const auto network = makeNetwork(GetParam(), inShape({.width = 0.125, .dims = 12}, shape));
    network->eval();
    const auto out = network->forward(torch::rand(shape.tensor(2)));
    EXPECT_EQ(out.sizes().vec(), (std::vector<std::int64_t>{2, networkKind(GetParam()) == "ddnet" ? 1 : 12}));
    EXPECT_TRUE(torch::isfinite(out).all().item<bool>());
  }
  try {
    makeNetwork(GetParam(), {.size = 32});
    FAIL() << "it takes no pictures";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("takes clips of several frames, not 32 x 32 pixels"),
              std::string::npos)
        << error.what();
  }
  const auto network = narrow(GetParam());
  if (const auto* scores = dynamic_cast<const ScoreNetwork*>(network.get())) {
    EXPECT_EQ(scores->folded(16, 16), nullptr);
  }
}

TEST_P(Narrow, GradientsReachEveryParameterAndEveryFrame) {
  torch::manual_seed(2);
  const auto network = narrow(GetParam());
  network->train();
  auto input = torch::rand(shapeFor(GetParam()).tensor(4)).set_requires_grad(true);
  const auto out = network->forward(input);
  (out * torch::arange(out.numel()).reshape(out.sizes()).sin()).sum().backward();
  const bool scores = networkKind(GetParam()) == "ddnet";
  for (const auto& item : network->named_parameters())
    if (item.value().requires_grad() &&
        (scores || item.key() != "fc.bias")) {  // which a norm takes away again
      ASSERT_TRUE(item.value().grad().defined()) << item.key();
      EXPECT_GT(item.value().grad().abs().sum().item<double>(), 0) << item.key();
      EXPECT_TRUE(torch::isfinite(item.value().grad()).all().item<bool>()) << item.key();
    }
  if (!takesClips(GetParam())) return;
  const auto frames = input.grad().abs().sum({0, 1, 3, 4});
  EXPECT_GT(frames.min().item<double>(), 0) << frames;
}

// Eight samples of noise in two classes: only who learns them by heart tells them apart.
TEST_P(Narrow, OverfitsABatch) {
  torch::manual_seed(3);
  const auto network = narrow(GetParam(), 4);
  network->train();
  const auto input = torch::rand(shapeFor(GetParam()).tensor(8)) * 2 - 1;
  const auto labels = torch::arange(8).remainder(2);
  const bool scores = networkKind(GetParam()) == "ddnet";
  torch::optim::SGD descent(network->parameters(),
                            torch::optim::SGDOptions(scores ? 0.5 : 0.05).momentum(0.9));
  double first = 0, last = 0;
  for (int step = 0; step < 60 && (step == 0 || last > 0.05 * first); ++step) {
    const auto out = network->forward(input);
    const auto loss = scores ? torch::binary_cross_entropy(out.squeeze(1), labels.to(torch::kFloat32))
                             : torch::nn::functional::cross_entropy(4 * out.narrow(1, 0, 2), labels);
    descent.zero_grad();
    loss.backward();
    descent.step();
    last = loss.item<double>();
    if (step == 0) first = last;
  }
  EXPECT_LT(last, 0.05 * first);
}

TEST_P(Narrow, ACheckpointGivesTheSameOutputs) {
  const auto file = fs::temp_directory_path() / ("discern_video_" + std::to_string(::getpid()) + GetParam());
  const auto shape = shapeFor(GetParam());
  const auto options = inShape({.width = 0.125, .dims = 12}, shape);
  const auto network = makeNetwork(GetParam(), options);
  network->train();
  const torch::NoGradGuard guard;
  network->forward(torch::rand(shape.tensor(3)));  // the norms' statistics
  network->eval();
  saveCheckpoint(file, *network, GetParam(), options);
  const auto loaded = loadCheckpoint(file);
  fs::remove(file);
  EXPECT_EQ(loaded.shape, shape);
  EXPECT_EQ(loaded.width, 0.125);
  const auto input = torch::rand(shape.tensor(2));
  EXPECT_TRUE(torch::equal(loaded.forward(input), network->forward(input)));
}

TEST(SlowFast, WantsAMultipleOfFourFrames) {
  try {
    makeNetwork("slowfast-50", inShape({}, {32, 32, 6}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("a multiple of 4 frames (32 is usual), not 6"),
              std::string::npos)
        << error.what();
  }
}

// With half as many channels everywhere a layer behind another has a quarter of the work, a stem the half.
TEST(SlowFast, WidthScalesTheWork) {
  const auto macs = [](double width) {
    return countCost(*makeNetwork("slowfast-50", inShape({.width = width}, {32, 32, 32})), {32, 32, 32}).macs;
  };
  const double ratio = macs(0.5) / macs(0.25);
  EXPECT_GT(ratio, 3);
  EXPECT_LT(ratio, 4);
}

TEST(FeatureNetwork, TheAverageIsTheFeatureWhereNothingIsBehindIt) {
  auto options = inShape({.width = 0.125, .dims = 0, .average = true}, kClip);
  const auto network = makeNetwork("r3d-50", options);
  EXPECT_EQ(dynamic_cast<const FeatureNetwork&>(*network).dims(), 256);
  options.dims = 256;
  EXPECT_NO_THROW(makeNetwork("r3d-50", options));
  options.dims = 512;
  EXPECT_THROW(makeNetwork("r3d-50", options), Error);
  EXPECT_THROW(makeNetwork("mobilefacenet", {.average = true}), Error);
  EXPECT_THROW(makeNetwork("r3d-50", inShape({.dims = 0}, kClip)), Error);
}

TEST(FeatureNetwork, DropoutIsForTrainingAlone) {
  const auto network = makeNetwork("r3d-50", inShape({.width = 0.125, .dims = 12, .dropout = 0.5}, kClip));
  const torch::NoGradGuard guard;
  const auto input = torch::rand(kClip.tensor(3));
  network->train();
  EXPECT_FALSE(torch::equal(network->forward(input), network->forward(input)));
  network->eval();
  EXPECT_TRUE(torch::equal(network->forward(input), network->forward(input)));
}

}  // namespace
}  // namespace discern::networks
