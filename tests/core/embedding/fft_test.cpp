#include "core/embedding/fft.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "core/base/rng.h"

namespace discern::embedding {
namespace {

TEST(FftTest, lengthsAreTheNextSmoothMultiplesOfSixteen) {
  EXPECT_EQ(fftLength(1), 16);
  EXPECT_EQ(fftLength(17), 32);
  EXPECT_EQ(fftLength(97), 128);  // 112 = 16 * 7 is not smooth
}

TEST(FftTest, equalsTheDefinitionAndItsInverseComesBack) {
  for (const std::int64_t n : {16, 32, 48, 80, 144, 240, 400, 720}) {
    const Fft fft(n);
    Fft::Buffer data(n);
    Rng rng(n);
    for (float& value : data.re) value = static_cast<float>(rng.normal());
    for (float& value : data.im) value = static_cast<float>(rng.normal());
    const auto re = data.re, im = data.im;
    fft.forward(data);
    for (const std::int64_t lane : {0, 5, 15})
      for (std::int64_t k = 0; k < n; ++k) {
        std::complex<double> sum = 0;
        for (std::int64_t j = 0; j < n; ++j)
          sum += std::complex<double>(re[j * kFftLanes + lane], im[j * kFftLanes + lane]) *
                 std::polar(1.0,
                            -2 * std::numbers::pi * static_cast<double>(j * k % n) / static_cast<double>(n));
        const double tolerance = 1e-6 * std::sqrt(static_cast<double>(n)) * 5;
        ASSERT_NEAR(data.re[k * kFftLanes + lane], sum.real(), tolerance) << n << " " << k;
        ASSERT_NEAR(data.im[k * kFftLanes + lane], sum.imag(), tolerance) << n << " " << k;
      }
    fft.inverse(data);
    for (std::size_t e = 0; e < re.size(); ++e) {
      ASSERT_NEAR(data.re[e] / static_cast<float>(n), re[e], 2e-6);
      ASSERT_NEAR(data.im[e] / static_cast<float>(n), im[e], 2e-6);
    }
  }
}

}  // namespace
}  // namespace discern::embedding
