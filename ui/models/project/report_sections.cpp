#include "ui/models/project/report_sections.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <map>
#include <opencv2/core/version.hpp>
#include <set>

#include "core/analysis/cost_model.h"
#include "core/project/contents.h"
#include "core/project/schema_version.h"
#include "ui/models/project/contents_list.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/results/run_text.h"

namespace discern::ui {
namespace {

constexpr int kWorst = 10;         // templates in a table
constexpr int kFaces = 8;          // pictures beside one
constexpr std::size_t kLast = 50;  // decisions
constexpr std::size_t kOldListed = 50;

QString points(double difference) {
  return QString("%1%2 points").arg(difference < 0 ? "−" : "+").arg(100 * std::abs(difference), 0, 'f', 2);
}

// Of today's protocol at the point; none where either side is missing.
std::optional<evaluation::Cost> costOf(const ReportRequest& request, const project::Project& project,
                                       const analysis::TemplateTotals& totals) {
  const analysis::OperatingPoint& point = request.point;
  if (point.features.empty() || point.scores.empty()) return std::nullopt;
  evaluation::CostModel model = analysis::costModel(project, point.features, point.scores);
  if (!point.weights.empty() && point.weights != point.scores)
    model = analysis::withWeights(model, analysis::costModel(project, point.features, point.weights));
  return evaluation::cost(model, totals.images, totals.kept);
}

QString nameOf(const TemplateAnswer& answer, int index) {
  if (index < 0) return "–";
  return QString::fromStdString(
      answer.loaded->matcher.protocol().templates[static_cast<std::size_t>(index)].name);
}

ReportTable templateTable(const ReportRequest& request, const QString& title, const std::vector<int>& rows) {
  const TemplateAnswer& answer = *request.templates;
  ReportTable table{title,
                    {"{Group}", "{Identity}", "{Samples}", "Kept", "Worst genuine", "with", "Best impostor",
                     "with", "Rank", "Plain mean: genuine", "impostor", "rank"},
                    {}};
  const auto rank = [](int place) { return place > 0 ? reportCount(place) : QString("–"); };
  for (const int index : rows) {
    const analysis::TemplateRow& row = answer.report.rows[static_cast<std::size_t>(index)];
    const int who = answer.loaded->identityOf[static_cast<std::size_t>(index)];
    table.rows.append(
        {nameOf(answer, index),
         who < 0 ? QString("–")
                 : QString::fromStdString(request.snapshot->identities[static_cast<std::size_t>(who)].name),
         reportCount(row.images), percentText(row.keptShare()), reportNumber(row.atPoint.worstGenuine, 4),
         nameOf(answer, row.atPoint.genuineWith), reportNumber(row.atPoint.bestImpostor, 4),
         nameOf(answer, row.atPoint.impostorWith), rank(row.atPoint.rank),
         reportNumber(row.plain.worstGenuine, 4), reportNumber(row.plain.bestImpostor, 4),
         rank(row.plain.rank)});
    if (!request.faces) continue;
    const auto& group = answer.loaded->matcher.protocol().templates[static_cast<std::size_t>(index)];
    std::vector<int> shown(group.samples.begin(), group.samples.end());
    if (shown.size() > kFaces) shown.resize(kFaces);
    table.pictures.append(shown);
  }
  return table;
}

}  // namespace

const QLocale& reportLocale() {
  static const QLocale english(QLocale::English, QLocale::UnitedStates);
  return english;
}

QString reportCount(qint64 n) { return reportLocale().toString(n); }

QString reportNumber(double value, int decimals) {
  return std::isfinite(value) ? QString::number(value, 'f', decimals) : QString("–");
}

QString reportTime(const std::string& iso) { return QString::fromStdString(iso).left(16).replace('T', ' '); }

QString reportName(const std::string& name) {
  return name.empty() ? QString("–") : QString::fromStdString(name);
}

ReportSection summarySection(const ReportRequest& request, const ReportFigures& figures) {
  ReportSection section{"Summary", {}, {}};
  const analysis::OperatingPoint& point = request.point;
  if (point.protocol.empty() || point.features.empty()) {
    section.paragraphs << "Nothing is measured yet: there are no features, or no protocol to compare.";
    return section;
  }
  section.paragraphs
      << (point.scores.empty()
              ? QString("Protocol '%1' with features '%2' and no scores: every {sample} is used.")
                    .arg(reportName(point.protocol), reportName(point.features))
              : QString("Of protocol '%1' with features '%2', {samples} whose score '%3' is not "
                        "above %4 are left out; {a group} keeps its best one. Those that stay are "
                        "combined by %5.")
                    .arg(reportName(point.protocol), reportName(point.features), reportName(point.scores),
                         reportNumber(point.threshold, 4),
                         QString::fromStdString(analysis::aggregationName(point))));
  if (!request.templates) {
    section.paragraphs << (request.templatesProblem.isEmpty()
                               ? QString("What comes of that is not known here.")
                               : request.templatesProblem);
    return section;
  }
  const analysis::TemplateReport& report = request.templates->report;
  const analysis::TemplateTotals totals = analysis::totalsOf(report);
  const auto project = project::Project::open(request.folder.toStdString(), project::Project::Mode::Read);
  const auto cost = costOf(request, project, totals);
  const QString far = farText(point.far);
  const auto words = [&](const char* text) { return inWords(*request.snapshot->kind, text); };
  ReportTable table{{}, {"", "At the operating point", "Plain mean of every {sample}", "Difference"}, {}};
  const double kept = totals.keptShare(), tar = totals.tar(), plain = totals.tarPlain();
  table.rows.append({QString("True accept rate at FAR %1").arg(far),
                     report.supported ? percentText(tar, 2) : QString("–"),
                     report.supported ? percentText(plain, 2) : QString("–"),
                     report.supported && std::isfinite(tar - plain) ? points(tar - plain) : QString("–")});
  table.rows.append({words("{Samples} used"), percentText(kept), percentText(1), points(kept - 1)});
  table.rows.append({words("Compute, of the base model on every {sample}"),
                     cost && std::isfinite(cost->share) ? percentText(cost->share) : QString("–"),
                     percentText(1),
                     cost && std::isfinite(cost->share) ? points(cost->share - 1) : QString("–")});
  table.rows.append({"Similarity that is accepted", reportNumber(report.accept, 4),
                     reportNumber(report.acceptPlain, 4), ""});
  if (report.supported && std::isfinite(tar) && std::isfinite(plain))
    section.paragraphs << QString(
                              "At a false accept rate of %1 it accepts %2 of the genuine comparisons, %3 "
                              "against the plain mean of every {sample} (%4), with %5 of the {samples}%6.")
                              .arg(far, percentText(tar, 2), points(tar - plain), percentText(plain, 2),
                                   percentText(kept),
                                   cost && std::isfinite(cost->share)
                                       ? QString(" and %1 of the compute").arg(percentText(cost->share))
                                       : QString());
  else if (!report.supported)
    section.paragraphs << QString(
                              "The protocol has too few impostor comparisons to tell a true accept rate at "
                              "a false accept rate of %1.")
                              .arg(far);
  table.note = QString("%1 {groups}, %2 genuine comparisons.")
                   .arg(reportCount(std::ssize(report.rows)), reportCount(totals.genuine / 2));
  if (figures.evaluation)
    table.note += QString(" The newest evaluation (run %1) is under Evaluation with every aggregation.")
                      .arg(figures.evaluation->run);
  section.tables.push_back(std::move(table));
  return section;
}

ReportSection pointSection(const ReportRequest& request) {
  const analysis::OperatingPoint& point = request.point;
  ReportSection section{"Operating point", {}, {}};
  ReportTable table{{}, {"Protocol", "Features", "Scores", "Threshold", "Weights", "Read at FAR"}, {}};
  table.rows.append({reportName(point.protocol), reportName(point.features), reportName(point.scores),
                     reportNumber(point.threshold, 4),
                     QString::fromStdString(analysis::aggregationName(point)), farText(point.far)});
  section.tables.push_back(std::move(table));
  section.paragraphs
      << "{A sample} whose score is not above the threshold is dropped; {a group} keeps its best "
         "one. The weights say how those that stay are combined.";
  if (point.lengths == data::Lengths::Raw)
    section.paragraphs << "Features are averaged as they are, so that longer ones count more.";
  return section;
}

ReportSection templateSection(const ReportRequest& request) {
  ReportSection section{"{Groups}", {}, {}};
  if (!request.templates) {
    section.paragraphs << (request.templatesProblem.isEmpty() ? "There is no protocol with features yet."
                                                              : request.templatesProblem);
    return section;
  }
  const TemplateAnswer& answer = *request.templates;
  std::vector<int> order = analysis::worstFirst(answer.report, answer.loaded->matcher.protocol(),
                                                analysis::TemplateOrder::WorstGenuine);
  std::erase_if(order, [&](int index) {
    return !std::isfinite(answer.report.rows[static_cast<std::size_t>(index)].atPoint.worstGenuine);
  });
  if (order.empty()) {
    section.paragraphs << "No {group} has a genuine comparison.";
    return section;
  }
  const auto few = std::min<std::ptrdiff_t>(kWorst, std::ssize(order));
  section.paragraphs << QString(
                            "By the worst genuine comparison at the operating point (%1); %2 and above is "
                            "accepted at FAR %3. Kept: share of the {samples} in use. Rank: the place of its "
                            "own {identity} in a search among all {groups}; 1: found.%4")
                            .arg(QString::fromStdString(answer.report.aggregation),
                                 reportNumber(answer.report.accept, 4), farText(answer.report.far),
                                 answer.report.ranked ? QString() : QString(" There are too many to rank."));
  section.tables.push_back(
      templateTable(request, QString("The worst %1").arg(few), {order.begin(), order.begin() + few}));
  if (std::ssize(order) > few) {
    std::vector<int> best(order.end() - std::min<std::ptrdiff_t>(kWorst, std::ssize(order) - few),
                          order.end());
    std::ranges::reverse(best);
    section.tables.push_back(templateTable(request, QString("The best %1").arg(best.size()), best));
  }
  section.paragraphs << (request.faces
                             ? "The first {samples} of each are beside it."
                             : "Pictures are left out, since a report travels; --faces or the page's "
                               "switch shows them.");
  return section;
}

std::vector<HeatRow> worstTemplates(const ReportRequest& request, const project::Project& project,
                                    std::size_t most) {
  const analysis::OperatingPoint& point = request.point;
  if (point.scores.empty() || point.protocol.empty()) return {};
  HeatRequest wanted;
  wanted.table = std::make_shared<const SampleTable>(
      request.snapshot, std::make_shared<const data::ScoreTable>(project.scores(point.scores)),
      point.threshold);
  wanted.protocol = std::make_shared<const data::Protocol>(project.protocol(point.protocol));
  std::vector<HeatRow> rows = heatRows(wanted);
  addMatches(rows, HeatRowsOf::Templates, request.templates ? &request.templates->report : nullptr,
             request.templates ? request.templates->loaded->identityOf : std::vector<int>(), point.threshold);
  sortRows(rows, request.templates ? RowSort::WorstGenuine : RowSort::Mean, false);
  if (rows.size() > most) rows.resize(most);
  return rows;
}

ReportSection decisionSection(const Snapshot& snapshot) {
  ReportSection section{"Decisions", {}, {}};
  std::map<QString, qint64> counts;
  const std::vector<QString> order = {"{Samples} left out of everything",
                                      "{Samples} left out of {groups}",
                                      "{Samples} moved to another {identity}",
                                      "Verdict right",
                                      "Verdict wrong",
                                      "Verdict unsure",
                                      "With a tag",
                                      "With a note",
                                      "{Identities} excluded",
                                      "{Identities} merged into another one"};
  for (const auto& [sample, mark] : snapshot.marks) {
    counts[order[0]] += mark.leftOut == project::LeftOut::Everything;
    counts[order[1]] += mark.leftOut == project::LeftOut::Templates;
    counts[order[2]] += mark.movedTo >= 0;
    counts[order[3]] += mark.verdict == project::Verdict::Right;
    counts[order[4]] += mark.verdict == project::Verdict::Wrong;
    counts[order[5]] += mark.verdict == project::Verdict::Unsure;
    counts[order[6]] += !mark.tags.empty();
    counts[order[7]] += !mark.note.empty();
  }
  for (const auto& identity : snapshot.identities) {
    counts[order[8]] += identity.excluded;
    counts[order[9]] += identity.mergedInto >= 0;
  }
  ReportTable standing{"What stands today", {"Decision", "How many"}, {}};
  for (const QString& what : order)
    if (counts[what] > 0) standing.rows.append({inWords(*snapshot.kind, what), reportCount(counts[what])});
  const auto stand = std::ranges::count_if(snapshot.history, [](const auto& one) { return !one.undone; });
  if (standing.rows.isEmpty() && snapshot.history.empty()) {
    section.paragraphs << "Nobody decided anything about {samples} or {identities} yet.";
    return section;
  }
  section.paragraphs << QString("%1 decisions were made, %2 of them stand.")
                            .arg(reportCount(std::ssize(snapshot.history)), reportCount(stand));
  if (!standing.rows.isEmpty()) section.tables.push_back(std::move(standing));
  ReportTable last{QString("The last %1").arg(std::min(kLast, snapshot.history.size())),
                   {"When (UTC)", "What", "{Samples}", "{Identities}", ""},
                   {}};
  for (auto one = snapshot.history.rbegin();
       one != snapshot.history.rend() && std::size_t(last.rows.size()) < kLast; ++one)
    last.rows.append({reportTime(one->time), QString::fromStdString(one->what), reportCount(one->images),
                      reportCount(one->people), one->undone ? "taken back" : ""});
  if (!last.rows.isEmpty()) section.tables.push_back(std::move(last));
  return section;
}

ReportSection oldSection(const project::Project& project) {
  ReportSection section{"What is old", {}, {}};
  const auto stale = stalePartsOf(project);
  if (stale.empty()) {
    section.paragraphs << "Nothing: all that is told here was made of what the project holds today.";
    return section;
  }
  section.paragraphs
      << "These were made of something that changed since; made again, their numbers may differ.";
  ReportTable table{{}, {"What", "Name", "Why"}, {}};
  for (const auto& part : stale)
    if (std::size_t(table.rows.size()) < kOldListed)
      table.rows.append({QString::fromStdString(part.kind), QString::fromStdString(part.name),
                         QString::fromStdString(part.why)});
  if (stale.size() > kOldListed)
    table.note = QString("%1 of %2.").arg(kOldListed).arg(reportCount(std::ssize(stale)));
  section.tables.push_back(std::move(table));
  return section;
}

ReportSection versionSection(const Snapshot& snapshot) {
  ReportSection section{"Versions", {}, {}};
  ReportTable table{{}, {"What", "Version"}, {}};
  table.rows.append(QStringList{"Discern, which wrote this", QCoreApplication::applicationVersion()});
  std::set<QString> versions;
  for (const auto& run : snapshot.runs)
    if (const QString version = runVersion(run); !version.isEmpty()) versions.insert(version);
  if (!versions.empty())
    table.rows.append(
        {"Discern, which ran the jobs", QStringList(versions.begin(), versions.end()).join(", ")});
  table.rows.append(QStringList{"Project schema", QString::number(project::kSchemaVersion)});
  table.rows.append(QStringList{"Qt", qVersion()});
  table.rows.append(QStringList{"OpenCV", CV_VERSION});
#ifdef DISCERN_TORCH_VERSION
  table.rows.append(QStringList{"LibTorch", DISCERN_TORCH_VERSION});
#endif
  section.tables.push_back(std::move(table));
  return section;
}

}  // namespace discern::ui
