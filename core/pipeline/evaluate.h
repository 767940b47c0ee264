// Verification of a protocol under every aggregation, and the sweep of thresholds.
#pragma once

#include <string>
#include <vector>

#include "core/aggregation/aggregate.h"
#include "core/analysis/agreement.h"
#include "core/analysis/protocol_today.h"
#include "core/base/progress.h"
#include "core/evaluation/edc.h"
#include "core/evaluation/verification.h"
#include "core/jobs/evaluate.h"
#include "core/pipeline/inputs.h"
#include "core/project/project.h"
#include "core/sweep/sweep.h"

namespace discern::pipeline {

using jobs::EvaluateOptions;

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

using analysis::Agreement;
using analysis::PairCounts;

// The protocol as it is compared today (analysis/protocol_today.h), with notes of what that changes.
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

using jobs::SweepJobOptions;
struct SweepJobResult {
  std::string protocol, features, scores, weights;
  double far = 1e-3;
  double seconds = 0;
  PairCounts pairs;
  sweep::SweepResult sweep;
};
SweepJobResult runSweep(const project::Project& project, const SweepJobOptions& options, Progress& progress);
std::string toJson(const SweepJobResult& result);

}  // namespace discern::pipeline
