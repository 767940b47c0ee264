// The templates of a comparison as one feature each, under any planned aggregation.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/analysis/template_features.h"
#include "core/data/matrix.h"
#include "core/pipeline/aggregation_plan.h"
#include "core/pipeline/comparison_inputs.h"

namespace discern::pipeline {

class TemplateFeatures {
 public:
  explicit TemplateFeatures(const ComparisonInputs& in);  // whose features must live as long

  Known known() const { return sources_.known(); }
  // A row a template, of unit length.
  data::Matrix of(const PlannedAggregation& planned) const;
  // The weighted mean of the features as they are, for a layer that was trained on such; no rows where the
  // aggregation is no weighted mean.
  data::Matrix asTheyAre(const PlannedAggregation& planned) const;
  std::int64_t samples() const { return samples_; }  // of all templates, one of several templates each time

 private:
  const std::vector<std::vector<int>> groups_;
  const analysis::TemplateSources sources_;
  std::int64_t samples_ = 0;
};

// Those rows of a matrix, in that order.
data::Matrix rowsOf(const data::Matrix& all, std::span<const std::int64_t> rows);

}  // namespace discern::pipeline
