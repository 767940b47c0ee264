#include "core/pipeline/extraction.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/analysis/operating_point.h"
#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/data/no_picture.h"
#include "core/features/recipe_check.h"
#include "core/imaging/sample.h"
#include "core/pipeline/chosen_model.h"
#include "core/pipeline/probe_faces.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

// A file that is there; nothing, and a note, when it is damaged: its features are made again.
std::optional<data::MappedNpy> openIfWhole(const fs::path& file, data::MappedNpy::Mode mode,
                                           Progress& progress) {
  if (!fs::exists(file)) return std::nullopt;
  try {
    return data::MappedNpy(file, mode);
  } catch (const Error& e) {
    progress.note(fmt::format("{}; the features in it are made again", e.what()));
    return std::nullopt;
  }
}

std::string defaultName(const ExtractOptions& options) {
  const std::string stem =
      options.model.starts_with("ensemble:") ? "ensemble" : fs::path(options.model).stem().string();
  return stem + (options.layer.empty() ? "" : "-" + options.layer) + (options.flip ? "-flip" : "");
}

// No model is known that would make the same features again.
void refuseImported(const project::Project& project, const std::string& name) {
  const auto table = name.empty() ? std::nullopt : project.featureTable(name);
  if (table && project::isImported(*table))
    failField("name", name,
              "are features that were imported, which no model extracts again; import them again, or choose "
              "another "
              "name");
}

// Whose features are asked for, where not all are: what scores keep.
struct Asked {
  std::string scores;
  double threshold = 0;
  std::vector<bool> samples;
};
std::optional<Asked> askedFor(const project::Project& project, const Roster& roster,
                              const ExtractOptions& options) {
  if (!options.onlyKept) return std::nullopt;
  const auto point = analysis::currentPoint(project);
  const std::string name = options.scores.empty() ? point.scores : options.scores;
  if (name.empty())
    fail("this project has no scores yet that could keep images; predict or score them first");
  const auto scores = project.scores(name);
  std::vector<data::Protocol> protocols;
  for (const auto& protocol : project.protocols()) {
    analysis::PairCounts counts;
    protocols.push_back(
        analysis::protocolToday(project.protocol(protocol), roster.identities, roster, counts));
    analysis::requireScores(protocols.back(), scores);
  }
  const double threshold = std::isnan(options.threshold) ? point.threshold : options.threshold;
  return Asked{name, threshold, analysis::keptSamples(protocols, roster, scores, threshold)};
}

// What is in the table of that name, and who made it.
void meetTable(Extraction& work, const project::Project& project, Progress& progress) {
  const auto& existing = work.existing = project.featureTable(work.name);
  // A model may have moved, and a network may have been trained anew under its name.
  work.hash = features::hashOfModel(work.path);
  const auto recorded = project.setting(settings::featureModel(work.name));
  work.stale = existing && recorded != std::to_string(work.hash);
  if (existing && (existing->recipe != toJson(work.recipe) ||
                   (work.stale && features::absoluteModel(existing->model) != work.path)))
    failField("name", work.name,
              "these features were made by {} with another recipe or model; choose another name",
              existing->model);
  if (work.stale)
    progress.note(
        recorded ? fmt::format("{} has changed since these features were made; all are made again", work.path)
                 : fmt::format("which {} these features were made by was not recorded; all are made again",
                               work.path));
  const fs::path finished = project.featureFile(work.name);
  if (existing && !work.stale) work.old = openIfWhole(finished, data::MappedNpy::Mode::Read, progress);
  if (work.old && work.old->view().cols != work.model->dims()) work.old.reset();
}

// Which samples are made, and which are there; what could not be used may be back.
void chooseSamples(Extraction& work, const project::Project& project) {
  const auto asked = askedFor(project, work.roster, work.options);
  std::int64_t leftOut = 0;
  for (std::int64_t i = 0; i < std::ssize(work.roster.samples); ++i) {
    const auto& sample = work.roster.samples[static_cast<std::size_t>(i)];
    if (sample.removed() || !data::hasPicture(sample.image)) continue;
    const bool isThere = work.old && i < work.old->view().rows && data::isFinite(work.old->view().row(i));
    if (!isThere && asked && !asked->samples[static_cast<std::size_t>(i)])
      leftOut += work.isKnownBad(i) ? 0 : 1;
    else
      (isThere && !work.isKnownBad(i) ? work.kept : work.todo).push_back(i);
  }
  if (asked) work.onlyKept = analysis::OnlyKept{asked->scores, asked->threshold, leftOut};
}

}  // namespace

std::string Extraction::print() const {
  json print = {{"model", hash}, {"recipe", json::parse(toJson(recipe))}};
  if (onlyKept) print["only_kept"] = {onlyKept->scores, onlyKept->threshold};
  return print.dump();
}

void tellNotes(features::BaseModel& model, Progress& progress) {
  for (const auto& note : model.takeNotes()) progress.note(note);
}

data::MappedNpy openPart(const fs::path& part, std::int64_t rows, std::int64_t dims, const std::string& print,
                         const std::function<void(data::MappedNpy&)>& keep, Progress& progress) {
  const fs::path note = fs::path(part).concat(".json");
  if (fs::exists(note) && readFile(note) == print) {
    auto mapped = openIfWhole(part, data::MappedNpy::Mode::ReadWrite, progress);
    if (mapped && mapped->view().rows == rows && mapped->view().cols == dims) return std::move(*mapped);
  }
  fs::remove(note);  // before the file changes: it must never stand beside one that is not filled yet
  data::MappedNpy mapped = data::MappedNpy::create(part, rows, dims);
  keep(mapped);
  writeFileAtomically(note, print);
  return mapped;
}

Extraction prepare(const project::Project& project, const ExtractOptions& given, Progress& progress,
                   const std::function<void()>& files) {
  jobs::extractFields().check(given);
  requirePictures(project.samples(), "extracting features");
  Extraction work;
  work.options = given;
  ChosenModel chosen = chooseModel(project, given.model, given.recipe, given.layer, given.name);
  chosen.recipe.flip = chosen.recipe.flip || given.flip;
  if (!chosen.note.empty()) progress.note(chosen.note);
  work.options.model = chosen.model;
  work.options.name = chosen.name;
  refuseImported(project, chosen.name);
  work.path = chosen.path;
  work.model = features::openBaseModel(work.path, chosen.recipe, given.device);
  tellNotes(*work.model, progress);
  work.recipe = work.model->recipe();  // a student takes faces of its own size
  files();
  work.roster = readRoster(project);
  if (work.roster.samples.empty())
    fail("{}: has no images yet; import some first", project.folder().string());
  work.name = chosen.name.empty() ? defaultName(work.options) : chosen.name;
  refuseImported(project, work.name);
  meetTable(work, project, progress);
  chooseSamples(work, project);
  return work;
}

void checkRecipe(const Extraction& work, const project::Project& project, Progress& progress) {
  const bool hasNew = !work.existing || work.stale ||
                      !std::ranges::all_of(work.todo, [&](std::int64_t i) { return work.isKnownBad(i); });
  if (!work.options.checkRecipe || !hasNew || work.todo.empty()) return;
  progress.start("checking the recipe", 1);
  const ProbeFaces probe = probeFaces(project, work.roster, work.recipe.shape(), 90);
  const auto verdict = features::checkRecipe(*work.model, probe.faces, probe.identity);
  if (verdict.suspicious || !verdict.checked) progress.note(verdict.sentence);
  tellNotes(*work.model, progress);
  progress.finish();
}

double makeRows(const Extraction& work, const project::Project& project, const Unfinished& left,
                const std::function<std::int64_t(std::int64_t)>& sampleOf, data::MappedNpy& values,
                Problems& problems, Progress& progress) {
  const data::GroupKind& kind = kindOf(project);
  const auto make = [&](const std::vector<std::int64_t>& rows) {
    const auto sample = [&](std::int64_t i) {
      return static_cast<int>(sampleOf(rows[static_cast<std::size_t>(i)]));
    };
    const auto image = [&](std::int64_t i) -> const data::ImageRef& {
      return work.roster.samples[static_cast<std::size_t>(sample(i))].image;
    };
    features::extractAll(
        *work.model, std::ssize(rows),
        [&](std::int64_t i) { return imaging::loadSample(kind, image(i), work.recipe.shape()); },
        [&](std::int64_t i, std::span<const float> feature) {
          const auto row = values.row(rows[static_cast<std::size_t>(i)]);
          if (data::isFinite(feature)) {
            std::ranges::copy(feature, row.begin());
            return;
          }
          std::ranges::fill(row, std::numeric_limits<float>::quiet_NaN());
          problems.ofModel.emplace_back(
              sample(i), fmt::format("{}: the model {} gave no finite feature", image(i).file, work.path));
        },
        [&](std::int64_t i, const std::string& problem) { problems.read.emplace_back(sample(i), problem); },
        {work.options.batch}, progress);
  };
  const auto start = Clock::now();
  try {
    make(left.failed);
    make(left.rest);
  } catch (const Cancelled&) {
    values.flush();  // the next call goes on from here
    throw;
  }
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void noteGoingOn(std::int64_t again, std::int64_t all, Progress& progress) {
  if (again < all) progress.note(fmt::format("Going on after {} of {} images.", all - again, all));
}

}  // namespace discern::pipeline
