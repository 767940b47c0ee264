// MARS: tracklets of persons searched for among those of other cameras.
#include <cmath>

#include "app/experiments.h"
#include "datasets/synthetic_tracklets.h"

namespace discern::app {
namespace fs = std::filesystem;
namespace {

void render(const fs::path& data, Progress& progress) {
  datasets::generateTracklets({.trainPersons = 32, .testPersons = 24, .badShare = 0.35, .seed = 7},
                              data / "mars", progress);
}

void read(const project::Project& project, results::ReproduceResult& table) {
  const auto run = newestResult<results::IdentifyResult>(
      project, [](const auto& r) { return r.benchmark == "tracklets"; });
  const auto at = [](const std::vector<double>& cmc, std::size_t rank) {
    return rank <= cmc.size() ? 100 * cmc[rank - 1] : std::nan("");
  };
  for (const auto& row : run.tracklets) {
    table.rows.push_back({row.aggregation, "mAP %", {}, 100 * row.meanPrecision});
    for (const std::size_t rank : {1U, 5U, 10U, 20U})
      table.rows.push_back({row.aggregation, fmt::format("CMC-{} %", rank), {}, at(row.cmc, rank)});
    table.rows.push_back({row.aggregation, "mAP %, queries out, steps", {}, 100 * row.stepMeanPrecision});
    table.rows.push_back({row.aggregation, "CMC-1 %, queries out", {}, at(row.stepCmc, 1)});
    table.rows.push_back({row.aggregation, "frames used %", {}, 100 * row.kept});
    table.rows.push_back({row.aggregation, "compute %", {}, 100 * row.macsShare});
  }
  addSwitches(project, run, table);
}

}  // namespace

Experiment ddlTable7() {
  return {.name = "ddl-table-7",
          .title = "MARS: tracklets found among other cameras' ones, mAP and CMC, every aggregation",
          .needs = "DATA/mars (MARS: bbox_train, bbox_test and info)",
          .folders = {"mars"},
          .values = {{"width", "1"},
                     {"size", "112"},
                     {"dims", "512"},
                     {"batch", "64"},
                     {"base_epochs", "60"},
                     {"epochs", "12"},
                     {"hidden", "256"},
                     {"aggregator_epochs", "30"},
                     {"metric", "euclidean"},
                     {"seed", "1"}},
          .standIns = {{"width", "0.25"},
                       {"size", "48"},
                       {"dims", "128"},
                       {"batch", "32"},
                       {"base_epochs", "20"},
                       {"epochs", "2"},
                       {"hidden", "64"}},
          .render = render,
          .read = read,
          .takesModel = false};
}

}  // namespace discern::app
