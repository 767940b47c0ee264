#include "core/training/augment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace discern::training {
namespace {

TEST(Mirror, ReversesEveryRowOfEveryPlane) {
  std::vector<std::uint8_t> planes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  mirror({2, 2, 1}, planes.data());
  EXPECT_EQ(planes, (std::vector<std::uint8_t>{2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11}));
}

TEST(Mirror, ReversesRowsOfOblongsAndFrames) {
  std::vector<std::uint8_t> planes;
  for (int i = 0; i < 3 * 2 * 1 * 3; ++i) planes.push_back(static_cast<std::uint8_t>(i));
  mirror({1, 3, 2}, planes.data());
  EXPECT_EQ(planes,
            (std::vector<std::uint8_t>{2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, 17, 16, 15}));
}

// Four equal frames stay equal, and one of them is what it would have become alone.
TEST(Augment, ChangesEveryFrameAlike) {
  const data::Shape one{48, 24, 1}, clip{48, 24, 4};
  const auto pixels = static_cast<std::size_t>(one.pixels());
  std::vector<std::uint8_t> single(3 * pixels), frames;
  for (std::size_t i = 0; i < single.size(); ++i) single[i] = static_cast<std::uint8_t>(40 + (i * 7) % 150);
  for (std::size_t colour = 0; colour < 3; ++colour)
    for (int f = 0; f < clip.frames; ++f)
      frames.insert(frames.end(), single.begin() + static_cast<std::ptrdiff_t>(colour * pixels),
                    single.begin() + static_cast<std::ptrdiff_t>((colour + 1) * pixels));
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    auto alone = single, all = frames;
    Rng first(seed), second(seed);
    augment(one, alone.data(), first);
    augment(clip, all.data(), second);
    EXPECT_NE(alone, single);
    for (std::size_t i = 0; i < all.size(); ++i)
      ASSERT_EQ(all[i], alone[i / (4 * pixels) * pixels + i % pixels]) << seed << " " << i;
  }
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
    augment({kSize, kSize, 1}, copy.data(), rng);
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
