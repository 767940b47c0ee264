// What students cost beside their teacher: parameters, memory and faces a second.
#include "app/experiments.h"
#include "core/results/students.h"

namespace discern::app {
namespace {

void render(const std::filesystem::path& data, Progress& progress) { renderTrainingSet(data, progress); }

void read(const project::Project& project, results::ReproduceResult& table) {
  const auto costs = newestResult<results::CostResult>(project, [](const auto&) { return true; });
  for (const auto& model : costs.models) {
    // The paper's student of 16 pixels: the numbers that are at hand are its own.
    const bool isSmall = model.kind == "student" && model.size == 16;
    if (model.parameters > 0)
      table.rows.push_back(
          {model.name, "parameters M", isSmall ? std::optional(0.79) : std::nullopt, model.parameters / 1e6});
    table.rows.push_back({model.name, "file MB", {}, model.fileBytes / 1e6});
    for (const auto& at : model.at) {
      if (at.device == "cuda") continue;
      if (const double counted = at.weightBytes + at.workspaceBytes; counted > 0 && at.batch == 1)
        table.rows.push_back({model.name, "memory of a face MB: weights and workspace", {}, counted / 1e6});
      table.rows.push_back(
          {model.name, fmt::format("faces a second, batch {}, one CPU thread", at.batch),
           isSmall && at.batch == 1 ? std::optional(418.0) : std::nullopt,
           at.milliseconds > 0 ? 1000 / at.milliseconds : std::numeric_limits<double>::quiet_NaN()});
    }
  }
  table.switches.push_back(
      "the paper's student also does 9,433 faces a second on its GPU (cost --device cuda measures this "
      "one's) and "
      "takes a 620th of its teacher's memory: see skd-figure-8");
  table.switches.push_back(
      "the paper's 0.79 M are of a mimic layer of 4096 columns without the softmax; ours is as wide as the "
      "teacher's "
      "feature");
  table.switches.push_back(
      "the paper's 418 faces a second are of its own processor; ours of this one, measured now");
}

}  // namespace

Experiment skdTable3() {
  return {.name = "skd-table-3",
          .title = "what students of 16, 32 and 64 pixels cost beside the teacher",
          .needs = "DATA/train (people to distil on)",
          .folders = {"train"},
          .values = {{"epochs", "10"}},
          .standIns = {{"epochs", "1"}},
          .render = render,
          .read = read};
}

}  // namespace discern::app
