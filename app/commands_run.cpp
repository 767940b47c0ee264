// run RECIPE.toml: the sub-commands of a file, one after the other; finished steps are not done again.
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "app/other_program.h"
#include "app/recipe.h"
#include "app/recipe_steps.h"
#include "core/analysis/run_times.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/rng.h"

namespace discern::app {
namespace {
using nlohmann::json;
namespace fs = std::filesystem;

// Parses one step as if it had been typed; `device`, unless empty, is for a job that has the choice and a
// step that does not make it. Not for cost, which measures on the CPU unless its own step says otherwise.
// Throws Error that names the recipe.
Chosen parseStep(const fs::path& file, const Step& step, const std::string& device) {
  Chosen chosen;
  const auto app = std::make_shared<CLI::App>("Discern", "discern");
  addJobCommands(*app, chosen);
  std::vector<std::string> arguments = step.arguments;
  const auto commands = app->get_subcommands([&](CLI::App* c) { return c->get_name() == step.title; });
  const bool choosable = !commands.empty() && step.title != "cost" &&
                         commands.front()->get_option_no_throw("--device") != nullptr;
  const bool chooses =
      std::ranges::any_of(arguments, [](const auto& a) { return a.starts_with("--device="); });
  if (!device.empty() && choosable && !chooses) arguments.push_back("--device=" + device);
  try {
    parseCommand(*app, arguments);
  } catch (const CLI::ParseError& e) {
    fail("{}: step '{}': {}", file.string(), step.title, e.what());
  }
  auto run = chosen.run;
  chosen.run = [app, run](Env& env) { return run(env); };  // the commands' options live in `app`
  return chosen;
}

// In a process of its own, which prints its result: cost forks, and a fork has none of the threads that
// earlier steps started here and that LibTorch would wait for.
void runApart(std::vector<std::string> arguments, bool json, const std::stop_token& stop) {
  const std::string title = arguments.front();
  if (json) arguments.push_back("--json");
  const int exit = runProgram(thisProgram(), std::move(arguments), stop);
  if (exit == 130) throw Cancelled();
  if (exit != 0) fail("step '{}' failed; what it said stands above", title);
}

// The steps that made the project what it is, in order: what comes after a step that is done anew counts no
// more, since that step, perhaps of another recipe, may have replaced what they were made from.
constexpr const char* kStepsDone = "recipe_steps";

std::vector<std::string> stepsDone(const std::string& project) {
  if (!project::Project::isProject(project)) return {};
  const auto kept = project::Project::open(project, project::Project::Mode::Read).setting(kStepsDone);
  std::vector<std::string> steps;
  for (const json& step : parseJson(kept.value_or("[]")))
    if (step.is_string()) steps.push_back(step.get<std::string>());
  return steps;
}

void keepStepsDone(const std::string& project, const std::vector<std::string>& steps) {
  if (project::Project::isProject(project))
    project::Project::open(project, project::Project::Mode::Read).putSetting(kStepsDone, json(steps).dump());
}

// What is said of a step before it runs: how long it will take is known of earlier runs in the project, those
// of this recipe's earlier steps among them.
Console::Step told(const std::string& project, const std::vector<Step>& steps, std::size_t at) {
  std::map<std::string, double> known;
  if (project::Project::isProject(project))
    known = analysis::runSeconds(project::Project::open(project, project::Project::Mode::Read).runs());
  std::vector<std::string> after;
  for (std::size_t i = at + 1; i < steps.size(); ++i) after.push_back(steps[i].title);
  return {at + 1,
          steps.size(),
          steps[at].title,
          fmt::format("{}", fmt::join(steps[at].arguments, " ")),
          analysis::secondsOf({steps[at].title}, known),
          analysis::secondsOf(after, known)};
}

}  // namespace

results::RecipeResult runRecipe(Env& env, const RecipeRun& run) {
  const fs::path& file = run.file;
  std::string project = run.project;
  const auto steps = readRecipe(file, project, run.values);
  std::vector<Chosen> parsed;
  for (const auto& step : steps)
    parsed.push_back(parseStep(file, step, run.device));  // all mistakes before any work

  results::RecipeResult result;
  std::uint64_t history = 0;
  std::vector<std::string> kept = stepsDone(project);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (std::size_t a = 0; a < steps[i].arguments.size(); ++a)
      if (a != 1) history = mixSeed(history, steps[i].arguments[a]);
    const std::string key = fmt::format("{:016x}", history);  // of this step and all before it
    if (!run.again && i < kept.size() && kept[i] == key) {
      result.steps.push_back({steps[i].title, true});
      continue;
    }
    if (env.stop.stop_requested()) throw Cancelled();
    const bool isJson = env.console.style() == Console::Style::Json;
    env.console.step(told(project, steps, i));
    if (kept.size() > i) {
      kept.resize(i);
      keepStepsDone(project, kept);
    }
    if (steps[i].title == "cost") {
      runApart(steps[i].arguments, isJson, env.stop);
    } else {
      const Outcome outcome = parsed[i].run(env);
      if (isJson)
        env.console.result(steps[i].title, outcome.values, "");
      else if (!outcome.text.empty())
        fmt::print("{}\n", outcome.text);
    }
    kept.push_back(key);
    keepStepsDone(project, kept);
    result.steps.push_back({steps[i].title, false});
  }
  result.project = project;
  return result;
}

void addRunCommand(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string recipe, project, device;
    bool again = false;
  };
  auto o = std::make_shared<Options>();
  CLI::App* c = app.add_subcommand("run", "Run the steps of a recipe; finished ones are not done again");
  c->fallthrough();
  c->add_option("recipe", o->recipe, "RECIPE.toml")->required();
  c->add_option("project", o->project, "Project folder; empty: the recipe's");
  c->add_option("--device", o->device,
                "cpu or cuda, for every step that does not say, except cost; empty: each step's default")
      ->check(CLI::IsMember({"cpu", "cuda"}));
  c->add_flag("--again", o->again, "Do finished steps again");
  c->callback([o, &chosen] {
    chosen = {"run", [o](Env& env) -> Outcome {
                const auto result = runRecipe(env, {o->recipe, o->project, o->device, o->again});
                return {result, fmt::format("all {} steps of {} are done; the project is {}",
                                            result.steps.size(), o->recipe, result.project)};
              }};
  });
}

}  // namespace discern::app
