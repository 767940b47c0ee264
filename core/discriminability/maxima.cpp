#include "core/discriminability/maxima.h"

#include <array>
#include <limits>

#include "core/base/simd.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/discriminability/maxima.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace discern::discriminability::HWY_NAMESPACE {
namespace {

constexpr float kNone = -std::numeric_limits<float>::infinity();
// Independent lanes let the compiler use SIMD without -ffast-math.
constexpr std::int64_t kLanes = 16;

}  // namespace

float maximum(const float* values, std::int64_t n) {
  std::array<float, kLanes> best;
  best.fill(kNone);
  std::int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (std::int64_t k = 0; k < kLanes; ++k) best[k] = values[i + k] > best[k] ? values[i + k] : best[k];
  for (; i < n; ++i) best[0] = values[i] > best[0] ? values[i] : best[0];
  for (std::int64_t k = 1; k < kLanes; ++k) best[0] = best[k] > best[0] ? best[k] : best[0];
  return best[0];
}

float maximumAndSum(const float* values, std::int64_t n, double& sum) {
  std::array<float, kLanes> best, lanes{};
  best.fill(kNone);
  std::int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (std::int64_t k = 0; k < kLanes; ++k) {
      const float value = values[i + k];
      best[k] = value > best[k] ? value : best[k];
      lanes[k] += value > 0 ? value : 0;
    }
  double total = 0;
  for (; i < n; ++i) {
    best[0] = values[i] > best[0] ? values[i] : best[0];
    total += values[i] > 0 ? values[i] : 0;
  }
  for (std::int64_t k = 0; k < kLanes; ++k) {
    best[0] = best[k] > best[0] ? best[k] : best[0];
    total += lanes[k];
  }
  sum += total;
  return best[0];
}

}  // namespace discern::discriminability::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace discern::discriminability {

HWY_EXPORT(maximum);
HWY_EXPORT(maximumAndSum);

float maximum(const float* values, std::int64_t n) { return HWY_DYNAMIC_DISPATCH(maximum)(values, n); }
float maximumAndSum(const float* values, std::int64_t n, double& sum) {
  return HWY_DYNAMIC_DISPATCH(maximumAndSum)(values, n, sum);
}

}  // namespace discern::discriminability
#endif
