// What the synthetic head leaves out, because it could not show, may not show.
#include "datasets/rendering/head.h"

#include <gtest/gtest.h>

#include "core/base/rng.h"

namespace discern::rendering {
namespace {

TEST(SyntheticHead, BelowTheHairlineThereIsNoHair) {
  int below = 0, points = 0;
  for (int style = 0; style <= static_cast<int>(HairStyle::Curly); ++style)
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      Shape shape;
      Look look;
      drawIdentity(seed, shape, look);
      look.hairStyle = static_cast<HairStyle>(style);
      Rng rng(seed);
      for (int i = 0; i < 3000; ++i) {
        const V3 p{static_cast<float>(rng.uniform(-100, 100)), static_cast<float>(rng.uniform(-130, 110)),
                   static_cast<float>(rng.uniform(-110, 120))};
        ++points;
        if (!isBelowHairline(look, p)) continue;
        ++below;
        ASSERT_LT(hairCover(look, p), -4.7F)
            << style << ", " << seed << ": " << p.x << " " << p.y << " " << p.z;
      }
    }
  EXPECT_GT(below, points / 20);  // it is worth asking
}

TEST(SyntheticHead, NoiseIsThatOfTheFourCorners) {
  Rng rng(3);
  for (int i = 0; i < 20000; ++i) {
    const auto x = static_cast<float>(rng.uniform(-50, 50)), y = static_cast<float>(rng.uniform(-50, 50));
    const auto seed = static_cast<std::uint32_t>(rng.next());
    const int ix = static_cast<int>(std::floor(x)), iy = static_cast<int>(std::floor(y));
    const float fx = x - static_cast<float>(ix), fy = y - static_cast<float>(iy);
    const float tx = fx * fx * (3 - 2 * fx), ty = fy * fy * (3 - 2 * fy);
    ASSERT_EQ(valueNoise(x, y, seed),
              mix(mix(hashNoise(ix, iy, seed), hashNoise(ix + 1, iy, seed), tx),
                  mix(hashNoise(ix, iy + 1, seed), hashNoise(ix + 1, iy + 1, seed), tx), ty))
        << x << ", " << y;
  }
}

}  // namespace
}  // namespace discern::rendering
