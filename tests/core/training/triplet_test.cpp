#include "core/training/triplet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace discern::training {
namespace {

TEST(Triplets, AreTheHardestOfEveryAnchor) {
  torch::manual_seed(5);
  const auto features = torch::randn({9, 4}).set_requires_grad(true);
  const std::vector<std::int64_t> label = {0, 0, 0, 1, 1, 2, 2, 2, 3};  // the last has no partner
  const auto loss = batchHardTriplets(features, torch::tensor(label), 0.3);
  double sum = 0;
  int anchors = 0;
  for (int a = 0; a < 8; ++a) {
    double farthest = 0, nearest = 1e9;
    for (int b = 0; b < 9; ++b) {
      const double d = (features[a] - features[b]).norm().item<double>();
      if (label[a] == label[b])
        farthest = std::max(farthest, d);
      else
        nearest = std::min(nearest, d);
    }
    sum += std::max(0.0, 0.3 + farthest - nearest);
    ++anchors;
  }
  EXPECT_NEAR(loss.item<double>(), sum / anchors, 1e-5);
  loss.backward();
  EXPECT_TRUE(torch::isfinite(features.grad()).all().item<bool>());
  EXPECT_GT(features.grad().abs().sum().item<double>(), 0);
}

TEST(Triplets, WithoutAnAnchorAreZeroAndEqualFeaturesHaveAGradient) {
  auto features = torch::ones({4, 3}).set_requires_grad(true);
  auto none = batchHardTriplets(features, torch::tensor(std::vector<std::int64_t>{0, 1, 2, 3}), 0.3);
  EXPECT_EQ(none.item<double>(), 0);
  none.backward();  // has one, of zeros
  auto equal = batchHardTriplets(features, torch::tensor(std::vector<std::int64_t>{0, 0, 1, 1}), 0.3);
  EXPECT_NEAR(equal.item<double>(), 0.3, 1e-5);
  equal.backward();
  EXPECT_TRUE(torch::isfinite(features.grad()).all().item<bool>());
}

TEST(IdentityBatches, HoldEveryFaceOnceAndPartnersSideBySide) {
  std::vector<int> label;
  for (int id = 0; id < 30; ++id) label.insert(label.end(), static_cast<std::size_t>(1 + id % 9), id);
  const auto batches = identityBatches(label, 4, 32, 1, 0);
  std::set<std::int64_t> seen;
  int partnered = 0;
  for (const auto& batch : batches) {
    EXPECT_LE(batch.size(), 32U);
    std::map<int, int> count;
    for (const auto face : batch) {
      EXPECT_TRUE(seen.insert(face).second);
      ++count[label[static_cast<std::size_t>(face)]];
    }
    for (const auto& [id, n] : count) partnered += n >= 2 ? n : 0;
  }
  EXPECT_EQ(seen.size(), label.size());
  EXPECT_GT(partnered, static_cast<int>(label.size()) * 7 / 10);
  EXPECT_EQ(batches, identityBatches(label, 4, 32, 1, 0));
  EXPECT_NE(batches, identityBatches(label, 4, 32, 1, 1));
  EXPECT_EQ(batches.size(), identityBatches(label, 4, 32, 1, 7).size());  // as many steps in every epoch
}

TEST(IdentityBatches, AreNeverOfOneFace) {
  for (int faces = 2; faces < 70; ++faces) {
    std::vector<int> label;
    for (int i = 0; i < faces; ++i) label.push_back(i % 11);
    for (const auto& batch : identityBatches(label, 4, 8, 1, faces)) {
      EXPECT_GE(batch.size(), 2U) << faces;
      EXPECT_LE(batch.size(), 8U) << faces;
    }
  }
}

}  // namespace
}  // namespace discern::training
