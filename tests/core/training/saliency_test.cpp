// The maps of a network whose answer is known, and of a real one against finite differences.
#include "core/training/saliency.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"

namespace discern::training {
namespace {

constexpr int kSide = 32;

// The mean of the upper left quadrant of the image, all channels.
struct Quadrant : networks::Network {
  torch::Tensor forward(const torch::Tensor& input) override {
    return input.narrow(2, 0, kSide / 2)
        .narrow(3, 0, kSide / 2)
        .mean(std::vector<std::int64_t>{1, 2, 3})
        .unsqueeze(1);
  }
};

bool inQuadrant(int y, int x) { return y < kSide / 2 && x < kSide / 2; }

TEST(Saliency, OcclusionOfAQuadrantIsWhatThePatchHidesThereAndZeroElsewhere) {
  Quadrant network;
  Progress progress;
  const auto map = occlusionMap(network, torch::ones({1, 3, kSide, kSide}), 8, 8, 5, progress);
  ASSERT_EQ(map.rows, kSide);
  ASSERT_EQ(map.cols, kSide);
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x)
      EXPECT_NEAR(map.row(y)[std::size_t(x)], inQuadrant(y, x) ? 64.0 / 256 : 0, 1e-6) << y << ", " << x;
  const auto dark = occlusionMap(network, -torch::ones({1, 3, kSide, kSide}), 8, 8, 64, progress);
  EXPECT_NEAR(dark.row(3)[3], -0.25, 1e-6) << "grey over black raises the score";
}

TEST(Saliency, OverlappingPatchesAreAveragedAsByBruteForce) {
  Quadrant network;
  torch::manual_seed(3);
  const auto image = torch::randn({1, 3, kSide, kSide});
  constexpr int kPatch = 10, kStride = 7;  // the last patch of a side is moved back into the image
  ASSERT_EQ(patchesAlong(kSide, kPatch, kStride), 5);
  Progress progress;
  const auto map = occlusionMap(network, image, kPatch, kStride, 4, progress);
  const double whole = network.forward(image).item<double>();
  const std::vector<int> begins = {0, 7, 14, 21, 22};
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      double sum = 0;
      int covered = 0;
      for (const int top : begins)
        for (const int left : begins) {
          if (y < top || y >= top + kPatch || x < left || x >= left + kPatch) continue;
          auto hidden = image.clone();
          hidden.slice(2, top, top + kPatch).slice(3, left, left + kPatch).zero_();
          sum += whole - network.forward(hidden).item<double>();
          ++covered;
        }
      EXPECT_NEAR(map.row(y)[std::size_t(x)], sum / covered, 1e-6);
    }
}

TEST(Saliency, GradientOfAQuadrantIsEqualThereAndZeroElsewhere) {
  Quadrant network;
  const auto image = torch::ones({1, 3, kSide, kSide});
  const auto map = gradientMap(network, image, 0), smooth = gradientMap(network, image, 1);
  const double each = 1.0 / (kSide * kSide / 4) / 127.5;  // per grey level, all channels moved
  double sum = 0;
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      EXPECT_NEAR(map.row(y)[std::size_t(x)], inQuadrant(y, x) ? each : 0, 1e-9);
      if (y > kSide / 2 + 5 || x > kSide / 2 + 5) {
        EXPECT_EQ(smooth.row(y)[std::size_t(x)], 0);
      }
      sum += smooth.row(y)[std::size_t(x)];
    }
  EXPECT_NEAR(smooth.row(5)[5], each, 1e-9);
  EXPECT_LT(smooth.row(5)[kSide / 2], each);
  EXPECT_GT(smooth.row(5)[kSide / 2], 0);
}

TEST(Saliency, GradientOfADdnetIsThatOfFiniteDifferences) {
  const auto asked = networks::makeNetwork("ddnet-r18", {.size = kSide, .seed = 5}),
             network = networks::makeNetwork("ddnet-r18", {.size = kSide, .seed = 5});
  for (const auto& each : {asked, network}) {  // statistics of its batch norms, or the sigmoid is flat
    torch::manual_seed(6);
    each->train();
    const torch::NoGradGuard guard;
    for (int i = 0; i < 30; ++i) each->forward(torch::randn({16, 3, kSide, kSide}));
  }
  torch::manual_seed(4);
  const auto image = torch::randn({1, 3, kSide, kSide}, torch::kDouble);
  const auto map = gradientMap(*asked, image.to(torch::kFloat32), 0);
  network->eval();
  network->to(torch::kDouble);
  const torch::NoGradGuard guard;
  const double eps = 1e-5;
  for (const auto& [y, x] : {std::pair(0, 0), std::pair(9, 20), std::pair(16, 16), std::pair(31, 5)}) {
    double sum = 0;
    for (int channel = 0; channel < 3; ++channel) {
      const auto moved = [&](double by) {
        auto other = image.clone();
        other.index_put_({0, channel, y, x}, other.index({0, channel, y, x}) + by);
        return network->forward(other).item<double>();
      };
      sum += std::abs(moved(eps) - moved(-eps)) / (2 * eps) / 127.5;
    }
    EXPECT_GT(sum, 1e-7);
    EXPECT_NEAR(map.row(y)[std::size_t(x)] / sum, 1, 1e-3) << y << ", " << x;
  }
}

TEST(Saliency, StopsAndRefuses) {
  Quadrant network;
  const auto image = torch::ones({1, 3, kSide, kSide});
  Progress progress;
  EXPECT_THROW(occlusionMap(network, image, 33, 8, 5, progress), Error);
  EXPECT_THROW(occlusionMap(network, image, 8, 9, 5, progress), Error) << "it would leave gaps";
  std::stop_source stop;
  int seen = 0;
  Progress stopping(
      [&](const ProgressEvent&) {
        if (++seen == 1) stop.request_stop();
      },
      stop.get_token());
  stopping.start("explain", 16);
  EXPECT_THROW(occlusionMap(network, image, 8, 8, 1, stopping), Cancelled);
}

}  // namespace
}  // namespace discern::training
