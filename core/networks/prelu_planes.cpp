#include "core/networks/prelu_planes.h"

#include <array>

#include "core/base/simd.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/networks/prelu_planes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace discern::networks::HWY_NAMESPACE {

void forwardPlane(const float* __restrict in, float slope, std::int64_t n, float* __restrict out) {
  for (std::int64_t i = 0; i < n; ++i) out[i] = in[i] > 0 ? in[i] : slope * in[i];
}

double backwardPlane(const float* __restrict x, const float* __restrict grad, float slope, std::int64_t n,
                     float* __restrict out) {
  // Independent lanes: a single accumulator could not be vectorised.
  std::array<float, 16> lanes{};
  std::int64_t i = 0;
  for (; i + 16 <= n; i += 16) {
    for (int lane = 0; lane < 16; ++lane) {
      const bool positive = x[i + lane] > 0;
      const float g = grad[i + lane];
      out[i + lane] = positive ? g : slope * g;
      lanes[lane] += positive ? 0.0F : g * x[i + lane];
    }
  }
  double sum = 0;
  for (; i < n; ++i) {
    out[i] = x[i] > 0 ? grad[i] : slope * grad[i];
    sum += x[i] > 0 ? 0.0F : grad[i] * x[i];
  }
  for (const float lane : lanes) sum += lane;
  return sum;
}

}  // namespace discern::networks::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace discern::networks {

HWY_EXPORT(forwardPlane);
HWY_EXPORT(backwardPlane);

void forwardPlane(const float* in, float slope, std::int64_t n, float* out) {
  HWY_DYNAMIC_DISPATCH(forwardPlane)(in, slope, n, out);
}
double backwardPlane(const float* x, const float* grad, float slope, std::int64_t n, float* out) {
  return HWY_DYNAMIC_DISPATCH(backwardPlane)(x, grad, slope, n, out);
}

}  // namespace discern::networks
#endif
