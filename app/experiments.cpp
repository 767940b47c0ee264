#include "app/experiments.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "app/words.h"
#include "core/pipeline/inputs.h"
#include "datasets/rendering/set.h"

namespace discern::app {
namespace fs = std::filesystem;

#define EXPERIMENT(file, function) Experiment function();
#include "app/experiments.def"
#undef EXPERIMENT

const Registry<Experiment>& experiments() {
#define EXPERIMENT(file, function) function(),
  static const Registry<Experiment> registry("experiment", {
#include "app/experiments.def"
                                                           });
#undef EXPERIMENT
  return registry;
}

std::vector<std::vector<fs::path>> renderPeople(const fs::path& folder, int people, int images, int first,
                                                double badShare, Progress& progress) {
  const auto rendered = rendering::generateSyntheticFaces({.identities = people,
                                                           .imagesPerIdentity = images,
                                                           .badShare = badShare,
                                                           .labelErrors = 0,
                                                           .seed = 7,
                                                           .firstIdentity = first},
                                                          folder, progress);
  std::vector<std::vector<fs::path>> files(static_cast<std::size_t>(people));
  for (const auto& sample : rendered.samples)
    files[static_cast<std::size_t>(sample.identity)].emplace_back(sample.image.file);
  return files;
}

void place(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  std::error_code failed;
  fs::create_hard_link(from, to, failed);
  if (failed) fs::copy_file(from, to);
}

void renderFaces(const fs::path& folder, int people, int images, int first, Progress& progress) {
  rendering::generateSyntheticFaces({.identities = people,
                                     .imagesPerIdentity = images,
                                     .badShare = 0.25,
                                     .labelErrors = 0,
                                     .seed = 7,
                                     .firstIdentity = first},
                                    folder, progress);
}

void renderTrainingSet(const fs::path& data, Progress& progress) {
  renderFaces(data / "train", 24, 12, 40000, progress);
}

void renderTestSet(const fs::path& data, Progress& progress) {
  renderFaces(data / "test", 16, 24, 41000, progress);
}

namespace {
double percent(double share) { return 100 * share; }

// "sample.onnx, 512 numbers, and the mirrored face": of the table that a result names.
void addModel(const project::Project& project, const std::string& features, results::ReproduceResult& table) {
  for (const auto& row : project.featureTables())
    if (row.name == features) {
      auto text = fmt::format(
          "features '{}' by {}, {} numbers, {}", features, row.model, row.dims,
          pipeline::isFlipped(project, features) ? "the mirrored face added" : "no mirrored face");
      if (std::ranges::find(table.switches, text) == table.switches.end())
        table.switches.push_back(std::move(text));
    }
}
}  // namespace

void addAccuracies(const results::EvaluateResult& from, results::ReproduceResult& table) {
  for (const auto& row : from.aggregations)
    table.rows.push_back(
        {row.name, "accuracy %, standard error", {}, percent(row.accuracy), percent(row.accuracyError)});
}

void addTars(const results::EvaluateResult& from, results::ReproduceResult& table) {
  std::set<double> unsupported;
  for (const auto& row : from.aggregations) {
    for (const auto& t : row.tarOverFolds)
      table.rows.push_back({row.name,
                            fmt::format("TAR % at FAR {:g}, over folds{}", t.far,
                                        t.supported ? "" : " (too few pairs in a fold)"),
                            {},
                            t.supported ? percent(t.mean) : std::nan(""),
                            t.supported ? percent(t.deviation) : std::nan("")});
    if (!row.tarOverFolds.empty()) continue;
    for (const auto& t : row.tar) {
      if (t.supported)
        table.rows.push_back({row.name, fmt::format("TAR % at FAR {:g}", t.far), {}, percent(t.tar)});
      else
        unsupported.insert(t.far);
    }
  }
  if (!unsupported.empty())
    table.switches.push_back(fmt::format("{} impostor pairs are too few for FAR {:g}; no number is told",
                                         from.impostor, fmt::join(unsupported, ", ")));
}

void addAggregation(const results::EvaluateResult& from, const std::string& aggregation,
                    const std::string& row, results::ReproduceResult& table) {
  const auto add = [&](const std::string& measure, double value) {
    if (std::isfinite(value)) table.rows.push_back({row, measure, {}, value});
  };
  for (const auto& agreement : from.agreement)
    if (agreement.scores == from.scores) add("rank correlation with the D-score", agreement.within);
  const auto one = std::ranges::find(from.aggregations, aggregation, &results::AggregationResult::name);
  if (one == from.aggregations.end())
    fail("protocol '{}': its newest evaluation has no {}; run the recipe once more with --again",
         from.protocol, aggregation);
  add("AUC", one->auc);
  for (const auto& tar : one->tar)
    if (tar.supported) add(fmt::format("TAR % at FAR {:g}", tar.far), percent(tar.tar));
  add("images kept %", percent(one->kept));
  add("compute %", percent(one->macsShare));
}

void addSearch(const results::IdentifyResult& from, bool map, results::ReproduceResult& table) {
  const auto of = [](const std::vector<double>& list, std::size_t i) {
    return i < list.size() ? percent(list[i]) : std::nan("");
  };
  if (map && from.meanPrecision)
    table.rows.push_back({from.aggregation, "mAP %", {}, percent(*from.meanPrecision)});
  for (const std::size_t rank : {1U, 5U, 10U, 20U})
    if (rank <= from.cmc.size())
      table.rows.push_back({from.aggregation,
                            fmt::format("rank {} %", rank),
                            {},
                            of(from.cmc, rank - 1),
                            of(from.cmcDeviation, rank - 1)});
  for (std::size_t i = 0; i < from.tpir.size(); ++i) {
    const auto& point = from.tpir[i];
    if (point.supported)
      table.rows.push_back({from.aggregation,
                            fmt::format("TPIR % at FPIR {:g}", point.fpir),
                            {},
                            percent(point.tpir),
                            of(from.tpirDeviation, i)});
    else
      table.switches.push_back(fmt::format("{} strangers are too few for FPIR {:g}; no number is told",
                                           from.strangers, point.fpir));
  }
}

void addActions(const project::Project& project, const std::string& base, results::ReproduceResult& table) {
  const auto run = newestResult<results::IdentifyResult>(
      project, [&](const auto& r) { return r.benchmark == "actions" && r.features == base; });
  for (const auto& row : run.actions) {
    const std::string name = fmt::format("{}: {}, {}", base, row.aggregation, row.classifier);
    table.rows.push_back({name, "top-1 %", {}, percent(row.accuracy.top1)});
    table.rows.push_back({name, "top-5 %", {}, percent(row.accuracy.top5)});
    table.rows.push_back({name, "mean of top-1 and top-5 %", {}, percent(row.accuracy.mean)});
    table.rows.push_back({name, "clips used %", {}, percent(row.kept)});
    table.rows.push_back({name, "compute %", {}, percent(row.compute)});
  }
  addSwitches(project, run, table);
}

std::map<std::string, std::string> actionValues() {
  return {{"width", "1"},
          {"size", "112"},
          {"dims", "2048"},
          {"batch", "32"},
          {"base_epochs", "60"},
          {"learning_rate", "0.1"},
          {"epochs", "12"},
          {"seconds", "2.1333"},
          {"every", "2.1333"},
          {"hidden", "256"},
          {"group_size", "32"},
          {"aggregator_epochs", "30"},
          {"slowfast_epochs", "196"},
          {"slowfast_warmup", "34"},
          {"ddnet_batch", "64"},
          {"ddnet_learning_rate", "0.1"},
          {"seed", "1"}};
}

std::map<std::string, std::string> actionStandIns() {
  return {{"width", "0.125"},
          {"size", "24"},
          {"dims", "64"},
          {"batch", "32"},
          {"base_epochs", "5"},
          {"learning_rate", "0.02"},
          {"epochs", "8"},
          {"hidden", "32"},
          {"group_size", "11"},
          {"slowfast_epochs", "6"},
          {"slowfast_warmup", "1"},
          {"ddnet_batch", "32"},
          {"ddnet_learning_rate", "0.05"}};
}

void addSwitches(const project::Project& project, const results::EvaluateResult& from,
                 results::ReproduceResult& table) {
  addModel(project, from.features, table);
  table.switches.push_back(
      fmt::format("protocol '{}': {} templates, {} genuine and {} impostor pairs{}; templates of features "
                  "{}, compared by "
                  "cosine; FAR rule: {}",
                  from.protocol, from.templates, from.genuine, from.impostor,
                  from.everyPair ? ", every template with every other one" : "", lengthsText(from.lengths),
                  from.farRule));
  table.switches.push_back(
      fmt::format("scores '{}', threshold {:.4f}; k {}, trim {:g}, least cosine {:g}, seed {}; detector "
                  "score and media only in "
                  "the aggregations of that name, which take features as they are",
                  from.scores.empty() ? "none" : from.scores, from.threshold, from.k, from.trim,
                  from.minCosine, from.seed));
}

void addSwitches(const project::Project& project, const results::IdentifyResult& from,
                 results::ReproduceResult& table) {
  addModel(project, from.features, table);
  if (!from.tracklets.empty())
    table.switches.push_back(fmt::format(
        "{} queries of {} persons in {} tracklets, {} of them distractors, {} junk and {} queries; Euclidean "
        "distance of unit features; scores '{}'",
        from.probes, from.identities, from.gallery, from.distractors, from.junk, from.queriesInGallery,
        from.scores));
  if (!from.actions.empty())
    table.switches.push_back(fmt::format(
        "features '{}': {} videos of {} classes, centroids of {} training clips; scores '{}', threshold "
        "{:.4f}, "
        "features {}, seed {}; the layer takes features as they are; compute of the base model on every clip",
        from.features, from.probes, from.identities, from.gallery, from.scores, from.threshold,
        lengthsText(from.lengths), from.seed));
  for (const auto& g : from.galleries)
    table.switches.push_back(fmt::format(
        "'{}' searched for in '{}': {} templates, {} of them distractors, {} probes, {} strangers; templates "
        "by {}{}, "
        "of features {}, compared by cosine; seed {}",
        g.probes, g.gallery, g.templates, g.distractors, g.known, g.strangers, from.aggregation,
        from.scores.empty() ? "" : fmt::format(" of '{}' at threshold {:.4f}", from.scores, from.threshold),
        lengthsText(from.lengths), from.seed));
}

}  // namespace discern::app
