// DDL's figure of templates with their images on the axis of the score.
#include "app/experiments.h"
#include "core/pipeline/axis_figure.h"

namespace discern::app {
namespace {

void render(const std::filesystem::path& data, Progress& progress) {
  renderTrainingSet(data, progress);
  renderTestSet(data, progress);
}

void read(const project::Project& project, results::ReproduceResult& table) {
  const auto templates =
      pipeline::templatesOnAxis(project, {.protocol = "templates of 8", .scores = "dscore"});
  for (const auto& one : templates) {
    const auto add = [&](const char* measure, double value) {
      table.rows.push_back({one.name, measure, {}, value});
    };
    add("images", static_cast<double>(one.samples.size()));
    add("lowest score", one.scores.front());
    add("highest score", one.scores.back());
  }
  table.files = pipeline::drawAxisFigure(project, templates, project.folder() / "exports/ddl-figure-3");
  table.switches.push_back(
      "the templates whose scores spread most, one a person; D-scores of the images themselves");
}

}  // namespace

Experiment ddlFigure3() {
  return {
      .name = "ddl-figure-3",
      .title = "templates with their images on the axis of the score",
      .needs =
          "DATA/train (people who say what a score is) and DATA/test (others, of whom templates are drawn)",
      .folders = {"train", "test"},
      .values = {{"degraded", "0.5"}},
      .render = render,
      .read = read};
}

}  // namespace discern::app
