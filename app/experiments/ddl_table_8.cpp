// ActivityNet-1.2: untrimmed videos put into classes by some of their clips.
#include "app/experiments.h"
#include "datasets/synthetic_actions.h"

namespace discern::app {
namespace fs = std::filesystem;
namespace {

void render(const fs::path& data, Progress& progress) {
  // Eleven clips to choose nine of, of which four show the action. The same places for all actions: otherwise
  // networks that begin from nothing learn by heart where something was done, and not what.
  datasets::generateActions({.actions = 8,
                             .trainVideos = 24,
                             .testVideos = 10,
                             .seconds = 24,
                             .actionShare = 0.4,
                             .trainSeconds = 20,
                             .trainShare = 0.6,
                             .places = 4,
                             .seed = 7},
                            data / "activitynet", progress);
}

void read(const project::Project& project, results::ReproduceResult& table) {
  for (const char* base : {"r3d-50", "r2plus1d-50", "slowfast-50"}) addActions(project, base, table);
}

}  // namespace

Experiment ddlTable8() {
  return {
      .name = "ddl-table-8",
      .title = "ActivityNet-1.2: videos by all clips, the best K, random and uniform ones; three base models",
      .needs = "DATA/activitynet (ActivityNet: its videos and activity_net.v1-2.min.json)",
      .folders = {"activitynet"},
      .values = actionValues(),
      .standIns = actionStandIns(),
      .render = render,
      .read = read,
      .takesModel = false};
}

}  // namespace discern::app
