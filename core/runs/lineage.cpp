#include "core/runs/lineage.h"

#include <set>

#include "core/base/field.h"
#include "core/jobs/stored.h"
#include "core/results/stored.h"
#include "core/results/visit.h"

namespace discern::runs {
namespace {

using results::resultOf;

// The name that a result states, or the option where it does not.
template <class R>
std::string nameIn(const project::RunRow& run, std::string R::*member, const char* option) {
  const auto result = resultOf<R>(run);
  return result && !((*result).*member).empty() ? (*result).*member : jobs::storedText(run, option);
}

template <class R>
void addTables(const project::RunRow& run, std::vector<Named>& read) {
  const auto result = resultOf<R>(run);
  if (!result) return;
  for (const auto& scores : {result->scores, result->weights})
    if (!scores.empty()) read.push_back({Thing::Scores, scores});
  read.push_back({Thing::Features, result->features});
  read.push_back({Thing::Protocol, result->protocol});
}

void addEach(Thing thing, const std::string& names, std::vector<Named>& read) {
  for (const auto& name : splitList(names)) read.push_back({thing, name});
}

template <class R>
void addAggregators(const project::RunRow& run, std::vector<Named>& read) {
  if (const auto result = resultOf<R>(run))
    for (const auto& name : result->aggregators) read.push_back({Thing::Model, name});
}

}  // namespace

std::vector<Named> madeBy(const project::RunRow& run) {
  if (run.status != "done") return {};
  if (run.job == "score") return {{Thing::Scores, nameIn(run, &results::ScoreJobResult::name, "name")}};
  if (run.job == "predict") return {{Thing::Scores, nameIn(run, &results::PredictResult::name, "name")}};
  if (run.job == "import-scores")
    return {{Thing::Scores, nameIn(run, &results::ImportScoresResult::name, "name")}};
  if (run.job == "extract") return {{Thing::Features, nameIn(run, &results::ExtractResult::name, "name")}};
  if (run.job == "import-features")
    return {{Thing::Features, nameIn(run, &results::ImportFeaturesResult::name, "name")}};
  if (run.job == "train-base") return {{Thing::Model, nameIn(run, &results::TrainBaseResult::name, "name")}};
  if (run.job == "train-ddnet")
    return {{Thing::Model, nameIn(run, &results::TrainDdnetResult::name, "name")}};
  if (run.job == "train-aggregator")
    return {{Thing::Model, nameIn(run, &results::TrainAggregatorResult::name, "name")}};
  if (run.job == "train-head") return {{Thing::Model, nameIn(run, &results::TrainHeadResult::name, "name")}};
  if (run.job == "distil") return {{Thing::Model, nameIn(run, &results::DistilResult::name, "name")}};
  if (run.job == "select") return {{Thing::Selection, nameIn(run, &results::SelectResult::name, "name")}};
  if (run.job == "protocol") return {{Thing::Protocol, nameIn(run, &results::ProtocolResult::name, "name")}};
  return {};
}

std::vector<Named> readBy(const project::RunRow& run) {
  if (run.status != "done") return {};
  const auto option = [&](const char* name) { return jobs::storedText(run, name); };
  std::vector<Named> read;
  if (run.job == "evaluate") {
    addTables<results::EvaluateResult>(run, read);
    addAggregators<results::EvaluateResult>(run, read);
  } else if (run.job == "sweep") {
    addTables<results::SweepJobResult>(run, read);
    addAggregators<results::SweepJobResult>(run, read);
  } else if (run.job == "identify") {
    read.push_back({Thing::Features, nameIn(run, &results::IdentifyResult::features, "features")});
    addEach(Thing::Scores, nameIn(run, &results::IdentifyResult::scores, "scores"), read);
    addAggregators<results::IdentifyResult>(run, read);
  } else if (run.job == "score") {
    read.push_back({Thing::Features, nameIn(run, &results::ScoreJobResult::features, "features")});
  } else if (run.job == "train-aggregator") {
    read.push_back({Thing::Features, nameIn(run, &results::TrainAggregatorResult::features, "features")});
  } else if (run.job == "predict") {
    addEach(Thing::Model, option("network"), read);
  } else if (run.job == "extract") {
    addEach(Thing::Model, option("model"), read);
  } else if (run.job == "train-ddnet" || run.job == "train-head") {
    addEach(Thing::Model, option("teacher"), read);
    read.push_back({Thing::Scores, option("scores")});
  } else if (run.job == "select") {
    read.push_back({Thing::Features, nameIn(run, &results::SelectResult::features, "features")});
    if (option("method") == "lowest-dscore-first")
      addEach(Thing::Scores, nameIn(run, &results::SelectResult::scores, "scores"), read);
  } else if (run.job == "distil") {
    const auto result = resultOf<results::DistilResult>(run);
    addEach(Thing::Model, option("init-from"), read);
    if (result) addEach(Thing::Selection, result->selection, read);
    const std::string teacher = option("teacher");
    addEach(Thing::Features, teacher.empty() && result ? result->teacher : teacher, read);
  }
  return read;
}

Lineage::Lineage(const std::vector<project::RunRow>& runs) {
  for (const auto& run : runs) {
    made_.push_back(madeBy(run));
    read_.push_back(readBy(run));
  }
}

int Lineage::makerOf(const Named& thing, int at) const {
  for (int before = at - 1; before >= 0; --before)
    for (const Named& made : made_[static_cast<std::size_t>(before)])
      if (made.thing == thing.thing && (thing.name.empty() || made.name == thing.name)) return before;
  return -1;
}

std::vector<Ancestor> Lineage::of(int at) const {
  std::vector<Ancestor> found = {{at, 0}};
  std::set<int> seen = {at};
  for (std::size_t next = 0; next < found.size(); ++next) {
    const Ancestor from = found[next];
    for (const Named& thing : read_[static_cast<std::size_t>(from.at)])
      if (const int maker = makerOf(thing, from.at); maker >= 0 && seen.insert(maker).second)
        found.push_back({maker, from.depth + 1});
  }
  return found;
}

}  // namespace discern::runs
