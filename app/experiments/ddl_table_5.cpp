// DDL's ablation of the score and of what predicts it, each under the published aggregation.
#include "app/experiments.h"

namespace discern::app {
namespace {

void render(const std::filesystem::path& data, Progress& progress) {
  renderTrainingSet(data, progress);
  renderTestSet(data, progress);
}

void read(const project::Project& project, results::ReproduceResult& table) {
  constexpr const char* kScores[] = {"published",       "unit lengths", "euclidean", "leave-one-out",
                                     "crfiqa",          "norm",         "sharpness", "by ddnet-published",
                                     "by ddnet-copies", "by ddnet-r34", "by head"};
  for (const char* scores : kScores) {
    const auto run = newestResult<results::EvaluateResult>(
        project, [&](const auto& r) { return r.protocol == "templates of 8" && r.scores == scores; });
    if (table.rows.empty()) {
      addAggregation(run, "average", "no scores: plain mean", table);
      std::erase_if(table.rows, [](const auto& row) { return row.measure.starts_with("rank"); });
      addSwitches(project, run, table);
    }
    addAggregation(run, "ddl rescale=on", scores, table);
  }
  table.switches.push_back(
      "rows that do not begin with 'by' are true scores, told from the labels of the very images that are "
      "compared");
}

}  // namespace

Experiment ddlTable5() {
  return {
      .name = "ddl-table-5",
      .title = "what the score and its predictor are worth: definitions of the score, other scores, DDNets",
      .needs = "DATA/train (people to train DDNet on) and DATA/test (others, of whom templates are drawn)",
      .folders = {"train", "test"},
      .values = {{"epochs", "12"}, {"degraded", "0.5"}},
      .standIns = {{"epochs", "2"}},
      .render = render,
      .read = read};
}

}  // namespace discern::app
