// Verification of a protocol under every aggregation, and the sweep of thresholds.
#pragma once

#include <string>
#include <vector>

#include "core/aggregation/aggregate.h"
#include "core/base/progress.h"
#include "core/evaluation/cost.h"
#include "core/evaluation/edc.h"
#include "core/evaluation/verification.h"
#include "core/pipeline/roster.h"
#include "core/project/project.h"
#include "core/sweep/sweep.h"

namespace discern::pipeline {

struct EvaluateOptions {
  std::string protocol;  // empty: the newest
  std::string features;  // empty: the newest
  std::string scores;    // empty: none for LFW-style pairs, else the newest
  // Another table (any that covers the protocol), whose scores weigh the samples that a threshold on `scores`
  // keeps: a DDNet drops before the base model runs, a head weighs what it saw. Empty: none.
  std::string weights;
  double threshold = 0.15;  // of the DDL aggregations, as a score
  double percentile = -1;   // >= 0: the threshold is this percentile of the protocol's scores instead
  std::vector<aggregation::Rescale> rescales = {aggregation::Rescale::Off, aggregation::Rescale::On,
                                                aggregation::Rescale::Auto};
  int k = 3;
  std::vector<double> fars = {1e-4, 1e-3, 1e-2, 1e-1};
  evaluation::FarRule rule = evaluation::FarRule::AtMost;
  evaluation::EdcVariant edc = evaluation::EdcVariant::FixedThreshold;
  double fmr = 1e-3;  // of the EDC
  int bootstraps = 200;
  std::uint64_t seed = 1;
};

struct AggregationResult {
  std::string name;  // "average", "ddl rescale=auto"
  evaluation::VerificationResult verification;
  evaluation::FoldResult folds;  // empty unless the protocol has two folds or more
  double kept = 1;               // share of samples whose feature is used
  double macsShare = 1;          // of running the base model on everything
  double millisecondsPerTemplate = 0;
};

struct EdcCurve {
  std::string name;  // score table
  evaluation::EdcResult result;
};

// Rank correlation of a score table with the true D-score, on test identities (training ones never count).
struct Agreement {
  std::string scores;
  double within = 0, global = 0;            // all test images, degraded copies included
  double withinClean = 0, globalClean = 0;  // originals alone
  double withinDegraded = 0, globalDegraded = 0;
  std::int64_t images = 0, clean = 0;
  int identities = 0;
};

// What became of a protocol's pairs.
struct PairCounts {
  std::int64_t relabelled = 0;      // another truth since identities were merged
  std::int64_t excluded = 0;        // left out with an excluded identity
  std::int64_t contradicted = 0;    // imported as impostors, though the two are merged: they stay impostors
  std::int64_t emptyTemplates = 0;  // without an image that has a usable feature
  std::int64_t empty = 0;           // left out with an empty template
};

// A protocol with the truth that this project's merges and exclusions give it, if Discern drew it; an
// imported one keeps its own. Notes what that changes.
data::Protocol protocolToday(const project::Project& project, const std::string& name, const Roster& roster,
                             PairCounts& counts, Progress& progress);

struct EvaluateResult {
  std::string protocol, features, scores;
  PairCounts pairs;
  std::int64_t templates = 0, genuine = 0, impostor = 0;
  int folds = 0;  // with pairs; 0 below two, which have no fold accuracy
  double threshold = 0;
  std::vector<AggregationResult> aggregations;
  std::vector<EdcCurve> edc;
  std::vector<Agreement> agreement;
};

EvaluateResult evaluate(const project::Project& project, const EvaluateOptions& options, Progress& progress);
std::string toJson(const EvaluateResult& result, const EvaluateOptions& options);

// Every template as the mean of its unit features, no scores involved: how recognisers are compared with each
// other. Pairs of templates without a usable feature are left out.
struct PlainVerification {
  evaluation::VerificationResult verification;
  evaluation::FoldResult folds;  // empty unless the protocol has two folds or more
};
// features: one row a sample; rows of samples outside the protocol are not looked at.
PlainVerification verifyAverage(const data::Protocol& protocol, data::MatrixView features);

struct SweepJobOptions {
  std::string protocol, features, scores;  // empty: the newest
  int thresholds = 200;
  double far = 1e-3;
  bool accuracy = false;
};
struct SweepJobResult {
  std::string protocol, features, scores;
  double far = 1e-3;
  double seconds = 0;
  PairCounts pairs;
  sweep::SweepResult sweep;
};
SweepJobResult runSweep(const project::Project& project, const SweepJobOptions& options, Progress& progress);
std::string toJson(const SweepJobResult& result);

// Setting that keeps what a network cost when it told a score table: {"macs", "ms"} an image.
inline std::string scoreCostKey(const std::string& scores) { return "score_cost/" + scores; }
// Base model of `features` and what tells `scores`: a DDNet, that base model itself, another one, or nothing.
// What is not known of it is NaN.
evaluation::CostModel costModel(const project::Project& project, const std::string& features,
                                const std::string& scores);

}  // namespace discern::pipeline
