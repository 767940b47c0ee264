// The sub-commands of `discern`: options in, one engine call, a result for people and for machines.
#pragma once

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "app/console.h"
#include "app/fields.h"
#include "core/base/described.h"
#include "core/base/field_json.h"
#include "core/base/progress.h"
#include "core/jobs/jobs.h"
#include "core/jobs/shards.h"
#include "core/project/project.h"
#include "core/results/data_results.h"
#include "core/training/together.h"

namespace discern::app {

// What a job leaves: values for --json, which a struct describes, and the same in words.
struct Outcome {
  template <Described R>
  Outcome(const R& result, std::string words) : values(discern::toJson(result)), text(std::move(words)) {}

  nlohmann::json values;
  std::string text;
  bool isTold = true;  // not where another process tells it
};

struct Env {
  Console& console;
  std::stop_token stop;
};

// The command that was chosen on the command line; run() does the work.
struct Chosen {
  std::string job;
  std::function<Outcome(Env&)> run;
};

// Refuses an empty text: that an argument is there is not enough for a path.
CLI::Validator notEmpty(const std::string& expected);
// Parses `arguments` (without the program's name) and fills `chosen`. Throws CLI::ParseError.
void parseCommand(CLI::App& app, const std::vector<std::string>& arguments);
// A sentence for a command line that could not be parsed: CLI11's,
// or, where a word is no command, what was probably meant.
std::string usageSentence(const CLI::App& app, const CLI::ParseError& error,
                          const std::vector<std::string>& words);
void addDataCommands(CLI::App& app, Chosen& chosen);    // import, merge, exclude, protocol, export
void addNumberCommands(CLI::App& app, Chosen& chosen);  // import-features, import-scores
void addInfoCommand(CLI::App& app, Chosen& chosen);     // info
void addDevicesCommand(CLI::App& app, Chosen& chosen);  // devices
void addUpkeepCommands(CLI::App& app, Chosen& chosen);  // refresh, repoint, rename, remove
// import-weights, extract, score, train-base, train-ddnet, train-head, train-aggregator, predict, explain
void addModelCommands(CLI::App& app, Chosen& chosen);
void addEvaluationCommands(CLI::App& app, Chosen& chosen);  // evaluate, sweep
void addPointCommand(CLI::App& app, Chosen& chosen);        // point
void addMarkCommand(CLI::App& app, Chosen& chosen);         // mark
void addDoubtsCommand(CLI::App& app, Chosen& chosen);       // doubts
void addReportCommand(CLI::App& app, Chosen& chosen);       // report
void addSelectionCommands(CLI::App& app, Chosen& chosen);   // select, tsne
void addConvertCommand(CLI::App& app, Chosen& chosen);      // convert-checkpoint
void addRunCommand(CLI::App& app, Chosen& chosen);          // run RECIPE.toml
void addReproduceCommand(CLI::App& app, Chosen& chosen);    // reproduce ITEM
void addStudentCommands(CLI::App& app, Chosen& chosen);     // distil, cost, identify
void addTableCommand(CLI::App& app, Chosen& chosen);        // table
void addReferenceCommand(CLI::App& app, Chosen& chosen);    // reference
void addJobCommands(CLI::App& app, Chosen& chosen);         // all of the above: what a recipe may name
void addAllCommands(CLI::App& app, Chosen& chosen);

// A sub-command with the usual project argument; defaults show in --help.
CLI::App* addCommand(CLI::App& app, const std::string& name, const std::string& help, std::string& project);

// Opens the project for writing, records the run of `job` with its options, metrics and result, and turns the
// outcome over. `create`: make the project if it is not there.
Outcome recorded(Env& env, const std::string& folder, const std::string& job, nlohmann::json options,
                 bool create, const std::function<Outcome(project::Project&, Progress&)>& body);
// The same of a training, which several processes may do together: the first records the run, the others only
// read the project and tell nothing.
Outcome recordedByFirst(Env& env, const std::string& folder, const std::string& job,
                        const nlohmann::json& options,
                        const std::function<Outcome(project::Project&, Progress&, training::Ranks*)>& body);

// Of a project that is only read.
Outcome shardMade(Env& env, const std::string& folder, const std::string& job,
                  const std::function<results::ShardResult(const project::Project&, Progress&)>& make);

// A sub-command whose options are a table's.
template <class O>
CLI::App* addCall(CLI::App& app, Chosen& chosen, const std::string& job, const Fields<O>& fields,
                  std::function<Outcome(Env&, CLI::App& command, const std::string& project, O&)> call) {
  struct Given {
    std::string project;
    O options;
  };
  auto given = std::make_shared<Given>();
  CLI::App* c = addCommand(app, job, jobs::jobOf(job).help, given->project);
  addFields(*c, fields, given->options);
  c->callback([given, c, job, call, &chosen] {
    chosen = {job, [given, c, call](Env& env) { return call(env, *c, given->project, given->options); }};
  });
  return c;
}

// Each call of it a run; `create` as of recorded(). `complete` may change the options of a call before they
// are recorded.
template <class O>
CLI::App* addJob(CLI::App& app, Chosen& chosen, const std::string& job, const Fields<O>& fields,
                 std::function<Outcome(project::Project&, const O&, Progress&)> work, bool create = false,
                 std::function<void(CLI::App& command, const std::string& project, O&)> complete = {}) {
  return addCall<O>(app, chosen, job, fields,
                    [job, &fields, work, create, complete](Env& env, CLI::App& command,
                                                           const std::string& folder, O& options) {
                      if (complete) complete(command, folder, options);
                      return recorded(env, folder, job, runJson(fields, options), create,
                                      [&](project::Project& project, Progress& progress) {
                                        return work(project, options, progress);
                                      });
                    });
}

// Each call of it a run, but for the shards of one (jobs/shards.h), which leave the project as it is.
template <class O>
CLI::App* addSharded(
    CLI::App& app, Chosen& chosen, const std::string& job, const Fields<O>& fields,
    std::function<Outcome(project::Project&, const O&, Progress&)> work,
    std::function<results::ShardResult(const project::Project&, const O&, Progress&)> makeShard) {
  return addCall<O>(
      app, chosen, job, fields,
      [job, &fields, work, makeShard](Env& env, CLI::App&, const std::string& folder, const O& options) {
        if (jobs::shardOf(options.shards))
          return shardMade(env, folder, job, [&](const auto& project, Progress& progress) {
            return makeShard(project, options, progress);
          });
        return recorded(
            env, folder, job, runJson(fields, options), false,
            [&](project::Project& project, Progress& progress) { return work(project, options, progress); });
      });
}

// Each call of it, or all calls that several processes make of it together, a run.
template <class O>
CLI::App* addTraining(CLI::App& app, Chosen& chosen, const std::string& job, const Fields<O>& fields,
                      std::function<Outcome(project::Project&, const O&, Progress&, training::Ranks*)> work) {
  return addCall<O>(app, chosen, job, fields,
                    [job, &fields, work](Env& env, CLI::App&, const std::string& folder, const O& options) {
                      return recordedByFirst(
                          env, folder, job, runJson(fields, options),
                          [&](project::Project& project, Progress& progress, training::Ranks* ranks) {
                            return work(project, options, progress, ranks);
                          });
                    });
}

// "1 image", "2 images".
template <class Number>
std::string counted(Number count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}
// "2.57 ms an image", or that it was not measured (0).
std::string timeText(double milliseconds);

}  // namespace discern::app
