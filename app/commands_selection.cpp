// select, tsne
#include <fmt/format.h>

#include <cmath>

#include "app/commands.h"
#include "core/base/error.h"
#include "core/pipeline/map.h"
#include "core/pipeline/select.h"

namespace discern::app {
namespace {
using nlohmann::json;

std::string describe(const pipeline::SelectResult& r) {
  std::string text = fmt::format(
      "selection '{}' from features '{}': {} faces of {} identities, {} breakpoints in {:.2f} s; {} can "
      "never be kept; raw lambda / {} travels between sets\n"
      "{:>10} {:>12} {:>9} {:>7} {:>9}",
      r.name, r.features, r.faces, r.identities, r.breakpoints, r.seconds, r.neverKept, r.centers, "lambda",
      "normalised", "kept", "share", "empty ids");
  if (!r.scores.empty()) text += "  low D-scores (chance)";
  if (r.swapped > 0) text += "  dropped: swapped    clean";
  for (const auto& p : r.points) {
    text += fmt::format(
        "\n{:>10g} {:>12.5f} {:>9} {:>6.1f}% {:>9}", p.lambda, p.normalised, p.kept,
        100.0 * static_cast<double>(p.kept) / static_cast<double>(std::max<std::int64_t>(1, r.faces)),
        p.emptyIdentities);
    if (!r.scores.empty())
      text += std::isfinite(p.lowScores)
                  ? fmt::format("{:>12.1f}% ({:>4.1f}%)", 100 * p.lowScores, 100 * p.lowScoresChance)
                  : fmt::format("{:>22}", "-");
    if (r.swapped > 0)
      text += fmt::format(" {:>17.1f}% {:>7.1f}%", 100 * p.swappedDropped, 100 * p.cleanDropped);
  }
  if (!r.scores.empty())
    text += fmt::format(
        "\n'low D-scores': of the discarded, the share among as many lowest scores of '{}' of the same "
        "identity; rank correlation inside identities {:.3f}",
        r.scores, r.scoreSpearman);
  return text;
}

void addSelect(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, lambdas, device = "cpu";
    pipeline::SelectOptions select;
  };
  auto o = std::make_shared<Options>();
  CLI::App* c = addCommand(app, "select", "Faces worth learning from: the exact selection for every lambda",
                           o->project);
  c->add_option("--features", o->select.features, "Feature table of the teacher; empty: the newest");
  c->add_option("--name", o->select.name, "Name of the selection");
  c->add_option("--lambdas", o->lambdas,
                "Lambdas to print (raw, at most 0), comma-separated, such as the paper's -1,-2,-4; empty: "
                "some that keep 5 to 100 % of what can be kept");
  c->add_option("--scores", o->select.scores,
                "D-score table to compare with; empty: one of the same features");
  c->add_option("--swap-labels", o->select.swapLabels,
                "Trial: give this share of the faces a wrong name first and count how many are discarded; "
                "kept as NAME-trial");
  addSeed(*c, o->select.seed, "Seed of the trial");
  addDevice(*c, o->device);
  c->callback([o, c, &chosen] {
    chosen = {"select", [o, c](Env& env) {
                return recorded(env, o->project, *c, false,
                                [&](project::Project& project, Progress& progress) -> Outcome {
                                  o->select.lambdas = numberList("--lambdas", o->lambdas, -1e300, 1e300,
                                                                 "numbers, such as -64,-1024,");
                                  o->select.cuda = o->device == "cuda";
                                  const auto r = pipeline::select(project, o->select, progress);
                                  return {json::parse(pipeline::toJson(r)), describe(r)};
                                });
              }};
  });
}

void addTsne(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, role = "train";
    pipeline::MapOptions map;
  };
  auto o = std::make_shared<Options>();
  auto& t = o->map.tsne;
  CLI::App* c = addCommand(app, "tsne", "A map of the faces in two dimensions", o->project);
  c->add_option("--features", o->map.features, "Feature table; empty: the newest");
  c->add_option("--name", o->map.name, "Name of the map");
  c->add_option("--role", o->role, "Identities on the map: train, test or pool");
  c->add_option("--limit", o->map.limit, "At most so many faces, drawn at random; 0: all")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000}));
  c->add_option("--perplexity", t.perplexity, "Neighbours that count for a face");
  c->add_option("--iterations", t.iterations, "Steps of gradient descent")->check(CLI::Range(1, 1000000));
  addSeed(*c, t.seed, "Seed");
  c->callback([o, c, &chosen] {
    chosen = {"tsne", [o, c](Env& env) {
                return recorded(
                    env, o->project, *c, false,
                    [&](project::Project& project, Progress& progress) -> Outcome {
                      o->map.role = project::parseRole(o->role);
                      const auto r = pipeline::makeMap(project, o->map, progress);
                      return {json{{"map", r.name},
                                   {"features", r.features},
                                   {"faces", r.faces},
                                   {"of", r.of},
                                   {"kl", r.kl},
                                   {"iterations", r.iterations},
                                   {"seconds", r.seconds}},
                              fmt::format("map '{}' of features '{}': {} of {} faces, {} iterations, "
                                          "Kullback-Leibler divergence {:.3f}, {:.1f} s",
                                          r.name, r.features, r.faces, r.of, r.iterations, r.kl, r.seconds)};
                    });
              }};
  });
}
}  // namespace

void addSelectionCommands(CLI::App& app, Chosen& chosen) {
  addSelect(app, chosen);
  addTsne(app, chosen);
}

}  // namespace discern::app
