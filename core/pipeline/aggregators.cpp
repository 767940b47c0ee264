#include "core/pipeline/aggregators.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "core/base/described.h"
#include "core/base/field_json.h"
#include "core/base/json_text.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/training_set.h"
#include "core/training/aggregator.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
using training::GroupsOf;
using training::TrainedAggregator;

constexpr const char* kKind = "aggregator";  // of a model's row

// Which medium each original of the set is of; empty: nobody says.
std::vector<std::string> mediaOf(const project::Project& project, const TrainingSet& set) {
  const auto samples = project.samples();
  std::vector<std::string> media;
  for (const int sample : set.samples) media.push_back(samples[static_cast<std::size_t>(sample)].media);
  return media;
}

// Whether some medium of one identity shows it more than once.
bool areRuns(const TrainingSet& set, const std::vector<std::string>& media) {
  std::set<std::pair<int, std::string>> seen;
  for (std::size_t i = 0; i < media.size(); ++i)
    if (!media[i].empty() && !seen.insert({set.identity[i], media[i]}).second) return true;
  return false;
}

// The set's originals by identity, or by identity and medium, each with its copies.
training::AggregatorData groupsOf(const TrainingSet& set, const std::vector<std::string>& media, bool runs,
                                  int copies) {
  training::AggregatorData data;
  data.features = set.features.view();
  data.runs = runs;
  std::map<std::pair<int, std::string>, std::size_t> pieces;
  for (std::size_t i = 0; i < media.size(); ++i) {
    const std::pair key(set.identity[i], runs ? media[i] : std::string());
    const auto piece = pieces.emplace(key, data.pieces.size()).first->second;
    if (piece == data.pieces.size()) data.pieces.push_back({set.identity[i], {}});
    std::vector<std::int64_t> rows = {static_cast<std::int64_t>(i)};
    for (int c = 0; c < copies; ++c)
      rows.push_back(set.originals + static_cast<std::int64_t>(i) * copies + c);
    data.pieces[piece].samples.push_back(std::move(rows));
  }
  return data;
}

TrainedAggregator open(const project::Project& project, const std::string& name) {
  const auto row = project.model(name);
  if (row && row->kind != kKind)
    failField("aggregators", name, "is a {} network, an aggregator was expected; train an aggregator first",
              row->kind);
  if (!row && !fs::exists(name))
    failField("aggregators", name,
              "is neither an aggregator of this project nor a file; train an aggregator first");
  return training::loadAggregator(row ? row->file : fs::path(name));
}

bool fits(const TrainedAggregator& aggregator, const MadeBy& from) {
  return MadeBy{aggregator.model, aggregator.recipe} == from;
}

bool has(const Aggregators& all, aggregation::NetworkKind kind) {
  return std::ranges::any_of(all.networks, [&](const auto& network) { return network->kind == kind; });
}

void add(Aggregators& all, const std::string& name, TrainedAggregator aggregator) {
  all.names.push_back(name);
  all.networks.push_back(std::make_shared<aggregation::GroupNetwork>(std::move(aggregator.network)));
}

}  // namespace

TrainAggregatorResult trainAggregator(project::Project& project, const TrainAggregatorOptions& options,
                                      Progress& progress) {
  const auto& fields = jobs::trainAggregatorFields();
  fields.check(options);
  TrainAggregatorOptions taken = options;
  taken.features = newestFeatures(project, options.features);
  if (options.name.empty()) taken.name = nameOf(options.training.architecture);
  requireFreeName(project, taken.name, kKind, fingerprintJson(fields, taken), options.replace);
  const TrainingSet set = readFeatureSet(project, taken.features, options.copies, options.training.seed,
                                         taken.name, options.device, options.batch, progress);
  const auto media = mediaOf(project, set);
  const bool runs = options.training.groups == GroupsOf::Auto ? areRuns(set, media)
                                                              : options.training.groups == GroupsOf::Media;
  if (runs && !areRuns(set, media))
    failField("groups", nameOf(GroupsOf::Media),
              "no medium of a training identity has two samples; take identity");
  const auto fit = training::trainAggregator(groupsOf(set, media, runs, options.copies.copies),
                                             options.training, progress);
  TrainAggregatorResult result;
  result.name = taken.name;
  result.architecture = nameOf(options.training.architecture);
  result.features = taken.features;
  result.groups = nameOf(runs ? GroupsOf::Media : GroupsOf::Identity);
  result.originals = set.originals;
  result.copies = std::ssize(set.images) - set.originals;
  result.dims = fit.network.dims;
  result.identities = fit.identities;
  result.heldOut = fit.heldOut;
  result.epochs = fit.epochs;
  result.bestEpoch = fit.bestEpoch;
  result.validationLoss = fit.validationLoss;
  result.meanLoss = fit.meanLoss;
  result.macs = fit.network.macs();
  result.parameters = fit.network.parameters();
  const std::string saved = textOf(modelJson(fields, taken));
  const auto file = project.folder() / "checkpoints" / (taken.name + ".safetensors");
  const MadeBy from = madeBy(project, taken.features);
  training::saveAggregator(file, {fit.network, from.model, from.recipe}, saved);
  project.putModel({taken.name, kKind, result.architecture, file, result.macs, result.parameters, 0, saved});
  return result;
}

MadeBy madeBy(const project::Project& project, const std::string& features) {
  return {project.setting(settings::featureModel(features)).value_or(""),
          project.featureTable(features).value().recipe};
}

Aggregators aggregatorsFor(const project::Project& project, const std::vector<std::string>& names,
                           const MadeBy& from, Progress& progress) {
  Aggregators all;
  for (const std::string& name : names) {
    auto aggregator = open(project, name);
    if (!fits(aggregator, from))
      failField("aggregators", name,
                "was trained on features of another model or recipe; train one on features like these");
    if (has(all, aggregator.network.kind))
      failField("aggregators", name, "is a second one of the kind {}; name one of a kind",
                nameOf(aggregator.network.kind));
    add(all, name, std::move(aggregator));
  }
  if (!names.empty()) return all;
  const auto models = project.models();
  for (auto row = models.rbegin(); row != models.rend(); ++row) {
    if (row->kind != kKind) continue;
    try {
      auto aggregator = training::loadAggregator(row->file);
      if (fits(aggregator, from) && !has(all, aggregator.network.kind))
        add(all, row->name, std::move(aggregator));
    } catch (const Error& error) {
      progress.note(fmt::format("aggregator '{}' takes no part: {}", row->name, error.what()));
    }
  }
  return all;
}

std::shared_ptr<const aggregation::GroupNetwork> networkFor(aggregation::Method method,
                                                            const Aggregators& aggregators,
                                                            const char* field) {
  if (aggregation::infoOf(method).needs != aggregation::MethodInfo::Needs::Network) return nullptr;
  for (const auto& network : aggregators.networks)
    if (aggregation::methodOf(network->kind) == method) return network;
  failField(field, aggregation::toString(method),
            "needs an aggregator of that kind, trained on such features; train one, or choose another");
}

}  // namespace discern::pipeline
