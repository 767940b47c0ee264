#include "core/pipeline/extract.h"

#include <algorithm>
#include <filesystem>
#include <list>
#include <set>

#include "core/base/error.h"
#include "core/data/no_picture.h"
#include "core/imaging/sample.h"
#include "core/pipeline/extraction.h"
#include "core/pipeline/probe_faces.h"
#include "core/pipeline/timing.h"
#include "core/project/contents.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;

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

}  // namespace

ExtractResult extract(project::Project& project, const ExtractOptions& given, Progress& progress) {
  Extraction work = prepare(project, given, progress,
                            [&] { noteReplaced(project::checkFiles(project, "", progress), progress); });
  const auto rows = std::ssize(work.roster.samples);
  ExtractResult result;
  result.name = work.name;
  result.dims = work.model->dims();
  result.macs = work.model->macs();
  result.flip = work.recipe.flip;
  result.skipped = std::ssize(work.kept);
  if (work.onlyKept) result.leftOut = work.onlyKept->leftOut;
  const ShardFolder folder = extractedShards(project, work);
  std::list<project::ProjectLock> locks;
  if (given.shards.merge) locks = requireShards(folder);  // said before anything is written

  const fs::path finished = project.featureFile(result.name);
  const fs::path part = fs::path(finished).concat(".part");
  data::MappedNpy values = openPart(
      part, rows, result.dims, work.print(),
      [&](data::MappedNpy& fresh) {
        for (const auto i : work.kept) std::ranges::copy(work.old->view().row(i), fresh.row(i).begin());
      },
      progress);
  const Unfinished left = unfinishedOf(work.todo, work.options.batch, values.view());
  if (!given.shards.merge) checkRecipe(work, project, progress);

  progress.start(given.shards.merge ? "merging features" : "extracting features", rows);
  const auto again =
      given.shards.merge ? std::ssize(work.todo) : std::ssize(left.failed) + std::ssize(left.rest);
  progress.resumeAt(rows - again);
  noteGoingOn(again, std::ssize(work.todo), progress);
  Problems problems;
  double seconds = 0;
  if (given.shards.merge)
    mergeRows(project, work, folder, values, problems, progress);
  else
    seconds = makeRows(
        work, project, left, [](std::int64_t row) { return row; }, values, problems, progress);
  tellNotes(*work.model, progress);
  result.failed = problems.count();
  result.images = std::ssize(work.todo) - result.failed;
  if (result.failed > 0 &&
      result.failed == rows) {  // rather a folder that is away or the model than the images
    fs::remove(fs::path(part).concat(".json"));
    fs::remove(part);
    fail("features '{}': none of the {} images can be used; the first: {}", result.name, rows,
         problems.first());
  }
  std::set<int> unreadable;
  for (const auto& [sample, problem] : problems.read) unreadable.insert(sample);
  for (const auto sample : work.todo)
    if (work.isKnownBad(sample) && !unreadable.contains(static_cast<int>(sample)))
      project.setProblem(static_cast<int>(sample), "");
  for (const auto& [sample, problem] : problems.read) project.setProblem(sample, problem);
  if (result.images > 0 && seconds > 0) result.imagesPerSecond = static_cast<double>(again) / seconds;
  values.flush();
  fs::rename(part, finished);
  fs::remove(fs::path(part).concat(".json"));
  progress.finish();

  if (work.existing && !work.stale && result.images == 0) {
    result.milliseconds = work.existing->milliseconds;
  } else if (const auto faces = facesToTime(project, work.roster, work.recipe.shape()); !faces.empty()) {
    result.milliseconds = millisecondsPerFace(*work.model, faces, 0);
  }
  project.putSetting(settings::featureModel(result.name), std::to_string(work.hash));
  project.putFeatureTable(
      {result.name, work.path, toJson(work.recipe), result.dims, result.macs, result.milliseconds, ""});
  analysis::putOnlyKept(project, result.name, work.onlyKept);
  project::putFeatureProblems(project, result.name, problems.ofModel);
  if (given.shards.merge) folder.remove();
  if (work.onlyKept) progress.note(analysis::sentence(result.name, *work.onlyKept));
  if (result.failed > 0)
    progress.note(fmt::format(
        "{} images cannot be used, the first: {}; what is in the project lists them, and the next "
        "extraction tries them again",
        result.failed, problems.first()));
  return result;
}

}  // namespace discern::pipeline
