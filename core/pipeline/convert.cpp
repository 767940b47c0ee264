#include "core/pipeline/convert.h"

#include <algorithm>
#include <filesystem>

#include "core/base/error.h"
#include "core/networks/convert.h"

namespace discern::pipeline {
namespace fs = std::filesystem;
namespace {

// Whether this path led to a file that has been converted, in this call or one that was ended.
bool moved(const fs::path& file) {
  return !fs::exists(file) && networks::convertedPath(file) != file &&
         fs::exists(networks::convertedPath(file));
}

void followModels(project::Project& project) {
  auto rows = project.models();
  if (std::ranges::none_of(rows, [](const auto& row) { return moved(row.file); })) return;
  for (auto& row : rows) {  // all of them: a row that is put goes to the end
    if (moved(row.file)) row.file = networks::convertedPath(row.file);
    project.putModel(row);
  }
}

void followFeatures(project::Project& project) {
  for (auto& row : project.featureTables())
    if (fs::path(row.model).is_absolute() && moved(row.model)) {
      row.model = networks::convertedPath(row.model).string();
      project.putFeatureTable(row);
    }
}

}  // namespace

ConvertResult convertCheckpoints(project::Project& project, Progress& progress) {
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(project.folder() / "checkpoints"))
    if (!networks::oldKind(entry.path()).empty()) old.push_back(entry.path());
  std::ranges::sort(old);
  ConvertResult result;
  progress.start("converting", static_cast<std::int64_t>(old.size()));
  for (const auto& file : old) {
    progress.throwIfStopped();
    try {
      result.converted.push_back(networks::convertCheckpoint(file).string());
    } catch (const Error& error) {
      result.left.emplace_back(error.what());
    }
    followModels(project);
    progress.advance();
  }
  followModels(project);
  followFeatures(project);
  progress.finish();
  return result;
}

}  // namespace discern::pipeline
