// The templates of a protocol as one feature each, under any planned aggregation.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/analysis/aggregation_plan.h"
#include "core/data/dataset.h"
#include "core/data/matrix.h"
#include "core/data/score_table.h"
#include "core/project/project.h"

namespace discern::analysis {

// What templates are made of; the matrix must live as long.
struct TemplateSources {
  data::MatrixView features;      // a row a sample
  std::vector<float> scores;      // of each row; empty: none
  std::vector<float> weights;     // another table's; empty: none
  std::vector<float> detector;    // what a detector said; empty: nothing
  std::vector<int> media;         // which medium each row came from
  bool severalOfAMedium = false;  // some medium has several of them

  Known known() const { return {!scores.empty(), severalOfAMedium, !detector.empty(), !weights.empty()}; }
};
// A score for each row of features, which a table that is older or newer than they are has fewer or more of:
// NaN where it has none. Null or empty: empty.
std::vector<float> besideFeatures(const data::ScoreTable* table, std::int64_t rows);
// scores, weights: null or empty: none; those of images without a row of features take no part.
TemplateSources templateSources(data::MatrixView features, const data::ScoreTable* scores,
                                const data::ScoreTable* weights,
                                const std::vector<project::SampleRow>& samples,
                                const data::Protocol& protocol);

// A row a group, of unit length. firstGroup: as of aggregation::aggregateSome.
data::Matrix templateFeatures(const TemplateSources& sources, const std::vector<std::vector<int>>& groups,
                              const PlannedAggregation& planned, std::int64_t firstGroup = 0);

// The weight of each sample of one group, with the sum 1; of an aggregation that is no weighted mean: empty.
// index: of the group among all.
std::vector<double> imageWeights(const TemplateSources& sources, const std::vector<int>& group,
                                 const PlannedAggregation& planned, std::int64_t index);

}  // namespace discern::analysis
