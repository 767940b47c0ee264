#include "core/training/augment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace discern::training {
namespace {

TEST(Mirror, ReversesEveryRowOfEveryPlane) {
  std::vector<std::uint8_t> planes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  mirror(2, planes.data());
  EXPECT_EQ(planes, (std::vector<std::uint8_t>{2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11}));
}

TEST(Augment, IsMildSeededAndTheSameForAllPlanes) {
  constexpr int kSize = 48;
  std::vector<std::uint8_t> original(3 * kSize * kSize);
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < kSize; ++y)
      for (int x = 0; x < kSize; ++x)
        original[(c * kSize + y) * kSize + x] = static_cast<std::uint8_t>(60 + 2 * x + y);
  const auto changed = [&](std::uint64_t seed) {
    auto copy = original;
    Rng rng(seed);
    augment(kSize, copy.data(), rng);
    return copy;
  };
  EXPECT_EQ(changed(1), changed(1));
  EXPECT_NE(changed(1), changed(2));
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto copy = changed(seed);
    double difference = 0;
    for (std::size_t i = 0; i < copy.size(); ++i) difference += std::abs(copy[i] - original[i]);
    EXPECT_LT(difference / static_cast<double>(copy.size()), 45)
        << seed;  // 0.2 of brightness and a tenth of the ramp
    for (int i = 0; i < kSize * kSize; ++i) ASSERT_EQ(copy[i], copy[2 * kSize * kSize + i]);
  }
}

}  // namespace
}  // namespace discern::training
