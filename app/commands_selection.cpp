// select, tsne
#include <fmt/format.h>

#include <cmath>

#include "app/commands.h"
#include "core/pipeline/map.h"
#include "core/pipeline/select.h"
#include "core/selection/methods.h"

namespace discern::app {
namespace {
// How the faces were found, up to the table of what is kept.
std::string headOf(const pipeline::SelectResult& r, bool isOrder) {
  std::string text =
      fmt::format("selection '{}' by {} from features '{}' ({} centroids): {} of {}, ", r.name,
                  r.method == "cut" ? "one cut" : "the " + r.method, r.features,
                  r.lengths == data::Lengths::Raw ? "raw" : "unit", counted(r.faces, "face", "faces"),
                  counted(r.identities, "identity", "identities"));
  if (isOrder)
    return text + fmt::format(
                      "put in an order in {:.2f} s; {} can never be kept, the share is of those that can "
                      "be kept\n{:>9} {:>7} {:>9}",
                      r.seconds, r.neverKept, "kept", "share", "empty ids");
  if (r.method != "cut") text += counted(r.breakpoints, "breakpoint", "breakpoints") + " in ";
  return text + fmt::format(
                    "{:.2f} s; {} can never be kept, the share is of those that can be kept; raw lambda / {} "
                    "travels between sets\n"
                    "{:>10} {:>12} {:>9} {:>7} {:>9}",
                    r.seconds, r.neverKept, r.centers, "lambda", "normalised", "kept", "share", "empty ids");
}

std::string describe(const pipeline::SelectResult& r) {
  const bool isOrder = selection::isOrder(r.method);
  std::string text = headOf(r, isOrder);
  if (!r.scores.empty()) text += "  low D-scores (chance)";
  if (r.swapped > 0) text += "  dropped: swapped    clean";
  for (const auto& p : r.points) {
    text += isOrder ? "\n" : fmt::format("\n{:>10g} {:>12.5f} ", p.lambda, p.normalised);
    text += fmt::format("{:>9} {:>6.1f}% {:>9}", p.kept, 100 * p.share, p.emptyIdentities);
    if (!r.scores.empty())
      text += std::isfinite(p.lowScores)
                  ? fmt::format("{:>12.1f}% ({:>4.1f}%)", 100 * p.lowScores, 100 * p.lowScoresChance)
                  : fmt::format("{:>22}", "-");
    if (r.swapped > 0)
      text += fmt::format(" {:>17.1f}% {:>7.1f}%", 100 * p.swappedDropped, 100 * p.cleanDropped);
  }
  if (!r.published.empty()) text += "\nSKD's selection " + r.published;
  if (!r.scores.empty())
    text += fmt::format(
        "\n'low D-scores': of the discarded, the share among as many lowest scores of '{}' of the same "
        "identity; rank correlation inside identities {:.3f}",
        r.scores, r.scoreSpearman);
  return text;
}

void addSelect(CLI::App& app, Chosen& chosen) {
  addSharded<jobs::SelectOptions>(
      app, chosen, "select", jobs::selectFields(),
      [](project::Project& project, const jobs::SelectOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::select(project, o, progress);
        return {r, describe(r)};
      },
      pipeline::selectShard);
}

void addTsne(CLI::App& app, Chosen& chosen) {
  addJob<jobs::MapOptions>(
      app, chosen, "tsne", jobs::mapFields(),
      [](project::Project& project, const jobs::MapOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::makeMap(project, o, progress);
        return {r,
                fmt::format(
                    "map '{}' of features '{}': {} of {} faces, {} iterations, Kullback-Leibler divergence "
                    "{:.3f}, {:.1f} s",
                    r.name, r.features, r.faces, r.of, r.iterations, r.kl, r.seconds)};
      });
}
}  // namespace

void addSelectionCommands(CLI::App& app, Chosen& chosen) {
  addSelect(app, chosen);
  addTsne(app, chosen);
}

}  // namespace discern::app
