// evaluate, aggregate, sweep, compare, templates, slices
#include <algorithm>
#include <cmath>
#include <limits>

#include "app/commands.h"
#include "app/words.h"
#include "core/aggregation/methods.h"
#include "core/analysis/operating_point.h"
#include "core/evaluation/slices.h"
#include "core/evaluation/verification.h"
#include "core/jobs/fars.h"
#include "core/pipeline/aggregate.h"
#include "core/pipeline/compare_sides.h"
#include "core/pipeline/evaluate.h"
#include "core/pipeline/slices.h"
#include "core/pipeline/sweep.h"
#include "core/pipeline/templates.h"

namespace discern::app {
namespace {
std::string percent(double value) { return value == value ? fmt::format("{:.2f}", 100 * value) : "-"; }

std::string correlation(double value) { return value == value ? fmt::format("{:.3f}", value) : "-"; }
// "0.712 (clean 0.431, degraded 0.802)"; of a kind of which there are none nothing is said.
std::string partedText(double all, double clean, double degraded) {
  std::string parts;
  for (const auto& [name, value] : {std::pair("clean", clean), std::pair("degraded", degraded)})
    if (value == value) parts += fmt::format("{}{} {:.3f}", parts.empty() ? "" : ", ", name, value);
  return correlation(all) + (parts.empty() ? "" : " (" + parts + ")");
}

std::string describe(const results::TriedPoint& t) {
  return fmt::format(
      "operating point of {} (protocol '{}'), {} at threshold {:.4f}, accepting from {:.4f} on: there FAR "
      "{:.3g} and "
      "TAR {} %; here FAR {:.3g} [{:.3g}, {:.3g}] and TAR {} % [{}, {}], {} % of the images kept; FAR {:g} "
      "{}\n",
      t.from, t.protocol, t.aggregation, t.threshold, t.accept, t.farThere, percent(t.tarThere), t.farHere,
      t.farLow, t.farHigh, percent(t.tar), percent(t.tarLow), percent(t.tarHigh), percent(t.kept), t.far,
      t.travels           ? "holds here within chance"
      : t.farHigh < t.far ? "is kept to here with room to spare: the threshold is stricter than it need be"
                          : "is exceeded here");
}

std::string describe(const results::EvaluateResult& r) {
  std::string text = fmt::format(
      "protocol '{}': {}, {} genuine and {} impostor comparisons{}; features '{}' {}{}, scores "
      "'{}', "
      "threshold {:.4f}; FAR rule: {}\n",
      r.protocol, counted(r.templates, "template", "templates"), r.genuine, r.impostor,
      r.everyPair ? " (it lists none: every template with every other one)" : "", r.features,
      lengthsText(r.lengths), flipText(r.flip), r.scores.empty() ? "none" : r.scores, r.threshold, r.farRule);
  text += trueScoresText(r.trueScores, r.scores);
  if (r.weights != r.scores) text += trueScoresText(r.trueWeights, r.weights);
  if (!r.published.empty()) text += fmt::format("DDL's aggregation {}\n", r.published);
  text += fmt::format("{:<22}{:>8}{:>8}", "aggregation", "AUC", "EER %");
  const int width = r.bootstraps > 0 ? 24 : 18;
  for (const auto& t : r.aggregations.front().tar)
    text += fmt::format("{:>{}}", fmt::format("TAR % @ {:g}", t.far), width);
  text += fmt::format("{:>9}{:>11}", "kept %", "compute %");
  if (r.folds > 0) text += fmt::format("{:>18}", "accuracy %");
  text += "\n";
  for (const auto& row : r.aggregations) {
    text += fmt::format("{:<22}{:>8.4f}{:>8}", row.name, row.auc, percent(row.eer));
    for (const auto& t : row.tar) {
      std::string cell = t.supported ? percent(t.tar) : "too few impostors";
      if (t.supported && r.bootstraps > 0) cell += fmt::format(" [{}, {}]", percent(t.low), percent(t.high));
      text += fmt::format("{:>{}}", cell, width);
    }
    text += fmt::format("{:>9}{:>11}", percent(row.kept), percent(row.macsShare));
    if (r.folds > 0)
      text +=
          fmt::format("{:>18}", fmt::format("{} +- {}", percent(row.accuracy), percent(row.accuracyError)));
    text += "\n";
  }
  for (const auto& row : r.aggregations)
    if (!row.tarOverFolds.empty()) {
      text += fmt::format("{} over {} folds, each with its own threshold: TAR %", row.name, r.folds);
      for (const auto& t : row.tarOverFolds)
        text += t.supported ? fmt::format(" {} +- {} @ {:g}", percent(t.mean), percent(t.deviation), t.far)
                            : fmt::format(" too few pairs in a fold @ {:g}", t.far);
      text += "\n";
    }
  for (const auto& e : r.edc) {
    text += fmt::format("EDC of '{}' at FMR {:g}: ", e.name, r.edcFmr);
    text += evaluation::supports(r.impostor, r.edcFmr)
                ? fmt::format("FNMR {} % at no discard, pAUC {:.5f}\n",
                              percent(e.curve.empty() ? std::nan("") : e.curve.front().fnmr), e.pauc)
                : "too few impostors\n";
  }
  if (r.tried) text += describe(*r.tried);
  for (const auto& a : r.agreement)
    text += fmt::format(
        "Spearman of '{}' with the true D-score on {} test images of {} identities: within identities {}, "
        "global {}\n",
        a.scores, a.images, a.identities, partedText(a.within, a.withinClean, a.withinDegraded),
        partedText(a.global, a.globalClean, a.globalDegraded));
  return text;
}

// By itself, or by a preset.
bool isGiven(const CLI::App& command, const std::string& option) {
  if (command.count(option) > 0) return true;
  const auto* chosen = command.get_option_no_throw("--preset");
  if (chosen == nullptr || chosen->empty()) return false;
  const auto name = chosen->as<std::string>();
  return std::ranges::any_of(jobs::jobOf(command.get_name()).presets, [&](const Preset& preset) {
    return preset.name == name && std::ranges::any_of(preset.values, [&](const auto& value) {
             return "--" + value.first == option;
           });
  });
}

void takeIfNotGiven(const CLI::App& command, const char* option, auto& field, const auto& value) {
  if (!isGiven(command, option)) field = value;
}

using analysis::OperatingPoint;

// What neither was given nor has a place in `o` stays as it is.
void takeTables(const OperatingPoint& point, const CLI::App& command, auto& o) {
  takeIfNotGiven(command, "--protocol", o.protocol, point.protocol);
  takeIfNotGiven(command, "--features", o.features, point.features);
  takeIfNotGiven(command, "--scores", o.scores, point.scores);
  takeIfNotGiven(command, "--weights", o.weights, point.weights);
  takeIfNotGiven(command, "--lengths", o.lengths, point.lengths);
}

// All of the operating point that is not given.
void takePoint(const OperatingPoint& point, const CLI::App& command, auto& o) {
  takeTables(point, command, o);
  takeIfNotGiven(command, "--rescale", o.rescale, point.rescale);
  takeIfNotGiven(command, "--threshold", o.threshold, point.threshold);
  takeIfNotGiven(command, "--far", o.far, point.far);
}

void takePoint(const OperatingPoint& point, const CLI::App& command, jobs::EvaluateOptions& o) {
  takeTables(point, command, o);
  if (command.count("--percentile") == 0)
    takeIfNotGiven(command, "--threshold", o.threshold, point.threshold);
  o.fars = jobs::withFar(o.fars, point.far);
}

void takePoint(const OperatingPoint& point, const CLI::App& command, jobs::SweepJobOptions& o) {
  takeTables(point, command, o);
  takeIfNotGiven(command, "--far", o.far, point.far);
}

void takePoint(const OperatingPoint& point, const CLI::App& command, jobs::CompareOptions& o) {
  takeIfNotGiven(command, "--protocol", o.protocol, point.protocol);
  takeIfNotGiven(command, "--features-a", o.featuresA, point.features);
  takeIfNotGiven(command, "--scores-a", o.scoresA, point.scores);
  takeIfNotGiven(command, "--weights-a", o.weightsA, point.weights);
  takeIfNotGiven(command, "--rescale-a", o.rescaleA, point.rescale);
  takeIfNotGiven(command, "--rescale-b", o.rescaleB, point.rescale);
  takeIfNotGiven(command, "--lengths-a", o.lengthsA, point.lengths);
  takeIfNotGiven(command, "--threshold-a", o.thresholdA, point.threshold);
  takeIfNotGiven(command, "--flips-far", o.flipsFar, point.far);
  o.fars = jobs::withFar(o.fars, point.far);
}

// A job with the switch `--point`. What it takes of the point is recorded with the run, so that it can be
// repeated when the point is another one.
template <class O>
CLI::App* addJobAtPoint(CLI::App& app, Chosen& chosen, const std::string& job, const Fields<O>& fields,
                        std::function<Outcome(project::Project&, const O&, Progress&)> work) {
  return addJob<O>(
      app, chosen, job, fields, std::move(work), false,
      [](CLI::App& command, const std::string& project, O& options) {
        if (options.point)
          takePoint(analysis::currentPoint(project::Project::open(project, project::Project::Mode::Read)),
                    command, options);
      });
}

std::string aggregationsHelp(const std::vector<std::string>& names) {
  std::string text = "Aggregations, where what they need is known:";
  for (const auto& name : names)
    text += fmt::format("\n  {:<18} {}", name, aggregation::methods().help(name));
  return text;
}

void addEvaluate(CLI::App& app, Chosen& chosen) {
  CLI::App* c = addJobAtPoint<jobs::EvaluateOptions>(
      app, chosen, "evaluate", jobs::evaluateFields(),
      [](project::Project& project, const jobs::EvaluateOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::evaluate(project, o, progress);
        return {r, describe(r)};
      });
  c->footer(aggregationsHelp(aggregation::methods().names()));
}

// Where a point of a sweep lies, and what it costs.
std::string describe(const sweep::Curve& curve, const sweep::ThresholdEvaluator::Point& p) {
  return fmt::format("{}{}: TAR {} %, {} % of the samples, {} % of the compute", curve.name,
                     curve.isBaseline ? "" : fmt::format(" at threshold {:.4f}", p.threshold), percent(p.tar),
                     percent(p.keptShare), percent(p.cost.share));
}

std::string describe(const results::SweepJobResult& r) {
  std::string text =
      fmt::format("sweep of '{}' with scores '{}', features {}, in {:.2f} s; TAR at FAR {:g}\n", r.protocol,
                  r.scores, lengthsText(r.lengths), r.seconds, r.far);
  if (!r.supported())
    text += fmt::format("too few impostors for this FAR: {}, and at least {} are needed\n", r.impostors,
                        evaluation::leastImpostors(r.far));
  text += trueScoresText(r.trueScores, r.scores);
  if (r.weights != r.scores) text += trueScoresText(r.trueWeights, r.weights);
  if (!r.published.empty()) text += fmt::format("DDL's sweep {}\n", r.published);
  for (const auto& curve : r.curves) {
    const auto best =
        std::max_element(curve.points.begin(), curve.points.end(), [](const auto& a, const auto& b) {
          return a.tar != b.tar ? a.tar < b.tar : a.cost.share > b.cost.share;  // of equal ones the cheapest
        });
    if (best == curve.points.end()) continue;
    text +=
        fmt::format("{:<22} best TAR {:>6} % keeping {:>6} % of the samples at {:>6} % of the compute{}\n",
                    curve.name, percent(best->tar), percent(best->keptShare), percent(best->cost.share),
                    curve.isBaseline ? "" : fmt::format(", threshold {:.4f}", best->threshold));
  }
  constexpr double kNear = 0.005;  // of TAR
  double best = -1;
  for (const auto& curve : r.curves)
    for (const auto& p : curve.points) best = std::max(best, p.tar);
  if (r.target) {
    const auto& t = *r.target;
    if (t.aggregation.empty()) {
      text += "no point of any curve reaches the target\n";
    } else {
      const std::string interval =
          std::isfinite(t.low) ? fmt::format(", 95 % interval {:+.2f} to {:+.2f}", 100 * t.low, 100 * t.high)
                               : "";
      text += fmt::format(
          "target reached by {} at threshold {:.4f}: TAR {} % ({:+.2f} points against the plain mean of "
          "every image{}), {} % of the samples, {} % of the compute\n",
          t.aggregation, t.threshold, percent(t.tar), 100 * (t.tar - t.reference), interval, percent(t.kept),
          percent(t.compute));
    }
  }
  if (r.knee) {
    const auto& curve = r.curves[static_cast<std::size_t>(r.knee->curve)];
    const auto& p = curve.points[static_cast<std::size_t>(r.knee->point)];
    text += fmt::format("proposed knee: {}, {:.1f} points below the best\n", describe(curve, p),
                        100 * (best - p.tar));
  }
  std::string cheapest;
  double least = std::numeric_limits<double>::infinity();
  for (const auto& curve : r.curves)
    for (const auto& p : curve.points)
      if (p.tar >= best - kNear && p.cost.share < least) {
        least = p.cost.share;
        cheapest = describe(curve, p);
      }
  if (!cheapest.empty())
    text += fmt::format("cheapest within {:g} points of the best TAR: {}\n", 100 * kNear, cheapest);
  return text;
}

std::string describe(const results::AggregateResult& r) {
  std::string text = fmt::format(
      "{} of protocol '{}' by {} at threshold {:.4f}: {}, {} of them kept, {} failed, {} without one; "
      "features {}, {} dimensions\nDDNet '{}' on all {:.2f} s, {} on the kept {:.2f} s",
      counted(r.templates, "template", "templates"), r.protocol, r.aggregation, r.threshold,
      counted(r.images, "image", "images"), r.kept, r.failed, counted(r.empty, "template", "templates"),
      lengthsText(r.lengths), r.dims, r.ddnet, r.scoreSeconds, r.model, r.keptSeconds);
  if (!std::isnan(r.allSeconds))
    text += fmt::format(
        "; the base model on all {:.2f} s ({} of {} dropped images measured): {} % of the time, {} % of "
        "the multiply-accumulates",
        r.allSeconds, r.measured, r.images - r.kept, percent(r.timeShare), percent(r.macsShare));
  if (!r.published.empty()) text += "\nDDL's test stage " + r.published;
  return text + fmt::format("\n{}\n{}\n{}", r.file, r.templatesCsv, r.imagesCsv);
}

void addAggregate(CLI::App& app, Chosen& chosen) {
  addJob<jobs::AggregateOptions>(
      app, chosen, "aggregate", jobs::aggregateFields(),
      [](project::Project& project, const jobs::AggregateOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::aggregate(project, o, progress);
        return {r, describe(r)};
      });
}

void addSweep(CLI::App& app, Chosen& chosen) {
  CLI::App* c = addJobAtPoint<jobs::SweepJobOptions>(
      app, chosen, "sweep", jobs::sweepFields(),
      [](project::Project& project, const jobs::SweepJobOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::runSweep(project, o, progress);
        return {r, describe(r)};
      });
  auto names = aggregation::methods().names([](const auto& method) { return method.takesThreshold; });
  for (const auto method : sweep::usualBaselines()) names.emplace_back(aggregation::toString(method));
  c->footer(aggregationsHelp(names));
}

std::string describe(const results::ComparedSide& side) {
  std::string text =
      fmt::format("features '{}' {}, {}", side.features, lengthsText(side.lengths), side.aggregation);
  if (!side.scores.empty()) text += fmt::format(" by scores '{}'", side.scores);
  text += fmt::format(", AUC {:.4f}", side.auc);
  if (!std::isnan(side.accuracy)) text += fmt::format(", accuracy {} %", percent(side.accuracy));
  return text;
}

std::string describe(const results::CompareResult& r) {
  std::string text = fmt::format("protocol '{}': {} genuine and {} impostor pairs\nA: {}\nB: {}\n",
                                 r.protocol, r.genuine, r.impostor, describe(r.a), describe(r.b));
  for (const auto& t : r.tar) {
    if (!t.supported) {
      text += fmt::format("TAR at FAR {:g}: too few impostor pairs\n", t.far);
      continue;
    }
    text += fmt::format("TAR at FAR {:g}: {} % and {} %, B - A {:+.2f} points", t.far, percent(t.tarA),
                        percent(t.tarB), 100 * t.difference);
    if (r.bootstraps > 0)
      text += fmt::format(" [{:+.2f}, {:+.2f}], {}", 100 * t.low, 100 * t.high,
                          t.beyondChance ? "beyond chance" : "may be chance");
    text += fmt::format("; genuine pairs: {} gained, {} lost; impostors: {} gained, {} lost\n", t.gained,
                        t.lost, t.falselyGained, t.falselyLost);
  }
  if (r.folds > 0)
    text += fmt::format("accuracy over {} folds: B - A {:+.2f} +- {:.2f} points\n", r.folds,
                        100 * r.accuracyDifference, 100 * r.accuracyError);
  if (!r.flips.empty())
    text += fmt::format("pairs that flip at FAR {:g}, similarity by A and by B:\n", r.flipsFar);
  for (const auto& f : r.flips)
    text += fmt::format("  {:<15}{:.4f} {:.4f}  {} and {}\n", f.change, f.scoreA, f.scoreB, f.fileA, f.fileB);
  return text;
}

void addCompare(CLI::App& app, Chosen& chosen) {
  addJobAtPoint<jobs::CompareOptions>(
      app, chosen, "compare", jobs::compareFields(),
      [](project::Project& project, const jobs::CompareOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::compareSides(project, o, progress);
        return {r, describe(r)};
      });
}

std::string numberOr(double value) { return value == value ? fmt::format("{:.4f}", value) : "-"; }

std::string rankOr(std::int64_t rank) { return rank > 0 ? std::to_string(rank) : "-"; }

std::string describe(const results::TemplatesResult& r) {
  std::string text = fmt::format(
      "protocol '{}': {}, features '{}' {}, scores '{}', {}, threshold {:.4f}; accepted at FAR "
      "{:g}: "
      "from "
      "{}{}\n",
      r.protocol, counted(r.templates, "template", "templates"), r.features, lengthsText(r.lengths),
      r.scores.empty() ? "none" : r.scores, r.aggregation, r.threshold, r.far, numberOr(r.accept),
      r.supported ? "" : " (too few impostors for this FAR)");
  text += fmt::format("{:>7}{:>9}{:>9}{:>10}{:>7}{:>12}{:>10}{:>7}  {}\n", "images", "kept %", "genuine",
                      "impostor", "rank", "by average:", "impostor", "rank", "template");
  for (const auto& t : r.rows)
    text += fmt::format("{:>7}{:>9}{:>9}{:>10}{:>7}{:>12}{:>10}{:>7}  {}{}\n", t.images, percent(t.kept),
                        numberOr(t.worstGenuine), numberOr(t.bestImpostor), rankOr(t.rank),
                        numberOr(t.plainGenuine), numberOr(t.plainImpostor), rankOr(t.plainRank), t.name,
                        t.identity.empty() ? "" : fmt::format(" ({})", t.identity));
  return text;
}

void addTemplates(CLI::App& app, Chosen& chosen) {
  addJobAtPoint<jobs::TemplatesOptions>(
      app, chosen, "templates", jobs::templatesFields(),
      [](project::Project& project, const jobs::TemplatesOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::templates(project, o, progress);
        return {r, describe(r)};
      });
}

std::string describe(const results::SlicesResult& r) {
  std::string text = fmt::format(
      "protocol '{}' by {}{}: features '{}' {}, scores '{}', {}, threshold {:.4f}; accepted at FAR {:g} of "
      "all: from {}, TAR {}\n",
      r.protocol, r.column, r.metadata.empty() ? "" : " of " + r.metadata, r.features, lengthsText(r.lengths),
      r.scores.empty() ? "none" : r.scores, r.aggregation, r.threshold, r.far, numberOr(r.accept),
      r.supported ? percent(r.tar) + " %" : "- (too few impostors for this FAR)");
  text += fmt::format("{:>8}{:>8}{:>8}{:>9}{:>9} {:>16}{:>10}{:>11}{:>9} {:>16}  {}\n", "images", "score",
                      "kept %", "genuine", "TAR %", "95 %", "impostor", "FAR", "pAUC", "95 %", r.column);
  for (const auto& s : r.slices)
    text += fmt::format("{:>8}{:>8}{:>8}{:>9}{:>9} {:>16}{:>10}{:>11}{:>9} {:>16}  {}{}\n", s.images,
                        numberOr(s.score), percent(s.kept), s.genuine, percent(s.tar),
                        fmt::format("{} to {}", percent(s.tarLow), percent(s.tarHigh)), s.impostor,
                        std::isfinite(s.far) ? fmt::format("{:.2e}", s.far) : "-", numberOr(s.pauc),
                        fmt::format("{} to {}", numberOr(s.paucLow), numberOr(s.paucHigh)), s.name,
                        s.supported ? "" : " (few comparisons)");
  text += fmt::format("across parts, or of what nobody knows: {}\n",
                      counted(r.across, "comparison", "comparisons"));
  if (!r.worst.empty())
    text += fmt::format("lowest TAR: {}{}\n", r.worst,
                        r.beyondChance ? ", below the others by more than chance" : ", not beyond chance");
  else
    text += fmt::format(
        "no part is called the worst: fewer than two have {} genuine and {} impostor comparisons (3 / "
        "FAR)\n",
        evaluation::kLeastGenuine, evaluation::leastImpostors(r.far));
  return text;
}

void addSlices(CLI::App& app, Chosen& chosen) {
  addJobAtPoint<jobs::SlicesOptions>(
      app, chosen, "slices", jobs::slicesFields(),
      [](project::Project& project, const jobs::SlicesOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::slices(project, o, progress);
        return {r, describe(r)};
      });
}
}  // namespace

void addEvaluationCommands(CLI::App& app, Chosen& chosen) {
  addEvaluate(app, chosen);
  addAggregate(app, chosen);
  addSweep(app, chosen);
  addCompare(app, chosen);
  addTemplates(app, chosen);
  addSlices(app, chosen);
  addPointCommand(app, chosen);
  addMarkCommand(app, chosen);
  addDoubtsCommand(app, chosen);
}

}  // namespace discern::app
