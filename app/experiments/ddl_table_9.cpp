// Kinetics-700: ten seconds of videos put into classes by some of their clips.
#include "app/experiments.h"
#include "datasets/synthetic_actions.h"

namespace discern::app {
namespace fs = std::filesystem;
namespace {

void render(const fs::path& data, Progress& progress) {
  datasets::generateActions({.actions = 8,
                             .trainVideos = 24,
                             .testVideos = 10,
                             .seconds = 10,
                             .actionShare = 0.4,
                             .trainShare = 0.6,
                             .places = 4,
                             .seed = 8,
                             .layout = datasets::ActionOptions::Layout::Kinetics},
                            data / "kinetics", progress);
}

void read(const project::Project& project, results::ReproduceResult& table) {
  addActions(project, "slowfast-50", table);
}

}  // namespace

Experiment ddlTable9() {
  auto values = actionValues();
  values["every"] = "0.87";  // ten clips of ten seconds
  return {.name = "ddl-table-9",
          .title = "Kinetics-700: videos by all clips, the best K, random and uniform ones; top-1 and top-5",
          .needs = "DATA/kinetics (Kinetics-700: train.csv, validate.csv and their videos)",
          .folders = {"kinetics"},
          .values = values,
          .standIns = actionStandIns(),
          .render = render,
          .read = read,
          .takesModel = false};
}

}  // namespace discern::app
