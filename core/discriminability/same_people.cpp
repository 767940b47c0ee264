#include "core/discriminability/same_people.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace discern::discriminability {
namespace {
constexpr std::size_t kMostPairs = 1000;
// Fewer identities have no distribution to stand out from;
// then only a cosine that impostors do not reach counts.
constexpr std::int64_t kFewestForDistribution = 10;
constexpr double kSureCosine = 0.6;
// That far above the limit a pair is listed though one of
// them has a nearer neighbour: a third name of the person.
constexpr double kSureDeviations = 1.5;

// z with P(normal > z) = probability.
double normalQuantile(double probability) {
  double low = -10, high = 40;
  for (int i = 0; i < 80; ++i) {
    const double middle = (low + high) / 2;
    (0.5 * std::erfc(middle / std::sqrt(2.0)) > probability ? low : high) = middle;
  }
  return low;
}

// How far a product lies above those of row r with all rows
// but itself and the pair's other, in their deviations.
double deviations(const Moments& moments, std::size_t r, double self, double product, double others) {
  const double mean = (moments.sum[r] - self - product) / others;
  const double variance = (moments.squares[r] - self * self - product * product) / others - mean * mean;
  return (product - mean) / std::max(1e-3, std::sqrt(std::max(0.0, variance)));
}
}  // namespace

std::vector<SamePerson> findSamePeople(data::MatrixView centroids, std::span<const std::int32_t> identity,
                                       std::span<const Part> part, double leastCosine,
                                       const TileOptions& options, Progress& progress) {
  const std::int64_t n = centroids.rows;
  progress.start("Looking for people under two names", n);
  const auto isPool = [&](std::int64_t r) { return part[identity[r]] == Part::Pool; };
  const auto load = [&](std::int64_t r, std::span<float> out) {
    std::ranges::copy(centroids.row(r), out.begin());
  };
  const auto itself = [](std::int64_t r) { return static_cast<std::int32_t>(r); };
  const Nearest nearest = nearestOther(n, load, itself, centroids, options, progress);
  const Moments moments = productMoments(centroids);

  const auto pool =
      static_cast<double>(std::ranges::count_if(identity, [&](int id) { return part[id] == Part::Pool; }));
  const double all = static_cast<double>(n), pairs = (all * (all - 1) - pool * (pool - 1)) / 2;
  const double limit = normalQuantile(std::min(0.5, 1 / std::max(1.0, pairs)));
  const bool distribution = n >= kFewestForDistribution;
  std::vector<SamePerson> result;
  for (std::int64_t a = 0; a < n; ++a) {
    const std::int64_t b = nearest.column[a];
    if (b < 0 || (isPool(a) && isPool(b))) continue;
    const bool mutual = nearest.column[b] == a;
    const double cosine = nearest.cosine[a];
    if ((mutual && b < a) || cosine < leastCosine) continue;
    double z = 0;
    if (distribution)
      for (const std::int64_t r : {a, b}) {
        const double self = data::dot(centroids.row(r), centroids.row(r));
        z += deviations(moments, static_cast<std::size_t>(r), self, cosine, all - 2) / 2;
      }
    const bool listed = distribution ? z >= limit + (mutual ? 0 : kSureDeviations) : cosine >= kSureCosine;
    if (!listed) continue;
    const auto [first, second] = std::minmax(identity[a], identity[b]);
    result.push_back({first, second, cosine, z});
  }
  std::ranges::sort(result, {}, [](const SamePerson& p) { return std::tuple(-p.cosine, p.a, p.b); });
  if (result.size() > kMostPairs) result.resize(kMostPairs);
  progress.finish();
  return result;
}

}  // namespace discern::discriminability
