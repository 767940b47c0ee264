#include <algorithm>
#include <functional>
#include <vector>

#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/evaluation/cut.h"
#include "core/evaluation/resample.h"

namespace discern::evaluation {
namespace {

// A resample of n scores is n uniform places in the sorted scores. TAR needs only a few order statistics and
// counts of it, whose exact distributions are Beta and binomial: nothing of size n is drawn, so 15 M
// impostors cost what 100 do.

double gamma(Rng& rng, double shape) {  // Marsaglia and Tsang 2000; shape >= 1
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = rng.normal();
    const double v = std::pow(1 + c * x, 3);
    if (v <= 0) continue;
    if (std::log(1 - rng.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

double beta(Rng& rng, double a, double b) {
  const double x = gamma(rng, a);
  return x / (x + gamma(rng, b));
}

}  // namespace

// Devroye's halving: place the median of n uniforms, then go on in the half that p falls into.
std::int64_t binomial(Rng& rng, std::int64_t n, double p) {
  std::int64_t count = 0;
  while (n > 20 && p > 0 && p < 1) {
    const std::int64_t middle = 1 + n / 2;
    const double x = beta(rng, static_cast<double>(middle), static_cast<double>(n - middle + 1));
    if (x >= p) {
      n = middle - 1;
      p /= x;
    } else {
      count += middle;
      n -= middle;
      p = (p - x) / (1 - x);
    }
  }
  if (p >= 1) return count + n;
  for (std::int64_t i = 0; i < n && p > 0; ++i) count += rng.uniform() < p ? 1 : 0;
  return count;
}

double quantile(const std::vector<double>& sorted, double q) {
  const double place = q * static_cast<double>(sorted.size() - 1);
  const auto i = static_cast<std::size_t>(place);
  const std::size_t next = std::min(i + 1, sorted.size() - 1);
  return sorted[i] + (place - static_cast<double>(i)) * (sorted[next] - sorted[i]);
}

namespace {

// The score below which one resample of the impostors rejects, -infinity when it accepts everything.
double resampledReject(Rng& rng, const std::vector<float>& impostor, double far, FarRule rule) {
  const auto n = static_cast<std::int64_t>(impostor.size());
  const auto scoreAt = [&](double place) {
    return impostor[std::min(n - 1, static_cast<std::int64_t>(place * static_cast<double>(n)))];
  };
  const std::int64_t k = allowedFalseAccepts(far, n);
  if (k >= n) return -HUGE_VAL;
  const double u =
      beta(rng, static_cast<double>(k + 1), static_cast<double>(n - k));  // place of the first rejected
  const float value = scoreAt(u);
  if (rule == FarRule::AtMost) return value;
  // Its tied group reaches over [from, to): count the members of the resample above and in it.
  const auto [first, last] = std::equal_range(impostor.begin(), impostor.end(), value, std::greater<>());
  const double from = static_cast<double>(first - impostor.begin()) / static_cast<double>(n);
  const double to = static_cast<double>(last - impostor.begin()) / static_cast<double>(n);
  const std::int64_t low = k - binomial(rng, k, (u - from) / u);
  const std::int64_t high = k + 1 + binomial(rng, n - k - 1, (to - u) / (1 - u));
  if (!takesGroup(rule, far, n, static_cast<double>(low), static_cast<double>(high))) return value;
  if (high >= n) return -HUGE_VAL;
  return scoreAt(to + (1 - to) * beta(rng, 1, static_cast<double>(n - high)));
}

}  // namespace

Interval bootstrapTar(const Comparisons& sorted, double far, FarRule rule, int bootstraps,
                      std::uint64_t seed) {
  std::vector<double> tars(static_cast<std::size_t>(bootstraps));
  const auto n = static_cast<std::int64_t>(sorted.genuine.size());
  parallelFor(bootstraps, 16, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t b = begin; b < end; ++b) {
      Rng rng(mixSeed(seed, static_cast<std::uint64_t>(b)));
      const double reject = resampledReject(rng, sorted.impostor, far, rule);
      const auto above = std::partition_point(sorted.genuine.begin(), sorted.genuine.end(),
                                              [&](float score) { return score > reject; });
      const double p = static_cast<double>(above - sorted.genuine.begin()) / static_cast<double>(n);
      tars[static_cast<std::size_t>(b)] = static_cast<double>(binomial(rng, n, p)) / static_cast<double>(n);
    }
  });
  std::sort(tars.begin(), tars.end());
  return {quantile(tars, 0.025), quantile(tars, 0.975)};
}

}  // namespace discern::evaluation
