#include "core/aggregation/aggregate.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/aggregation/weights.h"
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

double factor(const Input& in, int sample, const Options& options) {
  if (in.unit) return options.normaliseFeatures ? 1.0 : in.norms[sample];
  return options.normaliseFeatures ? 1.0 / in.norms[sample] : 1.0;
}

void addTo(std::vector<double>& sum, std::span<const float> row, double weight) {
  if (weight == 0) return;
  for (std::size_t j = 0; j < sum.size(); ++j) sum[j] += weight * row[j];
}

std::vector<double> maximum(const Input& in, const std::vector<int>& samples, const Options& options) {
  std::vector<double> result(static_cast<std::size_t>(in.features.cols), -HUGE_VAL);
  for (const int sample : samples) {
    const double scale = factor(in, sample, options);
    const auto row = in.features.row(sample);
    for (std::size_t j = 0; j < result.size(); ++j) result[j] = std::max(result[j], scale * row[j]);
  }
  return result;
}

std::vector<double> mediaMeanSum(const Input& in, const std::vector<int>& samples, const Options& options) {
  std::unordered_map<int, int> count;
  const auto medium = [&](int sample) { return in.media.empty() ? -1 : in.media[sample]; };
  for (const int sample : samples) ++count[medium(sample)];
  std::vector<double> sum(static_cast<std::size_t>(in.features.cols), 0.0);
  for (const int sample : samples) {
    const int m = medium(sample);
    // An unknown medium (negative) is a medium of its own.
    addTo(sum, in.features.row(sample), factor(in, sample, options) / (m < 0 ? 1 : count[m]));
  }
  return sum;
}

std::vector<double> weightedMean(const Input& in, const std::vector<int>& samples, const Options& options) {
  std::vector<float> scores, norms;
  for (const int sample : samples) {
    if (!in.scores.empty()) scores.push_back(in.scores[sample]);
    norms.push_back(in.norms[sample]);
  }
  const auto weights = weightsOf(samples.size(), scores, norms, options);
  std::vector<double> sum(static_cast<std::size_t>(in.features.cols), 0.0);
  for (std::size_t i = 0; i < samples.size(); ++i)
    addTo(sum, in.features.row(samples[i]), weights[i] * factor(in, samples[i], options));
  return sum;
}

void combine(const Input& in, const std::vector<int>& group, const Options& options, std::span<float> out) {
  std::vector<int> samples;
  for (const int sample : group)
    if (in.norms[sample] > 0) samples.push_back(sample);
  if (samples.empty()) return;
  std::vector<double> sum;
  if (options.method == Method::Max)
    sum = maximum(in, samples, options);
  else if (options.method == Method::MediaMeanSum)
    sum = mediaMeanSum(in, samples, options);
  else
    sum = weightedMean(in, samples, options);
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

data::Matrix combineAll(const Input& in, const std::vector<std::vector<int>>& groups,
                        const Options& options) {
  data::Matrix result(static_cast<std::int64_t>(groups.size()), in.features.cols);
  parallelFor(result.rows, 16, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t g = begin; g < end; ++g) {
      Options own = options;
      own.seed = mixSeed(options.seed, static_cast<std::uint64_t>(g));
      combine(in, groups[static_cast<std::size_t>(g)], own, result.row(g));
    }
  });
  return result;
}

}  // namespace

data::Matrix aggregate(data::MatrixView features, const std::vector<std::vector<int>>& groups,
                       std::span<const float> scores, const Options& options, std::span<const int> media) {
  std::vector<float> norms(static_cast<std::size_t>(features.rows), 0.0F);
  const Input in{features, norms, false, scores, media};
  check(in, groups, options);
  parallelFor(features.rows, 256, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i)
      if (data::isFinite(features.row(i))) norms[i] = static_cast<float>(data::norm(features.row(i)));
  });
  return combineAll(in, groups, options);
}

data::Matrix aggregateUnit(data::MatrixView unit, std::span<const float> norms,
                           const std::vector<std::vector<int>>& groups, std::span<const float> scores,
                           const Options& options, std::span<const int> media) {
  const Input in{unit, norms, true, scores, media};
  check(in, groups, options);
  if (norms.size() != static_cast<std::size_t>(unit.rows))
    fail("aggregation got {} norms for {} samples; give one per sample", norms.size(), unit.rows);
  return combineAll(in, groups, options);
}

}  // namespace discern::aggregation
