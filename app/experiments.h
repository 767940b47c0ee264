// Items of the two papers that are done anew from data by a recipe: the same one for the benchmark itself and
// for a stand-in of rendered faces in the benchmark's layout.
#pragma once

#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/registry.h"
#include "core/project/project.h"
#include "core/results/evaluate.h"
#include "core/results/reproduce.h"
#include "core/results/stored.h"

namespace discern::app {

struct Experiment {
  std::string name;   // ddl-table-1; its recipe is resources/recipes/reproduce/NAME.toml
  std::string title;  // what is measured, a phrase
  std::string needs;  // what --data has to hold, a clause: "DATA/train (...) and DATA/test (...)"
  std::vector<std::string> folders = {};  // of the data; without one of them nothing is begun
  std::map<std::string, std::string> values =
      {};  // of the recipe's places, such as epochs; data and model are given
  std::map<std::string, std::string> standIns = {};  // what differs for a stand-in
  // Renders a small set in the benchmark's layout into a folder that is empty.
  void (*render)(const std::filesystem::path& data, Progress& progress) = nullptr;
  // Rows, in the paper's order, and switches that the recipe does not spell; from what the recipe's steps
  // left.
  void (*read)(const project::Project& project, results::ReproduceResult& table) = nullptr;
  bool takesModel = true;  // else the recipe trains its own
};
const Registry<Experiment>& experiments();

// --- for the items' files

// The newest finished run of R's job that `fits`; throws Error when there is none.
template <class R, class Fits>
R newestResult(const project::Project& project, const Fits& fits) {
  std::optional<R> newest;
  for (const auto& run : project.runs())
    if (auto result = results::resultOf<R>(run); result && fits(*result)) newest = std::move(result);
  if (!newest) fail("the recipe's steps left no result of '{}'; run it once more with --again", R::kJob);
  return std::move(*newest);
}

// Rendered people: files of each, and how they are laid out anew.
std::vector<std::vector<std::filesystem::path>> renderPeople(const std::filesystem::path& folder, int people,
                                                             int images, int first, double badShare,
                                                             Progress& progress);
// A link to, or a copy of, `from` at `to`, whose folder is made.
void place(const std::filesystem::path& from, const std::filesystem::path& to);
// A folder of rendered people, `images` each; DATA/train and DATA/test of a stand-in, whom no other folder
// shows.
void renderFaces(const std::filesystem::path& folder, int people, int images, int first, Progress& progress);
void renderTrainingSet(const std::filesystem::path& data, Progress& progress);
void renderTestSet(const std::filesystem::path& data, Progress& progress);

// Rows of an evaluation: accuracy over folds, or TAR at each FAR (over folds where there are any).
void addAccuracies(const results::EvaluateResult& from, results::ReproduceResult& table);
void addTars(const results::EvaluateResult& from, results::ReproduceResult& table);
// One aggregation of an evaluation: rank correlation of its scores, AUC, TAR at each FAR, what is kept,
// compute.
void addAggregation(const results::EvaluateResult& from, const std::string& aggregation,
                    const std::string& row, results::ReproduceResult& table);
// Rank rates, mAP where `map`, TPIR where there are strangers.
void addSearch(const results::IdentifyResult& from, bool map, results::ReproduceResult& table);
// Videos put into classes: of the features `base` every aggregation by the network's own layer, else by
// centroids; and places of such recipes, as published and for a stand-in.
void addActions(const project::Project& project, const std::string& base, results::ReproduceResult& table);
std::map<std::string, std::string> actionValues();
std::map<std::string, std::string> actionStandIns();
// How features were made and compared, a sentence each.
void addSwitches(const project::Project& project, const results::EvaluateResult& from,
                 results::ReproduceResult& table);
void addSwitches(const project::Project& project, const results::IdentifyResult& from,
                 results::ReproduceResult& table);

}  // namespace discern::app
