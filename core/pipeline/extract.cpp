#include "core/pipeline/extract.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "core/analysis/only_kept.h"
#include "core/analysis/operating_point.h"
#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/data/no_picture.h"
#include "core/features/base_model.h"
#include "core/features/recipe_check.h"
#include "core/imaging/sample.h"
#include "core/pipeline/chosen_model.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/probe_faces.h"
#include "core/pipeline/timing.h"
#include "core/pipeline/unfinished.h"
#include "core/project/contents.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

// What a half-finished file was being made with: it is continued only by the same.
std::string fingerprint(std::uint64_t model, const features::Recipe& recipe,
                        const std::optional<analysis::OnlyKept>& onlyKept) {
  json print = {{"model", model}, {"recipe", json::parse(toJson(recipe))}};
  if (onlyKept) print["only_kept"] = {onlyKept->scores, onlyKept->threshold};
  return print.dump();
}

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

// Opens the half-finished file if it fits, else makes a new one of the rows that are `kept`.
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

// To time a model on, always as many: those of the probe, or the first that can be read, over and over.
std::vector<cv::Mat> facesToTime(const project::Project& project, const Roster& roster,
                                 const data::Shape& shape) {
  constexpr std::size_t kFaces = 33;
  const data::GroupKind& kind = kindOf(project);
  std::vector<cv::Mat> faces = probeFaces(project, roster, shape, kFaces).faces;
  if (faces.size() > kFaces) faces.resize(kFaces);
  for (std::size_t i = 0; faces.empty() && i < roster.samples.size(); ++i) {
    if (!data::hasPicture(roster.samples[i].image)) continue;
    try {
      faces.push_back(imaging::loadSample(kind, roster.samples[i].image, shape));
    } catch (const Error&) {  // reported by the extraction itself
    }
  }
  for (std::size_t k = 0; !faces.empty() && faces.size() < kFaces; ++k) faces.push_back(faces[k]);
  return faces;
}

void noteReplaced(const project::FileCheck& check, Progress& progress) {
  if (check.replaced.empty()) return;
  progress.note(
      fmt::format("{} image file{} replaced since the project met {}, the first: {}; the features are made "
                  "again, and scores, "
                  "selections and maps of them are old until they are made again too",
                  check.replaced.size(), check.replaced.size() == 1 ? " was" : "s were",
                  check.replaced.size() == 1 ? "it" : "them", check.replaced.front()));
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

}  // namespace

ExtractResult extract(project::Project& project, const ExtractOptions& given, Progress& progress) {
  jobs::extractFields().check(given);
  requirePictures(project.samples(), "extracting features");
  ExtractOptions options = given;
  ChosenModel chosen = chooseModel(project, options.model, options.recipe, options.layer, options.name);
  chosen.recipe.flip = chosen.recipe.flip || options.flip;
  if (!chosen.note.empty()) progress.note(chosen.note);
  options.model = chosen.model;
  options.name = chosen.name;
  refuseImported(project, options.name);
  const std::string& path = chosen.path;
  const data::GroupKind& kind = kindOf(project);
  const auto model = features::openBaseModel(path, chosen.recipe, options.device);
  const auto tellNotes = [&] {
    for (const auto& note : model->takeNotes()) progress.note(note);
  };
  tellNotes();
  const features::Recipe recipe = model->recipe();  // a student takes faces of its own size
  noteReplaced(project::checkFiles(project, "", progress), progress);
  const Roster roster = readRoster(project);
  const auto rows = static_cast<std::int64_t>(roster.samples.size());
  if (rows == 0) fail("{}: has no images yet; import some first", project.folder().string());

  ExtractResult result;
  result.name = options.name.empty() ? defaultName(options) : options.name;
  refuseImported(project, result.name);
  result.dims = model->dims();
  result.macs = model->macs();
  result.flip = recipe.flip;
  const auto existing = project.featureTable(result.name);
  // A model may have moved, and a network may have been trained anew under its name.
  const std::uint64_t hash = features::hashOfModel(path);
  const auto recorded = project.setting(settings::featureModel(result.name));
  const bool stale = existing && recorded != std::to_string(hash);
  if (existing &&
      (existing->recipe != toJson(recipe) || (stale && features::absoluteModel(existing->model) != path)))
    failField("name", result.name,
              "these features were made by {} with another recipe or model; choose another name",
              existing->model);
  if (stale)
    progress.note(
        recorded
            ? fmt::format("{} has changed since these features were made; all are made again", path)
            : fmt::format("which {} these features were made by was not recorded; all are made again", path));
  const fs::path finished = project.featureFile(result.name);
  const fs::path part = fs::path(finished).concat(".part");
  const auto isKnownBad = [&](std::int64_t sample) {
    return !roster.samples[static_cast<std::size_t>(sample)].problem.empty();
  };
  auto old = existing && !stale ? openIfWhole(finished, data::MappedNpy::Mode::Read, progress) : std::nullopt;
  if (old && old->view().cols != result.dims) old.reset();
  const auto asked = askedFor(project, roster, options);
  std::vector<std::int64_t> todo, kept;  // what could not be used may be back
  std::int64_t leftOut = 0;
  for (std::int64_t i = 0; i < rows; ++i) {
    const auto& sample = roster.samples[static_cast<std::size_t>(i)];
    if (sample.removed() || !data::hasPicture(sample.image)) continue;
    const bool isThere = old && i < old->view().rows && data::isFinite(old->view().row(i));
    if (!isThere && asked && !asked->samples[static_cast<std::size_t>(i)])
      leftOut += isKnownBad(i) ? 0 : 1;
    else
      (isThere && !isKnownBad(i) ? kept : todo).push_back(i);
  }
  result.skipped = std::ssize(kept);
  std::optional<analysis::OnlyKept> onlyKept;
  if (asked) {
    onlyKept = analysis::OnlyKept{asked->scores, asked->threshold, leftOut};
    result.leftOut = leftOut;
  }
  data::MappedNpy values = openPart(
      part, rows, result.dims, fingerprint(hash, recipe, onlyKept),
      [&](data::MappedNpy& fresh) {
        for (const auto i : kept) std::ranges::copy(old->view().row(i), fresh.row(i).begin());
      },
      progress);
  const Unfinished left = unfinishedOf(todo, options.batch, values.view());

  const bool hasNew = !existing || stale || !std::ranges::all_of(todo, isKnownBad);
  if (options.checkRecipe && hasNew && !todo.empty()) {
    progress.start("checking the recipe", 1);
    const ProbeFaces probe = probeFaces(project, roster, recipe.shape(), 90);
    const auto verdict = features::checkRecipe(*model, probe.faces, probe.identity);
    if (verdict.suspicious || !verdict.checked) progress.note(verdict.sentence);
    tellNotes();
    progress.finish();
  }

  progress.start("extracting features", rows);
  const auto again = std::ssize(left.failed) + std::ssize(left.rest);
  progress.resumeAt(rows - again);
  if (again < std::ssize(todo))
    progress.note(fmt::format("Going on after {} of {} images.", std::ssize(todo) - again, std::ssize(todo)));
  // By sample: of images that cannot be read, and of those that only this model can do nothing with.
  std::vector<std::pair<int, std::string>> problems, ofModel;
  const auto makeRows = [&](const std::vector<std::int64_t>& which) {
    features::extractAll(
        *model, std::ssize(which),
        [&](std::int64_t i) {
          const auto sample = static_cast<std::size_t>(which[static_cast<std::size_t>(i)]);
          return imaging::loadSample(kind, roster.samples[sample].image, recipe.shape());
        },
        [&](std::int64_t i, std::span<const float> feature) {
          const auto sample = which[static_cast<std::size_t>(i)];
          const auto row = values.row(sample);
          if (data::isFinite(feature)) {
            std::ranges::copy(feature, row.begin());
            return;
          }
          std::ranges::fill(row, std::numeric_limits<float>::quiet_NaN());
          ofModel.emplace_back(
              static_cast<int>(sample),
              fmt::format("{}: the model {} gave no finite feature",
                          roster.samples[static_cast<std::size_t>(sample)].image.file, path));
        },
        [&](std::int64_t i, const std::string& problem) {
          problems.emplace_back(static_cast<int>(which[static_cast<std::size_t>(i)]), problem);
        },
        {options.batch}, progress);
  };
  const auto start = Clock::now();
  try {
    makeRows(left.failed);
    makeRows(left.rest);
  } catch (const Cancelled&) {
    values.flush();  // the next call goes on from here
    throw;
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  tellNotes();
  result.failed = std::ssize(problems) + std::ssize(ofModel);
  const std::string first = !problems.empty()  ? problems.front().second
                            : !ofModel.empty() ? ofModel.front().second
                                               : std::string();
  result.images = static_cast<std::int64_t>(todo.size()) - result.failed;
  if (result.failed > 0 &&
      result.failed == rows) {  // rather a folder that is away or the model than the images
    fs::remove(fs::path(part).concat(".json"));
    fs::remove(part);
    fail("features '{}': none of the {} images can be used; the first: {}", result.name, rows, first);
  }
  std::set<int> unreadable;
  for (const auto& [sample, problem] : problems) unreadable.insert(sample);
  for (const auto sample : todo)
    if (isKnownBad(sample) && !unreadable.contains(static_cast<int>(sample)))
      project.setProblem(static_cast<int>(sample), "");
  for (const auto& [sample, problem] : problems) project.setProblem(sample, problem);
  if (result.images > 0 && seconds > 0) result.imagesPerSecond = static_cast<double>(again) / seconds;
  values.flush();
  fs::rename(part, finished);
  fs::remove(fs::path(part).concat(".json"));
  progress.finish();

  if (existing && !stale && result.images == 0) {
    result.milliseconds = existing->milliseconds;
  } else if (const auto faces = facesToTime(project, roster, recipe.shape()); !faces.empty()) {
    result.milliseconds = millisecondsPerFace(*model, faces, 0);
  }
  project.putSetting(settings::featureModel(result.name), std::to_string(hash));
  project.putFeatureTable(
      {result.name, path, toJson(recipe), result.dims, result.macs, result.milliseconds, ""});
  analysis::putOnlyKept(project, result.name, onlyKept);
  project::putFeatureProblems(project, result.name, ofModel);
  if (onlyKept) progress.note(analysis::sentence(result.name, *onlyKept));
  if (result.failed > 0)
    progress.note(fmt::format(
        "{} images cannot be used, the first: {}; what is in the project lists them, and the next "
        "extraction tries them again",
        result.failed, first));
  return result;
}

}  // namespace discern::pipeline
