// From a job's options to the operating point at which it compares, and what it says of that.
#pragma once

#include "core/analysis/operating_point.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/results/at_point.h"

namespace discern::pipeline {

// How templates are made: of the tables that were read, by the options that every such job has.
template <class Options>
analysis::OperatingPoint pointOf(const ComparisonInputs& in, const Options& options) {
  analysis::OperatingPoint point;
  point.weights = in.names.weights;
  point.rescale = options.rescale;
  point.lengths = options.lengths;
  point.threshold = options.threshold;
  point.far = options.far;
  return point;
}

inline results::AtPoint told(const ComparisonInputs& in, const analysis::OperatingPoint& point,
                             const std::string& aggregation, double accept) {
  return {in.names.protocol, in.names.features, in.names.scores, in.names.weights, aggregation, point.lengths,
          point.threshold,   point.far,         accept};
}

}  // namespace discern::pipeline
