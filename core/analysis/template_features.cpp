#include "core/analysis/template_features.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/aggregation/some_groups.h"
#include "core/analysis/kept.h"
#include "core/base/json.h"

namespace discern::analysis {
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
std::vector<float> detectorWeights(const std::vector<project::SampleRow>& samples,
                                   const data::Protocol& protocol, std::int64_t rows) {
  std::vector<float> weights(static_cast<std::size_t>(rows), 0.0F);
  bool known = false;
  for (const auto& t : protocol.templates)
    for (const int s : t.samples) {
      const std::string& facts = samples[static_cast<std::size_t>(s)].nuisance;
      if (facts.find("\"detector_score\"") == std::string::npos) continue;
      const double score = jsonNumber(parseJson(facts), "detector_score", std::nan(""));
      if (std::isnan(score)) continue;
      weights[static_cast<std::size_t>(s)] = std::max(0.0F, static_cast<float>(score));
      known = true;
    }
  if (!known) weights.clear();
  return weights;
}

// What an aggregation weighs by, and whom.
struct Weighing {
  aggregation::Options how;
  std::span<const float> by;
  bool keptAlone = false;  // the scores drop first
};
Weighing weighingOf(const TemplateSources& sources, const PlannedAggregation& planned) {
  if (planned.weights == Weights::Detector) return {planned.how, sources.detector, false};
  if (planned.weights == Weights::Scores) return {planned.how, sources.scores, false};
  aggregation::Options byWeight = planned.how;
  byWeight.method = aggregation::Method::ScoreWeighted;
  return {byWeight, sources.weights, true};
}

}  // namespace

std::vector<float> besideFeatures(const data::ScoreTable* table, std::int64_t rows) {
  if (table == nullptr || table->score.empty()) return {};
  std::vector<float> scores = table->score;
  scores.resize(static_cast<std::size_t>(rows), std::numeric_limits<float>::quiet_NaN());
  return scores;
}

TemplateSources templateSources(data::MatrixView features, const data::ScoreTable* scores,
                                const data::ScoreTable* weights,
                                const std::vector<project::SampleRow>& samples,
                                const data::Protocol& protocol) {
  TemplateSources sources;
  sources.features = features;
  sources.scores = besideFeatures(scores, features.rows);
  sources.weights = besideFeatures(weights, features.rows);
  sources.detector = detectorWeights(samples, protocol, features.rows);
  sources.media = mediaIds(samples, features.rows);
  sources.severalOfAMedium =
      std::set<int>(sources.media.begin(), sources.media.end()).size() < sources.media.size();
  return sources;
}

data::Matrix templateFeatures(const TemplateSources& sources, const std::vector<std::vector<int>>& groups,
                              const PlannedAggregation& planned, std::int64_t firstGroup) {
  const Weighing weighing = weighingOf(sources, planned);
  if (!weighing.keptAlone)
    return aggregation::aggregateSome(sources.features, groups, weighing.by, weighing.how, sources.media,
                                      firstGroup);
  return aggregation::aggregateSome(sources.features, keptOf(groups, sources.scores, planned.how.threshold),
                                    weighing.by, weighing.how, {}, firstGroup);
}

std::vector<double> imageWeights(const TemplateSources& sources, const std::vector<int>& group,
                                 const PlannedAggregation& planned, std::int64_t index) {
  const Weighing weighing = weighingOf(sources, planned);
  if (aggregation::infoOf(weighing.how.method).weights == nullptr || group.empty()) return {};
  const std::vector<int> used =
      weighing.keptAlone ? keptOf({group}, sources.scores, planned.how.threshold).front() : group;
  std::vector<float> by, norms;
  std::vector<std::span<const float>> rows;
  std::vector<double> factors;
  for (const int sample : used) {
    if (!weighing.by.empty()) by.push_back(weighing.by[static_cast<std::size_t>(sample)]);
    rows.push_back(sources.features.row(sample));
    norms.push_back(static_cast<float>(data::norm(rows.back())));
    factors.push_back(weighing.how.normaliseFeatures ? 1.0 / norms.back() : 1.0);
  }
  const auto weights = aggregation::weightsOf(
      {.size = used.size(), .scores = by, .norms = norms, .rows = rows, .factors = factors},
      aggregation::optionsOf(weighing.how, index));
  std::vector<double> all(group.size(), 0.0);
  for (std::size_t i = 0, next = 0; i < group.size() && next < used.size(); ++i)
    if (group[i] == used[next]) all[i] = weights[next++];
  return all;
}

}  // namespace discern::analysis
