#include "core/data/matrix.h"

#include <cmath>

namespace discern::data {

bool isFinite(std::span<const float> values) {
  float sum = 0;  // one NaN or infinity makes 0 * x sum to NaN
  for (const float v : values) sum += 0.0F * v;
  return sum == 0.0F;
}

double dot(std::span<const float> a, std::span<const float> b) {
  // Eight float lanes vectorise; the lanes are summed in double.
  float lanes[8] = {};
  std::size_t i = 0;
  for (; i + 8 <= a.size(); i += 8)
    for (std::size_t k = 0; k < 8; ++k) lanes[k] += a[i + k] * b[i + k];
  double sum = 0;
  for (const float lane : lanes) sum += lane;
  for (; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum;
}

double norm(std::span<const float> values) { return std::sqrt(dot(values, values)); }

double cosine(std::span<const float> a, std::span<const float> b) {
  const double product = norm(a) * norm(b);
  return product > 0 ? dot(a, b) / product : 0.0;
}

double normalise(std::span<float> values) {
  const double length = norm(values);
  if (length > 0)
    for (float& v : values) v = static_cast<float>(v / length);
  return length;
}

}  // namespace discern::data
