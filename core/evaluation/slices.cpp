#include "core/evaluation/slices.h"

#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace discern::evaluation {
namespace {

constexpr double kZ = 1.959963984540054;  // 95 %

double wilson(const Rate& rate, double side) {
  if (rate.total == 0) return std::numeric_limits<double>::quiet_NaN();
  const double n = static_cast<double>(rate.total), p = rate.share(), z2 = kZ * kZ;
  const double centre = p + z2 / (2 * n), spread = kZ * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  return (centre + side * spread) / (1 + z2 / n);
}

}  // namespace

double Rate::share() const {
  return total > 0 ? static_cast<double>(accepted) / static_cast<double>(total)
                   : std::numeric_limits<double>::quiet_NaN();
}
double Rate::low() const { return accepted == 0 && total > 0 ? 0 : wilson(*this, -1); }
double Rate::high() const { return accepted == total && total > 0 ? 1 : wilson(*this, 1); }

std::vector<Slice> slices(std::span<const float> scores, const std::vector<bool>& genuine,
                          std::span<const int> slice, int count, double threshold, double far) {
  if (scores.size() != genuine.size() || scores.size() != slice.size())
    fail("slices got {} scores, {} truths and {} slices; give one of each a comparison", scores.size(),
         genuine.size(), slice.size());
  std::vector<Slice> list(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (slice[i] >= count || slice[i] < -1) fail("slice {} is none of {}", slice[i], count);
    if (slice[i] < 0) continue;
    auto& of = list[static_cast<std::size_t>(slice[i])];
    Rate& rate = genuine[i] ? of.genuine : of.impostor;
    ++rate.total;
    rate.accepted += scores[i] >= threshold ? 1 : 0;
  }
  for (auto& one : list)
    one.supported = one.genuine.total >= kLeastGenuine && static_cast<double>(one.impostor.total) >= 3 / far;
  return list;
}

Worst worstSlice(const std::vector<Slice>& slices) {
  Worst worst;
  int supported = 0;
  Rate all;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    all.accepted += slices[i].genuine.accepted;
    all.total += slices[i].genuine.total;
    if (!slices[i].supported) continue;
    ++supported;
    if (worst.slice < 0 ||
        slices[i].genuine.share() < slices[static_cast<std::size_t>(worst.slice)].genuine.share())
      worst.slice = static_cast<int>(i);
  }
  if (supported < 2) return {};
  const Rate& own = slices[static_cast<std::size_t>(worst.slice)].genuine;
  const Rate others{all.accepted - own.accepted, all.total - own.total};
  worst.beyondChance = own.high() < others.share();
  return worst;
}

}  // namespace discern::evaluation
