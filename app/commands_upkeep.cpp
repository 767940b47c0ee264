// refresh, repoint, rename, remove
#include <algorithm>

#include "app/commands.h"
#include "core/base/field_error.h"
#include "core/jobs/data_jobs.h"
#include "core/pipeline/inputs.h"
#include "core/project/contents.h"
#include "core/project/upkeep.h"
#include "core/results/upkeep.h"

namespace discern::app {
namespace {

Outcome refreshed(const project::FileCheck& check) {
  std::string text = fmt::format("{} files looked at: {} replaced, {} missing", check.files,
                                 check.replaced.size(), check.missing.size());
  for (const auto& [what, files] : {std::pair{"replaced", &check.replaced}, {"missing", &check.missing}})
    for (std::size_t i = 0; i < std::min<std::size_t>(files->size(), 10); ++i)
      text += fmt::format("\n  {}: {}", what, (*files)[i]);
  if (!check.replaced.empty()) text += "\nrun 'discern extract' and 'discern score' again";
  return {results::RefreshResult{check.files, check.replaced, check.missing, std::ssize(check.samples)},
          text};
}

Outcome repointed(project::Project& project, const jobs::RepointOptions& o, Progress& progress) {
  pipeline::requireSet(project, o.set);
  const auto moved = project::repoint(project, o.set, o.to);
  const auto check = project::checkFiles(project, o.set, progress);
  std::string text =
      fmt::format("set '{}': {} files with {} images found in {}", o.set, moved.files, moved.samples, o.to);
  if (!moved.missing.empty())
    text += fmt::format("; {} are not there and stay where they were, such as {}", moved.missing.size(),
                        moved.missing.front());
  if (!check.replaced.empty()) text += "\n" + refreshed(check).text;
  return {results::RepointResult{moved.files, moved.samples, moved.missing, check.replaced}, text};
}

}  // namespace

void addUpkeepCommands(CLI::App& app, Chosen& chosen) {
  addJob<jobs::RefreshOptions>(
      app, chosen, "refresh", jobs::refreshFields(),
      [](project::Project& project, const jobs::RefreshOptions& o, Progress& progress) -> Outcome {
        if (!o.set.empty()) pipeline::requireSet(project, o.set);
        return refreshed(project::checkFiles(project, o.set, progress));
      });
  addJob<jobs::RepointOptions>(app, chosen, "repoint", jobs::repointFields(),
                               [](project::Project& project, const jobs::RepointOptions& o,
                                  Progress& progress) { return repointed(project, o, progress); });
  addJob<jobs::RenameOptions>(
      app, chosen, "rename", jobs::renameFields(),
      [](project::Project& project, const jobs::RenameOptions& o, Progress&) -> Outcome {
        project::renameEntry(project, o.kind, o.name, o.to);
        return {results::RenameResult{nameOf(o.kind), o.to},
                fmt::format("{} '{}' is called '{}' now", nameOf(o.kind), o.name, o.to)};
      });
  addJob<jobs::RemoveOptions>(
      app, chosen, "remove", jobs::removeFields(),
      [](project::Project& project, const jobs::RemoveOptions& o, Progress&) -> Outcome {
        project::removeEntry(project, o.kind, o.name);
        return {results::RemoveResult{nameOf(o.kind), o.name},
                fmt::format("{} '{}' is no longer in the project", nameOf(o.kind), o.name)};
      });
}

}  // namespace discern::app
