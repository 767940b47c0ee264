#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/field_error.h"
#include "core/base/json.h"
#include "core/pipeline/score_method.h"

namespace discern::pipeline {

// What a detector said when the templates CSV was made (column detector_score); NaN where it said nothing.
discriminability::ScoreOutput scoreDetector(const ScoreTask& task) {
  std::vector<float> values;
  for (const auto& sample : task.roster.samples) {
    constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
    values.push_back(static_cast<float>(jsonNumber(parseJson(sample.nuisance), "detector_score", kNothing)));
  }
  if (std::ranges::none_of(values, [](float v) { return std::isfinite(v); }))
    failField(
        "method", "detector",
        "no image of this project has a detector score; give one in the column detector_score of a templates "
        "CSV");
  return comparator(task, values);
}

}  // namespace discern::pipeline
