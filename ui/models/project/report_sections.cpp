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
#include "ui/language/language.h"
#include "ui/language/words.h"
#include "ui/models/project/contents_list.h"
#include "ui/models/project/decision_words.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/results/run_text.h"

namespace discern::ui {
namespace {

constexpr int kWorst = 10;         // templates in a table
constexpr int kFaces = 8;          // pictures beside one
constexpr std::size_t kLast = 50;  // decisions
constexpr std::size_t kOldListed = 50;

QString points(double difference) {
  return Words::tr("%1%2 points")
      .arg(difference < 0 ? "−" : "+", reportNumber(100 * std::abs(difference), 2));
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
  ReportTable table{
      title,
      {Words::tr("{Group}"), Words::tr("{Identity}"), Words::tr("{Samples}"), Words::tr("Kept"),
       Words::tr("Worst genuine"), Words::tr("with", "whom a template is compared with"),
       Words::tr("Best impostor"), Words::tr("with", "whom a template is compared with"), Words::tr("Rank"),
       Words::tr("Plain mean: genuine"), Words::tr("impostor"), Words::tr("rank")},
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
  static const QLocale english(QLocale::English, QLocale::UnitedStates), own;
  return spokenLanguage() == kEnglish ? english : own;
}

QString reportCount(qint64 n) { return reportLocale().toString(n); }

QString reportNumber(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  QLocale plain = reportLocale();
  plain.setNumberOptions(QLocale::OmitGroupSeparator);
  return plain.toString(value, 'f', decimals);
}

QString reportTime(const std::string& iso) { return QString::fromStdString(iso).left(16).replace('T', ' '); }

QString reportName(const std::string& name) {
  return name.empty() ? QString("–") : QString::fromStdString(name);
}

ReportSection summarySection(const ReportRequest& request, const ReportFigures& figures) {
  ReportSection section{Words::tr("Summary"), {}, {}};
  const analysis::OperatingPoint& point = request.point;
  if (point.protocol.empty() || point.features.empty()) {
    section.paragraphs << Words::tr(
        "Nothing is measured yet: there are no features, or no protocol to compare.");
    return section;
  }
  section.paragraphs
      << (point.scores.empty()
              ? Words::tr("Protocol '%1' with features '%2' and no scores: every {sample} is used.")
                    .arg(reportName(point.protocol), reportName(point.features))
              : Words::tr("Of protocol '%1' with features '%2', {samples} whose score '%3' is not "
                          "above %4 are left out; {a group} keeps its best one. Those that stay are "
                          "combined by %5.")
                    .arg(reportName(point.protocol), reportName(point.features), reportName(point.scores),
                         reportNumber(point.threshold, 4),
                         QString::fromStdString(analysis::aggregationName(point))));
  if (!request.templates) {
    section.paragraphs << (request.templatesProblem.isEmpty()
                               ? Words::tr("What comes of that is not known here.")
                               : request.templatesProblem);
    return section;
  }
  const analysis::TemplateReport& report = request.templates->report;
  const analysis::TemplateTotals totals = analysis::totalsOf(report);
  const auto project = project::Project::open(request.folder.toStdString(), project::Project::Mode::Read);
  const auto cost = costOf(request, project, totals);
  const QString far = farText(point.far);
  const auto words = [&](const QString& text) { return inWords(*request.snapshot->kind, text); };
  ReportTable table{{},
                    {"", Words::tr("At the operating point"), Words::tr("Plain mean of every {sample}"),
                     Words::tr("Difference")},
                    {}};
  const double kept = totals.keptShare(), tar = totals.tar(), plain = totals.tarPlain();
  table.rows.append({Words::tr("True accept rate at FAR %1").arg(far),
                     report.supported ? percentText(tar, 2) : QString("–"),
                     report.supported ? percentText(plain, 2) : QString("–"),
                     report.supported && std::isfinite(tar - plain) ? points(tar - plain) : QString("–")});
  table.rows.append(
      {words(Words::tr("{Samples} used")), percentText(kept), percentText(1), points(kept - 1)});
  table.rows.append({words(Words::tr("Compute, of the base model on every {sample}")),
                     cost && std::isfinite(cost->share) ? percentText(cost->share) : QString("–"),
                     percentText(1),
                     cost && std::isfinite(cost->share) ? points(cost->share - 1) : QString("–")});
  table.rows.append({Words::tr("Similarity that is accepted"), reportNumber(report.accept, 4),
                     reportNumber(report.acceptPlain, 4), ""});
  if (report.supported && std::isfinite(tar) && std::isfinite(plain)) {
    const QString text =
        cost && std::isfinite(cost->share)
            ? Words::tr(
                  "At a false accept rate of %1 it accepts %2 of the genuine comparisons, %3 against the "
                  "plain mean of every {sample} (%4), with %5 of the {samples} and %6 of the compute.")
                  .arg(far, percentText(tar, 2), points(tar - plain), percentText(plain, 2),
                       percentText(kept), percentText(cost->share))
            : Words::tr(
                  "At a false accept rate of %1 it accepts %2 of the genuine comparisons, %3 against the "
                  "plain mean of every {sample} (%4), with %5 of the {samples}.")
                  .arg(far, percentText(tar, 2), points(tar - plain), percentText(plain, 2),
                       percentText(kept));
    section.paragraphs << text;
  } else if (!report.supported) {
    section.paragraphs << Words::tr(
                              "The protocol has too few impostor comparisons to tell a true accept rate at "
                              "a false accept rate of %1.")
                              .arg(far);
  }
  table.note = Words::tr("%1 {groups}, %2 genuine comparisons.")
                   .arg(reportCount(std::ssize(report.rows)), reportCount(totals.genuine / 2));
  if (figures.evaluation)
    table.note +=
        ' ' + Words::tr("The newest evaluation (run %1) is under Evaluation with every aggregation.")
                  .arg(figures.evaluation->run);
  section.tables.push_back(std::move(table));
  return section;
}

ReportSection sliceSection(const ReportFigures& figures) {
  ReportSection section{Words::tr("Slices"), {}, {}};
  for (const SliceRun& run : figures.slices)
    section.tables.push_back({sliceTitle(run), sliceColumns(run.result), sliceRows(run.result),
                              sliceVerdict(run.result) + ' ' + sliceAbout(run)});
  if (!section.tables.empty())
    section.paragraphs << Words::tr(
        "Parts of the comparisons at the one threshold of all. Those marked (few) have fewer than "
        "30 genuine comparisons, or than 3 / FAR impostors.");
  return section;
}

ReportSection pointSection(const ReportRequest& request) {
  const analysis::OperatingPoint& point = request.point;
  ReportSection section{Words::tr("Operating point"), {}, {}};
  ReportTable table{{},
                    {Words::tr("Protocol"), Words::tr("Features"), Words::tr("Scores"),
                     Words::tr("Threshold"), Words::tr("Weights"), Words::tr("Read at FAR")},
                    {}};
  table.rows.append({reportName(point.protocol), reportName(point.features), reportName(point.scores),
                     reportNumber(point.threshold, 4),
                     QString::fromStdString(analysis::aggregationName(point)), farText(point.far)});
  section.tables.push_back(std::move(table));
  section.paragraphs << Words::tr(
      "{A sample} whose score is not above the threshold is dropped; {a group} keeps its best "
      "one. The weights say how those that stay are combined.");
  if (point.lengths == data::Lengths::Raw)
    section.paragraphs << Words::tr("Features are averaged as they are, so that longer ones count more.");
  return section;
}

ReportSection templateSection(const ReportRequest& request) {
  ReportSection section{Words::tr("{Groups}"), {}, {}};
  if (!request.templates) {
    section.paragraphs << (request.templatesProblem.isEmpty()
                               ? Words::tr("There is no protocol with features yet.")
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
    section.paragraphs << Words::tr("No {group} has a genuine comparison.");
    return section;
  }
  const auto few = std::min<std::ptrdiff_t>(kWorst, std::ssize(order));
  section.paragraphs << Words::tr(
                            "By the worst genuine comparison at the operating point (%1); %2 and above is "
                            "accepted at FAR %3. Kept: share of the {samples} in use. Rank: the place of its "
                            "own {identity} in a search among all {groups}; 1: found.")
                                .arg(QString::fromStdString(answer.report.aggregation),
                                     reportNumber(answer.report.accept, 4), farText(answer.report.far)) +
                            (answer.report.ranked ? QString()
                                                  : ' ' + Words::tr("There are too many to rank."));
  section.tables.push_back(
      templateTable(request, Words::tr("The worst %1").arg(few), {order.begin(), order.begin() + few}));
  if (std::ssize(order) > few) {
    std::vector<int> best(order.end() - std::min<std::ptrdiff_t>(kWorst, std::ssize(order) - few),
                          order.end());
    std::ranges::reverse(best);
    section.tables.push_back(templateTable(request, Words::tr("The best %1").arg(best.size()), best));
  }
  section.paragraphs << (request.faces
                             ? Words::tr("The first {samples} of each are beside it.")
                             : Words::tr(
                                   "Pictures are left out, since a report travels; --faces or the page's "
                                   "switch shows them."));
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
  ReportSection section{Words::tr("Decisions"), {}, {}};
  std::map<QString, qint64> counts;
  const std::vector<QString> order = {Words::tr("{Samples} left out of everything"),
                                      Words::tr("{Samples} left out of {groups}"),
                                      Words::tr("{Samples} moved to another {identity}"),
                                      Words::tr("Verdict right"),
                                      Words::tr("Verdict wrong"),
                                      Words::tr("Verdict unsure"),
                                      Words::tr("With a tag"),
                                      Words::tr("With a note"),
                                      Words::tr("{Identities} excluded"),
                                      Words::tr("{Identities} merged into another one")};
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
  ReportTable standing{Words::tr("What stands today"), {Words::tr("Decision"), Words::tr("How many")}, {}};
  for (const QString& what : order)
    if (counts[what] > 0) standing.rows.append({inWords(*snapshot.kind, what), reportCount(counts[what])});
  const auto stand = std::ranges::count_if(snapshot.history, [](const auto& one) { return !one.undone; });
  if (standing.rows.isEmpty() && snapshot.history.empty()) {
    section.paragraphs << Words::tr("Nobody decided anything about {samples} or {identities} yet.");
    return section;
  }
  section.paragraphs << (snapshot.history.size() == 1
                             ? (stand == 1 ? Words::tr("1 decision was made, and stands.")
                                           : Words::tr("1 decision was made, and taken back."))
                             : Words::tr("%1 decisions were made, %2 of them stand.")
                                   .arg(reportCount(std::ssize(snapshot.history)), reportCount(stand)));
  if (!standing.rows.isEmpty()) section.tables.push_back(std::move(standing));
  ReportTable last{
      Words::tr("The last %1").arg(std::min(kLast, snapshot.history.size())),
      {Words::tr("When (UTC)"), Words::tr("What"), Words::tr("{Samples}"), Words::tr("{Identities}"), ""},
      {}};
  for (auto one = snapshot.history.rbegin();
       one != snapshot.history.rend() && std::size_t(last.rows.size()) < kLast; ++one)
    last.rows.append({reportTime(one->time), decisionWords(*snapshot.kind, one->what),
                      reportCount(one->images), reportCount(one->people),
                      one->undone ? Words::tr("taken back") : ""});
  if (!last.rows.isEmpty()) section.tables.push_back(std::move(last));
  return section;
}

ReportSection oldSection(const project::Project& project) {
  ReportSection section{Words::tr("What is old"), {}, {}};
  const auto stale = stalePartsOf(project);
  QStringList older;
  for (const int run : project::olderRuns(project)) older << QString::number(run);
  if (!older.isEmpty())
    section.paragraphs
        << Words::tr(
               "Runs that knew other decisions than today's; their numbers are told here as they "
               "were: %1.")
               .arg(older.join(QStringLiteral(", ")));
  if (stale.empty()) {
    if (!older.isEmpty()) return section;
    section.paragraphs << Words::tr(
        "Nothing: all that is told here was made of what the project holds today.");
    return section;
  }
  section.paragraphs << Words::tr(
      "These were made of something that changed since; made again, their numbers may differ.");
  ReportTable table{{}, {Words::tr("What"), Words::tr("Name"), Words::tr("Why")}, {}};
  for (const auto& part : stale)
    if (std::size_t(table.rows.size()) < kOldListed)
      table.rows.append({engineText(part.kind), QString::fromStdString(part.name), engineText(part.why)});
  if (stale.size() > kOldListed)
    table.note = Words::tr("%1 of %2.").arg(kOldListed).arg(reportCount(std::ssize(stale)));
  section.tables.push_back(std::move(table));
  return section;
}

ReportSection versionSection(const Snapshot& snapshot) {
  ReportSection section{Words::tr("Versions"), {}, {}};
  ReportTable table{{}, {Words::tr("What"), Words::tr("Version")}, {}};
  table.rows.append(
      QStringList{Words::tr("Discern, which wrote this"), QCoreApplication::applicationVersion()});
  std::set<QString> versions;
  for (const auto& run : snapshot.runs)
    if (const QString version = runVersion(run); !version.isEmpty()) versions.insert(version);
  if (!versions.empty())
    table.rows.append(
        {Words::tr("Discern, which ran the jobs"), QStringList(versions.begin(), versions.end()).join(", ")});
  table.rows.append(QStringList{Words::tr("Project schema"), QString::number(project::kSchemaVersion)});
  table.rows.append(QStringList{"Qt", qVersion()});
  table.rows.append(QStringList{"OpenCV", CV_VERSION});
#ifdef DISCERN_TORCH_VERSION
  table.rows.append(QStringList{"LibTorch", DISCERN_TORCH_VERSION});
#endif
  section.tables.push_back(std::move(table));
  return section;
}

}  // namespace discern::ui
