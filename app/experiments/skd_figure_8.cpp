// SKD's figure of what inference takes: memory of students and of their teacher, batch by batch.
#include <algorithm>

#include "app/experiments.h"
#include "core/results/students.h"

namespace discern::app {
namespace {

void render(const std::filesystem::path& data, Progress& progress) { renderTrainingSet(data, progress); }

void read(const project::Project& project, results::ReproduceResult& table) {
  const auto costs = newestResult<results::CostResult>(project, [](const auto&) { return true; });
  const auto isSmall = [](const auto& model) { return model.kind == "student" && model.size == 16; };
  const auto smallest = std::ranges::find_if(costs.models, isSmall);
  for (const auto& model : costs.models)
    for (const auto& at : model.at) {
      if (at.device == "cuda") continue;
      if (const double counted = at.weightBytes + at.workspaceBytes; counted > 0)
        table.rows.push_back({model.name,
                              fmt::format("memory MB, batch {}, weights and workspace", at.batch),
                              {},
                              counted / 1e6});
      table.rows.push_back({model.name,
                            fmt::format("memory MB, batch {}, growth of the process", at.batch),
                            {},
                            at.peakBytes / 1e6});
      if (model.kind == "student" || smallest == costs.models.end()) continue;
      const auto beside = std::ranges::find_if(smallest->at, [&](const auto& other) {
        return other.device == at.device && other.batch == at.batch;
      });
      if (beside == smallest->at.end()) continue;
      // Of its own teacher, at no batch that is known here, the paper tells 620, and not which of the two.
      const auto paper = &at == &model.at.front() ? std::optional(620.0) : std::nullopt;
      const auto times = [&](const char* what, double here, double there) {
        if (here > 0 && there > 0)
          table.rows.push_back({model.name,
                                fmt::format("{} times that of {}, batch {}", what, smallest->name, at.batch),
                                paper, here / there});
      };
      times("counted,", at.weightBytes + at.workspaceBytes, beside->weightBytes + beside->workspaceBytes);
      times("growth,", at.peakBytes, beside->peakBytes);
    }
  table.switches.push_back(
      "growth of the process while the model is opened and run, libraries' own buffers included; the paper's "
      "620 "
      "times are of VGGFace and what it counts is not known here");
}

}  // namespace

Experiment skdFigure8() {
  return {.name = "skd-figure-8",
          .title = "memory of students of 16, 32 and 64 pixels and of their teacher while they run",
          .needs = "DATA/train (people to distil on)",
          .folders = {"train"},
          .values = {{"epochs", "10"}},
          .standIns = {{"epochs", "1"}},
          .render = render,
          .read = read};
}

}  // namespace discern::app
