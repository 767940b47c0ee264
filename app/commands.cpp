#include "app/commands.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/jobs/former_names.h"

namespace discern::app {
using nlohmann::json;

CLI::App* addCommand(CLI::App& app, const std::string& name, const std::string& help, std::string& project) {
  CLI::App* command = app.add_subcommand(name, help);
  command->option_defaults()->always_capture_default();
  command->fallthrough();
  command->add_option("project", project, "Project folder (NAME.discern)")
      ->required()
      ->check(notEmpty("a project folder, such as my.discern,"));
  return command;
}

void addJobCommands(CLI::App& app, Chosen& chosen) {
  addDataCommands(app, chosen);
  addNumberCommands(app, chosen);
  addUpkeepCommands(app, chosen);
  addModelCommands(app, chosen);
  addEvaluationCommands(app, chosen);
  addSelectionCommands(app, chosen);
  addStudentCommands(app, chosen);
  addTableCommand(app, chosen);
}

void addAllCommands(CLI::App& app, Chosen& chosen) {
  addJobCommands(app, chosen);
  addConvertCommand(app, chosen);
  addRunCommand(app, chosen);
  addReproduceCommand(app, chosen);
  addReferenceCommand(app, chosen);
  addDevicesCommand(app, chosen);
}

CLI::Validator notEmpty(const std::string& expected) {
  return CLI::Validator(
      [expected](const std::string& text) {
        return text.empty() ? expected + " was expected" : std::string();
      },
      "");
}

namespace {
// An option by a name that it had before gets today's.
void useTodaysNames(const CLI::App& app, std::vector<std::string>& words) {
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  const auto command = std::ranges::find_if(words, [&](const std::string& word) {
    return std::ranges::any_of(commands, [&](const CLI::App* c) { return c->get_name() == word; });
  });
  if (command == words.end()) return;
  for (const auto& name : jobs::formerNames()) {
    if (name.job != *command) continue;
    const std::string was = fmt::format("--{}", name.was), now = fmt::format("--{}", name.now);
    for (std::string& word : words)
      if (word == was || word.starts_with(was + "=")) word.replace(0, was.size(), now);
  }
}
}  // namespace

void parseCommand(CLI::App& app, const std::vector<std::string>& arguments) {
  std::vector<std::string> reversed = arguments;
  useTodaysNames(app, reversed);
  std::ranges::reverse(reversed);  // CLI11 takes them from the back
  app.parse(reversed);
}

namespace {
// After a failure, which what fails now must not hide.
void quietly(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::exception&) {
  }
}

}  // namespace

Outcome recorded(Env& env, const std::string& folder, const std::string& job, json options, bool create,
                 const std::function<Outcome(project::Project&, Progress&)>& body) {
  options["version"] = DISCERN_VERSION;
  const bool fresh = create && !project::Project::isProject(folder);
  auto project = fresh ? project::Project::create(folder)
                       : project::Project::open(folder, project::Project::Mode::Write);
  int run = -1;
  try {
    run = project.startRun(job, textOf(options));
    env.console.start(job, run);
    Progress progress(
        [&, console = env.console.sink()](const ProgressEvent& event) {
          if (event.kind == ProgressEvent::Kind::Metric)
            project.addMetric(run, {event.text, event.step, event.value});
          console(event);
        },
        env.stop);
    Outcome outcome = body(project, progress);
    project.finishRun(run, "done", textOf(outcome.values));
    return outcome;
  } catch (const Cancelled&) {
    quietly([&] { project.finishRun(run, "cancelled", "{}"); });
    throw;
  } catch (const std::exception& e) {
    quietly([&] { project.finishRun(run, "failed", textOf(json{{"error", e.what()}})); });
    quietly([&] {
      if (fresh && project.sampleCount() == 0)
        std::filesystem::remove_all(project.folder());  // nothing came of it: leave nothing behind
    });
    throw;
  }
}

Outcome shardMade(Env& env, const std::string& folder, const std::string& job,
                  const std::function<results::ShardResult(const project::Project&, Progress&)>& make) {
  const auto project = project::Project::open(folder, project::Project::Mode::Read);
  Progress progress(env.console.sink(), env.stop);
  const auto r = make(project, progress);
  return {r,
          fmt::format("shard {} of {} of {} '{}': {}, {} failed; when all are made, {} with --merge joins "
                      "them",
                      r.shard, r.shards, job, r.name, counted(r.images, "image", "images"), r.failed, job)};
}

Outcome recordedByFirst(Env& env, const std::string& folder, const std::string& job, const json& options,
                        const std::function<Outcome(project::Project&, Progress&, training::Ranks*)>& body) {
  std::optional<Outcome> outcome;
  const auto work = [&](training::Ranks* ranks) {
    if (training::isWriter(ranks)) {
      outcome = recorded(
          env, folder, job, options, false,
          [&](project::Project& project, Progress& progress) { return body(project, progress, ranks); });
      return;
    }
    auto project = project::Project::open(folder, project::Project::Mode::Read);
    Progress silent({}, env.stop);
    outcome = body(project, silent, ranks);
    outcome->isTold = false;
  };
  training::together(training::placeOfProcess(), env.stop, job + textOf(options), work);
  return *outcome;
}

namespace {
// Letters to change, add or leave out (Levenshtein).
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j)
      diagonal = std::exchange(
          row[j], std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)}));
  }
  return row[b.size()];
}
}  // namespace

std::string usageSentence(const CLI::App& app, const CLI::ParseError& error,
                          const std::vector<std::string>& words) {
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  const auto word = std::ranges::find_if(words, [](const std::string& w) { return !w.starts_with("-"); });
  const auto isWord = [&](const CLI::App* c) { return c->get_name() == *word; };
  if (word == words.end() || std::ranges::any_of(commands, isWord)) {
    const auto chosen = app.get_subcommands();
    return fmt::format("{}; 'discern {}--help' lists what there is", error.what(),
                       chosen.empty() ? "" : chosen.front()->get_name() + " ");
  }
  const auto nearest = *std::ranges::min_element(
      commands, {}, [&](const CLI::App* c) { return distance(c->get_name(), *word); });
  const bool alike = distance(nearest->get_name(), *word) <= 2;
  return fmt::format("{}: is no command{}; 'discern --help' lists them", *word,
                     alike ? fmt::format(", did you mean {}?", nearest->get_name()) : "");
}

std::string timeText(double milliseconds) {
  return milliseconds > 0 ? fmt::format("{:.2f} ms an image", milliseconds) : "time not measured";
}

}  // namespace discern::app
