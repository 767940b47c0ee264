#include "core/networks/network.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/networks/mobilefacenet.h"
#include "core/networks/prelu.h"
#include "core/networks/registration.h"

namespace discern::networks {
namespace {

TEST(MakeNetwork, ShapesOfAll) {
  torch::NoGradGuard guard;
  for (const auto& name : networkNames()) {
    const auto& info = catalog::networks().find(name);
    if (info.size > 112 || info.kind == "student" || info.clips) continue;  // tests of their own
    for (const int size : {16, 40}) {
      auto network = makeNetwork(name, {.size = size, .width = 0.5, .dims = 24});
      network->eval();
      const auto output = network->forward(torch::rand({2, 3, size, size}));
      EXPECT_EQ(output.sizes(), (std::vector<std::int64_t>{2, networkKind(name) == "ddnet" ? 1 : 24}))
          << name;
      EXPECT_TRUE(torch::isfinite(output).all().item<bool>()) << name;
    }
  }
}

TEST(MakeNetwork, DdnetTakesOtherSizesAndStaysInTheUnitInterval) {
  torch::NoGradGuard guard;
  auto network = makeNetwork("ddnet-r18", {.size = 112});
  network->train();  // its batch norms know no statistics yet
  const auto output = network->forward(torch::rand({3, 3, 50, 50}) * 2 - 1);
  EXPECT_GT(output.min().item<float>(), 0.0F);
  EXPECT_LT(output.max().item<float>(), 1.0F);
}

TEST(MakeNetwork, OblongsGoThroughThoseThatTakeThem) {
  const data::Shape upright{64, 32, 1};
  for (const char* name : {"mobilefacenet", "iresnet18", "ddnet-r18"}) {
    const auto network = makeNetwork(name, inShape({.width = 0.5, .dims = 16}, upright));
    network->eval();
    torch::NoGradGuard guard;
    const auto out = network->forward(torch::rand(upright.tensor(2)));
    EXPECT_EQ(out.sizes().vec(), (std::vector<std::int64_t>{2, networkKind(name) == "ddnet" ? 1 : 16}))
        << name;
  }
  EXPECT_EQ(inShape({}, {32, 32, 1}).height, 0) << "squares are said as before";
  EXPECT_EQ(inShape({}, upright).shape(), upright);
  EXPECT_THROW(makeNetwork("student", inShape({}, upright)), Error);
  EXPECT_THROW(makeNetwork("facenet", inShape({}, {160, 96, 1})), Error);
  EXPECT_THROW(makeNetwork("mobilefacenet", inShape({}, {32, 32, 4})), Error) << "it takes no clips";
}

// As after training: every batch norm with weights of its own and the statistics of some images.
void settleNorms(Network& network, const data::Shape& shape) {
  for (const auto& module : network.modules(false))
    if (auto* norm = module->as<torch::nn::BatchNorm2d>()) {
      torch::nn::init::uniform_(norm->weight, 0.3, 1.7);
      torch::nn::init::normal_(norm->bias, 0, 0.5);
      norm->options.momentum(1);
    }
  network.train();
  network.forward(torch::rand(shape.tensor(8)) * 2 - 1);
  network.eval();
}

TEST(ScoreNetwork, FoldedItTellsTheSameScores) {
  const torch::NoGradGuard guard;
  torch::manual_seed(3);
  int folded = 0;
  for (const auto& name : networkNames()) {
    if (networkKind(name) != "ddnet" || catalog::networks().find(name).clips) continue;
    for (const data::Shape& shape : {data::Shape{80, 80, 1}, {64, 32, 1}, {50, 37, 1}}) {
      const auto network = makeNetwork(name, inShape({}, shape));
      settleNorms(*network, shape);
      const auto* scores = dynamic_cast<const ScoreNetwork*>(network.get());
      ASSERT_NE(scores, nullptr) << name;
      const auto fast = scores->folded(shape.height, shape.width);
      ASSERT_NE(fast, nullptr) << name;
      const auto input = torch::rand(shape.tensor(5)) * 2 - 1;
      const auto expected = network->forward(input);
      EXPECT_GT(expected.std().item<float>(), 1e-2F) << name;
      EXPECT_LT((fast->forward(input) - expected).abs().max().item<float>(), 1e-5F) << name;
      EXPECT_LT((fast->forward(input.narrow(0, 2, 1)) - expected[2]).abs().max().item<float>(), 1e-5F)
          << name;
      ++folded;
    }
  }
  EXPECT_GE(folded, 6);
}

TEST(MakeNetwork, SeedAloneDecidesTheWeights) {
  const auto weights = [](std::uint64_t seed) {
    return makeNetwork("ddnet-r18", {.seed = seed})->parameters().at(0).clone();
  };
  const auto first = weights(5);
  torch::manual_seed(99);
  EXPECT_TRUE(torch::equal(first, weights(5)));
  EXPECT_FALSE(torch::equal(first, weights(6)));
}

TEST(MakeNetwork, KaimingKeepsTheScaleOfSignals) {
  // A trunk at its start neither blows up nor dies out.
  torch::NoGradGuard guard;
  auto network = makeNetwork("iresnet18", {.size = 32, .dims = 64});
  network->train();
  const auto deviation = network->forward(torch::randn({16, 3, 32, 32})).std().item<double>();
  EXPECT_NEAR(deviation, 1.0, 0.2);  // batch norm is last
  for (const auto& item : network->named_parameters())
    if (item.key() == "layer1.0.conv1.weight") {
      EXPECT_NEAR(item.value().std().item<double>(), std::sqrt(2.0 / (1.0625 * 64 * 9)), 0.002);
    }
}

TEST(MakeNetwork, UnknownNameListsTheKnownOnes) {
  try {
    makeNetwork("resnet");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("ddnet-r18"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("mobilefacenet"), std::string::npos);
  }
  EXPECT_THROW(makeNetwork("ddnet-r18", {.size = 8}), Error);
  EXPECT_THROW(makeNetwork("mobilefacenet", {.width = 0}), Error);
  EXPECT_THROW(makeNetwork("iresnet18", {.dims = 0}), Error);
}

TEST(MakeNetwork, ChannelsAreMultiplesOfEight) {
  EXPECT_EQ(scaledChannels(64, 1), 64);
  EXPECT_EQ(scaledChannels(64, 0.5), 32);
  EXPECT_EQ(scaledChannels(64, 0.3), 16);  // 19.2
  EXPECT_EQ(scaledChannels(64, 0.05), 8);
  EXPECT_EQ(scaledChannels(128, 1.1), 144);  // 140.8
}

TEST(PRelu, AgreesWithLibTorchForwardAndBackward) {
  // 37 x 5 leaves a remainder of every vector width.
  for (const auto& shape : {std::vector<std::int64_t>{3, 4, 37, 5}, std::vector<std::int64_t>{6, 4}}) {
    PRelu ours(4);
    {
      torch::NoGradGuard guard;
      ours.weight.copy_(torch::tensor({0.1F, 0.25F, -0.5F, 0.0F}));
    }
    auto slope = ours.weight.detach().clone().set_requires_grad(true);
    torch::manual_seed(3);
    auto x = torch::randn(shape).set_requires_grad(true);
    auto y = x.detach().clone().set_requires_grad(true);
    const auto outer = torch::randn(shape);
    const auto a = ours.forward(x), b = torch::prelu(y, slope);
    EXPECT_TRUE(torch::equal(a, b));
    a.backward(outer);
    b.backward(outer);
    EXPECT_TRUE(torch::allclose(x.grad(), y.grad()));
    EXPECT_TRUE(torch::allclose(ours.weight.grad(), slope.grad(), 1e-4, 1e-4));
  }
}

TEST(FindDevice, NamesWhatIsWrong) {
  EXPECT_TRUE(findDevice(Device::Cpu).is_cpu());
  if (!torch::cuda::is_available()) {
    EXPECT_THROW(findDevice(Device::Cuda), Error);
  }
}

}  // namespace
}  // namespace discern::networks
