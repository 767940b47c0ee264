#include "core/pipeline/scoring_cost.h"

#include <cmath>

#include "core/analysis/cost_model.h"

namespace discern::pipeline {
namespace {

evaluation::CostModel costOf(const project::Project& project, const std::string& features,
                             const std::string& scores, Progress& progress) {
  const auto cost = analysis::costModel(project, features, scores);
  if (std::isnan(evaluation::scoringShare(cost)))
    progress.note(
        fmt::format("scores '{}': what they cost an image is unknown, so is the compute of what uses them; "
                    "make them again, which records it",
                    scores));
  return cost;
}

}  // namespace

ScoringCosts scoringCosts(const project::Project& project, const ComparisonNames& names, Progress& progress) {
  ScoringCosts costs;
  costs.scores = costs.weighed = costOf(project, names.features, names.scores, progress);
  if (!names.weights.empty() && names.weights != names.scores)
    costs.weighed =
        analysis::withWeights(costs.scores, costOf(project, names.features, names.weights, progress));
  return costs;
}

}  // namespace discern::pipeline
