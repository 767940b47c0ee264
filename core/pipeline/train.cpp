#include "core/pipeline/train.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/analysis/cost_model.h"
#include "core/base/described.h"
#include "core/base/error.h"
#include "core/base/field_json.h"
#include "core/base/json_text.h"
#include "core/catalog/networks.h"
#include "core/data/no_picture.h"
#include "core/features/base_model.h"
#include "core/imaging/image.h"
#include "core/pipeline/departures.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/sample_source.h"
#include "core/pipeline/training_set.h"
#include "core/training/train_base.h"
#include "core/training/trained_ddnet.h"

namespace discern::pipeline {
using data::Part;
using nlohmann::json;

namespace {
void putTraining(results::TrainDdnetResult& result, const training::DdnetResult& trained) {
  result.epochs = trained.epochs;
  result.bestEpoch = trained.bestEpoch;
  result.trainLoss = trained.trainLoss;
  result.validationLoss = trained.validationLoss;
  result.validationSpearman = trained.validationSpearman;
  result.validationSpearmanClean = trained.validationSpearmanClean;
  result.imagesPerSecond = trained.imagesPerSecond;
}

// Of the project's samples at that size; of clips with as many frames as the network takes usually.
data::Shape shapeFor(const data::GroupKind& kind, const std::string& architecture, int size) {
  data::Shape shape = kind.shape.at(size);
  // Its usual number of frames, and no more than a sample has.
  if (const auto* info = catalog::networks().seek(architecture); info && info->clips && info->frames > 1)
    shape.frames = std::min(shape.frames, info->frames);
  return shape;
}

// How many samples a network is timed with at once: a clip is as much work as its frames.
int timedBatch(const data::Shape& shape) { return std::max(1, 32 / shape.frames); }
}  // namespace

TrainDdnetResult trainDdnet(project::Project& project, const TrainDdnetOptions& options, Progress& progress,
                            training::Ranks* ranks) {
  const auto& t = options.training;
  jobs::trainDdnetFields().check(options);
  requireFreeName(project, options.name, "ddnet", fingerprintJson(jobs::trainDdnetFields(), options),
                  options.replace);
  requirePictures(project.samples(), "training a DDNet");
  std::optional<training::FeatureHead> head;
  if (!options.teacher.empty()) {
    head = openHead(project, options.teacher);
    const auto table = project.featureTable(project.scores(options.scores).featureTable);
    if (!table || !fits(project, *head, *table))
      failField(
          "teacher", options.teacher,
          "was fitted on features of another model or recipe than '{}', which the scores '{}' are made of",
          table ? table->name : "none", options.scores);
  }
  TrainingSet set;
  TrainDdnetResult result;
  training::inTurn(ranks, [&] {  // the features of copies are made once, and read by the others
    set = readTrainingSet(project, options.scores, options.copies, t.seed, options.name, t.device,
                          options.batch, progress, true, options.scale);
    if (head)
      result.ofPool = addUnlabelled(set, project, options.copies, t.seed, options.name, t.device,
                                    options.batch, progress);
  });
  result.mean = set.mean;
  result.sigma = set.sigma;
  auto departures = jobs::trainDdnetFields().departures(options, "paper");
  for (const auto& one : set.departures) departures.push_back("of the scores: " + one);
  result.published = publishedTraining(departures);
  result.originals = set.originals;
  training::DdnetData data;
  if (head) data.taught = training::applyFeatureHead(*head, set.features.view());
  if (t.hintWeight == 0) set.features = {};
  const data::GroupKind& kind = kindOf(project);
  const data::Shape shape = shapeFor(kind, t.architecture, t.size);
  data.faces = sourceOf(kind, set.images, shape, project.folder().string());
  data.target = set.target;
  data.identity = set.identity;
  data.clean = set.clean;
  if (t.hintWeight > 0) data.features = set.features.view();
  const auto checkpoint = project.folder() / "checkpoints" / (options.name + ".safetensors");
  result.training = training::trainDdnet(options.training, data, checkpoint, progress, ranks);
  putTraining(result, result.training);
  if (!training::isWriter(ranks)) return result;
  const auto cost = training::networkCost(options.training.architecture, shape);
  result.name = options.name;
  result.macs = cost.macs;
  result.flops = cost.flops;
  result.parameters = cost.parameters;
  result.copies = set.originals * options.copies.copies;
  results::LearnedScores learned{set.featureTable, set.mean, set.sigma, {}, {}};
  if (head) learned.teacherHead = training::toJson(*head);
  json saved = modelJson(jobs::trainDdnetFields(), options);
  saved.update(toJson(learned));
  project::ModelRow row{
      options.name, "ddnet", options.training.architecture, checkpoint, cost.macs, cost.parameters, 0,
      textOf(saved)};
  project.putModel(row);  // first: what is trained is not lost with its timing
  row.milliseconds = result.milliseconds =
      training::measureMilliseconds(checkpoint.string(), shape, timedBatch(shape), t.device);
  project.putModel(row);
  return result;
}

TrainBaseResult trainBase(project::Project& project, const TrainBaseOptions& options, Progress& progress,
                          training::Ranks* ranks) {
  jobs::trainBaseFields().check(options);
  TrainBaseOptions told = options;
  told.training.margin = training::marginOf(options.training);
  told.training.scale = training::scaleOf(options.training);
  requireFreeName(project, options.name, "base", fingerprintJson(jobs::trainBaseFields(), told),
                  options.replace);
  const Roster roster = readRoster(project);
  requirePictures(roster.samples, "training a recogniser");
  const auto learns = [&](std::size_t i) {  // a protocol's degraded copies are for testing
    return roster.votes[i] && roster.isPart(static_cast<int>(i), Part::Train) &&
           roster.samples[i].problem.empty() && data::hasPicture(roster.samples[i].image);
  };
  const data::GroupKind& kind = kindOf(project);
  const auto classes = classesOf(roster, kind);
  const auto classOf = [&](std::size_t i) {
    return static_cast<std::size_t>(classes[static_cast<std::size_t>(roster.identity[i])]);
  };
  std::vector<int> images(roster.identities.size(), 0);
  for (std::size_t i = 0; i < roster.samples.size(); ++i)
    if (learns(i)) ++images[classOf(i)];
  std::vector<int> label(roster.identities.size(), -1);
  TrainBaseResult result;
  for (std::size_t k = 0; k < images.size(); ++k)
    if (images[k] >= options.minImages) label[k] = result.classes++;
  if (result.classes < 2)
    fail("training a recogniser needs at least two training identities with {} images or more; there are {}",
         options.minImages, result.classes);

  training::BaseData data;
  std::vector<data::ImageRef> refs;
  for (std::size_t i = 0; i < roster.samples.size(); ++i) {
    if (!learns(i)) continue;
    const int l = label[classOf(i)];
    if (l < 0) continue;
    refs.push_back(roster.samples[i].image);
    data.label.push_back(l);
  }
  data.classes = result.classes;
  for (std::size_t k = 0; k < label.size(); ++k)
    if (label[k] >= 0) data.names.push_back(roster.identities[k].name);
  const data::Shape shape = shapeFor(kind, options.training.architecture, options.training.size);
  data.faces = sourceOf(kind, refs, shape, project.folder().string());
  result.images = static_cast<std::int64_t>(refs.size());
  const auto checkpoint = project.folder() / "checkpoints" / (options.name + ".safetensors");
  const auto trained = training::trainBase(options.training, data, checkpoint, progress, ranks);
  const auto& t = options.training;
  const auto cost = training::networkCost(t.architecture, shape, t.width, t.dims);
  result.name = options.name;
  result.epochs = trained.epochs;
  result.trainLoss = trained.trainLoss;
  result.trainAccuracy = trained.trainAccuracy;
  result.imagesPerSecond = trained.imagesPerSecond;
  result.macs = cost.macs;
  result.parameters = cost.parameters;
  if (!training::isWriter(ranks)) return result;
  const json saved = modelJson(jobs::trainBaseFields(), told);
  project::ModelRow row{options.name,    "base", t.architecture, checkpoint, cost.macs,
                        cost.parameters, 0,      textOf(saved)};
  project.putModel(row);
  row.milliseconds = training::measureMilliseconds(checkpoint.string(), shape, timedBatch(shape), t.device);
  project.putModel(row);
  return result;
}

PredictResult predict(project::Project& project, const PredictOptions& options, Progress& progress) {
  jobs::predictFields().check(options);
  const auto tables = project.scoreTables();
  if (std::ranges::find(tables, options.name) != tables.end())
    if (const std::string method = project.scores(options.name).method; method != "ddnet" && method != "head")
      failField("name", options.name, "is a table of {} scores; predict under another name", method);
  const auto row = project.model(options.model);
  if (!row && !std::filesystem::exists(options.model))
    failField("network", options.model,
              "is neither a network of this project nor a file; train a DDNet or a head");
  if (row && row->kind != "ddnet" && row->kind != "head")
    failField("network", options.model, "is a {} network; a DDNet or a head was expected", row->kind);
  const std::filesystem::path checkpoint = row ? row->file : std::filesystem::path(options.model);
  const bool byHead = checkpoint.extension() == ".json";
  const Roster roster = readRoster(project);
  if (!byHead) requirePictures(roster.samples, "predicting by a DDNet");
  std::vector<data::ImageRef> images;
  std::vector<std::size_t> ids;
  for (std::size_t i = 0; i < roster.samples.size(); ++i) {
    if (roster.identity[i] < 0 || roster.isPart(static_cast<int>(i), Part::Pool) ||
        !roster.samples[i].problem.empty() || (!byHead && !data::hasPicture(roster.samples[i].image)))
      continue;
    ids.push_back(i);
    images.push_back(roster.samples[i].image);
  }
  if (ids.empty())
    fail("there is no image of a train or test identity to predict scores for; import some first");
  const auto start = std::chrono::steady_clock::now();
  std::string features;  // that a head reads
  std::optional<training::TrainedDdnet> ddnet;
  std::vector<float> values;
  if (byHead) {
    const auto head = training::loadFeatureHead(checkpoint);
    features = featuresFor(project, head, options.model);
    const auto all =
        training::applyFeatureHead(head, completeFeatures(project, features, roster.samples.size()).view());
    for (const std::size_t i : ids) values.push_back(all[i]);
  } else {
    ddnet.emplace(checkpoint, options.device);
    values = ddnet->scores(sourceOf(kindOf(project), images, ddnet->shape(), project.folder().string()),
                           options.batch, progress);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  PredictResult result;
  result.name = options.name;
  data::ScoreTable table;
  table.name = options.name;
  table.method = byHead ? "head" : "ddnet";
  table.featureTable = byHead ? features : options.model;  // which network, so that its cost can be looked up
  table.resize(roster.samples.size());
  for (std::size_t k = 0; k < ids.size(); ++k) {
    const std::size_t i = ids[k];
    table.score[i] = table.ratio[i] = values[k];
    table.status[i] = std::isfinite(values[k]) ? data::ScoreStatus::Scored : data::ScoreStatus::Unreadable;
    result.failed += std::isfinite(values[k]) ? 0 : 1;
  }
  table.mean = 0;
  table.sigma = 1;
  result.images = static_cast<std::int64_t>(ids.size()) - result.failed;
  result.imagesPerSecond = seconds > 0 ? static_cast<double>(ids.size()) / seconds : 0;
  project.putScores(table);
  if (ddnet) {
    const data::Shape& shape = ddnet->shape();
    const double macs = row ? row->macs : training::networkCost(checkpoint.string(), shape).macs;
    const double milliseconds =
        row ? row->milliseconds
            : training::measureMilliseconds(checkpoint.string(), shape, timedBatch(shape), options.device);
    project.putSetting(settings::scoreCost(options.name),
                       analysis::toJson(analysis::RecordedCost{macs, milliseconds}));
  }
  return result;
}

}  // namespace discern::pipeline
