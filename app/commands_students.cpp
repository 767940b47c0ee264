// distil, cost, identify
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/commands.h"
#include "app/words.h"
#include "core/pipeline/distil.h"
#include "core/pipeline/identify.h"
#include "core/pipeline/model_cost.h"

namespace discern::app {
namespace {
std::string describe(const pipeline::DistilResult& r) {
  std::string text =
      fmt::format("student '{}' of teacher '{}': {} faces, {} with one of {} classes, {} regressed", r.name,
                  r.teacher, r.faces, r.classified, r.classes, r.regressed);
  if (!r.startedFrom.empty()) text += fmt::format(", started from '{}'", r.startedFrom);
  if (!r.selection.empty())
    text += fmt::format(" (selection '{}' keeps {}{})", r.selection, r.selected,
                        std::isnan(r.lambda) ? "" : fmt::format(" at lambda {:g}", r.lambda));
  text += fmt::format("; {:.0f} images/s; {:.3f} M parameters, {}, {:.3f} ms a face on one thread",
                      r.imagesPerSecond, r.parameters / 1e6, computeText(r.macs), r.milliseconds);
  if (std::isfinite(r.validationAccuracy))
    text += fmt::format("; held-out images: accuracy {:.2f} %", 100 * r.validationAccuracy);
  const auto row = [](const char* who, double auc, double accuracy) {
    return fmt::format("\n  {:<16} AUC {:.4f}{}", who, auc,
                       std::isfinite(accuracy) ? fmt::format(", accuracy {:.2f} %", 100 * accuracy) : "");
  };
  if (!r.published.empty()) text += "\nSKD " + r.published;
  for (const auto& c : r.checks)
    text += fmt::format("\nprotocol '{}'", c.protocol) +
            row("identity layer", c.aucIdentity, c.accuracyIdentity) +
            row("mimic layer", c.aucMimic, c.accuracyMimic) + row("teacher", c.aucTeacher, c.accuracyTeacher);
  return text;
}

void addDistil(CLI::App& app, Chosen& chosen) {
  addTraining<jobs::DistilOptions>(app, chosen, "distil", jobs::distilFields(),
                                   [](project::Project& project, const jobs::DistilOptions& o,
                                      Progress& progress, training::Ranks* ranks) -> Outcome {
                                     const auto r = pipeline::distil(project, o, progress, ranks);
                                     return {r, describe(r)};
                                   });
}

// Every device and batch size that some model was measured at, the newest's device first.
std::vector<std::pair<std::string, int>> columnsOf(const std::vector<pipeline::ModelCost>& costs) {
  std::vector<std::pair<std::string, int>> columns;
  for (const auto& cost : costs)
    for (const auto& at : cost.at)
      if (const std::pair column(at.device, at.batch); std::ranges::find(columns, column) == columns.end())
        columns.push_back(column);
  return columns;
}

std::string describe(const std::vector<pipeline::ModelCost>& costs, const pipeline::ModelCostOptions& o) {
  const auto columns = columnsOf(costs);
  std::string text = fmt::format(
      "one face on {}, {} thread{}; memory is what is counted, weights and workspace, and the growth of a "
      "fresh "
      "process\n{:<24}{:>6}{:>7}{:>12}{:>10}{:>10}",
      nameOf(o.device), o.threads, o.threads == 1 ? "" : "s", "model", "input", "dims", "parameters",
      "file MB", std::string("M") + evaluation::unitOf(o.count));
  for (const auto& [device, batch] : columns)
    text += fmt::format("{:>20}{:>12}{:>12}{:>12}", fmt::format("{} ms, batch {}", device, batch), "faces/s",
                        "counted MB", "growth MB");
  for (const auto& cost : costs) {
    text += fmt::format("\n{:<24}{:>6}{:>7}{:>12}{:>10.2f}{:>10.2f}", cost.name, cost.size, cost.dims,
                        cost.parameters > 0 ? fmt::format("{:.3f} M", cost.parameters / 1e6) : "-",
                        cost.fileBytes / 1e6, evaluation::countedAs(o.count, cost.macs) / 1e6);
    for (const auto& [device, batch] : columns) {
      const auto at = std::ranges::find_if(
          cost.at, [&](const auto& one) { return one.device == device && one.batch == batch; });
      if (at == cost.at.end()) {
        text += fmt::format("{:>20}{:>12}{:>12}{:>12}", "-", "-", "-", "-");
        continue;
      }
      const double counted = at->weightBytes + at->workspaceBytes;
      text += fmt::format("{:>20.4f}{:>12.0f}{:>12}{:>12.1f}", at->milliseconds, 1000 / at->milliseconds,
                          counted > 0 ? fmt::format("{:.2f}", counted / 1e6) : "-", at->peakBytes / 1e6);
    }
  }
  return text;
}

void addCost(CLI::App& app, Chosen& chosen) {
  addJob<jobs::ModelCostOptions>(
      app, chosen, "cost", jobs::costFields(),
      [](project::Project& project, const jobs::ModelCostOptions& o, Progress& progress) -> Outcome {
        const auto costs = pipeline::modelCosts(project, o, progress);
        return {results::CostResult{costs}, describe(costs, o)};
      });
}

std::string describeGalleries(const pipeline::IdentifyResult& r) {
  if (r.galleries.empty()) return "";
  std::string text = "\ntemplates by " + r.aggregation;
  if (!r.scores.empty()) text += fmt::format(" of '{}' at threshold {:.4f}", r.scores, r.threshold);
  text += fmt::format(", features {}{}, cosine; ranks by template, ties never help", lengthsText(r.lengths),
                      flipText(r.flip));
  if (!r.published.empty()) text += "\nDDL's search " + r.published;
  if (r.galleries.size() > 1)
    text += fmt::format("\nmeans over {} galleries; rank 1 {:.2f} +- {:.2f} %", r.galleries.size(),
                        100 * r.cmc.front(), 100 * r.cmcDeviation.front());
  for (const auto& g : r.galleries)
    text += fmt::format(
        "\n{} in {}: {} templates, {} of them distractors, {} probes, {} strangers, rank 1 {:.2f} %",
        g.probes, g.gallery, g.templates, g.distractors, g.known, g.strangers, 100 * g.cmc.front());
  return text;
}

std::string describeTracklets(const pipeline::IdentifyResult& r) {
  std::string text = fmt::format(
      "tracklets on '{}'{}: {} queries of {} persons in {} tracklets, {} of them distractors, {} queries{}; "
      "Euclidean distance of unit features\n{:<20}{:>7}{:>9}{:>7}{:>7}{:>7}{:>7}{:>18}{:>7}",
      r.features, r.scores.empty() ? "" : fmt::format(", scores '{}'", r.scores), r.probes, r.identities,
      r.gallery, r.distractors, r.queriesInGallery,
      r.junk > 0 ? fmt::format(", {} nobody's and so no match or miss", r.junk) : "", "", "kept", "mAP",
      "CMC-1", "5", "10", "20", "queries out: mAP", "CMC-1");
  const auto at = [](const std::vector<double>& cmc, std::size_t rank) {
    return rank <= cmc.size() ? 100 * cmc[rank - 1] : std::nan("");
  };
  for (const auto& row : r.tracklets)
    text +=
        fmt::format("\n{:<20}{:>7.1f}{:>9.2f}{:>7.2f}{:>7.2f}{:>7.2f}{:>7.2f}{:>18.2f}{:>7.2f}",
                    row.aggregation, 100 * row.kept, 100 * row.meanPrecision, at(row.cmc, 1), at(row.cmc, 5),
                    at(row.cmc, 10), at(row.cmc, 20), 100 * row.stepMeanPrecision, at(row.stepCmc, 1));
  text +=
      "\n%, MARS's own rule (queries stay, precision by trapezoids), and queries out with stepwise precision";
  const auto& first = r.tracklets.front();
  if (first.queries < r.probes)
    text += fmt::format("\n{} queries have no right tracklet and count in no mean", r.probes - first.queries);
  if (first.stepQueries < first.queries)
    text += fmt::format("\n{} more have none once queries are out", first.queries - first.stepQueries);
  return text;
}

std::string describeActions(const pipeline::IdentifyResult& r) {
  std::string text = fmt::format(
      "videos on '{}'{}: {} of {} classes, whose centroids are of {} training "
      "clips\n{:<20}{:<12}{:>7}{:>9}{:>8}"
      "{:>8}{:>8}{:>11}",
      r.features, r.scores.empty() ? "" : fmt::format(", scores '{}'", r.scores), r.probes, r.identities,
      r.gallery, "", "class by", "kept", "compute", "top-1", "top-5", "mean", "by class");
  for (const auto& row : r.actions)
    text += fmt::format("\n{:<20}{:<12}{:>7.1f}{:>9.1f}{:>8.2f}{:>8.2f}{:>8.2f}{:>11.2f}", row.aggregation,
                        row.classifier, 100 * row.kept, 100 * row.compute, 100 * row.accuracy.top1,
                        100 * row.accuracy.top5, 100 * row.accuracy.mean, 100 * row.accuracy.perClass);
  text +=
      "\n%; compute of running the base model on every clip; class by the nearest centroid, or the network's "
      "own layer on features as they are; mean of top-1 and top-5; by class: the mean of the classes' top-1";
  if (r.unknownVideos > 0)
    text += fmt::format("\n{} videos are of classes that nothing was trained on, and count nowhere",
                        r.unknownVideos);
  if (!r.published.empty()) text += "\nDDL's rows " + r.published;
  return text;
}

std::string describe(const pipeline::IdentifyResult& r) {
  if (!r.actions.empty()) return describeActions(r);
  if (!r.tracklets.empty()) return describeTracklets(r);
  if (r.benchmark == "uccs")
    return fmt::format(
        "UCCS's protocol on '{}': {} subjects, {} images to train on, {} to test, the reduction started {}: "
        "top-1 error {:.2f} %, top-5 error {:.2f} %",
        r.features, r.identities, r.gallery, r.probes,
        r.reductionStart == nameOf(jobs::ReductionStart::Own) ? "as the student's identity layer"
                                                              : "at random",
        100 * r.top1Error.value_or(0), 100 * r.top5Error.value_or(0));
  std::string text = fmt::format("{} on '{}': {} enrolled, {} probes, {} strangers\nrank", r.benchmark,
                                 r.features, r.gallery, r.probes, r.strangers);
  for (std::size_t k = 0; k < r.cmc.size(); ++k) text += fmt::format("{:>8}", k + 1);
  text += "\n%   ";
  for (const double rate : r.cmc) text += fmt::format("{:>8.2f}", 100 * rate);
  for (const auto& group : r.byDistance)
    text += fmt::format("\ndistance {}: rank 1 for {:.2f} % of {} probes", group.group, 100 * group.rate,
                        group.probes);
  if (r.meanPrecision) text += fmt::format("\nmAP {:.2f} % (Oxford's trapezoid)", 100 * *r.meanPrecision);
  text += describeGalleries(r);
  if (r.missingProbes > 0) text += fmt::format("\n{} probes of the protocol are not there", r.missingProbes);
  for (std::size_t i = 0; i < r.tpir.size(); ++i) {
    const auto& t = r.tpir[i];
    const std::string deviation =
        i < r.tpirDeviation.size() ? fmt::format(" +- {:.2f}", 100 * r.tpirDeviation[i]) : "";
    text += t.supported ? fmt::format("\nTPIR {:.2f}{} % at FPIR {:g}", 100 * t.tpir, deviation, t.fpir)
                        : fmt::format("\nTPIR at FPIR {:g}: too few strangers", t.fpir);
  }
  return text;
}

void addIdentify(CLI::App& app, Chosen& chosen) {
  addJob<jobs::IdentifyOptions>(
      app, chosen, "identify", jobs::identifyFields(),
      [](project::Project& project, const jobs::IdentifyOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::identify(project, o, progress);
        return {r, trueScoresText(r.trueScores, r.scores) + describe(r)};
      });
}
}  // namespace

void addStudentCommands(CLI::App& app, Chosen& chosen) {
  addDistil(app, chosen);
  addCost(app, chosen);
  addIdentify(app, chosen);
}

}  // namespace discern::app
