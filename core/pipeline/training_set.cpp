#include "core/pipeline/training_set.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/field_json.h"
#include "core/base/json.h"
#include "core/base/rng.h"
#include "core/data/no_picture.h"
#include "core/imaging/degrade.h"
#include "core/jobs/score.h"
#include "core/pipeline/copies.h"
#include "core/pipeline/departures.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/score.h"

namespace discern::pipeline {
namespace {
using data::Part;

// Scores originals and copies against the centroids of the originals, on one scale.
void setTargets(TrainingSet& set, const Roster& roster, data::MatrixView features,
                const std::vector<int>& originals, const data::Matrix& copyFeatures,
                const discriminability::ScoreOptions& options, jobs::TargetScale scale, Progress& progress) {
  const auto count = static_cast<std::int64_t>(roster.samples.size());
  data::Matrix all(count + copyFeatures.rows, features.cols);
  std::copy_n(features.values, count * features.cols, all.values.begin());
  std::copy(copyFeatures.values.begin(), copyFeatures.values.end(),
            all.values.begin() + count * features.cols);
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
  set.departures = scoreDepartures(options, roster, output.table);

  std::vector<float> ratio;
  for (const int i : originals) ratio.push_back(output.table.ratio[static_cast<std::size_t>(i)]);
  ratio.insert(ratio.end(), output.table.ratio.begin() + count, output.table.ratio.end());
  // Unless only originals are asked for, copies count for the scale as they do: it is the network's own.
  const auto scaled = discriminability::normaliseComparator("dscore", ratio, set.identity, roster.part,
                                                            scale == jobs::TargetScale::Originals
                                                                ? std::span<const unsigned char>(set.clean)
                                                                : std::span<const unsigned char>());
  if (std::ranges::count(scaled.status, data::ScoreStatus::Scored) < 2)
    fail(
        "no training image has a score; score the images and look at what that says about identities with "
        "one image");
  set.mean = scaled.mean;
  set.sigma = scaled.sigma;
  set.target = scaled.score;
}

// The samples `which` of the roster, then their copies, join
// images, identities and flags of `set`. Returns the copies.
std::vector<data::ImageRef> addImages(TrainingSet& set, const Roster& roster, const std::vector<int>& which,
                                      const CopyOptions& options, Rng rng) {
  requireStrengths(options.minStrength, options.maxStrength);
  std::vector<data::ImageRef> copies;
  const auto& kinds = options.kinds.empty() ? imaging::allDegradations() : options.kinds;
  const auto add = [&](const data::ImageRef& image, int sample, bool clean) {
    set.images.push_back(image);
    set.identity.push_back(roster.identity[static_cast<std::size_t>(sample)]);
    set.clean.push_back(clean ? 1 : 0);
  };
  for (const int i : which) add(roster.samples[static_cast<std::size_t>(i)].image, i, true);
  for (const int i : which)
    for (int c = 0; c < options.copies; ++c) {
      data::ImageRef image = roster.samples[static_cast<std::size_t>(i)].image;
      image.degradation = {
          kinds[static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(kinds.size())))],
          static_cast<float>(rng.uniform(options.minStrength, options.maxStrength)), rng.next()};
      copies.push_back(image);
      add(image, i, false);
    }
  return copies;
}

void addFeatures(TrainingSet& set, data::MatrixView features, const std::vector<int>& which,
                 const data::Matrix& copies) {
  set.features.cols = features.cols;
  set.features.values.reserve(set.features.values.size() +
                              which.size() * static_cast<std::size_t>(features.cols) + copies.values.size());
  for (const int i : which) {
    const auto row = features.row(i);
    set.features.values.insert(set.features.values.end(), row.begin(), row.end());
  }
  set.features.values.insert(set.features.values.end(), copies.values.begin(), copies.values.end());
  set.features.rows += static_cast<std::int64_t>(which.size()) + copies.rows;
}

// The images of a part that have a feature, and copies of them, behind what is there. Returns which ones.
std::vector<int> addPart(TrainingSet& set, const project::Project& project, Part part,
                         const CopyOptions& copies, Rng rng, const std::string& name, Device device,
                         int batch, Progress& progress) {
  const Roster roster = readRoster(project);
  const data::MappedNpy features = completeFeatures(project, set.featureTable, roster.samples.size());
  std::vector<int> which;
  for (std::size_t i = 0; i < roster.samples.size(); ++i)
    if (roster.votes[i] && roster.isPart(static_cast<int>(i), part) &&
        (data::hasPicture(roster.samples[i].image) || (part == Part::Train && copies.copies == 0)) &&
        data::isFinite(features.view().row(static_cast<std::int64_t>(i))))
      which.push_back(static_cast<int>(i));
  const auto copied = addImages(set, roster, which, copies, rng);
  addFeatures(set, features.view(), which,
              featuresOfCopies(project, set.featureTable, name, copied, device, batch, progress));
  return which;
}
}  // namespace

TrainingSet readTrainingSet(const project::Project& project, const std::string& scoreTable,
                            const CopyOptions& copies, std::uint64_t seed, const std::string& name,
                            Device device, int batch, Progress& progress, bool pixels,
                            jobs::TargetScale scale) {
  const data::ScoreTable scores = project.scores(scoreTable);
  const auto stored = project.setting(settings::scoreOptions(scoreTable));
  if (!stored)
    failField("scores", scoreTable, "is not a D-score table; score the images by the method dscore");
  noteOtherModel(project, fmt::format("score table '{}'", scoreTable), scores.featureTable,
                 project.setting(settings::scoreModel(scoreTable)).value_or(""), "score", progress);
  const Roster roster = readRoster(project);
  const data::MappedNpy features = completeFeatures(project, scores.featureTable, roster.samples.size());
  noteOnlyKept(project, scores.featureTable, progress);

  TrainingSet set;
  set.featureTable = scores.featureTable;
  std::vector<int> originals;
  for (std::size_t i = 0; i < roster.samples.size(); ++i)
    if (roster.votes[i] && roster.isPart(static_cast<int>(i), Part::Train) &&
        scores.status[i] == data::ScoreStatus::Scored &&
        (data::hasPicture(roster.samples[i].image) || (!pixels && copies.copies == 0)))
      originals.push_back(static_cast<int>(i));
  if (originals.empty())
    fail(
        "no image of a training identity has a score in '{}'; import identities with several images in "
        "the role train",
        scoreTable);
  set.originals = static_cast<std::int64_t>(originals.size());
  const auto copied = addImages(set, roster, originals, copies, Rng(mixSeed(seed, "copies")));
  const data::Matrix copyFeatures =
      featuresOfCopies(project, scores.featureTable, name, copied, device, batch, progress);
  setTargets(set, roster, features.view(), originals, copyFeatures,
             optionsFromJson(jobs::dscoreFields(), parseJson(*stored, "the options of these scores")), scale,
             progress);
  addFeatures(set, features.view(), originals, copyFeatures);
  return set;
}

std::int64_t addUnlabelled(TrainingSet& set, const project::Project& project, const CopyOptions& copies,
                           std::uint64_t seed, const std::string& name, Device device, int batch,
                           Progress& progress) {
  const auto pool = addPart(set, project, Part::Pool, copies, Rng(mixSeed(seed, "unlabelled copies")),
                            name + "-pool", device, batch, progress);
  set.target.resize(set.images.size(), std::numeric_limits<float>::quiet_NaN());
  return std::ssize(pool);
}

TrainingSet readFeatureSet(const project::Project& project, const std::string& table,
                           const CopyOptions& copies, std::uint64_t seed, const std::string& name,
                           Device device, int batch, Progress& progress) {
  noteOnlyKept(project, table, progress);
  TrainingSet set;
  set.featureTable = table;
  set.samples =
      addPart(set, project, Part::Train, copies, Rng(mixSeed(seed, "copies")), name, device, batch, progress);
  if (set.samples.empty())
    fail(
        "no image of a training identity has a usable feature in '{}'; import identities in the role train, "
        "and extract",
        table);
  set.originals = std::ssize(set.samples);
  return set;
}

}  // namespace discern::pipeline
