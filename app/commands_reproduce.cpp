// reproduce ITEM: an experiment of one of the papers, from data or a stand-in, to a table.
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "app/experiments.h"
#include "app/recipe.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "core/features/resources.h"
#include "core/results/stored.h"

namespace discern::app {
namespace {
namespace fs = std::filesystem;
using results::ReproduceResult;

struct Options {
  std::string item, project, data, model = "demo", device, preset = "paper";
  bool standIn = false, again = false;
  std::vector<std::string> set;
};

// Renders it once, in a folder of the item's own: one that is there is a whole one.
fs::path standInOf(Env& env, const Experiment& item, const std::string& project) {
  const fs::path data = (fs::absolute(project + ".standin") / item.name).lexically_normal();
  if (fs::exists(data)) return data;
  const fs::path part = data.string() + ".part";
  fs::remove_all(part);
  fs::create_directories(part);
  Progress progress(env.console.sink(), env.stop);
  item.render(part, progress);
  fs::rename(part, data);
  return data;
}

fs::path dataOf(const Experiment& item, const std::string& given) {
  if (given.empty())
    fail("{}: needs {}; say where DATA is (--data), or try it on rendered faces (--standin)", item.name,
         item.needs);
  const fs::path data = fs::absolute(given).lexically_normal();
  for (const std::string& folder : item.folders)
    if (!fs::exists(data / folder))
      fail("{}: is missing; {} needs {}", (data / folder).string(), item.name, item.needs);
  return data;
}

std::map<std::string, std::string> valuesOf(const Experiment& item, const Options& o, const fs::path& data) {
  auto values = item.values;
  if (o.standIn)
    for (const auto& [key, value] : item.standIns) values[key] = value;
  std::vector<std::string> known;
  for (const auto& [key, value] : values) known.push_back(key);
  for (const std::string& one : o.set) {
    const auto equals = one.find('=');
    const std::string key = one.substr(0, equals);
    if (equals == std::string::npos || std::ranges::find(known, key) == known.end())
      fail("'{}' was set, but {} takes KEY=VALUE of: {}", one, item.name, fmt::join(known, ", "));
    values[key] = one.substr(equals + 1);
  }
  values["data"] = data.string();
  values["model"] = o.model;
  values["preset"] = o.preset;
  return values;
}

// What a step's result says of the paper, and what its stored options say of the switches that no table
// shows: "distil: as published; size 16, mode sc, seed 1". Empty: it says nothing.
std::string switchesOf(const project::RunRow& run) {
  if (run.status != "done") return {};
  std::string text;
  for (const auto& [key, value] : results::topLevelTexts(run.result))
    if (key == "published") text = fmt::format("{}: {}", run.job, value);
  if (text.empty()) return {};
  std::string options;
  for (const auto& [key, value] : results::topLevelTexts(run.options)) {
    static const std::set<std::string> kTold = {
        "aggregation", "lengths", "mode",   "protocol",  "regression-weight", "rescale",
        "size",        "start",   "target", "threshold", "weights",           "seed"};
    if (kTold.contains(key) && !value.empty())
      options += fmt::format("{}{} {}", options.empty() ? "" : ", ", key, value);
  }
  return options.empty() ? text : fmt::format("{} ({})", text, options);
}

void addSwitches(const project::Project& project, ReproduceResult& table) {
  for (const auto& run : project.runs())
    if (const auto text = switchesOf(run);
        !text.empty() && std::ranges::find(table.switches, text) == table.switches.end())
      table.switches.push_back(text);
}

std::string number(double value, double deviation) {
  if (std::isnan(value)) return "-";
  return std::isnan(deviation) ? fmt::format("{:.4g}", value)
                               : fmt::format("{:.2f} +- {:.2f}", value, deviation);
}

std::string describeTable(const ReproduceResult& r) {
  std::string text = fmt::format("{}: {}\n", r.item, r.title);
  if (r.standIn)
    text +=
        "on rendered pictures, which stand in for the benchmark: the path is the same, the numbers are not "
        "the "
        "paper's\n";
  std::size_t wide = 22;
  for (const auto& row : r.rows) wide = std::max(wide, row.row.size());
  text += fmt::format("{:<{}}{:<48}{:>14}{:>20}\n", "row", wide + 2, "measure", "paper", "ours");
  for (const auto& row : r.rows)
    text += fmt::format("{:<{}}{:<48}{:>14}{:>20}\n", row.row, wide + 2, row.measure,
                        row.paper ? fmt::format("{:g}", *row.paper) : "not at hand",
                        number(row.ours, row.deviation));
  for (const auto& one : r.switches) text += "- " + one + "\n";
  for (const auto& file : r.files) text += file + "\n";
  text.pop_back();
  return text;
}

std::string csvOf(const ReproduceResult& r) {
  const auto cell = [](double value) { return std::isnan(value) ? std::string() : fmt::format("{}", value); };
  std::string text = "row,measure,paper,ours,deviation\n";
  for (const auto& row : r.rows)
    text += fmt::format("{},{},{},{},{}\n", data::csvField(row.row), data::csvField(row.measure),
                        row.paper ? fmt::format("{}", *row.paper) : "", cell(row.ours), cell(row.deviation));
  return text;
}

Outcome reproduce(Env& env, const Options& o) {
  const Experiment& item = experiments().find(o.item);
  const std::string project = o.project.empty() ? item.name + ".discern" : o.project;
  if (o.standIn && !o.data.empty()) fail("{}: give its data or a stand-in, not both", item.name);
  const fs::path data = o.standIn ? standInOf(env, item, project) : dataOf(item, o.data);
  auto values = valuesOf(item, o, data);
  const auto recipe = features::resource("recipes/reproduce/" + item.name + ".toml");
  runRecipe(env, {recipe, project, o.device, o.again, values});
  if (const auto text = readFile(recipe); text.find("{preset}") == std::string::npos)
    values["preset"] = text.find("preset = \"paper\"") != std::string::npos
                           ? "paper, but for the switch that a row is named after"
                           : "recommended: it has no other";
  ReproduceResult table;
  table.item = item.name;
  table.title = item.title;
  table.data = data.string();
  table.standIn = o.standIn;
  table.project = project;
  const auto opened = project::Project::open(project, project::Project::Mode::Read);
  item.read(opened, table);
  addSwitches(opened, table);
  for (const auto& [key, value] : values)
    if (key != "data" && (key != "model" || item.takesModel))
      table.switches.push_back(fmt::format("{}: {}", key, value));
  const fs::path csv = fs::path(project) / "exports" / (item.name + "-table.csv");
  fs::create_directories(csv.parent_path());
  writeFileAtomically(csv, csvOf(table));
  table.files.push_back(csv.string());
  return {table, describeTable(table)};
}
}  // namespace

void addReproduceCommand(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  std::string items;
  for (const Experiment& item : experiments()) items += fmt::format("\n{:<14}{}", item.name, item.title);
  CLI::App* c = app.add_subcommand(
      "reproduce",
      "An experiment of one of the papers anew, from data or rendered faces to a table beside its numbers");
  c->fallthrough();
  c->footer("Items:" + items);
  c->add_option("item", o->item, "Which: " + fmt::format("{}", fmt::join(experiments().names(), ", ")))
      ->required()
      ->check(CLI::IsMember(experiments().names()));
  c->add_option("project", o->project, "Project folder; empty: ITEM.discern");
  c->add_option("--data", o->data, "Folder with the benchmark and a training set, as the item needs them");
  c->add_flag("--standin", o->standIn,
              "Instead: rendered faces in the benchmark's layout, beside the project");
  c->add_option("--model", o->model, "Recogniser: a file, or demo, the small one that ships")
      ->capture_default_str();
  c->add_option("--set", o->set, "KEY=VALUE of the recipe, such as epochs=20")->delimiter(',');
  c->add_option(
       "--preset", o->preset,
       "paper: every step as published, where its job has that preset; recommended: as it is by default")
      ->check(CLI::IsMember({"paper", "recommended"}))
      ->capture_default_str();
  c->add_option("--device", o->device, "cpu or cuda, for every step that has the choice")
      ->check(CLI::IsMember({"cpu", "cuda"}));
  c->add_flag("--again", o->again, "Do finished steps again");
  c->callback([o, &chosen] { chosen = {"reproduce", [o](Env& env) { return reproduce(env, *o); }}; });
}

}  // namespace discern::app
