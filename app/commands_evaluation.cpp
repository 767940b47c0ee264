// evaluate, sweep
#include <algorithm>
#include <limits>

#include "app/commands.h"
#include "core/analysis/operating_point.h"
#include "core/base/error.h"
#include "core/pipeline/evaluate.h"

namespace discern::app {
namespace {
using nlohmann::json;

std::string percent(double value) { return value == value ? fmt::format("{:.2f}", 100 * value) : "-"; }

std::string describe(const pipeline::EvaluateResult& r, const pipeline::EvaluateOptions& o) {
  std::string text = fmt::format(
      "protocol '{}': {} templates, {} genuine and {} impostor comparisons; features '{}', scores '{}', "
      "threshold {:.4f}; FAR rule: {}\n",
      r.protocol, r.templates, r.genuine, r.impostor, r.features, r.scores.empty() ? "none" : r.scores,
      r.threshold, o.rule == evaluation::FarRule::AtMost ? "at most" : "nearest");
  text += fmt::format("{:<22}{:>8}{:>8}", "aggregation", "AUC", "EER %");
  const int width = o.bootstraps > 0 ? 24 : 18;
  for (const double far : o.fars) text += fmt::format("{:>{}}", fmt::format("TAR % @ {:g}", far), width);
  text += fmt::format("{:>9}{:>11}", "kept %", "compute %");
  if (r.folds > 0) text += fmt::format("{:>18}", "accuracy %");
  text += "\n";
  for (const auto& row : r.aggregations) {
    text += fmt::format("{:<22}{:>8.4f}{:>8}", row.name, row.verification.auc, percent(row.verification.eer));
    for (const auto& t : row.verification.tarAtFar) {
      std::string cell = t.supported ? percent(t.tar) : "too few impostors";
      if (t.supported && o.bootstraps > 0) cell += fmt::format(" [{}, {}]", percent(t.low), percent(t.high));
      text += fmt::format("{:>{}}", cell, width);
    }
    text += fmt::format("{:>9}{:>11}", percent(row.kept), percent(row.macsShare));
    if (r.folds > 0)
      text += fmt::format("{:>18}",
                          fmt::format("{} +- {}", percent(row.folds.accuracy), percent(row.folds.error)));
    text += "\n";
  }
  for (const auto& e : r.edc)
    text += fmt::format("EDC of '{}': FNMR {} % at no discard, pAUC {:.5f}\n", e.name,
                        percent(e.result.startFnmr), e.result.pauc);
  for (const auto& a : r.agreement)
    text += fmt::format(
        "Spearman of '{}' with the true D-score on {} test images of {} identities: within identities {:.3f} "
        "(clean {:.3f}, degraded {:.3f}), global {:.3f} (clean {:.3f}, degraded {:.3f})\n",
        a.scores, a.images, a.identities, a.within, a.withinClean, a.withinDegraded, a.global, a.globalClean,
        a.globalDegraded);
  return text;
}

void takeIfNotGiven(const CLI::App& command, const char* option, auto& field, const auto& value) {
  if (command.count(option) == 0) field = value;
}

// What neither was given nor has a place in `o` stays as it is.
void takeTables(const analysis::OperatingPoint& point, const CLI::App& command, auto& o) {
  takeIfNotGiven(command, "--protocol", o.protocol, point.protocol);
  takeIfNotGiven(command, "--features", o.features, point.features);
  takeIfNotGiven(command, "--scores", o.scores, point.scores);
  takeIfNotGiven(command, "--weights", o.weights, point.weights);
}

void takePoint(const project::Project& project, const CLI::App& command, pipeline::EvaluateOptions& o) {
  const auto point = analysis::resolved(analysis::storedPoint(project), analysis::choicesOf(project));
  takeTables(point, command, o);
  if (command.count("--percentile") == 0)
    takeIfNotGiven(command, "--threshold", o.threshold, point.threshold);
  if (std::ranges::find(o.fars, point.far) == o.fars.end()) {
    o.fars.push_back(point.far);
    std::ranges::sort(o.fars);
  }
}

void addEvaluate(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, fars = "1e-4,1e-3,1e-2,1e-1", rule = "at-most", edc = "fixed", rescale = "all";
    bool point = false;
    pipeline::EvaluateOptions evaluate;
  };
  auto o = std::make_shared<Options>();
  auto& e = o->evaluate;
  CLI::App* c = addCommand(
      app, "evaluate", "Verification under every aggregation: ROC, AUC, EER, TAR at FAR, EDC", o->project);
  c->add_option("--protocol", e.protocol, "Protocol; empty: the newest");
  c->add_option("--features", e.features, "Feature table; empty: the newest");
  c->add_option("--scores", e.scores, "Score table for the aggregations; empty: the newest");
  c->add_option("--weights", e.weights,
                "Another score table (a head's): DDL once more, which drops by --scores and weighs by this; "
                "empty: not");
  c->add_option("--threshold", e.threshold, "DDL keeps samples with a score above this");
  c->add_option("--percentile", e.percentile,
                "The threshold as a percentile of the protocol's scores; -1: use --threshold");
  c->add_option("--k", e.k, "Samples of top-k and random-k")->check(CLI::Range(1, 100000));
  c->add_option("--far", o->fars, "Operating points, comma-separated");
  c->add_option("--far-rule", o->rule, "at-most (FAR <= target) or nearest (InsightFace's)");
  c->add_option("--edc", o->edc, "Error versus discard: fixed (threshold of zero discard) or cr-fiqa");
  c->add_option("--fmr", e.fmr, "False match rate of the EDC's threshold");
  c->add_option("--bootstraps", e.bootstraps, "Resamplings for the 95 % intervals; 0: none");
  c->add_option("--rescale", o->rescale, "DDL weights: off, on, auto, or all three");
  c->add_flag(
      "--point", o->point,
      "Takes features, scores, weights, protocol and threshold from the project's operating point, where "
      "they are not given here, and reads true accepts at its FAR too");
  addSeed(*c, e.seed, "Seed of bootstrap and random-k");
  c->callback([o, c, &chosen] {
    chosen = {
        "evaluate", [o, c](Env& env) {
          return recorded(
              env, o->project, *c, false, [&](project::Project& project, Progress& progress) -> Outcome {
                auto& e = o->evaluate;
                e.fars =
                    numberList("--far", o->fars, 1e-12, 1.0, "rates between 0 and 1, such as 1e-3,1e-2,");
                if (o->rule != "at-most" && o->rule != "nearest")
                  fail("--far-rule {}: use at-most or nearest", o->rule);
                if (o->edc != "fixed" && o->edc != "cr-fiqa") fail("--edc {}: use fixed or cr-fiqa", o->edc);
                e.rule = o->rule == "nearest" ? evaluation::FarRule::Nearest : evaluation::FarRule::AtMost;
                e.edc = o->edc == "fixed" ? evaluation::EdcVariant::FixedThreshold
                                          : evaluation::EdcVariant::CrFiqa;
                e.rescales.clear();
                if (o->rescale == "all")
                  e.rescales = {aggregation::Rescale::Off, aggregation::Rescale::On,
                                aggregation::Rescale::Auto};
                else
                  e.rescales = {aggregation::parseRescale(o->rescale)};
                if (o->point) takePoint(project, *c, e);
                const auto r = pipeline::evaluate(project, e, progress);
                return {json::parse(toJson(r, e)), describe(r, e)};
              });
        }};
  });
}

// Where a point of a sweep lies, and what it costs.
std::string describe(const sweep::Curve& curve, const sweep::ThresholdEvaluator::Point& p) {
  return fmt::format("{}{}: TAR {} %, {} % of the samples, {} % of the compute", curve.name,
                     curve.isBaseline ? "" : fmt::format(" at threshold {:.4f}", p.threshold), percent(p.tar),
                     percent(p.keptShare), percent(p.cost.share));
}

std::string describe(const pipeline::SweepJobResult& r) {
  std::string text = fmt::format("sweep of '{}' with scores '{}' in {:.2f} s; TAR at FAR {:g}\n", r.protocol,
                                 r.scores, r.seconds, r.far);
  for (const auto& curve : r.sweep.curves) {
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
  for (const auto& curve : r.sweep.curves)
    for (const auto& p : curve.points) best = std::max(best, p.tar);
  if (r.sweep.kneeCurve >= 0) {
    const auto& curve = r.sweep.curves[static_cast<std::size_t>(r.sweep.kneeCurve)];
    const auto& p = curve.points[static_cast<std::size_t>(r.sweep.kneePoint)];
    text += fmt::format("proposed knee: {}, {:.1f} points below the best\n", describe(curve, p),
                        100 * (best - p.tar));
  }
  std::string cheapest;
  double least = std::numeric_limits<double>::infinity();
  for (const auto& curve : r.sweep.curves)
    for (const auto& p : curve.points)
      if (p.tar >= best - kNear && p.cost.share < least) {
        least = p.cost.share;
        cheapest = describe(curve, p);
      }
  if (!cheapest.empty())
    text += fmt::format("cheapest within {:g} points of the best TAR: {}\n", 100 * kNear, cheapest);
  return text;
}

void addSweep(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project;
    bool point = false;
    pipeline::SweepJobOptions sweep;
  };
  auto o = std::make_shared<Options>();
  CLI::App* c = addCommand(app, "sweep", "Accuracy, kept share and compute over thresholds and aggregations",
                           o->project);
  c->add_option("--protocol", o->sweep.protocol, "Protocol; empty: the newest");
  c->add_option("--features", o->sweep.features, "Feature table; empty: the newest");
  c->add_option("--scores", o->sweep.scores, "Score table; empty: the newest");
  c->add_option("--weights", o->sweep.weights,
                "Another score table (a head's): one more curve, which drops by --scores and weighs by this; "
                "empty: not");
  c->add_option("--thresholds", o->sweep.thresholds, "Thresholds, at evenly spaced quantiles of the scores")
      ->check(CLI::Range(2, 100000));
  c->add_option("--far", o->sweep.far, "Operating point");
  c->add_flag("--accuracy", o->sweep.accuracy, "Accuracy at the best threshold, too");
  c->add_flag(
      "--point", o->point,
      "Takes features, scores, weights, protocol and FAR from the project's operating point, where they "
      "are not given here");
  c->callback([o, c, &chosen] {
    chosen = {"sweep", [o, c](Env& env) {
                return recorded(env, o->project, *c, false,
                                [&](project::Project& project, Progress& progress) -> Outcome {
                                  if (o->point) {
                                    const auto point = analysis::resolved(analysis::storedPoint(project),
                                                                          analysis::choicesOf(project));
                                    takeTables(point, *c, o->sweep);
                                    takeIfNotGiven(*c, "--far", o->sweep.far, point.far);
                                  }
                                  const auto r = pipeline::runSweep(project, o->sweep, progress);
                                  return {json::parse(toJson(r)), describe(r)};
                                });
              }};
  });
}
}  // namespace

void addEvaluationCommands(CLI::App& app, Chosen& chosen) {
  addEvaluate(app, chosen);
  addSweep(app, chosen);
  addPointCommand(app, chosen);
}

}  // namespace discern::app
