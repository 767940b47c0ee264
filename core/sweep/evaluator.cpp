#include <algorithm>
#include <cmath>
#include <limits>

#include "core/aggregation/methods.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/sweep/running_sums.h"
#include "core/sweep/sweep.h"

namespace discern::sweep {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// Smaller work stays on the calling thread: a step of the
// slider would wait longer for a thread than for its sums.
constexpr std::int64_t kTemplateGrain = 256, kPairGrain = 8192;

// Many independent lanes, so that the additions of one do not wait for those of another.
float dotOf(const float* a, const float* b, std::size_t n) {
  constexpr std::size_t kLanes = 32;
  float lanes[kLanes] = {};
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    for (std::size_t k = 0; k < kLanes; ++k) lanes[k] += a[i + k] * b[i + k];
  for (; i < n; ++i) lanes[i % kLanes] += a[i] * b[i];
  double sum = 0;
  for (const float lane : lanes) sum += lane;
  return static_cast<float>(sum);
}

void check(data::MatrixView features, std::span<const float> scores, const data::Protocol& protocol,
           std::span<const float> weights) {
  if (static_cast<std::int64_t>(scores.size()) != features.rows)
    fail("the sweep got {} scores for {} feature rows; give one per sample", scores.size(), features.rows);
  if (!weights.empty() && weights.size() != scores.size())
    fail("the sweep got {} weights for {} feature rows; give one per sample", weights.size(), features.rows);
  for (const auto& group : protocol.templates)
    for (const int sample : group.samples) {
      if (sample < 0 || sample >= features.rows)
        fail("template '{}' names sample {}, but there are {} feature rows", group.name, sample,
             features.rows);
      if (std::isfinite(scores[sample]) && scores[sample] < 0)
        fail("sample {} has score {}, but a weight cannot be negative; give scores between 0 and 1", sample,
             scores[sample]);
      if (!weights.empty() && std::isfinite(weights[sample]) && weights[sample] < 0)
        fail("sample {} has weight {}, which cannot be negative; give scores between 0 and 1", sample,
             weights[sample]);
    }
  const auto templates = static_cast<int>(protocol.templates.size());
  for (std::size_t i = 0; i < protocol.pairs.size(); ++i) {
    const auto& pair = protocol.pairs[i];
    if (pair.a < 0 || pair.b < 0 || pair.a >= templates || pair.b >= templates)
      fail("pair {} compares templates {} and {}, but there are {}", i, pair.a, pair.b, templates);
    if (protocol.folds >= 2 && (pair.fold < 0 || pair.fold >= protocol.folds))
      fail("pair {} is in fold {}, but the protocol has folds 0 to {}", i, pair.fold, protocol.folds - 1);
  }
}

struct PairOf {
  int a, b;
};

// What a row of `combined` holds; nothing yet: 0 kept.
struct Combination {
  std::size_t kept = 0;
  Weighting weighting = Weighting::Plain;
  bool operator==(const Combination&) const = default;
};

}  // namespace

struct ThresholdEvaluator::Impl {
  // Samples of a template lie together, best score first; unscored ones last, with score 0.
  std::size_t dims = 0;
  data::Matrix rows;  // of unit length, or raw
  bool unit = true;
  std::vector<float> scores, norms;      // per row; NaN scores are 0 here
  std::vector<float> weights;            // per row, NaN is 0; empty: there are no others
  std::vector<std::size_t> begin;        // per template, and one more
  std::vector<int> scored;               // per template: rows that have a score
  std::vector<std::vector<int>> groups;  // rows per template, in the protocol's order
  std::vector<float> sorted;             // finite scores, ascending
  std::vector<float> rowScores;          // per row, NaN where there is none: for the baselines

  std::vector<RunningSums> sums;   // per template
  std::vector<Combination> shown;  // per template
  data::Matrix combined;
  std::vector<unsigned char> changed;
  std::vector<PairOf> pairs;  // genuine first
  evaluation::Comparisons comparisons;
  std::vector<int> folds;  // genuine, then impostor; empty without folds
  std::vector<bool> truth;

  Impl(data::MatrixView features, std::span<const float> sampleScores, const data::Protocol& protocol,
       std::span<const float> sampleWeights, data::Lengths lengths);
  void copyRows(data::MatrixView features, std::span<const float> sampleScores,
                const data::Protocol& protocol, std::span<const float> sampleWeights);
  std::size_t size(std::size_t t) const { return begin[t + 1] - begin[t]; }
  std::size_t keptAt(std::size_t t, double threshold) const;
  Weighting weightingOf(std::size_t t, std::size_t kept, const aggregation::Options& options,
                        bool byWeights) const;
  std::int64_t recombine(const aggregation::Options& options, bool byWeights);
  void compare(const data::Matrix& templates, bool all, evaluation::Comparisons& out) const;
  Point measure(const evaluation::Comparisons& scoresOfPairs, std::int64_t kept, bool usesScores,
                const Options& options) const;
};

ThresholdEvaluator::Impl::Impl(data::MatrixView features, std::span<const float> sampleScores,
                               const data::Protocol& protocol, std::span<const float> sampleWeights,
                               data::Lengths lengths)
    : dims(static_cast<std::size_t>(features.cols)), unit(lengths == data::Lengths::Unit) {
  copyRows(features, sampleScores, protocol, sampleWeights);
  const std::size_t templates = protocol.templates.size();
  for (std::size_t t = 0; t < templates; ++t)
    sums.emplace_back(rows.values.data() + begin[t] * dims, scores.data() + begin[t],
                      weights.empty() ? nullptr : weights.data() + begin[t], dims, unit);
  shown.resize(templates);
  changed.assign(templates, 0);
  combined = data::Matrix(static_cast<std::int64_t>(templates), features.cols);
  for (const bool side : {true, false})
    for (const auto& pair : protocol.pairs) {
      if (pair.genuine != side) continue;
      pairs.push_back({pair.a, pair.b});
      (side ? comparisons.genuine : comparisons.impostor).push_back(0.0F);
      truth.push_back(side);
      if (protocol.folds >= 2) folds.push_back(pair.fold);
    }
}

void ThresholdEvaluator::Impl::copyRows(data::MatrixView features, std::span<const float> sampleScores,
                                        const data::Protocol& protocol,
                                        std::span<const float> sampleWeights) {
  const std::size_t templates = protocol.templates.size();
  const auto finite = [&](int sample) { return std::isfinite(sampleScores[sample]); };
  std::vector<std::vector<int>> usable(templates);  // samples, in the protocol's order
  parallelFor(static_cast<std::int64_t>(templates), 16, [&](std::int64_t from, std::int64_t to) {
    for (std::int64_t t = from; t < to; ++t)
      for (const int sample : protocol.templates[t].samples)
        if (data::isFinite(features.row(sample)) && static_cast<float>(data::norm(features.row(sample))) > 0)
          usable[t].push_back(sample);
  });
  begin.assign(1, 0);
  for (const auto& samples : usable) begin.push_back(begin.back() + samples.size());
  rows = data::Matrix(static_cast<std::int64_t>(begin.back()), features.cols);
  scores.assign(begin.back(), 0.0F);
  rowScores.assign(begin.back(), 0.0F);
  norms.assign(begin.back(), 0.0F);
  if (!sampleWeights.empty()) weights.assign(begin.back(), 0.0F);
  scored.assign(templates, 0);
  groups.resize(templates);
  parallelFor(static_cast<std::int64_t>(templates), 16, [&](std::int64_t from, std::int64_t to) {
    for (auto t = static_cast<std::size_t>(from); t < static_cast<std::size_t>(to); ++t) {
      std::vector<int> order(usable[t].size());  // places in usable[t]
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
      std::stable_sort(order.begin(), order.end(), [&](int i, int j) {
        const int a = usable[t][i], b = usable[t][j];
        if (finite(a) != finite(b)) return finite(a);
        return finite(a) && sampleScores[a] > sampleScores[b];
      });
      groups[t].resize(order.size());
      for (std::size_t i = 0; i < order.size(); ++i) {
        const int sample = usable[t][order[i]];
        const std::size_t row = begin[t] + i;
        std::copy_n(features.row(sample).data(), dims, rows.row(static_cast<std::int64_t>(row)).data());
        const auto copied = rows.row(static_cast<std::int64_t>(row));
        norms[row] = static_cast<float>(unit ? data::normalise(copied) : data::norm(copied));
        rowScores[row] = sampleScores[sample];
        scores[row] = finite(sample) ? sampleScores[sample] : 0.0F;
        if (!weights.empty() && std::isfinite(sampleWeights[sample])) weights[row] = sampleWeights[sample];
        scored[t] += finite(sample) ? 1 : 0;
        groups[t][order[i]] = static_cast<int>(row);
      }
    }
  });
  for (const float score : rowScores)
    if (std::isfinite(score)) sorted.push_back(score);
  std::sort(sorted.begin(), sorted.end());
}

// aggregation::weights' rule: score > threshold, at least the best one; everything where no score is known.
std::size_t ThresholdEvaluator::Impl::keptAt(std::size_t t, double threshold) const {
  if (scored[t] == 0) return size(t);
  const float* first = scores.data() + begin[t];
  const float* passed =
      std::partition_point(first, first + scored[t], [&](float s) { return s > threshold; });
  return std::max<std::size_t>(1, static_cast<std::size_t>(passed - first));
}

Weighting ThresholdEvaluator::Impl::weightingOf(std::size_t t, std::size_t kept,
                                                const aggregation::Options& options, bool byWeights) const {
  if (byWeights) {
    const float* first = weights.data() + begin[t];
    return std::any_of(first, first + kept, [](float w) { return w > 0; }) ? Weighting::Others
                                                                           : Weighting::Plain;
  }
  const float high = scores[begin[t]], low = scores[begin[t] + kept - 1];
  if (low == high) return Weighting::Plain;
  return aggregation::rescales(options, static_cast<std::int64_t>(kept), low, high) ? Weighting::Rescaled
                                                                                    : Weighting::Score;
}

// Brings `combined` to these options, marks what changed, and counts the kept samples.
std::int64_t ThresholdEvaluator::Impl::recombine(const aggregation::Options& options, bool byWeights) {
  std::int64_t total = 0;
  std::vector<std::size_t> stale;
  for (std::size_t t = 0; t < sums.size(); ++t) {
    changed[t] = 0;
    if (size(t) == 0) continue;
    const std::size_t kept = keptAt(t, options.threshold);
    total += static_cast<std::int64_t>(kept);
    const Combination wanted{kept, weightingOf(t, kept, options, byWeights)};
    if (wanted == shown[t]) continue;
    shown[t] = wanted;
    changed[t] = 1;
    stale.push_back(t);
  }
  parallelFor(static_cast<std::int64_t>(stale.size()), kTemplateGrain,
              [&](std::int64_t from, std::int64_t to) {
                for (std::int64_t i = from; i < to; ++i) {
                  const std::size_t t = stale[static_cast<std::size_t>(i)];
                  sums[t].moveTo(shown[t].kept);
                  sums[t].combine(shown[t].weighting, combined.row(static_cast<std::int64_t>(t)));
                }
              });
  return total;
}

void ThresholdEvaluator::Impl::compare(const data::Matrix& templates, bool all,
                                       evaluation::Comparisons& out) const {
  std::vector<std::size_t> stale;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    if (all || changed[pairs[i].a] != 0 || changed[pairs[i].b] != 0) stale.push_back(i);
  const std::size_t genuine = out.genuine.size();
  parallelFor(static_cast<std::int64_t>(stale.size()), kPairGrain, [&](std::int64_t from, std::int64_t to) {
    for (std::int64_t k = from; k < to; ++k) {
      const std::size_t i = stale[static_cast<std::size_t>(k)];
      const float score = dotOf(templates.row(pairs[i].a).data(), templates.row(pairs[i].b).data(), dims);
      (i < genuine ? out.genuine[i] : out.impostor[i - genuine]) = score;
    }
  });
}

ThresholdEvaluator::Point ThresholdEvaluator::Impl::measure(const evaluation::Comparisons& scoresOfPairs,
                                                            std::int64_t kept, bool usesScores,
                                                            const Options& options) const {
  Point point;
  point.samples = rows.rows;
  point.kept = kept;
  point.keptShare = rows.rows > 0 ? static_cast<double>(kept) / static_cast<double>(rows.rows) : 1;
  point.tar = evaluation::tarAtFar(scoresOfPairs, options.far);
  point.accuracy = kNaN;
  if (options.accuracy && !folds.empty()) {
    std::vector<float> values = scoresOfPairs.genuine;
    values.insert(values.end(), scoresOfPairs.impostor.begin(), scoresOfPairs.impostor.end());
    point.accuracy = evaluation::foldAccuracy(values, truth, folds).accuracy;
  } else if (options.accuracy) {
    point.accuracy = evaluation::bestAccuracy(scoresOfPairs);
  }
  point.cost = evaluation::cost(options.cost, point.samples, kept, usesScores);
  return point;
}

ThresholdEvaluator::ThresholdEvaluator(data::MatrixView features, std::span<const float> scores,
                                       const data::Protocol& protocol, std::span<const float> weights,
                                       data::Lengths lengths) {
  check(features, scores, protocol, weights);
  impl_ = std::make_unique<Impl>(features, scores, protocol, weights, lengths);
}
ThresholdEvaluator::~ThresholdEvaluator() = default;
ThresholdEvaluator::ThresholdEvaluator(ThresholdEvaluator&&) noexcept = default;

ThresholdEvaluator::Point ThresholdEvaluator::at(double threshold, const Options& options) {
  aggregation::Options how;
  how.threshold = threshold;
  how.rescale = options.rescale;
  how.autoMinimum = options.autoMinimum;
  how.autoSpread = options.autoSpread;
  const std::int64_t kept = impl_->recombine(how, options.byWeights && !impl_->weights.empty());
  impl_->compare(impl_->combined, false, impl_->comparisons);
  Point point = impl_->measure(impl_->comparisons, kept, true, options);
  point.threshold = threshold;
  return point;
}

ThresholdEvaluator::Point ThresholdEvaluator::baseline(const aggregation::Options& aggregation,
                                                       const Options& options,
                                                       evaluation::Comparisons* told) {
  aggregation::Options how = aggregation;
  how.normaliseFeatures = impl_->unit;
  const auto templates =
      impl_->unit
          ? aggregation::aggregateUnit(impl_->rows.view(), impl_->norms, impl_->groups, impl_->rowScores, how)
          : aggregation::aggregate(impl_->rows.view(), impl_->groups, impl_->rowScores, how);
  std::int64_t kept = 0;
  std::vector<float> scores;
  for (const auto& group : impl_->groups) {
    scores.clear();
    for (const int row : group) scores.push_back(impl_->rowScores[static_cast<std::size_t>(row)]);
    kept += aggregation::keptOf(static_cast<std::int64_t>(group.size()), scores, aggregation);
  }
  evaluation::Comparisons compared = impl_->comparisons;
  impl_->compare(templates, true, compared);
  const Point point = impl_->measure(compared, kept, aggregation::usesScores(aggregation.method), options);
  if (told != nullptr) *told = std::move(compared);
  return point;
}

std::int64_t ThresholdEvaluator::templates() const { return static_cast<std::int64_t>(impl_->groups.size()); }
std::int64_t ThresholdEvaluator::pairs() const { return static_cast<std::int64_t>(impl_->truth.size()); }
std::span<const float> ThresholdEvaluator::sortedScores() const { return impl_->sorted; }
const evaluation::Comparisons& ThresholdEvaluator::comparisons() const { return impl_->comparisons; }

}  // namespace discern::sweep
