#include "core/networks/student_engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <new>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "core/base/rng.h"

namespace {
std::atomic<std::int64_t> alignedBytes = 0;  // asked for since the program began
}

// The engine's memory is aligned to cache lines, and nothing else here is.
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  alignedBytes += static_cast<std::int64_t>(bytes);
  const auto unit = static_cast<std::size_t>(alignment);
  if (void* p = std::aligned_alloc(unit, (bytes + unit - 1) / unit * unit)) return p;
  throw std::bad_alloc();
}
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }

namespace discern::networks {
namespace {

struct Layer {
  int out, kernel;
};
using Layout = std::array<Layer, 10>;
constexpr Layout kPaper = {
    {{16, 3}, {32, 3}, {16, 1}, {32, 3}, {64, 3}, {32, 1}, {64, 3}, {128, 3}, {64, 1}, {32, 1}}};
// Odd numbers of blocks, and 1x1 where the paper has 3x3.
constexpr Layout kOdd = {
    {{48, 3}, {16, 1}, {48, 3}, {80, 3}, {16, 3}, {48, 3}, {32, 1}, {48, 3}, {16, 3}, {48, 1}}};

std::vector<float> normal(std::size_t n, double deviation, Rng& rng) {
  std::vector<float> values(n);
  for (float& v : values) v = static_cast<float>(deviation * rng.normal());
  return values;
}

StudentWeights makeWeights(int size, int dims, int identityDims, const Layout& layout = kPaper) {
  Rng rng(mixSeed(7, static_cast<std::uint64_t>(size)));
  StudentWeights weights;
  weights.size = size;
  weights.dims = dims;
  weights.identityDims = identityDims;
  int in = 3;
  for (std::size_t i = 0; i < layout.size(); ++i) {
    const int fan = in * layout[i].kernel * layout[i].kernel;
    auto& layer = weights.convolutions[i];
    layer = {in, layout[i].out, layout[i].kernel, {}, {}};
    layer.weight = normal(static_cast<std::size_t>(fan) * layer.out, std::sqrt(2.0 / fan), rng);
    layer.bias = normal(layer.out, 0.2, rng);
    in = layer.out;
  }
  const auto wide = static_cast<std::size_t>(dims);
  weights.mimicWeight = normal(wide * in, 1 / std::sqrt(in), rng);
  weights.mimicBias = normal(wide, 0.2, rng);
  weights.identityWeight = normal(wide * identityDims, 1 / std::sqrt(dims), rng);
  weights.identityBias = normal(identityDims, 0.2, rng);
  return weights;
}

std::vector<float> makeFaces(int size, int n) {
  Rng rng(mixSeed(11, static_cast<std::uint64_t>(size)));
  std::vector<float> faces(static_cast<std::size_t>(n) * 3 * size * size);
  for (float& v : faces) v = static_cast<float>(rng.uniform(-1, 1));
  return faces;
}

// channel x side x side.
struct Picture {
  int channels, side;
  std::vector<double> value;
  double& at(int c, int y, int x) { return value[(static_cast<std::size_t>(c) * side + y) * side + x]; }
  double at(int c, int y, int x) const {
    if (y < 0 || x < 0 || y >= side || x >= side) return 0;
    return value[(static_cast<std::size_t>(c) * side + y) * side + x];
  }
};

Picture convolved(const Picture& in, const StudentWeights::Convolution& layer) {
  Picture out{layer.out, in.side, std::vector<double>(in.value.size() / in.channels * layer.out)};
  const int k = layer.kernel;
  for (int o = 0; o < layer.out; ++o)
    for (int y = 0; y < in.side; ++y)
      for (int x = 0; x < in.side; ++x) {
        double sum = layer.bias[o];
        for (int i = 0; i < layer.in; ++i)
          for (int dy = 0; dy < k; ++dy)
            for (int dx = 0; dx < k; ++dx)
              sum += in.at(i, y + dy - k / 2, x + dx - k / 2) *
                     layer.weight[((static_cast<std::size_t>(o) * layer.in + i) * k + dy) * k + dx];
        out.at(o, y, x) = std::max(sum, 0.0);
      }
  return out;
}

Picture pooled(const Picture& in) {
  Picture out{in.channels, in.side / 2, std::vector<double>(in.value.size() / 4)};
  for (int c = 0; c < in.channels; ++c)
    for (int y = 0; y < out.side; ++y)
      for (int x = 0; x < out.side; ++x)
        out.at(c, y, x) = std::max({in.at(c, 2 * y, 2 * x), in.at(c, 2 * y, 2 * x + 1),
                                    in.at(c, 2 * y + 1, 2 * x), in.at(c, 2 * y + 1, 2 * x + 1)});
  return out;
}

std::vector<double> linear(const std::vector<double>& in, const std::vector<float>& weight,
                           const std::vector<float>& bias) {
  std::vector<double> out(bias.begin(), bias.end());
  for (std::size_t o = 0; o < out.size(); ++o)
    for (std::size_t i = 0; i < in.size(); ++i) out[o] += in[i] * weight[o * in.size() + i];
  return out;
}

// The network as it is defined, in double precision, layer after layer.
std::vector<double> reference(const StudentWeights& weights, StudentOutput output, const float* face) {
  const std::size_t values = std::size_t{3} * weights.size * weights.size;
  Picture picture{3, weights.size, std::vector<double>(face, face + values)};
  for (int i = 0; i < 10; ++i) {
    picture = convolved(picture, weights.convolutions[i]);
    if (i == 0 || i == 3 || i == 6) picture = pooled(picture);
  }
  std::vector<double> mean(picture.channels);
  const int pixels = picture.side * picture.side;
  for (int c = 0; c < picture.channels; ++c)
    for (int p = 0; p < pixels; ++p) mean[c] += picture.value[c * pixels + p] / pixels;
  const auto mimic = linear(mean, weights.mimicWeight, weights.mimicBias);
  return output == StudentOutput::Mimic ? mimic : linear(mimic, weights.identityWeight, weights.identityBias);
}

std::vector<float> run(const StudentEngine& engine, const std::vector<float>& faces) {
  const std::size_t n = faces.size() / (std::size_t{3} * engine.size() * engine.size());
  std::vector<float> out(n * engine.dims());
  engine.run(faces.data(), static_cast<std::int64_t>(n), out.data());
  return out;
}

// All kernels this machine has, on n faces at once: within 1e-5 of the output's scale.
void expectReference(const StudentWeights& weights, StudentOutput output, int n) {
  const auto faces = makeFaces(weights.size, n);
  const std::size_t face = faces.size() / n;
  std::vector<double> expected;
  for (int i = 0; i < n; ++i) {
    const auto row = reference(weights, output, &faces[i * face]);
    expected.insert(expected.end(), row.begin(), row.end());
  }
  double scale = 0;
  for (double v : expected) scale = std::max(scale, std::abs(v));
  ASSERT_GT(scale, 0.1);
  for (const int lanes : StudentEngine::supportedLanes()) {
    const StudentEngine engine(weights, output, lanes);
    EXPECT_EQ(engine.lanes(), lanes);
    const auto actual = run(engine, faces);
    ASSERT_EQ(actual.size(), expected.size());
    double worst = 0;
    for (std::size_t i = 0; i < actual.size(); ++i)
      worst = std::max(worst, std::abs(actual[i] - expected[i]));
    EXPECT_LT(worst / scale, 1e-5) << lanes << " lanes";
  }
}

struct Case {
  int size;
  StudentOutput output;
};
class StudentEngineSizes : public testing::TestWithParam<Case> {};

// Seven faces: a group and one left over.
TEST_P(StudentEngineSizes, EqualsTheNetworkInDoublePrecision) {
  expectReference(makeWeights(GetParam().size, 4096, 128), GetParam().output, GetParam().size > 32 ? 7 : 13);
}

INSTANTIATE_TEST_SUITE_P(All, StudentEngineSizes,
                         testing::Values(Case{16, StudentOutput::Identity}, Case{16, StudentOutput::Mimic},
                                         Case{32, StudentOutput::Identity}, Case{32, StudentOutput::Mimic},
                                         Case{64, StudentOutput::Identity}, Case{64, StudentOutput::Mimic},
                                         Case{96, StudentOutput::Identity}, Case{96, StudentOutput::Mimic}),
                         [](const auto& info) {
                           return fmt::format(
                               "S{}{}", info.param.size,
                               info.param.output == StudentOutput::Mimic ? "Mimic" : "Identity");
                         });

TEST(StudentEngine, WidthsThatDivideNothing) {
  expectReference(makeWeights(16, 37, 1024), StudentOutput::Mimic, 13);
  expectReference(makeWeights(16, 512, 3), StudentOutput::Identity, 13);
}

TEST(StudentEngine, AnyNumberOfChannelBlocks) {
  for (int size : {16, 32, 96})
    expectReference(makeWeights(size, 40, 20, kOdd), StudentOutput::Identity, size > 32 ? 2 : 8);
}

TEST(StudentEngine, AFaceDoesNotDependOnItsBatch) {
  for (int size : {16, 32, 64}) {
    const auto weights = makeWeights(size, 100, 128);
    const auto faces = makeFaces(size, 135);
    const std::size_t face = faces.size() / 135;
    for (const int lanes : StudentEngine::supportedLanes()) {
      const StudentEngine engine(weights, StudentOutput::Identity, lanes);
      std::vector<float> single(135 * 128);
      for (int i = 0; i < 135; ++i) engine.run(&faces[i * face], 1, &single[i * 128]);
      for (int n : {0, 2, 5, 6, 7, 64, 65, 135}) {
        // One float before and behind, which stay, and no alignment.
        std::vector<float> out(n * 128 + 2, -77);
        engine.run(faces.data(), n, out.data() + 1);
        EXPECT_TRUE(std::equal(out.begin() + 1, out.end() - 1, single.begin())) << size << " " << n;
        EXPECT_EQ(out.front(), -77);
        EXPECT_EQ(out.back(), -77);
      }
    }
  }
}

TEST(StudentEngine, NanStaysInItsFace) {
  for (const int lanes : StudentEngine::supportedLanes()) {
    const StudentEngine engine(makeWeights(16, 100, 128), StudentOutput::Identity, lanes);
    const auto faces = makeFaces(16, 9);
    const auto clean = run(engine, faces);
    for (int bad : {2, 8}) {                           // in a group, and left over
      for (int pixel : {0, 15, 240, 255, 100, 700}) {  // corners, inside, another channel
        auto spoilt = faces;
        spoilt[bad * 768 + pixel] = std::numeric_limits<float>::quiet_NaN();
        const auto out = run(engine, spoilt);
        for (int i = 0; i < 9; ++i)
          for (int d = 0; d < 128; ++d) {
            if (i == bad) {
              ASSERT_TRUE(std::isnan(out[i * 128 + d])) << pixel;
            } else {
              ASSERT_EQ(out[i * 128 + d], clean[i * 128 + d]) << pixel;
            }
          }
      }
    }
  }
}

TEST(StudentEngine, ThreadsShareOneEngine) {
  const StudentEngine engine(makeWeights(32, 200, 128), StudentOutput::Identity);
  const auto faces = makeFaces(32, 30);
  const auto alone = run(engine, faces);
  std::array<int, 2> same{};
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&, t] {
      for (int repeat = 0; repeat < 40; ++repeat) same[t] += run(engine, faces) == alone;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(same[0], 40);
  EXPECT_EQ(same[1], 40);
}

TEST(StudentEngine, SaysWhatMemoryItTakes) {
  for (int size : {16, 96}) {
    const auto weights = makeWeights(size, 4096, 128);
    auto before = alignedBytes.load();
    const StudentEngine engine(weights, StudentOutput::Identity);
    EXPECT_EQ(alignedBytes - before, engine.weightBytes());
    std::int64_t floats = 32 * 128 + 128;  // the merged layer
    for (const auto& layer : weights.convolutions)
      floats += static_cast<std::int64_t>(layer.weight.size() + layer.bias.size());
    EXPECT_EQ(engine.weightBytes(), floats * 4);
    for (int n : {1, 7, 64, 1000}) {
      const auto faces = makeFaces(size, std::min(n, 100));
      const int run = std::min(n, 100);
      before = alignedBytes.load();
      std::vector<float> out(static_cast<std::size_t>(run) * 128);
      std::thread([&] { engine.run(faces.data(), run, out.data()); }).join();
      EXPECT_EQ(alignedBytes - before, engine.workspaceBytes(n)) << size << " " << n;
    }
    EXPECT_EQ(engine.workspaceBytes(0), 0);
  }
}

TEST(StudentEngine, MovesKeepTheWeights) {
  StudentEngine engine(makeWeights(16, 50, 128), StudentOutput::Identity);
  const auto faces = makeFaces(16, 3);
  const auto before = run(engine, faces);
  StudentEngine other = std::move(engine);
  EXPECT_EQ(run(other, faces), before);
  EXPECT_EQ(other.dims(), 128);
  EXPECT_EQ(other.size(), 16);
}

void expectError(const StudentWeights& weights, StudentOutput output, const std::string& part) {
  try {
    StudentEngine engine(weights, output);
    ADD_FAILURE() << "no error; expected: " << part;
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}

TEST(StudentEngine, WrongShapesAreNamed) {
  const auto good = makeWeights(16, 50, 20);
  const auto expect = [&](const std::string& part, auto&& spoil) {
    auto weights = good;
    spoil(weights);
    expectError(weights, StudentOutput::Identity, part);
  };
  expect("24 pixels", [](auto& w) { w.size = 24; });
  expect("convolution 5 takes 16 channels where 32", [](auto& w) { w.convolutions[4].in = 16; });
  expect("convolution 2 has 24 output channels", [](auto& w) { w.convolutions[1].out = 24; });
  expect("convolution 4 has a 5 x 5 kernel", [](auto& w) { w.convolutions[3].kernel = 5; });
  expect("convolution 1 has a 1 x 1 kernel", [](auto& w) { w.convolutions[0].kernel = 1; });
  expect("convolution 8 weight has 73727 values where 128 x 64 x 3 x 3",
         [](auto& w) { w.convolutions[7].weight.pop_back(); });
  expect("convolution 10 bias has 33 values where 32", [](auto& w) { w.convolutions[9].bias.push_back(0); });
  expect("mimic layer has 0 dimensions", [](auto& w) { w.dims = 0; });
  expect("mimic weight has 1600 values where 51 x 32", [](auto& w) { w.dims = 51; });
  expect("mimic bias has 49", [](auto& w) { w.mimicBias.pop_back(); });
  expect("identity layer has -1 dimensions", [](auto& w) { w.identityDims = -1; });
  expect("identity weight has 1000 values where 21 x 50", [](auto& w) { w.identityDims = 21; });
  expect("identity bias has 0", [](auto& w) { w.identityBias.clear(); });
}

TEST(StudentEngine, MimicNeedsNoIdentityLayer) {
  auto weights = makeWeights(16, 50, 20);
  const auto faces = makeFaces(16, 2);
  const auto expected = run(StudentEngine(weights, StudentOutput::Mimic), faces);
  weights.identityWeight.clear();
  weights.identityDims = 0;
  EXPECT_EQ(run(StudentEngine(weights, StudentOutput::Mimic), faces), expected);
}

TEST(StudentEngine, ComputesAsManySideBySideAsTheProcessorCan) {
  const StudentEngine engine(makeWeights(16, 50, 20), StudentOutput::Identity);
  const std::vector<int> lanes = StudentEngine::supportedLanes();
  EXPECT_EQ(lanes.front(), 4);
  EXPECT_EQ(engine.lanes(), lanes.back());
  EXPECT_THROW(StudentEngine(makeWeights(16, 50, 20), StudentOutput::Identity, 5), Error);
}

}  // namespace
}  // namespace discern::networks
