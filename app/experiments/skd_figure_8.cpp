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
    for (std::size_t i = 0; i < model.at.size(); ++i) {
      const auto& at = model.at[i];
      table.rows.push_back({model.name,
                            fmt::format("memory MB, batch {}, growth of the process", at.batch),
                            {},
                            at.peakBytes / 1e6});
      if (model.kind == "student" || smallest == costs.models.end() || i >= smallest->at.size()) continue;
      // Of its own teacher, at no batch that is known here, the paper tells 620.
      if (smallest->at[i].peakBytes > 0)
        table.rows.push_back({model.name, fmt::format("times that of {}, batch {}", smallest->name, at.batch),
                              i == 0 ? std::optional(620.0) : std::nullopt,
                              at.peakBytes / smallest->at[i].peakBytes});
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
