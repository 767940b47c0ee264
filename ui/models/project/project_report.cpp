#include "ui/models/project/project_report.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <map>

#include "core/analysis/agreement.h"
#include "core/analysis/inventory.h"
#include "core/analysis/percentiles.h"
#include "core/analysis/settings.h"
#include "core/results/stored.h"
#include "ui/models/images/duplicates.h"
#include "ui/models/project/counts.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/results/evaluation_table.h"
#include "ui/models/results/identification.h"
#include "ui/models/results/run_results.h"
#include "ui/models/results/run_text.h"

namespace discern::ui {
namespace {

constexpr int kProblemsListed = 20;

QString count(qint64 n) { return QLocale().toString(n); }

QString fixed(double value, int decimals) {
  return std::isfinite(value) ? QString::number(value, 'f', decimals) : QString("–");
}

QString orDash(double value, double unit, int decimals) {
  return value > 0 ? fixed(value / unit, decimals) : QString("–");
}

// A JSON object as "key value, key value".
QString plain(const std::string& json) {
  QStringList parts;
  for (const auto& [name, texts] : results::topLevelTexts(json))
    if (const QString text = QString::fromStdString(texts); !text.isEmpty())
      parts << QString::fromStdString(name) + ' ' + text;
  return parts.join(", ").replace('_', ' ');
}

// --- data

ReportSection dataSection(const Snapshot& snapshot, const project::Project& project) {
  ReportTable problems{"{Samples} that cannot be used", {"File", "Why"}, {}};
  qint64 unusable = 0;
  for (const auto& sample : snapshot.samples)
    if (sample.identity >= 0 && !sample.problem.empty() && unusable++ < kProblemsListed)
      problems.rows.append(
          {QString::fromStdString(sample.image.file), QString::fromStdString(sample.problem)});
  ReportSection section{"Data", {}, {}, {}, {}, false};
  ReportTable table{
      {},
      {"Set", "Role", "{Identities}", "Excluded", "Merged", "{Samples}", "Degraded copies", "Unusable"},
      {}};
  for (const auto& n : analysis::setCounts(snapshot.samples, snapshot.identities))
    table.rows.append({QString::fromStdString(n.set), project::toString(n.role), count(n.identities),
                       count(n.excluded), count(n.merged), count(n.images), count(n.copies),
                       count(n.unusable)});
  section.tables.push_back(std::move(table));
  const analysis::Totals& totals = snapshot.totals;
  section.paragraphs << QString(
                            "Today %1, merged names counted once and the excluded left out; %2 of them "
                            "have two or more originals. %3 in all.")
                            .arg(identityCounts(totals), count(totals.all.withSeveral),
                                 imageCounts(snapshot.kind->sample, totals.originals, totals.copies));
  if (unusable > kProblemsListed)
    problems.title += QString(" (%1 of %2)").arg(kProblemsListed).arg(count(unusable));
  if (unusable > 0) section.tables.push_back(std::move(problems));
  const auto pairs =
      openDuplicates(project.setting(analysis::settings::kProbablySame).value_or(""), snapshot);
  if (!pairs.empty())
    section.paragraphs << QString(
                              "%1 probably one person under two names, neither merged nor excluded; "
                              "each is the other's hardest negative.")
                              .arg(pairs.size() == 1
                                       ? QString("1 pair of {identities} is")
                                       : QString("%1 pairs of {identities} are").arg(pairs.size()));
  return section;
}

// --- models

ReportSection modelSection(const Snapshot& snapshot) {
  ReportSection section{"Models", {}, {}, {}, {"training-"}, false};
  ReportTable features{"Base models and their features",
                       {"Features", "Model", "Input recipe", "Length", "MMACs", "ms {a sample}", "Extracted"},
                       {}};
  for (const auto& table : snapshot.featureTables)
    features.rows.append({QString::fromStdString(table.name), QString::fromStdString(table.model),
                          plain(table.recipe), count(table.dims), orDash(table.macs, 1e6, 1),
                          orDash(table.milliseconds, 1, 2), timeText(table.created)});
  ReportTable networks{
      "Networks trained here",
      {"Name", "Kind", "Architecture", "MMACs", "Parameters", "ms {a sample}", "Trained with"},
      {}};
  for (const auto& model : snapshot.models)
    networks.rows.append({QString::fromStdString(model.name), QString::fromStdString(model.kind),
                          QString::fromStdString(model.architecture), orDash(model.macs, 1e6, 1),
                          model.parameters > 0 ? count(qint64(model.parameters)) : QString("–"),
                          orDash(model.milliseconds, 1, 2), plain(model.options)});
  for (ReportTable* table : {&features, &networks})
    if (!table->rows.isEmpty()) section.tables.push_back(std::move(*table));
  section.paragraphs
      << (section.tables.empty()
              ? "No model has looked at the {samples} yet."
              : "MMACs are millions of multiply-accumulates for one {sample}; a count of FLOPs "
                "is twice as large. Times were measured on the machine that ran the job.");
  return section;
}

// --- the operating point

ReportSection pointSection(const analysis::OperatingPoint& point) {
  ReportSection section{"Operating point", {}, {}, {}, {}, false};
  const auto text = [](const std::string& name) {
    return name.empty() ? QString("–") : QString::fromStdString(name);
  };
  ReportTable table{{}, {"Protocol", "Features", "Scores", "Threshold", "Weights", "Read at FAR"}, {}};
  table.rows.append({text(point.protocol), text(point.features), text(point.scores),
                     fixed(point.threshold, 4), QString::fromStdString(analysis::aggregationName(point)),
                     farText(point.far)});
  section.tables.push_back(std::move(table));
  section.paragraphs
      << "{A sample} whose score is not above the threshold is dropped; {a group} keeps its best "
         "one. The weights say how those that stay are combined.";
  return section;
}

// --- scores

ReportTable agreementTable(const Snapshot& snapshot, const std::vector<data::ScoreTable>& tables,
                           const std::string& features) {
  ReportTable result{"Rank correlation (Spearman) with the true D-score, on test {identities}",
                     {"Scores", "Truth", "In all", "Within {identities} (mean)", "Within, originals alone",
                      "Test {identities} (several scored)", "Test {samples} scored"},
                     {}};
  for (const auto& row : analysis::agreements(tables, snapshot.who, features))
    result.rows.append({QString::fromStdString(row.scores), QString::fromStdString(row.truth),
                        fixed(row.global, 3), fixed(row.within, 3), fixed(row.withinClean, 3),
                        count(row.identities), count(row.images)});
  return result;
}

ReportSection scoreSection(const Snapshot& snapshot, const project::Project& project,
                           const analysis::OperatingPoint& point) {
  ReportSection section{"Scores", {}, {}, {}, {"score-", "threshold-scores"}, false};
  std::vector<data::ScoreTable> tables;
  for (const auto& name : snapshot.scoreTables) {
    tables.push_back(project.scores(name));
    if (tables.back().ratio.size() != tables.back().score.size()) tables.pop_back();
  }
  ReportTable table{
      {},
      {"Scores", "Method", "Features", "{Samples} scored", "Raw mean", "Raw deviation", "At raw 0", "Lowest",
       "5 %", "Median", "95 %", QString("At most %1").arg(point.threshold, 0, 'g', 3)},
      {}};
  std::map<std::string, qint64> reasons;
  for (const auto& scores : tables) {
    const std::vector<float> sorted = analysis::sortedFinite(scores.score);
    const auto dropped =
        std::upper_bound(sorted.begin(), sorted.end(), float(point.threshold)) - sorted.begin();
    const double share = sorted.empty() ? std::nan("") : double(dropped) / double(sorted.size());
    const bool told = data::isPrediction(scores.method);
    table.rows.append({QString::fromStdString(scores.name), QString::fromStdString(scores.method),
                       QString::fromStdString(scores.featureTable), count(qint64(sorted.size())),
                       told ? "–" : fixed(scores.mean, 3), told ? "–" : fixed(scores.sigma, 3),
                       told ? "–" : fixed(analysis::scoreAtZero(scores.mean, scores.sigma), 3),
                       fixed(analysis::quantile(sorted, 0), 3), fixed(analysis::quantile(sorted, 0.05), 3),
                       fixed(analysis::quantile(sorted, 0.5), 3), fixed(analysis::quantile(sorted, 0.95), 3),
                       percentText(share)});
    if (scores.method == "dscore")
      for (const auto status : scores.status)
        if (status != data::ScoreStatus::Scored) ++reasons[data::explain(status)];
  }
  if (tables.empty()) {
    section.paragraphs << "No {sample} has a score yet.";
    return section;
  }
  section.paragraphs
      << "A score is the sigmoid of the standardised raw value. Where no raw value is negative, "
         "the score of a raw 0 is the lowest possible: no threshold below it drops anything.";
  for (const auto& [reason, n] : reasons)
    section.paragraphs
        << QString("%1 {samples} without a D-score: %2.").arg(count(n), QString::fromStdString(reason));
  section.tables.push_back(std::move(table));
  if (ReportTable agreement = agreementTable(snapshot, tables, point.features); !agreement.rows.isEmpty())
    section.tables.push_back(std::move(agreement));
  return section;
}

// --- evaluation

ReportSection evaluationSection(const Snapshot& snapshot, const project::Project& project) {
  ReportSection section{"Evaluation", {}, {}, {}, {"roc", "det", "edc", "cmc"}, false};
  ReportTable protocols{
      "Protocols", {"Protocol", "{Groups}", "{Samples}", "Genuine", "Impostor", "Folds"}, {}};
  for (const auto& name : snapshot.protocols) {
    const data::Protocol protocol = project.protocol(name);
    qint64 images = 0, genuine = 0;
    for (const auto& group : protocol.templates) images += qint64(group.samples.size());
    for (const auto& pair : protocol.pairs) genuine += pair.genuine;
    protocols.rows.append({QString::fromStdString(name), count(qint64(protocol.templates.size())),
                           count(images), count(genuine), count(qint64(protocol.pairs.size()) - genuine),
                           protocol.folds > 0 ? count(protocol.folds) : QString("–")});
  }
  if (!protocols.rows.isEmpty()) section.tables.push_back(std::move(protocols));
  const auto runs = evaluations(snapshot);
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    const EvaluationTable cells = evaluationTable(*run);
    QStringList switches = evaluationSwitches(*run);
    switches.removeFirst();  // the run is in the title
    ReportTable table{QString("Run %1: %2").arg(run->run).arg(run->protocol), cells.columns, {}};
    for (const auto& row : cells.rows) {
      QStringList texts;
      for (const EvaluationCell& cell : row) texts << cell.text;
      table.rows.append(texts);
    }
    table.note = "Switches: " + switches.join("; ");
    section.tables.push_back(std::move(table));
  }
  ReportTable searches{"Identification, 1:N", identifyColumns(), {}};
  for (const IdentifyRun& run : identifyRuns(snapshot)) searches.rows.append(identifyRow(run));
  if (!searches.rows.isEmpty()) section.tables.push_back(std::move(searches));
  section.paragraphs << (runs.empty()
                             ? "Nothing was evaluated yet."
                             : "TAR @ F is the share of genuine comparisons accepted where at most F "
                               "of the impostors are; a dash: too few impostors for that F. In "
                               "brackets the 95 % interval.");
  return section;
}

ReportSection tradeoffSection(const Snapshot& snapshot) {
  ReportSection section{"Trade-off", {}, {}, {}, {"tradeoff", "threshold-"}, false};
  for (const auto& name : snapshot.protocols) {
    const auto sweep = latestSweep(snapshot, QString::fromStdString(name));
    if (!sweep) continue;
    ReportTable table{QString("Run %1: %2, scores %3").arg(sweep->run).arg(sweep->protocol, sweep->scores),
                      {"Aggregation", "Threshold", "{Samples} kept", "Compute",
                       QString("TAR @ %1").arg(farText(sweep->far))},
                      {}};
    const auto add = [&](const QString& label, const SweepPointRow& point, bool baseline) {
      table.rows.append({label, baseline ? QString("–") : fixed(point.threshold, 4), percentText(point.kept),
                         percentText(point.share), percentText(point.tar, 2)});
    };
    for (const SweepCurveRow& curve : sweep->curves)
      if (curve.baseline && !curve.points.empty()) add(curve.name, curve.points.front(), true);
    for (const SweepCurveRow& curve : sweep->curves) {
      if (curve.baseline || curve.points.empty()) continue;
      const auto best = std::max_element(curve.points.begin(), curve.points.end(),
                                         [](const auto& a, const auto& b) { return a.tar < b.tar; });
      add(curve.name + ", most accurate", *best, false);
    }
    if (sweep->kneeCurve >= 0) {
      const SweepCurveRow& curve = sweep->curves[std::size_t(sweep->kneeCurve)];
      add(curve.name + ", knee", curve.points[std::size_t(sweep->kneePoint)], false);
    }
    section.tables.push_back(std::move(table));
  }
  section.paragraphs
      << (section.tables.empty()
              ? "No thresholds were swept yet."
              : "Compute is relative to the base model on every {sample}; what scoring costs is "
                "in it. The knee is the proposal: beyond it a little accuracy costs much.");
  return section;
}

// --- runs

ReportSection runSection(const Snapshot& snapshot, const QString& project) {
  ReportSection section{"Runs", {}, {}, {}, {}, false};
  section.paragraphs << "Every job with all its options, seeds included: the commands below repeat them.";
  ReportTable table{{}, {"Run", "Job", "State", "Started", "Took", "Version", "Result"}, {}};
  QStringList commands;
  for (const auto& run : snapshot.runs) {
    table.rows.append({QString::number(run.id), QString::fromStdString(run.job),
                       QString::fromStdString(run.status), timeText(run.started), runDuration(run),
                       runVersion(run), runHeadline(run)});
    commands << QString("# run %1, %2\n%3")
                    .arg(run.id)
                    .arg(QString::fromStdString(run.status), runCommand(run, project));
  }
  section.tables.push_back(std::move(table));
  section.listing = commands.join('\n');
  return section;
}

// Headings and sentences; what is in the rows is the project's own.
void sayInWords(const data::GroupKind& kind, ReportSection& section) {
  const auto say = [&kind](QString& text) { text = inWords(kind, text); };
  std::ranges::for_each(section.paragraphs, say);
  for (ReportTable& table : section.tables) {
    say(table.title);
    say(table.note);
    std::ranges::for_each(table.columns, say);
  }
}

}  // namespace

ProjectReport projectReport(const ReportRequest& request) {
  const auto project = project::Project::open(request.folder.toStdString(), project::Project::Mode::Read);
  const Snapshot& snapshot = *request.snapshot;
  ProjectReport report;
  report.project = QFileInfo(request.folder).completeBaseName();
  report.made = QLocale().toString(QDateTime::currentDateTime(), QLocale::ShortFormat);
  report.version = QCoreApplication::applicationVersion();
  report.sections = {dataSection(snapshot, project),
                     modelSection(snapshot),
                     pointSection(request.point),
                     scoreSection(snapshot, project, request.point),
                     evaluationSection(snapshot, project),
                     tradeoffSection(snapshot),
                     {"Further charts", {}, {}, {}, {}, true},
                     runSection(snapshot, QFileInfo(request.folder).fileName())};
  for (ReportSection& section : report.sections) sayInWords(*snapshot.kind, section);
  return report;
}

}  // namespace discern::ui
