// The report: every number of the project in it, files that need nothing else, commands that repeat a run.
#include <gtest/gtest.h>

#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QXmlStreamReader>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/charts/line_chart.h"
#include "ui/models/project/report_html.h"
#include "ui/models/results/evaluation_table.h"
#include "ui/models/results/run_text.h"
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
  const QString html =
      reportHtml(report, {{"roc", "Roc", "chart:roc"}, {"unheard-of", "Unheard of", "chart:new"}});
  QXmlStreamReader xml(QString(html).remove("<!DOCTYPE html>"));
  QString section, rocIn, newIn;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    if (xml.name() == QLatin1String("h2")) section = xml.readElementText();
    if (xml.attributes().value("src") == QLatin1String("chart:roc")) rocIn = section;
    if (xml.attributes().value("src") == QLatin1String("chart:new")) newIn = section;
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  EXPECT_EQ(rocIn, "Evaluation");
  EXPECT_EQ(newIn, "Further charts");
  EXPECT_FALSE(html.contains("<script>"));
}

TEST_F(ReportTest, ThePageShowsItAndSavesFilesThatNeedNothingElse) {
  open();
  LineChart chart("roc");
  chart.setSeries({{"average", {{0.1, 0.5}, {0.2, 0.7}}}});
  ReportPage page(session_, [&chart] { return std::vector<Chart*>{&chart}; });
  page.resize(1100, 700);
  page.show();
  auto* view = page.findChild<QTextBrowser*>("report");
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return page.settled() && view->toPlainText().contains("Trade-off"); }, kWait));
  EXPECT_TRUE(view->toPlainText().contains("Roc"));

  const QStringList files = page.exportTo(folder_.path());
  ASSERT_EQ(files.size(), 2);
  const QString html = QString::fromUtf8(contents(files[0]));
  EXPECT_EQ(html.count("<img "), 1);
  EXPECT_EQ(html.count("src=\"data:image/svg+xml;base64,"), 1);
  EXPECT_FALSE(html.contains("http")) << "nothing is fetched";
  EXPECT_TRUE(contents(files[1]).startsWith("%PDF-"));
  EXPECT_THROW(page.save(folder_.filePath("report.doc")), Error);
  EXPECT_THROW(page.save(folder_.filePath("no/such/folder/report.html")), Error);
}

TEST_F(ReportTest, WhatChangesMeanwhileIsInIt) {
  open();
  ReportPage page(session_, [] { return std::vector<Chart*>{}; });
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

TEST_F(ReportTest, ChartsAreTakenOnceTheOtherPagesAreReadyAndAgainAtEveryLook) {
  open();
  int asked = 0, taken = 0;
  ReportPage page(
      session_,
      [&] {
        EXPECT_GT(asked, 2) << "the others were not ready";
        ++taken;
        return std::vector<Chart*>{};
      },
      [&] { return ++asked > 2; });
  page.show();
  ASSERT_TRUE(QTest::qWaitFor([&] { return taken > 0 && page.settled(); }, kWait));
  const int before = taken;
  page.hide();
  page.show();
  EXPECT_TRUE(QTest::qWaitFor([&] { return taken > before && page.settled(); }, kWait));
}

TEST_F(ReportTest, WithoutImagesThePageSaysWhatToDo) {
  project_ = folder_.filePath("empty.discern");
  static_cast<void>(project::Project::create(project_.toStdString()));
  session_.open(project_);
  ReportPage page(session_, [] { return std::vector<Chart*>{}; });
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
