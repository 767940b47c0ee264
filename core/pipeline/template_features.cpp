#include "core/pipeline/template_features.h"

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

}  // namespace discern::pipeline
