#include "core/pipeline/identify.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/aggregation/methods.h"
#include "core/base/field_error.h"
#include "core/base/json_text.h"
#include "core/evaluation/protocols.h"
#include "core/features/recipe.h"
#include "core/pipeline/identify_actions.h"
#include "core/pipeline/identify_templates.h"
#include "core/pipeline/identify_tracklets.h"
#include "core/pipeline/inputs.h"
#include "core/training/train_reduction.h"

namespace discern::pipeline {
namespace {
using data::Part;
using nlohmann::json;

struct Faces {
  const Roster& roster;
  data::MatrixView features;
  std::vector<int> identity;  // per sample; -1: of another set, a copy, or without a usable feature
};

Faces readFaces(const Roster& roster, data::MatrixView features, const std::string& set) {
  Faces faces{roster, features, std::vector<int>(roster.samples.size(), -1)};
  for (std::size_t i = 0; i < roster.samples.size(); ++i) {
    const int identity = roster.identity[i];
    if (identity < 0 || !roster.votes[i]) continue;
    if (!set.empty() && roster.identities[static_cast<std::size_t>(identity)].set != set) continue;
    if (data::isFinite(features.row(static_cast<std::int64_t>(i)))) faces.identity[i] = identity;
  }
  return faces;
}

data::Matrix rowsOf(data::MatrixView features, const std::vector<int>& samples) {
  data::Matrix rows(static_cast<std::int64_t>(samples.size()), features.cols);
  for (std::int64_t r = 0; r < rows.rows; ++r)
    std::ranges::copy(features.row(samples[static_cast<std::size_t>(r)]), rows.row(r).begin());
  return rows;
}

std::vector<int> identitiesOf(const Faces& faces, const std::vector<int>& samples) {
  std::vector<int> identities;
  for (const int i : samples) identities.push_back(faces.identity[static_cast<std::size_t>(i)]);
  return identities;
}

// For a benchmark that draws its own subjects: only test
// identities stay. Returns how many training identities went.
std::size_t keepTestFaces(Faces& faces, const char* benchmark, Progress& progress) {
  std::set<int> tested, trained;
  for (int& identity : faces.identity) {
    if (identity < 0) continue;
    const Part part = faces.roster.part[static_cast<std::size_t>(identity)];
    if (part == Part::Test) tested.insert(identity);
    if (part == Part::Train) trained.insert(identity);
    if (part != Part::Test) identity = -1;
  }
  if (tested.empty())
    failField("benchmark", benchmark,
              "none of its subjects is a test identity; import the set in the role test, or give its "
              "identities that "
              "role");
  if (!trained.empty())
    progress.note(
        fmt::format("{}: subjects are drawn from {} test identities; {} training identities take no part",
                    benchmark, tested.size(), trained.size()));
  return trained.size();
}

void search(const Faces& faces, const IdentifyOptions& options, IdentifyResult& result) {
  std::vector<std::vector<int>> enrolled(faces.roster.identities.size());
  std::vector<int> probes, probeIdentity;
  for (std::size_t i = 0; i < faces.identity.size(); ++i) {
    const int identity = faces.identity[i];
    if (identity < 0) continue;
    const Part part = faces.roster.part[static_cast<std::size_t>(identity)];
    auto& mine = enrolled[static_cast<std::size_t>(identity)];
    if (part == Part::Test && static_cast<int>(mine.size()) < options.gallery) {
      mine.push_back(static_cast<int>(i));
    } else if (part == Part::Test || part == Part::Pool) {
      probes.push_back(static_cast<int>(i));
      probeIdentity.push_back(part == Part::Test ? identity : -1);
    }
  }
  std::vector<int> galleryIdentity;
  data::Matrix gallery(0, faces.features.cols);
  for (std::size_t k = 0; k < enrolled.size(); ++k) {
    if (enrolled[k].empty()) continue;
    galleryIdentity.push_back(static_cast<int>(k));
    std::vector<float> mean(static_cast<std::size_t>(faces.features.cols), 0.0F);
    for (const int i : enrolled[k]) {
      std::vector<float> unit(faces.features.row(i).begin(), faces.features.row(i).end());
      data::normalise(unit);
      for (std::size_t c = 0; c < mean.size(); ++c) mean[c] += unit[c];
    }
    gallery.values.insert(gallery.values.end(), mean.begin(), mean.end());
    ++gallery.rows;
  }
  if (gallery.rows < 2)
    fail("a search needs at least two test identities, there are {}; import some in the role test",
         gallery.rows);
  const auto matches = evaluation::identify(gallery.view(), galleryIdentity,
                                            rowsOf(faces.features, probes).view(), probeIdentity);
  result.identities = static_cast<int>(gallery.rows);
  result.gallery = gallery.rows;
  result.strangers = std::ranges::count(probeIdentity, -1);
  result.probes = static_cast<std::int64_t>(probes.size()) - result.strangers;
  if (result.probes == 0)
    fail("no test identity has more than {} images: nothing is left to search for", options.gallery);
  result.cmc =
      evaluation::cmc(matches, std::min<int>(jobs::ranksOf(options), static_cast<int>(gallery.rows)));
  if (result.strangers > 0) result.tpir = evaluation::tpirAtFpir(matches);
}

void scface(Faces& faces, const IdentifyOptions& options, IdentifyResult& result, Progress& progress) {
  std::vector<evaluation::Condition> conditions;
  for (std::size_t i = 0; i < faces.identity.size(); ++i) {
    conditions.push_back(evaluation::parseCondition(faces.roster.samples[i].nuisance));
    if (conditions[i].camera < 0) faces.identity[i] = -1;  // of another set
  }
  const bool trained = keepTestFaces(faces, "scface", progress) > 0;
  evaluation::ScfaceOptions how;
  how.seed = options.seed;
  if (options.subjects > 0) how.testSubjects = options.subjects;
  if (options.subjects > 0 || trained) how.trainSubjects = 0;
  const auto protocol = evaluation::scfaceProtocol(faces.identity, conditions, how);
  const auto matches = evaluation::identify(
      rowsOf(faces.features, protocol.gallery).view(), identitiesOf(faces, protocol.gallery),
      rowsOf(faces.features, protocol.probes).view(), identitiesOf(faces, protocol.probes));
  result.identities = static_cast<int>(protocol.testIdentities.size());
  result.gallery = static_cast<std::int64_t>(protocol.gallery.size());
  result.probes = static_cast<std::int64_t>(protocol.probes.size());
  result.missingProbes = protocol.missingProbes;
  result.cmc = evaluation::cmc(matches, std::min(jobs::ranksOf(options), result.identities));
  result.byDistance = evaluation::rankRateByGroup(matches, protocol.probeDistance, 1);
}

// The student whose mimic layer the features are; empty: no student's.
std::string studentOf(const project::Project& project, const std::string& features) {
  const auto row = project.featureTable(features);
  if (!row || features::recipeFromJson(row->recipe).outputLayer != "mimic") return {};
  for (const auto& model : project.models())
    if (model.kind == "student" && model.file.string() == row->model) return row->model;
  return {};
}

void uccs(const project::Project& project, Faces& faces, const IdentifyOptions& options,
          IdentifyResult& result, Progress& progress) {
  keepTestFaces(faces, "uccs", progress);
  evaluation::UccsOptions how;
  how.seed = options.seed;
  if (options.subjects > 0) how.subjects = options.subjects;
  const auto split = evaluation::uccsProtocol(faces.identity, how);
  const data::Matrix train = rowsOf(faces.features, split.train), test = rowsOf(faces.features, split.test);
  training::ReductionOptions reduction;
  if (options.reductionStart == jobs::ReductionStart::Own) {
    reduction.checkpoint = studentOf(project, result.features);
    if (reduction.checkpoint.empty())
      progress.note(fmt::format("features '{}' are no student's mimic layer: the reduction starts at random",
                                result.features));
  }
  result.reductionStart =
      nameOf(reduction.checkpoint.empty() ? jobs::ReductionStart::Random : jobs::ReductionStart::Own);
  reduction.identityDims = options.reduction;
  reduction.epochs = options.epochs;
  reduction.seed = options.seed;
  const auto trained = training::trainReduction(reduction,
                                                {train.view(), test.view(), split.trainClass, split.testClass,
                                                 static_cast<int>(split.identities.size())},
                                                progress);
  result.identities = static_cast<int>(split.identities.size());
  result.gallery = train.rows;
  result.probes = test.rows;
  result.top1Error = trained.top1Error;
  result.top5Error = trained.top5Error;
}
}  // namespace

// Of those that are told under every aggregation.
bool tellsOfAll(jobs::Benchmark benchmark) {
  return benchmark == jobs::Benchmark::Tracklets || benchmark == jobs::Benchmark::Actions;
}

// How templates were made of images.
void tellSwitches(const project::Project& project, const IdentifyOptions& options, IdentifyResult& result) {
  result.flip = isFlipped(project, result.features);
  result.lengths = options.lengths;
  result.threshold = options.threshold;
  result.k = options.k;
  result.trim = options.trim;
  result.minCosine = options.minCosine;
  result.seed = options.seed;
  if (tellsOfAll(options.benchmark) ||  // DDL's rows are always among its own
      aggregation::infoOf(aggregation::parseMethod(options.aggregation)).takesThreshold)
    result.published = publishedText(jobs::identifyFields().departures(options, "paper"));
}

IdentifyResult identify(const project::Project& project, const IdentifyOptions& options, Progress& progress) {
  IdentifyResult result;
  jobs::identifyFields().check(options);
  result.benchmark = nameOf(options.benchmark);
  result.features = newestFeatures(project, options.features);
  if (options.benchmark == jobs::Benchmark::Templates || tellsOfAll(options.benchmark))
    tellSwitches(project, options, result);
  if (options.benchmark == jobs::Benchmark::Templates) {
    searchTemplates(project, options, result, progress);
    return result;
  }
  if (tellsOfAll(options.benchmark)) {
    const bool tracklets = options.benchmark == jobs::Benchmark::Tracklets;
    (tracklets ? searchTracklets : classifyActions)(project, options, result, progress);
    return result;
  }
  const Roster roster = readRoster(project);
  const data::MappedNpy features = completeFeatures(project, result.features, roster.samples.size());
  noteOnlyKept(project, result.features, progress);
  if (!options.set.empty()) requireSet(project, options.set);
  Faces faces = readFaces(roster, features.view(), options.set);
  switch (options.benchmark) {
    case jobs::Benchmark::Search:
      search(faces, options, result);
      break;
    case jobs::Benchmark::Scface:
      scface(faces, options, result, progress);
      break;
    case jobs::Benchmark::Uccs:
      uccs(project, faces, options, result, progress);
      break;
    case jobs::Benchmark::Templates:
    case jobs::Benchmark::Tracklets:
    case jobs::Benchmark::Actions:
      break;  // above
  }
  return result;
}

}  // namespace discern::pipeline
