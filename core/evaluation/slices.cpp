#include "core/evaluation/slices.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/evaluation/resample.h"
#include "core/evaluation/verification.h"

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

namespace {

void requireSlices(std::span<const float> scores, const std::vector<bool>& genuine,
                   std::span<const int> slice, int count) {
  if (scores.size() != genuine.size() || scores.size() != slice.size())
    fail("slices got {} scores, {} truths and {} slices; give one of each a comparison", scores.size(),
         genuine.size(), slice.size());
  for (const int one : slice)
    if (one >= count || one < -1) fail("slice {} is none of {}", one, count);
}

}  // namespace

std::vector<Slice> slices(std::span<const float> scores, const std::vector<bool>& genuine,
                          std::span<const int> slice, int count, double threshold, double far) {
  requireSlices(scores, genuine, slice, count);
  std::vector<Slice> list(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (slice[i] < 0) continue;
    auto& of = list[static_cast<std::size_t>(slice[i])];
    Rate& rate = genuine[i] ? of.genuine : of.impostor;
    ++rate.total;
    rate.accepted += scores[i] >= threshold ? 1 : 0;
  }
  for (auto& one : list)
    one.supported = one.genuine.total >= kLeastGenuine && supports(one.impostor.total, far);
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

Spread spreadOf(std::span<const float> scores, const std::vector<bool>& genuine, std::span<const int> slice,
                int count) {
  requireSlices(scores, genuine, slice, count);
  Spread spread;
  const std::vector<std::int64_t> none(kSpreadBins, 0);
  spread.genuine.assign(static_cast<std::size_t>(count), none);
  spread.impostor = spread.genuine;
  if (scores.empty()) return spread;
  const auto [low, high] = std::ranges::minmax(scores);
  spread.low = low;
  spread.high = high;
  const double width = (spread.high - spread.low) / kSpreadBins;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (slice[i] < 0) continue;
    const auto bin = width > 0 ? static_cast<int>((scores[i] - spread.low) / width) : 0;
    auto& counts = (genuine[i] ? spread.genuine : spread.impostor)[static_cast<std::size_t>(slice[i])];
    ++counts[static_cast<std::size_t>(std::clamp(bin, 0, kSpreadBins - 1))];
  }
  return spread;
}

namespace {

// Genuine comparisons of a slice and, last, one impostor that lies just below the threshold: it is what sets
// that at FMR 0.
struct Part {
  std::vector<float> scores, quality;
  std::vector<bool> genuine;
  void add(float score, float q, bool same) {
    scores.push_back(score);
    quality.push_back(q);
    genuine.push_back(same);
  }
};

EdcResult edcOf(const Part& part, const EdcOptions& options) {
  return errorVersusDiscard(part.scores, part.genuine, part.quality, options);
}

void setInterval(SlicedEdc& edc, const Part& part, const EdcOptions& options, int bootstraps,
                 std::uint64_t seed) {
  std::vector<double> drawn(static_cast<std::size_t>(bootstraps));
  const auto genuine = std::ssize(part.scores) - 1;
  parallelFor(bootstraps, 8, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t b = begin; b < end; ++b) {
      Rng rng(mixSeed(seed, static_cast<std::uint64_t>(b)));
      Part resampled;
      for (std::int64_t i = 0; i < genuine; ++i) {
        const auto at = static_cast<std::size_t>(rng.below(genuine));
        resampled.add(part.scores[at], part.quality[at], true);
      }
      resampled.add(part.scores.back(), 0, false);
      drawn[static_cast<std::size_t>(b)] = edcOf(resampled, options).pauc;
    }
  });
  std::ranges::sort(drawn);
  edc.paucLow = quantile(drawn, 0.025);
  edc.paucHigh = quantile(drawn, 0.975);
}

}  // namespace

std::vector<SlicedEdc> slicedEdc(std::span<const float> scores, const std::vector<bool>& genuine,
                                 std::span<const float> quality, std::span<const int> slice, int count,
                                 double threshold, int bootstraps, std::uint64_t seed) {
  requireSlices(scores, genuine, slice, count);
  if (quality.size() != scores.size())
    fail("slices got {} scores and {} qualities; give one of each a comparison", scores.size(),
         quality.size());
  std::vector<Part> parts(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (slice[i] >= 0 && genuine[i])
      parts[static_cast<std::size_t>(slice[i])].add(scores[i], quality[i], true);
  EdcOptions options;
  options.fmr = 0;
  auto below = static_cast<float>(threshold);
  if (static_cast<double>(below) >= threshold) below = std::nextafter(below, -HUGE_VALF);
  std::vector<SlicedEdc> list(parts.size());
  for (std::size_t s = 0; s < list.size(); ++s) {
    Part& part = parts[s];
    const auto total = static_cast<double>(part.scores.size());
    if (std::ssize(part.scores) < kLeastGenuine || !std::isfinite(below)) continue;
    part.add(below, 0, false);
    static_cast<EdcResult&>(list[s]) = edcOf(part, options);
    if ((1 - options.partialTo) * total < static_cast<double>(kLeastGenuine))
      list[s].pauc = std::nan("");  // of comparisons that are too few at its end
    else if (bootstraps > 0)
      setInterval(list[s], part, options, bootstraps, mixSeed(seed, s));
    std::erase_if(list[s].curve, [&](const EdcPoint& point) {
      return std::lround((1 - point.discarded) * total) < kLeastGenuine;
    });
  }
  return list;
}

}  // namespace discern::evaluation
