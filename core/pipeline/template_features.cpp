#include "core/pipeline/template_features.h"

#include <algorithm>

#include "core/analysis/kept.h"

namespace discern::pipeline {

TemplateFeatures::TemplateFeatures(const ComparisonInputs& in)
    : groups_(analysis::groupsOf(in.protocol)),
      sources_(analysis::templateSources(in.features.view(), &in.scores, &in.weights, in.roster.samples,
                                         in.protocol)) {
  for (const auto& group : groups_) samples_ += static_cast<std::int64_t>(group.size());
}

data::Matrix TemplateFeatures::of(const PlannedAggregation& planned) const {
  return analysis::templateFeatures(sources_, groups_, planned);
}

data::Matrix TemplateFeatures::asTheyAre(const PlannedAggregation& planned) const {
  data::Matrix means(std::ssize(groups_), sources_.features.cols);
  for (std::int64_t g = 0; g < means.rows; ++g) {
    const auto& group = groups_[static_cast<std::size_t>(g)];
    const auto weights = analysis::imageWeights(sources_, group, planned, g);
    if (weights.empty() && !group.empty()) return {};
    for (std::size_t i = 0; i < group.size(); ++i)
      for (std::int64_t c = 0; weights[i] != 0 && c < means.cols; ++c)
        means.row(g)[static_cast<std::size_t>(c)] +=
            static_cast<float>(weights[i]) * sources_.features.row(group[i])[static_cast<std::size_t>(c)];
  }
  return means;
}

data::Matrix rowsOf(const data::Matrix& all, std::span<const std::int64_t> rows) {
  data::Matrix some(std::ssize(rows), all.cols);
  for (std::int64_t r = 0; r < some.rows; ++r)
    std::ranges::copy(all.row(rows[static_cast<std::size_t>(r)]), some.row(r).begin());
  return some;
}

}  // namespace discern::pipeline
