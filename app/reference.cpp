#include "app/reference.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "app/commands.h"
#include "core/aggregation/methods.h"
#include "core/catalog/heads.h"
#include "core/catalog/networks.h"
#include "core/data/score_methods.h"
#include "core/imaging/sample.h"
#include "core/results/printed.h"
#include "core/selection/methods.h"
#include "datasets/registry.h"

namespace discern::app {
namespace {

std::string formatTable() {
  std::string text =
      "## Data set formats\n\n"
      "`discern import PROJECT SOURCE --format NAME`; without it the format is found out, in this order. "
      "Options are given "
      "as `--option KEY=VALUE`.\n\n"
      "| format | what is expected | options |\n| --- | --- | --- |\n";
  for (const auto& format : datasets::formats()) {
    std::vector<std::string> options;
    for (const auto& option : format.options)
      options.push_back(fmt::format("`{}={}`: {}", option.key, option.value, option.help));
    text += fmt::format("| `{}` | {} | {} |\n", format.name, format.help, fmt::join(options, "; "));
  }
  text += "\nSuch a layout, a line a file:\n";
  for (const auto& format : datasets::formats()) {
    text += fmt::format("\n`{}`\n\n", format.name);
    std::string line;
    for (const char c : format.example + "\n") {
      if (c != '\n') {
        line += c;
        continue;
      }
      text += "    " + line + "\n";
      line.clear();
    }
  }
  return text;
}

std::string kindTable() {
  std::string text =
      "## Kinds of samples\n\nWhat is recognised together. A project holds one kind; the format that it was "
      "imported with says which.\n\n"
      "| kind | a sample | a group | whose | shape | what |\n| --- | --- | --- | --- | --- | --- |\n";
  for (const auto& k : imaging::groupKinds())
    text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", k.name, k.sample.one, k.group.one,
                        k.identity.one, data::toString(k.shape), k.help);
  return text;
}

std::string networkTable() {
  std::string text =
      "## Networks\n\n"
      "`train-ddnet` and `train-base` train those of kind ddnet and base, `--architecture NAME`; published "
      "weights come in "
      "by `import-weights`.\n\n"
      "| network | kind | input | feature | what |\n| --- | --- | --- | --- | --- |\n";
  for (const auto& n : catalog::networks())
    text += fmt::format("| `{}` | {}{} | {} px, {} | {} | {} |\n", n.name, n.kind,
                        n.published ? ", published" : "", n.size, n.recipe,
                        n.kind == "ddnet" ? "a score"
                        : n.dims > 0      ? std::to_string(n.dims)
                                          : "any",
                        n.help);
  return text;
}

std::string marginRange(const catalog::HeadInfo& head) {
  if (head.margin.empty()) return "";
  return std::isfinite(head.below) ? fmt::format("{} to {:.3g}", head.least, head.below)
                                   : fmt::format("at least {}", head.least);
}

std::string headTable() {
  std::string text =
      "## Heads\n\n`train-base --head NAME`; s is the scale, m the margin, theta the angle to the own "
      "class.\n\n"
      "| head | what | margin | where none is given | scale, where none is given |\n| --- | --- | --- | --- "
      "| --- |\n";
  for (const auto& h : catalog::heads())
    text += fmt::format(
        "| `{}` | {} | {} | {} | {} |\n", h.name, h.help, marginRange(h),
        h.margin.empty() ? "" : fmt::format("{:g}{}", h.usual, h.annealed ? ", step by step" : ""),
        h.margin.empty() ? ""
        : h.scale == 0   ? "the length of the feature"
                         : fmt::format("{:g}", h.scale));
  return text;
}

std::string scoreTable() {
  std::string text =
      "## Scores\n\n`discern score --method NAME`, or `discern predict` for those that a trained network "
      "tells, `discern import-scores` for another tool's.\n\n"
      "| method | by | needs | what |\n| --- | --- | --- | --- |\n";
  for (const auto& m : data::scoreMethods())
    text += fmt::format("| `{}` | {} | {} | {} |\n", m.name, data::commandOf(m), data::needsOf(m), m.help);
  return text;
}

std::string selectionTable() {
  std::string text =
      "## Selections\n\n`discern select --method NAME`. Of all lambdas' sets one is chosen afterwards, by "
      "its lambda "
      "or by the share of the faces that it keeps; of an order any share can be kept, and it has no "
      "lambda.\n\n"
      "| method | what it makes | needs | what |\n| --- | --- | --- | --- |\n";
  for (const auto& m : selection::methods()) {
    using Sets = selection::MethodInfo::Sets;
    const char* made = m.sets == Sets::Lambdas     ? "the sets of all lambdas"
                       : m.sets == Sets::OneLambda ? "the set of one lambda"
                                                   : "an order";
    text += fmt::format("| `{}` | {} | {} | {} |\n", m.name, made, m.needsScores ? "scores" : "-", m.help);
  }
  return text;
}

std::string aggregationTable() {
  std::string text =
      "## Aggregations\n\n`discern evaluate` measures all whose needs are met; "
      "[evaluation.md](evaluation.md) has the "
      "formulas.\n\n"
      "| aggregation | needs | weights |\n| --- | --- | --- |\n";
  for (const auto& m : aggregation::methods())
    text += fmt::format("| `{}` | {} | {} |\n", m.name, aggregation::toString(m.needs), m.help);
  return text;
}

}  // namespace

std::string reference() {
  return "# What there is by name\n\nWritten by `discern reference` from the registries; a test holds this "
         "page to them.\n\n" +
         formatTable() + "\n" + kindTable() + "\n" + networkTable() + "\n" + headTable() + "\n" +
         scoreTable() + "\n" + selectionTable() + "\n" + aggregationTable();
}

void addReferenceCommand(CLI::App& app, Chosen& chosen) {
  app.add_subcommand(
         "reference",
         "Every format, kind of samples, network, head, score, selection and aggregation, as a Markdown page")
      ->callback([&chosen] {
        chosen = {"reference", [](Env&) -> Outcome {
                    const std::string page = reference();
                    return {results::ReferencePage{page}, page};
                  }};
      });
}

}  // namespace discern::app
