// The templates of a comparison as one feature each, under any planned aggregation.
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/matrix.h"
#include "core/pipeline/aggregation_plan.h"
#include "core/pipeline/comparison_inputs.h"

namespace discern::pipeline {

class TemplateFeatures {
 public:
  explicit TemplateFeatures(const ComparisonInputs& in);  // which must live as long

  Known known() const;
  // A row a template, of unit length.
  data::Matrix of(const PlannedAggregation& planned) const;
  std::int64_t samples() const { return samples_; }  // of all templates, one of several templates each time

 private:
  const ComparisonInputs& in_;
  const std::vector<std::vector<int>> groups_;
  const std::vector<int> media_;
  const std::vector<float> detected_;
  std::int64_t samples_ = 0;
};

}  // namespace discern::pipeline
