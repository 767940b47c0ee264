// info: what is in a project.
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/commands.h"
#include "app/faces.h"
#include "app/words.h"
#include "core/analysis/inventory.h"
#include "core/analysis/only_kept.h"
#include "core/analysis/operating_point.h"
#include "core/analysis/roster.h"
#include "core/analysis/settings.h"
#include "core/base/device.h"
#include "core/base/json.h"
#include "core/base/parallel.h"
#include "core/data/no_picture.h"
#include "core/networks/cuda_devices.h"
#include "core/project/contents.h"
#include "core/results/evaluate.h"
#include "core/results/printed.h"
#include "core/results/stored.h"

namespace discern::app {
namespace {
using nlohmann::json;
using project::Project;
using results::ProjectInfo;
using Samples = std::vector<project::SampleRow>;

// A stored recipe in words.
std::string recipeWords(const json& recipe) {
  const auto channels = [&](const char* key) {
    std::vector<double> v;
    if (recipe.is_object() && recipe.contains(key))
      for (const json& x : recipe[key])
        if (x.is_number()) v.push_back(x.get<double>());
    if (v.empty()) return std::string("?");
    return std::ranges::all_of(v, [&](double x) { return x == v.front(); })
               ? fmt::format("{:g}", v.front())
               : fmt::format("{:g}", fmt::join(v, "/"));
  };
  const auto isSo = [&](const char* key, bool otherwise) {
    return recipe.is_object() && recipe.contains(key) ? recipe[key] == true : otherwise;
  };
  const std::string layer = jsonText(recipe, "output_layer");
  return fmt::format("{}: {} of {:g} px, (pixel - {}) / {}{}{}", jsonText(recipe, "name", "?"),
                     isSo("rgb", true) ? "RGB" : "BGR", jsonNumber(recipe, "size", 0), channels("mean"),
                     channels("std"), layer.empty() ? "" : ", layer " + layer,
                     isSo("flip", false) ? ", and the mirrored face" : "");
}

// Each of these fills its part of `info` and says it in words.
std::string tellSets(const Project& project, const Samples& samples, ProjectInfo& info) {
  std::string text;
  for (const auto& s : samples)
    if (s.identity >= 0 && !s.problem.empty()) info.unreadable.push_back({s.image.file, s.problem});
  for (const auto& n : analysis::setCounts(samples, project.identities())) {
    const std::string set = n.set + " (" + project::toString(n.role) + ")";
    info.sets[set] = {n.identities, n.excluded, n.merged, n.images, n.copies, n.unusable};
    text += fmt::format("{}: {} ({} excluded, {} merged), {}, {} degraded copies, {} unreadable\n", set,
                        counted(static_cast<std::size_t>(n.identities), "identity", "identities"), n.excluded,
                        n.merged, counted(static_cast<std::size_t>(n.images), "image", "images"), n.copies,
                        n.unusable);
  }
  const auto without = std::ranges::count_if(
      samples, [](const auto& s) { return !s.removed() && s.parent < 0 && !data::hasPicture(s.image); });
  if (without > 0) {
    info.withoutPicture = without;
    text += fmt::format("  {} without a picture: they came with features alone\n",
                        counted(static_cast<std::size_t>(without), "sample", "samples"));
  }
  text += tellFaces(samples, info);
  for (std::size_t i = 0; i < info.unreadable.size() && i < 10; ++i)
    text += "  unreadable: " + info.unreadable[i].problem + "\n";
  return text;
}

std::string tellTables(const Project& project, ProjectInfo& info) {
  std::string text;
  for (const auto& row : project.featureTables()) {
    json recipe = parseJson(row.recipe, fmt::format("the recipe of the features '{}'", row.name));
    if (project::isImported(row))
      text += fmt::format("features '{}': {}, {} dimensions\n", row.name, row.model, row.dims);
    else
      text += fmt::format("features '{}': {}, {} dimensions, {}, {}, recipe {}\n", row.name, row.model,
                          row.dims, computeText(row.macs), timeText(row.milliseconds), recipeWords(recipe));
    const auto onlyKept = analysis::onlyKeptOf(project, row.name);
    if (onlyKept) text += "  " + analysis::sentence(row.name, *onlyKept) + "\n";
    info.features.push_back(
        {row.name, row.model, row.dims, std::move(recipe), row.macs, row.milliseconds, onlyKept});
  }
  for (const auto& row : project.featureTables()) {
    const auto without = project::featureProblems(project, row.name);
    if (without.empty()) continue;
    info.withoutFeature.push_back({row.name, std::ssize(without)});
    text += fmt::format("  features '{}': {} without one; {}\n", row.name,
                        counted(without.size(), "image", "images"), without.front().second);
  }
  for (auto& stale : project::staleParts(project)) {
    text += stale.kind == "run"
                ? fmt::format("  run {} is old: {}; run it again\n", stale.name, stale.why)
                : fmt::format("  {} '{}' are old: {}; make them again\n", stale.kind, stale.name, stale.why);
    info.stale.push_back({stale.kind, stale.name, stale.why, std::move(stale.samples)});
  }
  for (const auto& name : project.scoreTables()) {
    const auto table = project.scores(name);
    info.scores.push_back({name, table.method, table.featureTable, table.mean, table.sigma});
    text += fmt::format("scores '{}': {}{}\n", name, table.method,
                        table.featureTable.empty() ? "" : fmt::format(" from '{}'", table.featureTable));
  }
  for (const auto& name : project.protocols()) {
    const auto p = project.protocol(name);
    info.protocols.push_back({name, std::ssize(p.templates), std::ssize(p.pairs), p.folds});
    text +=
        fmt::format("protocol '{}': {}, {}, {}\n", name, counted(p.templates.size(), "template", "templates"),
                    counted(p.pairs.size(), "pair", "pairs"), counted(p.folds, "fold", "folds"));
  }
  return text;
}

std::string tellModels(const Project& project, ProjectInfo& info) {
  std::string text;
  for (const auto& m : project.models()) {
    info.models.push_back({m.name, m.kind, m.architecture, m.macs, m.parameters, m.milliseconds});
    if (m.kind == "head")
      text += fmt::format("head '{}': {} weights of a feature and its norm\n", m.name, m.parameters);
    else if (m.kind == "aggregator")
      text += fmt::format("aggregator '{}': {}, {:.3f} M parameters, {}\n", m.name, m.architecture,
                          m.parameters / 1e6, computeText(m.macs));
    else
      text += fmt::format("network '{}': {}, {}, {:.3f} M parameters, {}\n", m.name, m.architecture,
                          computeText(m.macs), m.parameters / 1e6, timeText(m.milliseconds));
  }
  return text;
}

std::string tellSelections(const Project& project, const analysis::Who& who, ProjectInfo& info) {
  std::string text;
  for (const auto& name : project.selections()) {
    const auto row = project.selection(name);
    std::set<int> identities;
    std::int64_t faces = 0;
    for (std::size_t i = 0; i < row.enters.size(); ++i) {
      if (std::isnan(row.enters[i]) || who.identity[i] < 0) continue;
      ++faces;
      identities.insert(who.identity[i]);
    }
    info.selections.push_back({name, row.features, faces, std::ssize(identities)});
    text +=
        fmt::format("selection '{}': {} of {}, from features '{}'\n", name, counted(faces, "face", "faces"),
                    counted(identities.size(), "identity", "identities"), row.features);
  }
  for (const auto& name : project.maps()) {
    try {
      const auto row = project.map(name);
      std::int64_t faces = 0;
      for (std::int64_t i = 0; i < row.points.rows; ++i) faces += data::isFinite(row.points.row(i)) ? 1 : 0;
      info.maps.push_back({name, row.features, faces});
      text += fmt::format("map '{}': {}, of features '{}'\n", name, counted(faces, "face", "faces"),
                          row.features);
    } catch (const Error& e) {  // its file is damaged: the rest is still worth saying
      text += fmt::format("map '{}': {}; run 'discern tsne' again\n", name, e.what());
    }
  }
  return text;
}

// Of each protocol the newest evaluation.
std::string tellEvaluations(const Project& project, ProjectInfo& info) {
  std::map<std::string, std::pair<int, results::EvaluateResult>>
      newest;  // by protocol: the run and its result
  for (const auto& row : project.runs())
    if (auto result = results::resultOf<results::EvaluateResult>(row)) {
      const std::string protocol = result->protocol;
      newest[protocol] = {row.id, std::move(*result)};
    }
  std::string text;
  for (const auto& [protocol, run] : newest) {
    const auto& [id, result] = run;
    const results::AggregationResult* best = nullptr;
    for (const auto& row : result.aggregations)
      if (row.auc >= 0 && (best == nullptr || row.auc > best->auc)) best = &row;
    if (best == nullptr) continue;
    info.evaluations.push_back({id, protocol, result.features, result.scores, best->name, best->auc});
    text += fmt::format(
        "evaluation of protocol '{}' (run {}): features '{}', scores '{}', best AUC {:.4f} by {}\n", protocol,
        id, result.features, result.scores.empty() ? "none" : result.scores, best->auc, best->name);
  }
  return text;
}

std::string tellSamePeople(const Project& project, ProjectInfo& info) {
  try {
    info.probablySame = listFromJsonText<results::ProbablySame>(
        project.setting(analysis::settings::kProbablySame).value_or("[]"),
        "the people who are probably the same");
  } catch (const Error&) {  // a stranger's: the rest is still worth saying
    info.probablySame.clear();
  }
  std::string text;
  for (const auto& pair : info.probablySame)
    text += fmt::format("probably one person: {}/{} and {}/{} (centroid cosine {:.3f})\n", pair.aSet, pair.a,
                        pair.bSet, pair.b, pair.cosine);
  return text;
}

Outcome info(const std::string& folder) {
  const auto project = Project::open(folder, Project::Mode::Read);
  const auto samples = project.samples();
  ProjectInfo told;
  std::string text = tellSets(project, samples, told);
  text += tellTables(project, told);
  text += tellModels(project, told);
  told.operatingPoint = analysis::currentPoint(project);
  if (!told.operatingPoint.scores.empty())
    text += "operating point: " + analysis::describe(told.operatingPoint) + "\n";
  text += tellSelections(project, analysis::whoIs(samples, project.identities()), told);
  text += tellEvaluations(project, told);
  text += tellSamePeople(project, told);
  if (text.empty()) text = "nothing is in it yet; import faces with discern import";
  return {told, text};
}
}  // namespace

void addInfoCommand(CLI::App& app, Chosen& chosen) {
  auto project = std::make_shared<std::string>();
  CLI::App* c = addCommand(app, "info", "What is in a project, and what looks odd in it", *project);
  c->callback([project, &chosen] { chosen = {"info", [project](Env&) { return info(*project); }}; });
}

void addDevicesCommand(CLI::App& app, Chosen& chosen) {
  app.add_subcommand("devices", "What networks can run on here, as --device takes it")->callback([&chosen] {
    chosen = {"devices", [](Env&) -> Outcome {
                const auto threads = static_cast<std::size_t>(threadCount());
                results::DevicesResult found{{{nameOf(Device::Cpu), counted(threads, "thread", "threads")}}};
                for (const auto& name : networks::cudaDevices())
                  found.devices.push_back({nameOf(Device::Cuda), name});
                std::string text;
                for (const auto& device : found.devices)
                  text += fmt::format("{}: {}\n", device.device, device.name);
                return {found, text};
              }};
  });
}

}  // namespace discern::app
