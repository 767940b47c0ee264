// Threshold x aggregation -> accuracy, kept share, compute. Fast enough to follow a hand on a slider:
// features are prepared once, group sums are updated as samples leave, never recomputed.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/aggregation/aggregate.h"
#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/data/lengths.h"
#include "core/data/matrix.h"
#include "core/evaluation/cost.h"
#include "core/evaluation/verification.h"

namespace discern::sweep {

// Everything a sweep or a slider needs, copied in once (features of the protocol's samples only). Not
// thread-safe: one evaluator a thread.
class ThresholdEvaluator {
 public:
  // features: N x d rows by sample id; scores: N. Samples without a finite feature are left out of their
  // templates; a template with none left compares as 0. weights: N or empty; with Options::byWeights they
  // weigh the samples that the scores keep (NaN: 0; all 0: the plain mean). Throws Error on sizes or indices
  // that do not fit and on negative scores or weights. lengths: of the features that are combined, in
  // baselines too.
  ThresholdEvaluator(data::MatrixView features, std::span<const float> scores, const data::Protocol& protocol,
                     std::span<const float> weights = {}, data::Lengths lengths = data::Lengths::Unit);
  ~ThresholdEvaluator();
  ThresholdEvaluator(ThresholdEvaluator&&) noexcept;

  struct Point {
    double threshold = 0;
    std::int64_t samples = 0, kept = 0;
    double keptShare = 1;
    double tar = 0;       // at `far`
    double accuracy = 0;  // fold accuracy when the protocol has folds, else best-threshold accuracy on all
                          // pairs; NaN unless asked
    evaluation::Cost cost;
  };
  struct Options {
    aggregation::Rescale rescale = aggregation::Rescale::Auto;
    int autoMinimum = aggregation::Options{}.autoMinimum;
    double autoSpread = aggregation::Options{}.autoSpread;
    double far = 1e-3;
    bool accuracy = false;
    evaluation::CostModel cost;
    bool byWeights = false;  // by the other weights, where there are any; `rescale` has no part then
  };
  // DDL at one threshold. Moving the threshold a little costs little: only templates whose kept set changes
  // are recombined, only their pairs are compared again.
  Point at(double threshold, const Options& options);
  // Any other aggregation on the same samples (keptShare 1, or k/n where it drops). Templates carry no media,
  // so MediaMeanSum takes every sample as its own. Leaves comparisons() as they are.
  // compared: gets its pair scores, where it is not null.
  Point baseline(const aggregation::Options& aggregation, const Options& options,
                 evaluation::Comparisons* compared = nullptr);

  std::int64_t templates() const;
  std::int64_t pairs() const;
  std::span<const float> sortedScores()
      const;  // of the protocol's scored samples, ascending: for percentile and share
  // Pair scores of the last at(), in the protocol's order within each side: for the ROC at this threshold.
  const evaluation::Comparisons& comparisons() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The four readings of one handle: a threshold as score, percentile, share kept and compute budget.
// percentile: 0 .. 100, of scores that are dropped; shares: 0 .. 1, computeShare above 1 where scoring costs
// more than dropping saves.
struct Readings {
  double score = 0, percentile = 0, keptShare = 1, computeShare = 1;
};
// keptShare counts single samples (not "keep the best one" per template). sorted: ascending scores. The
// inverses return the threshold whose kept share is nearest to the one asked for (equal scores can only leave
// together); just below the lowest score when everything is to be kept.
Readings readingsAt(double score, std::span<const float> sorted, const evaluation::CostModel& cost);
double scoreAtPercentile(double percentile, std::span<const float> sorted);
double scoreAtKeptShare(double share, std::span<const float> sorted);
double scoreAtComputeShare(double share, std::span<const float> sorted, const evaluation::CostModel& cost);

// Every aggregation without a threshold that needs no more than features and scores.
std::vector<aggregation::Method> usualBaselines();

struct SweepOptions {
  int thresholds = 200;  // at evenly spaced quantiles of the protocol's scores (equal ones once)
  std::vector<aggregation::Rescale> rescales = {aggregation::Rescale::Off, aggregation::Rescale::On,
                                                aggregation::Rescale::Auto};
  std::vector<aggregation::Method> baselines = usualBaselines();
  double far = 1e-3;
  bool accuracy = false;
  evaluation::CostModel cost;
  // Another table's, N or empty: one more DDL curve, which drops by the scores and weighs by these.
  std::span<const float> weights;
  std::string weightsName;                      // "ddl weights=NAME"
  evaluation::CostModel weightsCost;            // of that curve
  data::Lengths lengths = data::Lengths::Unit;  // of the features that are combined
  // Trained aggregators, a baseline each.
  std::vector<std::shared_ptr<const aggregation::GroupNetwork>> networks = {};
};
// The thresholds of a sweep: at `count` evenly spaced quantiles of ascending scores, equal ones once.
std::vector<double> thresholdsOf(std::span<const float> sorted, int count);

struct Curve {
  std::string name;  // "ddl rescale=auto", "average"
  bool isBaseline = false;
  std::vector<ThresholdEvaluator::Point> points;
};
struct SweepResult {
  std::vector<Curve> curves;
  int kneeCurve = -1, kneePoint = -1;  // proposeKnee
};
// What is proposed of these curves, over all that are no baseline: the point farthest above the chord from
// the cheapest to the best one (compute, TAR). Fills kneeCurve and kneePoint.
void proposeKnee(SweepResult& result);

// Throws Error when no sample of the protocol is scored, Cancelled when a stop was requested.
SweepResult sweep(data::MatrixView features, std::span<const float> scores, const data::Protocol& protocol,
                  const SweepOptions& options, Progress& progress);

// Index of the knee of a curve given as (compute, accuracy): maximum distance above the chord between the
// cheapest point and the best one; the cheapest point that reaches the best accuracy when there is no bend.
// Points that are not finite are passed over; -1 when none is left.
int knee(std::span<const double> compute, std::span<const double> accuracy);

}  // namespace discern::sweep
