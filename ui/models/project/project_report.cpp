#include "ui/models/project/project_report.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/analysis/agreement.h"
#include "core/analysis/inventory.h"
#include "core/analysis/percentiles.h"
#include "core/analysis/protocol_today.h"
#include "core/analysis/settings.h"
#include "core/imaging/sample.h"
#include "core/jobs/stored.h"
#include "core/results/stored.h"
#include "ui/language/words.h"
#include "ui/models/images/duplicates.h"
#include "ui/models/images/images.h"
#include "ui/models/project/counts.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/report_sections.h"
#include "ui/models/results/evaluation_table.h"
#include "ui/models/results/identification.h"
#include "ui/models/results/run_results.h"
#include "ui/models/results/run_text.h"

namespace discern::ui {
namespace {

constexpr int kProblemsListed = 20;
constexpr std::size_t kWorstInHeatmap = 30;
constexpr int kPictureSide = 96;  // pixels

QString count(qint64 n) { return reportCount(n); }

QString fixed(double value, int decimals) { return reportNumber(value, decimals); }

QString orDash(double value, double unit, int decimals) {
  return value > 0 ? fixed(value / unit, decimals) : QString("–");
}

// Of scores in ascending order; NaN: there are none.
double shareAbove(const std::vector<float>& sorted, double threshold) {
  const auto above = sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), threshold);
  return sorted.empty() ? std::nan("") : double(above) / double(sorted.size());
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
  ReportTable problems{Words::tr("{Samples} that cannot be used"), {Words::tr("File"), Words::tr("Why")}, {}};
  qint64 unusable = 0;
  for (const auto& sample : snapshot.samples)
    if (sample.identity >= 0 && !sample.problem.empty() && unusable++ < kProblemsListed)
      problems.rows.append(
          {QString::fromStdString(sample.image.file), QString::fromStdString(sample.problem)});
  ReportSection section{Words::tr("Data"), {}, {}};
  ReportTable table{
      {},
      {Words::tr("Set"), Words::tr("Role"), Words::tr("{Identities}"), Words::tr("Excluded"),
       Words::tr("Merged"), Words::tr("{Samples}"), Words::tr("Degraded copies"), Words::tr("Unusable")},
      {}};
  for (const auto& n : analysis::setCounts(snapshot.samples, snapshot.identities))
    table.rows.append({QString::fromStdString(n.set), engineText(project::toString(n.role)),
                       count(n.identities), count(n.excluded), count(n.merged), count(n.images),
                       count(n.copies), count(n.unusable)});
  section.tables.push_back(std::move(table));
  const analysis::Totals& totals = snapshot.totals;
  section.paragraphs << Words::tr(
                            "Today %1, merged names counted once and the excluded left out; %2 of them "
                            "have two or more originals. %3 in all.")
                            .arg(identityCounts(totals, reportLocale()), count(totals.all.withSeveral),
                                 imageCounts(snapshot.kind->sample, totals.originals, totals.copies,
                                             reportLocale()));
  if (unusable > kProblemsListed)
    problems.title += ' ' + Words::tr("(%1 of %2)").arg(kProblemsListed).arg(count(unusable));
  if (unusable > 0) section.tables.push_back(std::move(problems));
  const auto pairs = openDuplicates(project.setting(analysis::settings::kProbablySame).value_or(""), snapshot,
                                    project::pairVerdicts(project));
  if (!pairs.empty())
    section.paragraphs
        << (pairs.size() == 1
                ? Words::tr("1 pair of {identities} is probably one person under two names, neither "
                            "merged nor excluded; each is the other's hardest negative.")
                : Words::tr("%1 pairs of {identities} are probably one person under two names, "
                            "neither merged nor excluded; each is the other's hardest negative.")
                      .arg(pairs.size()));
  return section;
}

// --- models

ReportSection modelSection(const Snapshot& snapshot) {
  ReportSection section{Words::tr("Models"), {}, {}};
  ReportTable features{
      Words::tr("Base models and their features"),
      {Words::tr("Features"), Words::tr("Model"), Words::tr("Input recipe"), Words::tr("Length"),
       Words::tr("MMACs"), Words::tr("ms {a sample}"), Words::tr("Extracted (UTC)")},
      {}};
  for (const auto& table : snapshot.featureTables)
    features.rows.append({QString::fromStdString(table.name), QString::fromStdString(table.model),
                          plain(table.recipe), count(table.dims), orDash(table.macs, 1e6, 1),
                          orDash(table.milliseconds, 1, 2), reportTime(table.created)});
  ReportTable networks{Words::tr("Networks trained here"),
                       {Words::tr("Name"), Words::tr("Kind"), Words::tr("Architecture"), Words::tr("MMACs"),
                        Words::tr("Parameters"), Words::tr("ms {a sample}"), Words::tr("Trained with")},
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
              ? Words::tr("No model has looked at the {samples} yet.")
              : Words::tr("MMACs are millions of multiply-accumulates for one {sample}; a count of FLOPs "
                          "is twice as large. Times were measured on the machine that ran the job."));
  return section;
}

// --- scores

ReportTable agreementTable(const Snapshot& snapshot, const std::vector<data::ScoreTable>& tables,
                           const std::string& features) {
  ReportTable result{Words::tr("Rank correlation (Spearman) with the true D-score, on test {identities}"),
                     {Words::tr("Scores"), Words::tr("Truth"), Words::tr("In all"),
                      Words::tr("Within {identities} (mean)"), Words::tr("Within, originals alone"),
                      Words::tr("Test {identities} (several scored)"), Words::tr("Test {samples} scored")},
                     {}};
  for (const auto& row : analysis::agreements(tables, snapshot.who, features))
    result.rows.append({QString::fromStdString(row.scores), QString::fromStdString(row.truth),
                        fixed(row.global, 3), fixed(row.within, 3), fixed(row.withinClean, 3),
                        count(row.identities), count(row.images)});
  return result;
}

ReportSection scoreSection(const Snapshot& snapshot, const project::Project& project,
                           const analysis::OperatingPoint& point) {
  ReportSection section{Words::tr("Scores"), {}, {}};
  std::vector<data::ScoreTable> tables;
  for (const auto& name : snapshot.scoreTables) {
    tables.push_back(project.scores(name));
    if (tables.back().ratio.size() != tables.back().score.size()) tables.pop_back();
  }
  ReportTable table{
      {},
      {Words::tr("Scores"), Words::tr("Method"), Words::tr("Features"), Words::tr("{Samples} scored"),
       Words::tr("Raw mean"), Words::tr("Raw deviation"), Words::tr("At raw 0"), Words::tr("Lowest"), "5 %",
       Words::tr("Median"), "95 %", Words::tr("At most %L1").arg(point.threshold, 0, 'g', 3)},
      {}};
  std::map<std::string, qint64> reasons;
  for (const auto& scores : tables) {
    const std::vector<float> sorted = analysis::sortedFinite(scores.score);
    const bool told = data::isPrediction(scores.method);
    table.rows.append({QString::fromStdString(scores.name), QString::fromStdString(scores.method),
                       QString::fromStdString(scores.featureTable), count(qint64(sorted.size())),
                       told ? "–" : fixed(scores.mean, 3), told ? "–" : fixed(scores.sigma, 3),
                       told ? "–" : fixed(analysis::scoreAtZero(scores.mean, scores.sigma), 3),
                       fixed(analysis::quantile(sorted, 0), 3), fixed(analysis::quantile(sorted, 0.05), 3),
                       fixed(analysis::quantile(sorted, 0.5), 3), fixed(analysis::quantile(sorted, 0.95), 3),
                       percentText(1 - shareAbove(sorted, point.threshold))});
    if (scores.method == "dscore")
      for (const auto status : scores.status)
        if (status != data::ScoreStatus::Scored) ++reasons[data::explain(status)];
  }
  if (tables.empty()) {
    section.paragraphs << Words::tr("No {sample} has a score yet.");
    return section;
  }
  section.paragraphs << Words::tr(
      "A score is the sigmoid of the standardised raw value. Where no raw value is negative, "
      "the score of a raw 0 is the lowest possible: no threshold below it drops anything.");
  for (const auto& [reason, n] : reasons)
    section.paragraphs << Words::tr("%1 {samples} without a D-score: %2.").arg(count(n), engineText(reason));
  section.tables.push_back(std::move(table));
  if (ReportTable agreement = agreementTable(snapshot, tables, point.features); !agreement.rows.isEmpty())
    section.tables.push_back(std::move(agreement));
  return section;
}

// --- evaluation

ReportSection evaluationSection(const Snapshot& snapshot, const project::Project& project) {
  ReportSection section{Words::tr("Evaluation"), {}, {}};
  ReportTable protocols{Words::tr("Protocols"),
                        {Words::tr("Protocol"), Words::tr("{Groups}"), Words::tr("{Samples}"),
                         Words::tr("Genuine"), Words::tr("Impostor"), Words::tr("Folds")},
                        {}};
  for (const auto& name : snapshot.protocols) {
    analysis::PairCounts changes;
    const data::Protocol protocol =
        analysis::protocolToday(project.protocol(name), snapshot.identities, snapshot.who, changes);
    const auto impostors = analysis::impostorsOf(protocol);
    qint64 images = 0;
    for (const auto& group : protocol.templates) images += qint64(group.samples.size());
    protocols.rows.append({QString::fromStdString(name), count(qint64(protocol.templates.size())),
                           count(images), count(qint64(protocol.pairs.size()) - impostors), count(impostors),
                           protocol.folds > 0 ? count(protocol.folds) : QString("–")});
  }
  protocols.note = Words::tr("As they are compared today: after merges, exclusions and what was left out.");
  if (!protocols.rows.isEmpty()) section.tables.push_back(std::move(protocols));
  const auto runs = evaluations(snapshot);
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    const EvaluationTable cells = evaluationTable(*run);
    QStringList switches = evaluationSwitches(*run);
    switches.removeFirst();  // the run is in the title
    ReportTable table{Words::tr("Run %1: %2").arg(run->run).arg(run->protocol), cells.columns, {}};
    for (const auto& row : cells.rows) {
      QStringList texts;
      for (const EvaluationCell& cell : row) texts << cell.text;
      table.rows.append(texts);
    }
    table.note = Words::tr("Switches: %1").arg(switches.join("; "));
    section.tables.push_back(std::move(table));
  }
  ReportTable searches{Words::tr("Identification, 1:N"), identifyColumns(), {}};
  for (const IdentifyRun& run : identifyRuns(snapshot))
    searches.rows.append(identifyRow(run, reportLocale()));
  if (!searches.rows.isEmpty()) section.tables.push_back(std::move(searches));
  section.paragraphs << (runs.empty()
                             ? Words::tr("Nothing was evaluated yet.")
                             : Words::tr(
                                   "TAR @ F is the share of genuine comparisons accepted where at most F "
                                   "of the impostors are; a dash: too few impostors for that F. In "
                                   "brackets the 95 % interval."));
  return section;
}

ReportSection tradeoffSection(const Snapshot& snapshot) {
  ReportSection section{Words::tr("Trade-off"), {}, {}};
  for (const auto& name : snapshot.protocols) {
    const auto sweep = latestSweep(snapshot, QString::fromStdString(name));
    if (!sweep) continue;
    ReportTable table{Words::tr("Run %1: %2, scores %3").arg(sweep->run).arg(sweep->protocol, sweep->scores),
                      {Words::tr("Aggregation"), Words::tr("Threshold"), Words::tr("{Samples} kept"),
                       Words::tr("Compute"), Words::tr("TAR @ %1").arg(farText(sweep->far))},
                      {}};
    if (sweep->lengths == data::Lengths::Raw)
      table.note = Words::tr("Features %1.").arg(featuresText(*sweep));
    const bool supported = sweep->supported();
    if (!supported) table.note = (table.note + ' ' + tooFewImpostors(sweep->impostors, sweep->far)).trimmed();
    const auto add = [&](const QString& label, const SweepPointRow& point, bool baseline) {
      table.rows.append({label, baseline ? QString("–") : fixed(point.threshold, 4), percentText(point.kept),
                         percentText(point.share), supported ? percentText(point.tar, 2) : QString("–")});
    };
    for (const SweepCurveRow& curve : sweep->curves)
      if (curve.baseline && !curve.points.empty()) add(curve.name, curve.points.front(), true);
    for (const SweepCurveRow& curve : sweep->curves) {
      if (curve.baseline || curve.points.empty()) continue;
      const auto best = std::max_element(curve.points.begin(), curve.points.end(),
                                         [](const auto& a, const auto& b) {  // of equal ones the cheapest
                                           return a.tar != b.tar ? a.tar < b.tar : a.share > b.share;
                                         });
      add(Words::tr("%1, most accurate").arg(curve.name), *best, false);
    }
    if (sweep->kneeCurve >= 0) {
      const SweepCurveRow& curve = sweep->curves[std::size_t(sweep->kneeCurve)];
      add(Words::tr("%1, knee").arg(curve.name), curve.points[std::size_t(sweep->kneePoint)], false);
    }
    section.tables.push_back(std::move(table));
  }
  section.paragraphs
      << (section.tables.empty()
              ? Words::tr("No thresholds were swept yet.")
              : Words::tr("Compute is relative to the base model on every {sample}; what scoring costs is "
                          "in it. The knee is the proposal: beyond it a little accuracy costs much."));
  return section;
}

// --- runs

ReportSection runSection(const Snapshot& snapshot, const QString& project) {
  ReportSection section{Words::tr("Runs"), {}, {}};
  section.paragraphs << Words::tr(
      "Every job with all its options, seeds included: the commands below repeat them.");
  ReportTable table{{},
                    {Words::tr("Run"), Words::tr("Job"), Words::tr("State"), Words::tr("Started (UTC)"),
                     Words::tr("Took"), Words::tr("Version"), Words::tr("Result")},
                    {}};
  QStringList commands;
  for (const auto& run : snapshot.runs) {
    table.rows.append({QString::number(run.id), QString::fromStdString(run.job), engineText(run.status),
                       reportTime(run.started), runDuration(run), runVersion(run), runHeadline(run)});
    commands << Words::tr("# run %1, %2\n%3")
                    .arg(run.id)
                    .arg(QString::fromStdString(run.status), runCommand(run, project));
  }
  section.tables.push_back(std::move(table));
  section.listing = commands.join('\n');
  return section;
}

// --- what the charts show

QString newestEnd(const Snapshot& snapshot) {
  std::string newest;
  for (const auto& run : snapshot.runs) newest = std::max(newest, run.finished);
  return reportTime(newest);
}

// Trainings that ended and whose network told scores which are there.
std::vector<ReportFigures::Training> trainingsOf(const Snapshot& snapshot, const project::Project& project) {
  std::set<std::string> inUse;
  for (const auto& name : snapshot.scoreTables)
    if (const auto table = project.scores(name); data::isPrediction(table.method))
      inUse.insert(table.featureTable);
  for (const auto& run : snapshot.runs)
    if (run.job == "predict" && run.status == "done" &&
        std::ranges::find(snapshot.scoreTables, jobs::storedText(run, "name")) != snapshot.scoreTables.end())
      inUse.insert(jobs::storedText(run, "network"));
  std::vector<ReportFigures::Training> trainings;
  for (const auto& model : snapshot.models) {
    if (!inUse.contains(model.name)) continue;
    const auto made = std::find_if(snapshot.runs.rbegin(), snapshot.runs.rend(), [&](const auto& run) {
      return run.job.starts_with("train-") && run.status == "done" &&
             jobs::storedText(run, "name") == model.name;
    });
    if (made == snapshot.runs.rend()) continue;
    ReportFigures::Training training{QString::fromStdString(model.name), made->id,
                                     trainingCurves(project.metrics(made->id))};
    if (!training.curves.empty()) trainings.push_back(std::move(training));
  }
  return trainings;
}

ReportFigures figuresOf(const ReportRequest& request, const project::Project& project) {
  const Snapshot& snapshot = *request.snapshot;
  const analysis::OperatingPoint& point = request.point;
  ReportFigures figures;
  auto runs = evaluations(snapshot, QString::fromStdString(point.protocol));
  if (runs.empty()) runs = evaluations(snapshot);
  if (!runs.empty()) figures.evaluation = std::move(runs.front());
  figures.sweep = sweepFor(snapshot, point);
  if (!point.scores.empty()) {
    const auto scores = std::make_shared<const data::ScoreTable>(project.scores(point.scores));
    figures.scores = scoreOverview(SampleTable(request.snapshot, scores, point.threshold), 0);
    figures.scoresAbove = shareAbove(analysis::sortedFinite(scores->score), point.threshold);
    figures.worst = worstTemplates(request, project, kWorstInHeatmap);
  }
  figures.trainings = trainingsOf(snapshot, project);
  figures.searches = identifyRuns(snapshot);
  figures.slices = newestOfColumns(snapshot);
  return figures;
}

// Of what the tables name; what cannot be read is left out.
QHash<int, QImage> picturesOf(const ProjectReport& report, const Snapshot& snapshot,
                              const std::filesystem::path& root) {
  QHash<int, QImage> pictures;
  for (const ReportSection& section : report.sections)
    for (const ReportTable& table : section.tables)
      for (const auto& row : table.pictures)
        for (const int sample : row) {
          if (pictures.contains(sample)) continue;
          try {
            const auto& image = snapshot.samples[static_cast<std::size_t>(sample)].image;
            pictures[sample] = toImage(imaging::loadPicture(*snapshot.kind, image, kPictureSide, root));
          } catch (const std::exception&) {
            pictures[sample] = QImage();
          }
        }
  return pictures;
}

// Headings and sentences; what is in the rows is the project's own.
void sayInWords(const data::GroupKind& kind, ReportSection& section) {
  const auto say = [&kind](QString& text) { text = inWords(kind, text); };
  say(section.title);
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
  report.asOf = newestEnd(snapshot);
  report.version = QCoreApplication::applicationVersion();
  report.kind = snapshot.kind;
  report.point = request.point;
  report.figures = figuresOf(request, project);
  report.sections = {summarySection(request, report.figures),
                     dataSection(snapshot, project),
                     modelSection(snapshot),
                     scoreSection(snapshot, project, request.point),
                     evaluationSection(snapshot, project),
                     sliceSection(report.figures),
                     pointSection(request),
                     tradeoffSection(snapshot),
                     templateSection(request),
                     decisionSection(snapshot),
                     oldSection(project),
                     runSection(snapshot, QFileInfo(request.folder).fileName()),
                     versionSection(snapshot)};
  report.figures.pictures = picturesOf(report, snapshot, project.folder());
  for (ReportSection& section : report.sections) sayInWords(*snapshot.kind, section);
  return report;
}

}  // namespace discern::ui
