// discern-engine: the command line, started by discern (launcher_main.cpp).
//
// Exit codes: 0 done, 1 bad input or environment (one sentence says which), 2 wrong usage, 130 cancelled
// (call again to resume).
#include <algorithm>
#include <exception>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/stop_signals.h"
#include "core/base/error.h"

int main(int argc, char** argv) {
  using namespace discern;
  const std::stop_token stop = app::stopOnSignals();

  CLI::App cli("Discern shows which images make or break recognition, and what can be dropped.", "discern");
  cli.set_version_flag("--version", DISCERN_VERSION);
  cli.require_subcommand(1);
  cli.footer(
      "Exit codes: 0 done, 1 bad input (one sentence says which), 2 wrong usage, 130 stopped; a second "
      "call resumes.\n"
      "'discern COMMAND --help' lists a command's options with their defaults.");
  bool json = false;
  cli.add_flag("--json", json, "Report progress and the result as JSON lines on standard output");
  app::Chosen chosen;
  app::addAllCommands(cli, chosen);
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  try {
    app::parseCommand(cli, words);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) return cli.exit(e);  // help and version
    app::Console(app::Console::detect(json || std::ranges::find(words, "--json") != words.end()))
        .error(app::usageSentence(cli, e, words));
    return 2;
  }

  app::Console console(app::Console::detect(json));
  try {
    app::Env env{console, stop};
    const app::Outcome outcome = chosen.run(env);
    if (outcome.isTold) console.result(chosen.job, outcome.values, outcome.text);
    return 0;
  } catch (const Cancelled&) {
    console.error("stopped; what was finished is kept, call again to go on");
    return 130;
  } catch (const FieldError& e) {
    // A person typed the option; a program, such as the window, is told the field.
    const auto commands = cli.get_subcommands();
    const bool isTyped = console.style() != app::Console::Style::Json && !commands.empty();
    console.error(isTyped ? app::spelled(*commands.front(), e) : e.what(), e.field());
    return 1;
  } catch (const std::exception& e) {
    console.error(e.what());
    return 1;
  }
}
