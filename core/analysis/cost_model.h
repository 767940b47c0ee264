// What one image costs: the base model, and what tells its score.
#pragma once

#include <string>
#include <vector>

#include "core/data/score_table.h"
#include "core/evaluation/cost.h"
#include "core/project/project.h"

namespace discern::analysis {

// What predict recorded of a network when it told a score table; NaN: unknown.
struct RecordedCost {
  double macs = 0, milliseconds = 0;
};
std::string toJson(const RecordedCost& cost);

// What costs are looked up in.
struct CostSources {
  const std::vector<project::FeatureTableRow>& features;
  const std::vector<project::ModelRow>& models;
};

// Base model of `features` and what tells `scores`: a DDNet (as recorded; without a record the network that
// the table names), that base model itself, another one, or nothing. What is not known of it is NaN. Of the
// scores only name, method and featureTable are looked at. recorded: the setting scoreCost of the scores;
// empty: there is none.
evaluation::CostModel costModel(const CostSources& sources, const std::string& features,
                                const data::ScoreTable& scores, const std::string& recorded);

// What it costs when another table weighs the images that scores of cost `scores` keep: what tells the
// weights is asked about every image too, unless it is the base model.
evaluation::CostModel withWeights(evaluation::CostModel scores, const evaluation::CostModel& weights);

// The same as the first, looked up in the project; no scores: empty.
evaluation::CostModel costModel(const project::Project& project, const std::string& features,
                                const std::string& scores);

}  // namespace discern::analysis
