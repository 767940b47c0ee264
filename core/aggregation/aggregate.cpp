#include "core/aggregation/aggregate.h"

#include <algorithm>
#include <cmath>

#include "core/aggregation/methods.h"
#include "core/aggregation/some_groups.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"

namespace discern::aggregation {
namespace {

// What one group is combined from. A row of `features` times its factor is what enters the mean.
struct Input {
  data::MatrixView features;
  std::span<const float> norms;  // 0: unusable
  bool unit = false;             // features are of unit length
  std::span<const float> scores;
  std::span<const int> media;
};

double factor(const Input& in, int sample, bool normalise) {
  if (in.unit) return normalise ? 1.0 : in.norms[sample];
  return normalise ? 1.0 / in.norms[sample] : 1.0;
}

void combine(const Input& in, const std::vector<int>& samples, const Options& options, std::span<float> out) {
  std::vector<float> scores, norms;
  std::vector<std::span<const float>> rows;
  std::vector<double> factors;
  std::vector<int> media;
  const MethodInfo& info = infoOf(options.method);
  const bool normalise = info.directions || (options.normaliseFeatures && !info.rawFeatures);
  for (const int sample : samples) {
    if (!(in.norms[sample] > 0)) continue;
    if (!in.scores.empty()) scores.push_back(in.scores[sample]);
    if (!in.media.empty()) media.push_back(in.media[sample]);
    norms.push_back(in.norms[sample]);
    rows.push_back(in.features.row(sample));
    factors.push_back(factor(in, sample, normalise));
  }
  if (rows.empty()) return;
  const Group group{rows.size(), scores, norms, rows, factors, media};
  const std::vector<double> sum =
      info.combine ? info.combine(group, options) : weightedSum(group, weightsOf(group, options));
  double squares = 0;
  for (const double v : sum) squares += v * v;
  if (!(squares > 0)) return;  // features that cancel have no direction: a zero row
  const double scale = 1 / std::sqrt(squares);
  for (std::size_t j = 0; j < out.size(); ++j) out[j] = static_cast<float>(sum[j] * scale);
}

void check(const Input& in, const std::vector<std::vector<int>>& groups, const Options& options) {
  const auto rows = static_cast<std::size_t>(in.features.rows);
  if (usesScores(options.method) && in.scores.size() != rows)
    fail("{} needs one score per sample, but {} samples came with {} scores", toString(options.method), rows,
         in.scores.size());
  if (!in.scores.empty() && in.scores.size() != rows)
    fail("aggregation got {} scores for {} samples; give one per sample", in.scores.size(), rows);
  if (!in.media.empty() && in.media.size() != rows)
    fail("aggregation got {} media for {} samples; give one per sample", in.media.size(), rows);
  for (std::size_t g = 0; g < groups.size(); ++g)
    for (const int sample : groups[g])
      if (sample < 0 || sample >= in.features.rows)
        fail("group {} names sample {}, but there are {} samples", g, sample, rows);
}

data::Matrix combineAll(const Input& in, const std::vector<std::vector<int>>& groups, const Options& options,
                        std::int64_t firstGroup) {
  data::Matrix result(static_cast<std::int64_t>(groups.size()), in.features.cols);
  parallelFor(result.rows, 16, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t g = begin; g < end; ++g)
      combine(in, groups[static_cast<std::size_t>(g)], optionsOf(options, firstGroup + g), result.row(g));
  });
  return result;
}

}  // namespace

Options optionsOf(const Options& options, std::int64_t group) {
  Options own = options;
  own.seed = mixSeed(options.seed, static_cast<std::uint64_t>(group));
  return own;
}

data::Matrix aggregate(data::MatrixView features, const std::vector<std::vector<int>>& groups,
                       std::span<const float> scores, const Options& options, std::span<const int> media) {
  return aggregateSome(features, groups, scores, options, media, 0);
}

data::Matrix aggregateSome(data::MatrixView features, const std::vector<std::vector<int>>& groups,
                           std::span<const float> scores, const Options& options, std::span<const int> media,
                           std::int64_t firstGroup) {
  std::vector<float> norms(static_cast<std::size_t>(features.rows), 0.0F);
  const Input in{features, norms, false, scores, media};
  check(in, groups, options);
  parallelFor(features.rows, 256, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i)
      if (data::isFinite(features.row(i))) norms[i] = static_cast<float>(data::norm(features.row(i)));
  });
  return combineAll(in, groups, options, firstGroup);
}

data::Matrix aggregateUnit(data::MatrixView unit, std::span<const float> norms,
                           const std::vector<std::vector<int>>& groups, std::span<const float> scores,
                           const Options& options, std::span<const int> media) {
  const Input in{unit, norms, true, scores, media};
  check(in, groups, options);
  if (norms.size() != static_cast<std::size_t>(unit.rows))
    fail("aggregation got {} norms for {} samples; give one per sample", norms.size(), unit.rows);
  return combineAll(in, groups, options, 0);
}

}  // namespace discern::aggregation
