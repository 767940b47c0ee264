#include "core/pipeline/train.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/features/base_model.h"
#include "core/imaging/degrade.h"
#include "core/imaging/image.h"
#include "core/pipeline/copies.h"
#include "core/pipeline/face_source.h"
#include "core/pipeline/roster.h"
#include "core/pipeline/score.h"

namespace discern::pipeline {
namespace {
using discriminability::Part;
using nlohmann::json;

// The images a network learns from: originals of training identities with a score, then their degraded copies.
struct TrainingSet {
  std::vector<data::ImageRef> images;
  std::vector<int> identity;
  std::vector<unsigned char> clean;
  std::vector<float> target;
  double mean = 0, sigma = 1;
  std::int64_t originals = 0;
};

// Scores originals and copies against the centroids of the originals, on one scale.
void setTargets(TrainingSet& set, const Roster& roster, data::MatrixView features, const std::vector<int>& originals,
                const data::Matrix& copyFeatures, const discriminability::ScoreOptions& options, Progress& progress) {
  const auto count = static_cast<std::int64_t>(roster.samples.size());
  data::Matrix all(count + copyFeatures.rows, features.cols);
  std::copy_n(features.values, count * features.cols, all.values.begin());
  std::copy(copyFeatures.values.begin(), copyFeatures.values.end(), all.values.begin() + count * features.cols);
  std::vector<int> identity = roster.identity;
  std::vector<unsigned char> votes = roster.votes;
  identity.insert(identity.end(), set.identity.begin() + set.originals, set.identity.end());
  votes.resize(identity.size(), 0);
  discriminability::ScoreInput input;
  input.features = all.view();
  input.identity = identity;
  input.part = roster.part;
  input.identities = static_cast<int>(roster.identities.size());
  input.votes = votes;
  const auto output = discriminability::score(input, options, progress);

  std::vector<float> ratio;
  for (const int i : originals) ratio.push_back(output.table.ratio[static_cast<std::size_t>(i)]);
  ratio.insert(ratio.end(), output.table.ratio.begin() + count, output.table.ratio.end());
  // Copies count for the scale as originals do: it is the network's own.
  const auto scaled = discriminability::normaliseComparator("dscore", ratio, set.identity, roster.part);
  if (std::ranges::count(scaled.status, data::ScoreStatus::Scored) < 2)
    fail("no training image has a score; run 'discern score' and look at what it says about identities with one image");
  set.mean = scaled.mean;
  set.sigma = scaled.sigma;
  set.target = scaled.score;
}

json optionsJson(const TrainDdnetOptions& o, const std::string& features) {
  json kinds = json::array();
  for (const auto kind : o.kinds) kinds.push_back(imaging::toString(kind));
  return {{"architecture", o.training.architecture}, {"epochs", o.training.epochs}, {"batch", o.training.batch},
          {"learning_rate", o.training.learningRate}, {"seed", o.training.seed}, {"rank_weight", o.training.rankWeight},
          {"hint_weight", o.training.hintWeight}, {"augment", o.training.augment},
          {"copies", o.copies}, {"kinds", kinds}, {"min_strength", o.minStrength}, {"max_strength", o.maxStrength},
          {"scores", o.scores}, {"features", features}};
}
}  // namespace

TrainDdnetResult trainDdnet(project::Project& project, const TrainDdnetOptions& options, Progress& progress) {
  const data::ScoreTable scores = project.scores(options.scores);
  const auto stored = project.setting("score_options/" + options.scores);
  if (!stored) fail("--scores {}: is not a D-score table; make one with 'discern score --method dscore'", options.scores);
  const Roster roster = readRoster(project);
  const data::MappedNpy features = completeFeatures(project, scores.featureTable, roster.samples.size());

  TrainingSet set;
  std::vector<int> originals;
  for (std::size_t i = 0; i < roster.samples.size(); ++i) {
    if (!roster.votes[i] || !roster.isPart(static_cast<int>(i), Part::Train) || scores.status[i] != data::ScoreStatus::Scored) continue;
    originals.push_back(static_cast<int>(i));
    set.images.push_back(roster.samples[i].image);
    set.identity.push_back(roster.identity[i]);
    set.clean.push_back(1);
  }
  set.originals = static_cast<std::int64_t>(originals.size());
  if (originals.empty())
    fail("no image of a training identity has a score in '{}'; import identities with several images as --role train", options.scores);

  std::vector<data::ImageRef> copies;
  Rng rng(mixSeed(options.training.seed, "copies"));
  const auto& kinds = options.kinds.empty() ? imaging::allDegradations() : options.kinds;
  for (const int i : originals)
    for (int c = 0; c < options.copies; ++c) {
      data::ImageRef image = roster.samples[static_cast<std::size_t>(i)].image;
      image.degradation = {kinds[static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(kinds.size())))],
                           static_cast<float>(rng.uniform(options.minStrength, options.maxStrength)), rng.next()};
      copies.push_back(image);
      set.images.push_back(image);
      set.identity.push_back(roster.identity[static_cast<std::size_t>(i)]);
      set.clean.push_back(0);
    }
  const data::Matrix copyFeatures = featuresOfCopies(project, scores.featureTable, options.name, copies, options.training.device, options.batch, progress);
  setTargets(set, roster, features.view(), originals, copyFeatures, scoreOptionsFromJson(*stored), progress);

  training::DdnetData data;
  data.faces = facesOf(set.images, options.training.size, project.folder().string());
  data.target = set.target;
  data.identity = set.identity;
  data.clean = set.clean;
  data::Matrix hints;
  if (options.training.hintWeight > 0) {
    hints = data::Matrix(static_cast<std::int64_t>(set.images.size()), features.view().cols);
    for (std::size_t k = 0; k < originals.size(); ++k) std::ranges::copy(features.view().row(originals[k]), hints.row(static_cast<std::int64_t>(k)).begin());
    std::ranges::copy(copyFeatures.values, hints.values.begin() + set.originals * hints.cols);
    data.features = hints.view();
  }
  const auto checkpoint = project.folder() / "checkpoints" / (options.name + ".pt");
  TrainDdnetResult result;
  result.training = training::trainDdnet(options.training, data, checkpoint, progress);
  result.cost = training::networkCost(options.training.architecture, options.training.size);
  result.milliseconds = training::measureMilliseconds(checkpoint.string(), options.training.size, 32, options.training.device);
  result.originals = set.originals;
  result.copies = static_cast<std::int64_t>(copies.size());
  result.mean = set.mean;
  result.sigma = set.sigma;
  json saved = optionsJson(options, scores.featureTable);
  saved["mean"] = set.mean;
  saved["sigma"] = set.sigma;
  project.putModel({options.name, "ddnet", options.training.architecture, checkpoint, result.cost.macs, result.cost.parameters,
                    result.milliseconds, saved.dump()});
  return result;
}

TrainBaseResult trainBase(project::Project& project, const TrainBaseOptions& options, Progress& progress) {
  const Roster roster = readRoster(project);
  const auto learns = [&](std::size_t i) {  // a protocol's degraded copies are for testing
    return roster.votes[i] && roster.isPart(static_cast<int>(i), Part::Train) && roster.samples[i].problem.empty();
  };
  std::vector<int> images(roster.identities.size(), 0);
  for (std::size_t i = 0; i < roster.samples.size(); ++i)
    if (learns(i)) ++images[static_cast<std::size_t>(roster.identity[i])];
  std::vector<int> label(roster.identities.size(), -1);
  TrainBaseResult result;
  for (std::size_t k = 0; k < images.size(); ++k)
    if (images[k] >= options.minImages) label[k] = result.classes++;
  if (result.classes < 2)
    fail("training a recogniser needs at least two training identities with {} images or more; there are {}", options.minImages, result.classes);

  training::BaseData data;
  std::vector<data::ImageRef> refs;
  for (std::size_t i = 0; i < roster.samples.size(); ++i) {
    if (!learns(i)) continue;
    const int l = label[static_cast<std::size_t>(roster.identity[i])];
    if (l < 0) continue;
    refs.push_back(roster.samples[i].image);
    data.label.push_back(l);
  }
  data.classes = result.classes;
  data.faces = facesOf(refs, options.training.size, project.folder().string());
  result.images = static_cast<std::int64_t>(refs.size());
  const auto checkpoint = project.folder() / "checkpoints" / (options.name + ".pt");
  result.training = training::trainBase(options.training, data, checkpoint, progress);
  const auto& t = options.training;
  result.cost = training::networkCost(t.architecture, t.size, t.width, t.dims);
  const json saved = {{"architecture", t.architecture}, {"width", t.width}, {"dims", t.dims}, {"head", t.head}, {"margin", t.margin},
                      {"scale", t.scale}, {"epochs", t.epochs}, {"batch", t.batch}, {"learning_rate", t.learningRate}, {"seed", t.seed}};
  project.putModel({options.name, "base", t.architecture, checkpoint, result.cost.macs, result.cost.parameters,
                    training::measureMilliseconds(checkpoint.string(), t.size, 32, t.device), saved.dump()});
  return result;
}

PredictResult predict(project::Project& project, const PredictOptions& options, Progress& progress) {
  const auto row = project.model(options.model);
  if (!row && !std::filesystem::exists(options.model))
    fail("--model {}: is neither a network of this project nor a file; train one with 'discern train-ddnet'", options.model);
  if (row && row->kind != "ddnet") fail("--model {}: is a base model; a DDNet was expected", options.model);
  const std::filesystem::path checkpoint = row ? row->file : std::filesystem::path(options.model);
  const Roster roster = readRoster(project);
  std::vector<data::ImageRef> images;
  std::vector<std::size_t> ids;
  for (std::size_t i = 0; i < roster.samples.size(); ++i) {
    if (roster.identity[i] < 0 || roster.isPart(static_cast<int>(i), Part::Pool) || !roster.samples[i].problem.empty()) continue;
    ids.push_back(i);
    images.push_back(roster.samples[i].image);
  }
  if (ids.empty()) fail("there is no image of a train or test identity to predict scores for; import some first");
  const auto start = std::chrono::steady_clock::now();
  const auto values = training::predictDdnet(checkpoint, facesOf(images, training::ddnetSize(checkpoint), project.folder().string()), options.batch, options.device, progress);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  PredictResult result;
  result.name = options.name;
  data::ScoreTable table;
  table.name = options.name;
  table.method = "ddnet";
  table.featureTable = options.model;  // which network, so that its cost can be looked up
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
  return result;
}

}  // namespace discern::pipeline
