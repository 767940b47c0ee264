// DDL's ablation of threshold and rescaling, by the scores that a DDNet predicts.
#include "app/experiments.h"

namespace discern::app {
namespace {

void render(const std::filesystem::path& data, Progress& progress) {
  renderTrainingSet(data, progress);
  renderTestSet(data, progress);
}

void read(const project::Project& project, results::ReproduceResult& table) {
  for (const double threshold : {0.0, 0.15, 0.3, 0.5, 0.7}) {
    const auto run = newestResult<results::EvaluateResult>(
        project, [&](const auto& r) { return r.protocol == "templates of 8" && r.threshold == threshold; });
    if (table.rows.empty()) {
      addAggregation(run, "average", "plain mean", table);
      addSwitches(project, run, table);
    }
    for (const char* rescale : {"off", "on", "auto"})
      addAggregation(run, fmt::format("ddl rescale={}", rescale),
                     fmt::format("t = {:g}, rescale {}", threshold, rescale), table);
  }
  // The same scores in every row.
  for (auto row = table.rows.begin() + 1; row != table.rows.end();)
    row = row->measure.starts_with("rank") ? table.rows.erase(row) : row + 1;
}

}  // namespace

Experiment ddlTable6() {
  return {
      .name = "ddl-table-6",
      .title = "what threshold and rescaling are worth, by predicted scores",
      .needs = "DATA/train (people to train DDNet on) and DATA/test (others, of whom templates are drawn)",
      .folders = {"train", "test"},
      .values = {{"epochs", "12"}, {"degraded", "0.5"}},
      .standIns = {{"epochs", "2"}},
      .render = render,
      .read = read};
}

}  // namespace discern::app
