// The report: every number of the project in it, files that need nothing else, commands that repeat a run.
#include <gtest/gtest.h>

#include <QApplication>
#include <QCheckBox>
#include <QFile>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QXmlStreamReader>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/models/project/report_html.h"
#include "ui/models/results/evaluation_table.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/report/report_files.h"
#include "ui/pages/report_page.h"

namespace discern::ui {
namespace {

using testing::kWait;

QByteArray contents(const QString& file) {
  QFile in(file);
  return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

TEST(RunText, TheCommandHasEverySetOptionAndQuotesLikeAShell) {
  project::RunRow run;
  run.job = "import";
  run.options =
      R"({"crop":"","dry-run":"","name":"it's mine","percentile":"-1","seed":"7","source":"/a b/c","undo":"true","version":"0.1.0"})";
  EXPECT_EQ(runCommand(run, "p.discern"),
            R"(discern import p.discern '/a b/c' --name 'it'\''s mine' --percentile=-1 --seed 7 --undo)");
  EXPECT_EQ(runVersion(run), "0.1.0");
}

TEST(RunText, HeadlineAndDuration) {
  project::RunRow run;
  run.status = "done";
  run.started = "2024-01-01T10:00:00Z";
  run.finished = "2024-01-01T10:02:05Z";
  run.result = R"({"images":12000,"images_per_second":5.3521625,"name":"face512","list":[1,2],"none":null})";
  EXPECT_EQ(runHeadline(run), "images 12000, images per second 5.3522, name face512");
  EXPECT_EQ(runDuration(run), "2 min 5 s");
  run.status = "failed";
  run.result = R"({"error":"no such file"})";
  EXPECT_EQ(runHeadline(run), "no such file");
}

TEST(EvaluationSwitches, SayThatTrainingIdentitiesWereCompared) {
  project::RunRow row;
  row.job = "evaluate";
  row.status = "done";
  row.result = R"({"protocol":"p","templates":8,"training_templates":4})";
  const auto run = evaluationOf(row);
  ASSERT_TRUE(run);
  EXPECT_TRUE(evaluationSwitches(*run).contains(
      "4 of its 8 {groups} are of training {identities}: a network that was trained on them is flattered"));
  row.result = R"({"protocol":"p","templates":8})";
  EXPECT_TRUE(evaluationSwitches(*evaluationOf(row)).filter(QString("flattered")).isEmpty());
}

class ReportTest : public ::testing::Test {
 protected:
  void open(const testing::PlantedOptions& options = {}) {
    project_ = folder_.filePath("planted.discern");
    testing::makePlantedProject(project_.toStdString(), options);
    session_.open(project_);
  }
  ProjectReport report() {
    session_.setThreshold(0.4);
    return projectReport({project_, session_.snapshot(), session_.point()});
  }
  // The table of a section whose title begins so.
  static ReportTable table(const ProjectReport& report, const QString& section, const QString& title) {
    for (const ReportSection& s : report.sections)
      for (const ReportTable& t : s.tables)
        if (s.title == section && (title.isEmpty() ? t.title.isEmpty() : t.title.startsWith(title))) return t;
    ADD_FAILURE() << "no table " << title.toStdString();
    return {};
  }
  static QString cell(const ReportTable& table, int row, const QString& column) {
    return table.rows.value(row).value(table.columns.indexOf(column));
  }

  QTemporaryDir folder_;
  QString project_;
  Session session_;
};

TEST_F(ReportTest, DataAndModelsAreThoseOfTheProject) {
  open();
  const ProjectReport report = this->report();
  const ReportTable data = table(report, "Data", "");
  ASSERT_EQ(data.rows.size(), 2);
  EXPECT_EQ(data.rows[0], (QStringList{"people", "train", "6", "0", "0", "72", "0", "0"}));
  EXPECT_EQ(data.rows[1].value(1), "test");
  const ReportTable features = table(report, "Models", "Base models");
  ASSERT_EQ(features.rows.size(), 1);
  EXPECT_EQ(cell(features, 0, "MMACs"), "400.0");
  EXPECT_EQ(cell(features, 0, "Input recipe"), "name insightface");
}

TEST_F(ReportTest, ScoresAndTheirAgreementMatchTheTables) {
  open();
  data::ScoreTable reversed, scaled;
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    data::ScoreTable scores = writer.scores("dscore");
    scores.mean = 1.5;
    scores.sigma = 0.75;
    writer.putScores(scores);
    reversed = scaled = scores;
    reversed.name = reversed.method = "norm";
    scaled.name = scaled.method = "sharpness";
    for (float& value : reversed.ratio) value = -value;
    std::ranges::fill(reversed.score, 0.4F);  // which is a little more than the threshold 0.4
    for (float& value : scaled.ratio) value = std::exp(value);
    writer.putScores(reversed);
    writer.putScores(scaled);
  }
  session_.reload();
  const ProjectReport report = this->report();
  const ReportTable scores = table(report, "Scores", "");
  ASSERT_EQ(scores.rows.size(), 3);
  int dscore = 0;
  while (cell(scores, dscore, "Scores") != "dscore") ++dscore;
  EXPECT_EQ(cell(scores, dscore, "At raw 0"), "0.119") << "1 / (1 + e^2)";
  EXPECT_EQ(cell(scores, dscore, "Images scored"), "144");
  std::vector<float> sorted = scaled.score;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(cell(scores, dscore, "Lowest"), QString::number(sorted.front(), 'f', 3));
  EXPECT_EQ(cell(scores, dscore, "At most 0.4"), "25.0 %")
      << "every 4th is planted below 0.3, the others above 0.5";
  EXPECT_DOUBLE_EQ(report.figures.scoresAbove, 0.75);
  int norm = 0;
  while (cell(scores, norm, "Scores") != "norm") ++norm;
  EXPECT_EQ(cell(scores, norm, "At most 0.4"), "0.0 %") << "as evaluations keep them";
  const ReportTable agreement = table(report, "Scores", "Rank correlation");
  ASSERT_EQ(agreement.rows.size(), 2);
  for (int row = 0; row < 2; ++row) {
    const QString expected = cell(agreement, row, "Scores") == "norm" ? "-1.000" : "1.000";
    EXPECT_EQ(cell(agreement, row, "In all"), expected);
    EXPECT_EQ(cell(agreement, row, "Within identities (mean)"), expected);
  }
}

TEST_F(ReportTest, EveryEvaluationWithItsSwitchesTheKneeAndEveryRun) {
  open();
  const ProjectReport report = this->report();
  const auto runs = evaluations(*session_.snapshot());
  ASSERT_EQ(runs.size(), 1U);
  const ReportTable shown = table(report, "Evaluation", QString("Run %1").arg(runs[0].run));
  const EvaluationTable expected = evaluationTable(runs[0]);
  ASSERT_EQ(std::size_t(shown.rows.size()), expected.rows.size());
  for (std::size_t row = 0; row < expected.rows.size(); ++row)
    for (std::size_t column = 0; column < expected.rows[row].size(); ++column)
      EXPECT_EQ(shown.rows[qsizetype(row)].value(qsizetype(column)), expected.rows[row][column].text);
  EXPECT_TRUE(shown.note.contains("far_rule: at most") && shown.note.contains("threshold: 0.4"));
  const auto sweep = latestSweep(*session_.snapshot());
  ASSERT_TRUE(sweep && sweep->kneeCurve >= 0);
  const ReportTable tradeoff = table(report, "Trade-off", "Run");
  const auto& knee = sweep->curves[std::size_t(sweep->kneeCurve)].points[std::size_t(sweep->kneePoint)];
  EXPECT_TRUE(tradeoff.rows.back()[0].endsWith("knee"));
  EXPECT_EQ(tradeoff.rows.back()[1], QString::number(knee.threshold, 'f', 4));
  const ReportTable all = table(report, "Runs", "");
  EXPECT_EQ(all.rows.size(), qsizetype(session_.snapshot()->runs.size()));
  const auto listing =
      std::find_if(report.sections.begin(), report.sections.end(), [](const ReportSection& s) {
        return !s.listing.isEmpty();
      })->listing;
  EXPECT_TRUE(listing.contains("discern train-ddnet planted.discern --epochs 5 --name ddnet"))
      << listing.toStdString();
}

TEST_F(ReportTest, HtmlIsWellFormedAndPutsAChartWhereItBelongs) {
  open();
  ProjectReport report = this->report();
  report.sections[0].paragraphs << "<script>&";
  for (const auto target : {ReportStyle::For::Document, ReportStyle::For::Browser}) {
    ReportStyle style;
    style.target = target;
    const QString html =
        reportHtml(report,
                   {{"roc", "Evaluation", "ROC & more",
                     target == ReportStyle::For::Document ? "chart:roc" : "<svg id=\"roc\" />", false}},
                   style);
    QXmlStreamReader xml(QString(html).remove("<!DOCTYPE html>"));
    QString section, rocIn;
    while (!xml.atEnd()) {
      if (xml.readNext() != QXmlStreamReader::StartElement) continue;
      if (xml.name() == QLatin1String("h2")) section = xml.readElementText();
      if (xml.attributes().value("src") == QLatin1String("chart:roc") || xml.name() == QLatin1String("svg"))
        rocIn = section;
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    EXPECT_EQ(rocIn, "Evaluation");
    EXPECT_FALSE(html.contains("<script"));
  }
}

// Elements of HTML that are opened are closed, what stands in attributes is quoted, and no name is given
// twice.
void expectStrict(const QByteArray& html) {
  QXmlStreamReader xml(QString::fromUtf8(html).remove("<!DOCTYPE html>"));
  QSet<QString> ids;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    if (const QString id = xml.attributes().value("id").toString(); !id.isEmpty()) {
      EXPECT_FALSE(ids.contains(id)) << id.toStdString();
      ids.insert(id);
    }
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString() << " in line " << xml.lineNumber();
}

TEST_F(ReportTest, OneFileHasEverySectionAndEveryChartAndNeedsNothingElse) {
  open({.pictures = true});
  session_.setThreshold(0.4);
  const QString file = folder_.filePath("report.html");
  writeReport(session_, {file}, {});
  const QByteArray html = contents(file);
  expectStrict(html);
  for (const char* section : {"Summary", "Data", "Models", "Scores", "Evaluation", "Operating point",
                              "Trade-off", "Templates", "Decisions", "What is old", "Runs", "Versions"})
    EXPECT_TRUE(html.contains(QByteArray(">") + section + "</h2>")) << section;
  for (const char* caption :
       {"Receiver operating characteristic of 'templates'", "Detection error trade-off of",
        "Distribution of the scores 'dscore'", "Accuracy against compute of", "that match worst"})
    EXPECT_TRUE(html.contains(QString(caption).toHtmlEscaped().toUtf8())) << caption;
  EXPECT_EQ(html.count("<svg "), html.count("<figcaption>"));
  EXPECT_GE(html.count("<svg "), 6);
  EXPECT_FALSE(html.contains("http")) << "nothing is fetched";
  EXPECT_FALSE(html.contains("<script") || html.contains("<img ")) << "faces are off";
  EXPECT_TRUE(html.contains("<thead>") && html.contains("prefers-color-scheme: dark"));

  writeReport(session_, {file}, {.faces = true});
  const QByteArray faces = contents(file);
  expectStrict(faces);
  EXPECT_GT(faces.count("<img src=\"data:image/png;base64,"), 10);
}

TEST_F(ReportTest, TheSameProjectGivesTheSameBytesWhateverTheWindowLooksLike) {
  open();
  session_.setThreshold(0.4);
  const QString first = folder_.filePath("first.html"), second = folder_.filePath("second.html");
  writeReport(session_, {first}, {});
  const QFont font = QApplication::font();
  const QPalette palette = QApplication::palette();
  QFont other = font;
  other.setPointSize(font.pointSize() + 5);
  QApplication::setFont(other);
  QApplication::setPalette(QPalette(Qt::darkGray));
  {
    Session again;
    again.open(project_);
    again.setThreshold(0.4);
    again.select({3, 4}, 4);
    writeReport(again, {second}, {});
  }
  QApplication::setFont(font);
  QApplication::setPalette(palette);
  const QList<QByteArray> a = contents(first).split('\n'), b = contents(second).split('\n');
  ASSERT_EQ(a.size(), b.size());
  for (qsizetype line = 0; line < a.size(); ++line) ASSERT_EQ(a[line].toStdString(), b[line].toStdString());
}

TEST_F(ReportTest, TheSummaryTellsWhatTheTemplatesTell) {
  open();
  session_.setThreshold(0.4);
  TemplateSource& source = TemplateSource::of(session_);
  source.follow();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !source.busy(); }, kWait));
  ASSERT_TRUE(source.answer());
  const auto totals = analysis::totalsOf(source.answer()->report);
  const ProjectReport report =
      projectReport({project_, session_.snapshot(), session_.point(), source.answer()});
  const ReportTable told = table(report, "Summary", "");
  ASSERT_EQ(told.rows.size(), 4);
  if (source.answer()->report.supported) {
    EXPECT_EQ(told.rows[0][1], percentText(totals.tar(), 2));
    EXPECT_EQ(told.rows[0][2], percentText(totals.tarPlain(), 2));
  }
  EXPECT_EQ(told.rows[1][1], percentText(totals.keptShare()));
  const ReportTable worst = table(report, "Templates", "The worst");
  const auto order =
      analysis::worstFirst(source.answer()->report, source.answer()->loaded->matcher.protocol(),
                           analysis::TemplateOrder::WorstGenuine);
  EXPECT_EQ(
      cell(worst, 0, "Worst genuine"),
      QString::number(source.answer()->report.rows[std::size_t(order[0])].atPoint.worstGenuine, 'f', 4));
}

TEST_F(ReportTest, DecisionsAreCountedAndListedWithTheirTime) {
  open();
  EXPECT_TRUE(table(report(), "Versions", "").rows.size() >= 4);
  {
    auto writer = project::openForDecisions(project_.toStdString());
    project::Mark mark;
    mark.leftOut = project::LeftOut::Templates;
    ASSERT_TRUE(project::decide(writer, {"leave out of templates: 2 images", {{3, mark}, {4, mark}}, {}}));
    ASSERT_TRUE(project::setExcluded(writer, {2}, true));
    ASSERT_TRUE(project::undo(writer));
  }
  session_.reload();
  const ProjectReport report = this->report();
  const ReportTable standing = table(report, "Decisions", "What stands");
  ASSERT_EQ(standing.rows.size(), 1);
  EXPECT_EQ(standing.rows[0], (QStringList{"Images left out of templates", "2"}));
  const ReportTable last = table(report, "Decisions", "The last 2");
  ASSERT_EQ(last.rows.size(), 2);
  EXPECT_EQ(last.rows[0].back(), "taken back");
  EXPECT_EQ(last.rows[1][1], "leave out of templates: 2 images");
  EXPECT_EQ(last.rows[1][0].size(), 16);
}

// By poppler, which Debian's poppler-utils brings: no dependency of Discern.
TEST_F(ReportTest, ProtocolsAreCountedAsTheyAreComparedToday) {
  open();
  const ReportTable before = table(report(), "Evaluation", "Protocols");
  {
    auto writer = project::openForDecisions(project_.toStdString());
    project::Mark mark;
    mark.leftOut = project::LeftOut::Templates;
    const int sample = writer.protocol("templates").templates.at(0).samples.at(0);
    project::Change change;
    change.what = "leave out of templates: 1 image";
    change.marks.emplace_back(sample, mark);
    ASSERT_TRUE(project::decide(writer, change));
  }
  session_.reload();
  const ReportTable after = table(report(), "Evaluation", "Protocols");
  ASSERT_EQ(after.rows.size(), 1);
  EXPECT_EQ(cell(after, 0, "Images").toInt(), cell(before, 0, "Images").toInt() - 1);
  EXPECT_EQ(cell(after, 0, "Impostor"), cell(before, 0, "Impostor"));
}

TEST_F(ReportTest, TextOfThePdfIsFoundAndHeadsAreRepeated) {
  const QString reader = QStandardPaths::findExecutable("pdftotext");
  open();
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    for (int run = 0; run < 80; ++run) writer.finishRun(writer.startRun("protocol", "{}"), "done", "{}");
  }
  session_.reload();
  const QString file = folder_.filePath("report.pdf");
  writeReport(session_, {file}, {});
  EXPECT_TRUE(contents(file).startsWith("%PDF-"));
  if (reader.isEmpty())
    GTEST_SKIP() << "pdftotext (poppler-utils) is not installed: the text is not looked for";
  QProcess process;
  process.start(reader, {"-layout", file, "-"});
  ASSERT_TRUE(process.waitForFinished());
  const QString text = QString::fromUtf8(process.readAllStandardOutput());
  for (const char* found : {"Summary", "Operating point", "Receiver operating characteristic of 'templates'",
                            "false accept rate", "Trade-off", "Nobody decided anything"})
    EXPECT_TRUE(text.contains(found)) << found;
  const QStringList pages = text.split('\f', Qt::SkipEmptyParts);
  const QRegularExpression head("Run\\s+Job\\s+State"), row("\\d+\\s+protocol\\s+done");
  const QStringList titles = {"Data",        "Models",          "Scores",    "Evaluation",
                              "Slices",      "Operating point", "Trade-off", "Templates",
                              "What is old", "Decisions",       "Runs",      "Versions"};
  int headed = 0;
  for (const QString& page : pages) {
    QStringList lines = page.split('\n', Qt::SkipEmptyParts);
    lines.removeIf([](const QString& line) { return line.trimmed().isEmpty(); });
    ASSERT_GE(lines.size(), 2);
    EXPECT_FALSE(titles.contains(lines[lines.size() - 2].trimmed())) << "a heading above the foot, alone";
    EXPECT_GT(page.simplified().size(), 150) << "a page with next to nothing:\n" << page.toStdString();
    if (!page.contains(row)) continue;
    EXPECT_TRUE(page.contains(head)) << page.toStdString();
    ++headed;
  }
  EXPECT_GE(headed, 2) << "the table of runs is longer than a page";
}

TEST_F(ReportTest, ThePageShowsItAndSavesFilesThatNeedNothingElse) {
  open();
  ReportPage page(session_);
  page.resize(1100, 700);
  page.show();
  auto* view = page.findChild<QTextBrowser*>("report");
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return page.settled() && view->toPlainText().contains("Trade-off"); }, kWait));
  EXPECT_GE(view->toPlainText().count(QChar::ObjectReplacementCharacter), 6) << "charts";
  EXPECT_FALSE(view->grab().isNull());

  auto* faces = page.findChild<QCheckBox*>("reportFaces");
  ASSERT_NE(faces, nullptr);
  EXPECT_FALSE(faces->isChecked());

  const QStringList files = page.exportTo(folder_.path());
  ASSERT_EQ(files.size(), 2);
  EXPECT_GE(contents(files[0]).count("<svg "), 6);
  EXPECT_TRUE(contents(files[1]).startsWith("%PDF-"));
  EXPECT_THROW(page.save(folder_.filePath("report.doc")), Error);
  EXPECT_THROW(page.save(folder_.filePath("no/such/folder/report.html")), Error);
}

TEST_F(ReportTest, WhatChangesMeanwhileIsInIt) {
  open();
  ReportPage page(session_);
  page.show();
  auto* view = page.findChild<QTextBrowser*>("report");
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return page.settled() && view->toPlainText().contains("dscore"); }, kWait));
  EXPECT_FALSE(view->toPlainText().contains("selection of mine"));
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    writer.finishRun(writer.startRun("protocol", "{}"), "done", R"({"protocol":"selection of mine"})");
  }
  session_.reload();
  EXPECT_TRUE(QTest::qWaitFor([&] { return view->toPlainText().contains("selection of mine"); }, kWait));
}

TEST_F(ReportTest, WithoutImagesThePageSaysWhatToDo) {
  project_ = folder_.filePath("empty.discern");
  static_cast<void>(project::Project::create(project_.toStdString()));
  session_.open(project_);
  ReportPage page(session_);
  page.show();
  QSignalSpy requested(&page, &Page::jobRequested);
  for (QPushButton* button : page.findChildren<QPushButton*>())
    if (button->isVisible()) QTest::mouseClick(button, Qt::LeftButton);
  ASSERT_EQ(requested.count(), 1);
  EXPECT_EQ(requested[0][0].toString(), "import");
  EXPECT_TRUE(page.exportTo(folder_.path()).isEmpty());
}

}  // namespace
}  // namespace discern::ui
