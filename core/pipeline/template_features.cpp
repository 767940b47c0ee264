#include "core/pipeline/template_features.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/analysis/kept.h"
#include "core/base/json.h"

namespace discern::pipeline {
namespace {
using Weights = PlannedAggregation::Weights;

// Which medium each row of features came from; a sample without a name for it is its own.
std::vector<int> mediaIds(const std::vector<project::SampleRow>& samples, std::int64_t rows) {
  std::vector<int> ids;
  std::map<std::string, int> known;
  for (const auto& sample : samples) {
    const std::string key = sample.media.empty() ? fmt::format("#{}", sample.id) : sample.media;
    ids.push_back(known.emplace(key, static_cast<int>(known.size())).first->second);
  }
  ids.resize(static_cast<std::size_t>(rows));
  return ids;
}

// What a detector said of the protocol's samples (column detector_score of a templates CSV), as weights: 0
// where it said nothing or less. Empty when it said nothing at all.
std::vector<float> detectorWeights(const ComparisonInputs& in) {
  std::vector<float> weights(static_cast<std::size_t>(in.features.view().rows), 0.0F);
  bool known = false;
  for (const auto& t : in.protocol.templates)
    for (const int s : t.samples) {
      const auto nuisance = parseJson(in.roster.samples[static_cast<std::size_t>(s)].nuisance);
      const double score = jsonNumber(nuisance, "detector_score", std::nan(""));
      if (std::isnan(score)) continue;
      weights[static_cast<std::size_t>(s)] = std::max(0.0F, static_cast<float>(score));
      known = true;
    }
  if (!known) weights.clear();
  return weights;
}

}  // namespace

TemplateFeatures::TemplateFeatures(const ComparisonInputs& in)
    : in_(in),
      groups_(analysis::groupsOf(in.protocol)),
      media_(mediaIds(in.roster.samples, in.features.view().rows)),
      detected_(detectorWeights(in)) {
  for (const auto& group : groups_) samples_ += static_cast<std::int64_t>(group.size());
}

Known TemplateFeatures::known() const {
  return {!in_.scores.score.empty(), std::set<int>(media_.begin(), media_.end()).size() < media_.size(),
          !detected_.empty(), !in_.weights.score.empty()};
}

data::Matrix TemplateFeatures::of(const PlannedAggregation& planned) const {
  if (planned.weights != Weights::Others)
    return aggregation::aggregate(in_.features.view(), groups_,
                                  planned.weights == Weights::Detector ? detected_ : in_.scores.score,
                                  planned.how, media_);
  aggregation::Options byWeight = planned.how;
  byWeight.method = aggregation::Method::ScoreWeighted;
  return aggregation::aggregate(in_.features.view(),
                                analysis::keptOf(groups_, in_.scores.score, planned.how.threshold),
                                in_.weights.score, byWeight);
}

}  // namespace discern::pipeline
