#include "core/evaluation/paired.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/evaluation/cut.h"
#include "core/evaluation/resample.h"
#include "core/evaluation/verification.h"

namespace discern::evaluation {
namespace {

struct Both {
  std::vector<float> a, b;
  std::size_t size() const { return a.size(); }
};

// Impostors that can lie at a threshold of a resample: those among the `most` highest of either side.
struct Tail {
  Both scores;
  std::vector<std::int32_t> byA, byB;  // places in `scores`, highest first
};

// What a resample's threshold needs is its k + 1 highest. A member of the `most` highest is drawn once on
// average, so that fewer than k + 1 draws of them are eight deviations away: never in ten thousand million
// resamples.
std::int64_t tailSize(std::int64_t k, std::int64_t n) {
  const double most = static_cast<double>(k + 1) + 8 * std::sqrt(static_cast<double>(k + 1)) + 32;
  return std::min(n, static_cast<std::int64_t>(most));
}

std::vector<std::int32_t> highestFirst(const std::vector<float>& scores) {
  std::vector<std::int32_t> order(scores.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int32_t>(i);
  std::ranges::stable_sort(order, std::greater(),
                           [&](std::int32_t i) { return scores[static_cast<std::size_t>(i)]; });
  return order;
}

// The place-th highest, from 0.
float placed(std::vector<float> scores, std::int64_t place) {
  std::ranges::nth_element(scores, scores.begin() + place, std::greater());
  return scores[static_cast<std::size_t>(place)];
}

Tail tailOf(const Both& impostors, std::int64_t k) {
  const auto n = static_cast<std::int64_t>(impostors.size());
  const std::int64_t most = tailSize(k, n);
  const float leastA = placed(impostors.a, most - 1), leastB = placed(impostors.b, most - 1);
  Tail tail;
  for (std::size_t i = 0; i < impostors.size(); ++i) {
    if (impostors.a[i] < leastA && impostors.b[i] < leastB) continue;
    tail.scores.a.push_back(impostors.a[i]);
    tail.scores.b.push_back(impostors.b[i]);
  }
  tail.byA = highestFirst(tail.scores.a);
  tail.byB = highestFirst(tail.scores.b);
  return tail;
}

// The score above which k of the resample lie; drawn: how often each of the tail is in it.
float rejectOf(const std::vector<float>& scores, const std::vector<std::int32_t>& order,
               const std::vector<std::int32_t>& drawn, std::int64_t k) {
  std::int64_t above = 0;
  for (const std::int32_t i : order) {
    above += drawn[static_cast<std::size_t>(i)];
    if (above > k) return scores[static_cast<std::size_t>(i)];
  }
  return scores[static_cast<std::size_t>(order.back())];
}

// Of genuine comparisons: what one side alone accepts, as shares.
struct Flips {
  double gained = 0, lost = 0;
};
Flips flipsAt(const Both& genuine, float rejectA, float rejectB) {
  std::int64_t gained = 0, lost = 0;
  for (std::size_t i = 0; i < genuine.size(); ++i) {
    const bool byA = genuine.a[i] > rejectA, byB = genuine.b[i] > rejectB;
    gained += byB && !byA ? 1 : 0;
    lost += byA && !byB ? 1 : 0;
  }
  const auto n = static_cast<double>(genuine.size());
  return {static_cast<double>(gained) / n, static_cast<double>(lost) / n};
}

Interval intervalOf(const Both& genuine, const Both& impostors, std::int64_t k,
                    const PairedOptions& options) {
  const Tail tail = tailOf(impostors, k);
  const auto size = static_cast<std::int64_t>(tail.scores.size()),
             n = static_cast<std::int64_t>(impostors.size());
  const auto genuines = static_cast<std::int64_t>(genuine.size());
  std::vector<double> differences(static_cast<std::size_t>(options.bootstraps));
  parallelFor(options.bootstraps, 4, [&](std::int64_t begin, std::int64_t end) {
    std::vector<std::int32_t> drawn(tail.scores.size());
    for (std::int64_t r = begin; r < end; ++r) {
      Rng rng(mixSeed(options.seed, static_cast<std::uint64_t>(r)));
      float rejectA = -HUGE_VALF, rejectB = -HUGE_VALF;  // where all may be accepted
      if (k < n) {
        std::ranges::fill(drawn, 0);
        const std::int64_t draws = binomial(rng, n, static_cast<double>(size) / static_cast<double>(n));
        for (std::int64_t d = 0; d < draws; ++d) ++drawn[static_cast<std::size_t>(rng.below(size))];
        rejectA = rejectOf(tail.scores.a, tail.byA, drawn, k);
        rejectB = rejectOf(tail.scores.b, tail.byB, drawn, k);
      }
      // Both kinds of flips of a resample, as two of the three counts of a multinomial draw.
      const Flips flips = flipsAt(genuine, rejectA, rejectB);
      const std::int64_t gained = binomial(rng, genuines, flips.gained);
      const double rest = 1 - flips.gained;
      const std::int64_t lost =
          rest > 0 ? binomial(rng, genuines - gained, std::min(1.0, flips.lost / rest)) : 0;
      differences[static_cast<std::size_t>(r)] =
          static_cast<double>(gained - lost) / static_cast<double>(genuines);
    }
  });
  std::ranges::sort(differences);
  return {quantile(differences, 0.025), quantile(differences, 0.975)};
}

void check(std::span<const float> a, std::span<const float> b, const std::vector<bool>& genuine) {
  if (a.size() != b.size() || a.size() != genuine.size())
    fail("{} and {} scores were given for {} comparisons; one of each was expected", a.size(), b.size(),
         genuine.size());
  for (const auto side : {a, b})
    for (const float score : side)
      if (!std::isfinite(score)) fail("a comparison's score is {}; a finite number was expected", score);
}

// The lowest score that is accepted, of those that are there; above all of them when none is.
double thresholdOf(const Both& genuine, const Both& impostors, float reject, bool ofA) {
  double least = HUGE_VAL;
  for (const Both* each : {&genuine, &impostors})
    for (const float score : ofA ? each->a : each->b)
      if (score > reject) least = std::min(least, static_cast<double>(score));
  return std::isfinite(least) ? least : std::nextafter(static_cast<double>(reject), HUGE_VAL);
}

}  // namespace

std::vector<PairedTar> comparePaired(std::span<const float> a, std::span<const float> b,
                                     const std::vector<bool>& genuine, const PairedOptions& options) {
  check(a, b, genuine);
  Both same, other;
  for (std::size_t i = 0; i < a.size(); ++i) {
    Both& to = genuine[i] ? same : other;
    to.a.push_back(a[i]);
    to.b.push_back(b[i]);
  }
  if (same.size() == 0 || other.size() == 0)
    fail("there is no {} comparison; two sides are compared on both kinds",
         same.size() == 0 ? "genuine" : "impostor");
  const auto n = static_cast<std::int64_t>(other.size());
  std::vector<PairedTar> result;
  for (const double far : options.fars) {
    PairedTar row;
    row.far = far;
    const std::int64_t k = allowedFalseAccepts(far, n);
    const float rejectA = k < n ? placed(other.a, k) : -HUGE_VALF,
                rejectB = k < n ? placed(other.b, k) : -HUGE_VALF;
    row.thresholdA = thresholdOf(same, other, rejectA, true);
    row.thresholdB = thresholdOf(same, other, rejectB, false);
    row.supported = supports(n, far);
    std::int64_t acceptedA = 0, acceptedB = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      const bool byA = a[i] > rejectA, byB = b[i] > rejectB;
      if (genuine[i]) acceptedA += byA ? 1 : 0, acceptedB += byB ? 1 : 0;
      if (byA == byB) continue;
      auto& list = genuine[i] ? (byB ? row.gained : row.lost) : (byB ? row.falselyGained : row.falselyLost);
      list.push_back(static_cast<std::int64_t>(i));
    }
    row.tarA = static_cast<double>(acceptedA) / static_cast<double>(same.size());
    row.tarB = static_cast<double>(acceptedB) / static_cast<double>(same.size());
    row.low = row.high = row.difference();
    if (options.bootstraps > 0) {
      const Interval interval = intervalOf(same, other, k, options);
      row.low = interval.low;
      row.high = interval.high;
    }
    result.push_back(std::move(row));
  }
  return result;
}

}  // namespace discern::evaluation
