#include "core/analysis/cost_model.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/analysis/settings.h"
#include "core/base/error.h"
#include "core/base/json.h"

namespace discern::analysis {
namespace {
using nlohmann::json;

double orUnknown(double value) { return value > 0 ? value : std::numeric_limits<double>::quiet_NaN(); }

template <typename Row>
const Row* named(const std::vector<Row>& rows, const std::string& name) {
  const auto row = std::ranges::find(rows, name, &Row::name);
  return row == rows.end() ? nullptr : &*row;
}

RecordedCost recordedCost(const std::string& scores, const std::string& text) {
  const json spent = parseJson(text);
  if (!spent.is_object())
    fail("setting '{}' of the project is no JSON object; predict the scores again",
         settings::scoreCost(scores));
  return {jsonNumber(spent, "macs", 0), jsonNumber(spent, "ms", 0)};
}

}  // namespace

std::string toJson(const RecordedCost& cost) {
  return json{{"macs", cost.macs}, {"ms", cost.milliseconds}}.dump();
}

evaluation::CostModel costModel(const CostSources& sources, const std::string& features,
                                const data::ScoreTable& scores, const std::string& recorded) {
  evaluation::CostModel cost;
  const auto* base = named(sources.features, features);
  if (base != nullptr) {
    cost.baseMacs = base->macs;
    cost.baseMilliseconds = base->milliseconds;
  }
  if (data::needsBaseModel(scores.method)) {
    const auto* scorer = named(sources.features, scores.featureTable);
    cost.scoresNeedBase = scorer == nullptr || base == nullptr || sameFeatures(*scorer, *base);
    if (!cost.scoresNeedBase) {
      cost.ddnetMacs = orUnknown(scorer->macs);
      cost.ddnetMilliseconds = orUnknown(scorer->milliseconds);
    }
  }
  if (scores.method != "ddnet" && !data::isGiven(scores.method)) return cost;
  RecordedCost spent;
  if (!recorded.empty()) {
    spent = recordedCost(scores.name, recorded);
  } else if (const auto* network = named(sources.models, scores.featureTable)) {
    spent = {network->macs, network->milliseconds};
  }
  cost.ddnetMacs = orUnknown(spent.macs);
  cost.ddnetMilliseconds = orUnknown(spent.milliseconds);
  return cost;
}

evaluation::CostModel withWeights(evaluation::CostModel scores, const evaluation::CostModel& weights) {
  scores.ddnetMacs += weights.ddnetMacs;
  scores.ddnetMilliseconds += weights.ddnetMilliseconds;
  return scores;
}

evaluation::CostModel costModel(const project::Project& project, const std::string& features,
                                const std::string& scores) {
  const auto tables = project.featureTables();
  const auto models = project.models();
  return costModel({tables, models}, features, scores.empty() ? data::ScoreTable{} : project.scores(scores),
                   project.setting(settings::scoreCost(scores)).value_or(""));
}

}  // namespace discern::analysis
