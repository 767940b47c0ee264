// Parts of a protocol on their page, measured by the real engine, and in the report.
#include "ui/pages/slices_page.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/charts/line_chart.h"
#include "ui/main_window.h"
#include "ui/models/project/project_report.h"
#include "ui/models/results/run_results.h"
#include "ui/models/results/slice_runs.h"
#include "ui/pages/figures.h"
#include "ui/pages/report/report_charts.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

class SlicesPageTest : public ::testing::Test {
 protected:
  SlicesPageTest() {
    testing::PlantedOptions options;
    options.identities = 16;
    options.images = 8;
    testing::makePlantedProject(project_.toStdString(), options);
    QFile csv(csv_);
    EXPECT_TRUE(csv.open(QIODevice::WriteOnly));
    csv.write("identity,side,year\n");
    for (const auto& row :
         project::Project::open(project_.toStdString(), project::Project::Mode::Read).identities())
      csv.write(QString("%1,%2,%3\n")
                    .arg(QString::fromStdString(row.name), row.id % 8 == 7 ? "rare"
                                                           : row.id % 2    ? "left"
                                                                           : "right")
                    .arg(2000 + row.id % 3)
                    .toUtf8());
  }

  struct Window {
    explicit Window(const SlicesPageTest& test)
        : settings(test.folder_.filePath("settings.ini")), window(settings) {
      window.runner().setCommand({DISCERN_PROGRAM});
      window.resize(1024, 700);
      window.show();
      window.openProject(test.project_);
      window.showPage("Slices");
      EXPECT_TRUE(window.waitSettled());
    }
    Page& page() { return *window.page("Slices"); }

    Settings settings;
    MainWindow window;
  };

  QTemporaryDir folder_;
  const QString project_ = folder_.filePath("p.discern"), csv_ = folder_.filePath("faces.csv");
};

TEST_F(SlicesPageTest, AColumnIsChosenMeasuredAndKept) {
  {
    Window w(*this);
    auto* metadata = child<QLineEdit>(w.page(), "metadata");
    auto* column = child<QComboBox>(w.page(), "column");
    EXPECT_GE(column->findText("set"), 0) << "what the project itself knows";
    metadata->setFocus();
    QTest::keyClicks(metadata, folder_.filePath("gone.csv"));
    QTest::keyClick(metadata, Qt::Key_Return);
    EXPECT_TRUE(child<QLabel>(w.page(), "problem")->text().contains("gone.csv"));
    EXPECT_FALSE(child<QPushButton>(w.page(), "slices")->isEnabled());
    metadata->clear();
    QTest::keyClicks(metadata, csv_);
    QTest::keyClick(metadata, Qt::Key_Return);
    ASSERT_EQ(column->count(), 2) << "not identity, which says whose a row is";
    column->setCurrentText("side");
    QTest::mouseClick(child<QPushButton>(w.page(), "slices"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return !w.window.runner().isBusy() && !sliceRuns(*w.window.session().snapshot()).empty(); },
        kWait));
    EXPECT_TRUE(w.window.waitSettled());
    const auto run = sliceRuns(*w.window.session().snapshot()).front();
    ASSERT_GE(run.result.slices.size(), 2U);
    auto* table = child<QTableWidget>(w.page(), "sliceTable");
    ASSERT_EQ(table->rowCount(), int(run.result.slices.size()));
    EXPECT_EQ(table->horizontalScrollBar()->maximum(), 0) << "it fits";
    const auto charts = w.page().findChildren<LineChart*>();
    ASSERT_EQ(charts.size(), 5);
    for (int row = 0; row < table->rowCount(); ++row) {
      const auto& slice = run.result.slices[std::size_t(row)];
      EXPECT_EQ(table->item(row, 0)->text(),
                QString::fromStdString(slice.name) + (slice.supported ? "" : " (few)"));
      EXPECT_TRUE(table->item(row, 5)->text().startsWith(percentText(slice.tar) + " ("));
      for (const LineChart* chart : charts) {
        const auto& series = chart->series();
        if (chart->name() == "slices-tar") {
          ASSERT_EQ(series[row].points.size(), 3);
          EXPECT_EQ(series[row].points[0].x(), slice.tarLow);
          EXPECT_EQ(series[row].points[1].x(), slice.tar);
          EXPECT_EQ(series[row].points[2].x(), slice.tarHigh);
        }
        if (chart->name() == "slices-genuine") {
          double all = 0;
          for (const QPointF& point : series[row].points) all += point.y();
          EXPECT_NEAR(all, slice.genuine > 0 ? 1 : 0, 1e-9);
        }
      }
    }
    EXPECT_EQ(child<QLabel>(w.page(), "verdict")->text(), sliceVerdict(run.result));
    // The lines are told apart by the parts' names, not by numbers.
    for (const LineChart* chart : charts) {
      if (chart->name() != "slices-tar" && chart->name() != "slices-far") continue;
      const auto& names = chart->yAxis().names;
      ASSERT_EQ(names.size(), run.result.slices.size());
      for (std::size_t i = 0; i < names.size(); ++i) {
        EXPECT_EQ(names[i].second, sliceName(run.result, run.result.slices[i]));
        EXPECT_EQ(names[i].first, double(names.size() - i)) << "the first of the table uppermost";
      }
    }
  }
  Window again(*this);
  EXPECT_EQ(child<QLineEdit>(again.page(), "metadata")->text(), csv_) << "the page remembers";
  EXPECT_EQ(child<QComboBox>(again.page(), "column")->currentText(), "side");
  EXPECT_EQ(child<QComboBox>(again.page(), "sliceRun")->count(), 1);
  const auto report = projectReport(
      {project_, again.window.session().snapshot(), again.window.session().point(), nullptr, {}, false});
  const auto section = std::ranges::find(report.sections, "Slices", &ReportSection::title);
  ASSERT_NE(section, report.sections.end());
  ASSERT_EQ(section->tables.size(), 1U);
  EXPECT_EQ(section->tables[0].title, "side of faces.csv");
  const auto figures = reportFigures(report);
  EXPECT_GE(std::ranges::count(figures, QString("Slices"), &ReportFigure::section), 4);
}

// No part has impostors enough at this FAR: that is said, with what each needs, and the lowest rate all the
// same.
TEST(SliceVerdict, SaysWhyNoPartIsTheWorst) {
  results::SlicesResult result;
  result.far = 1e-3;
  for (const auto& [name, genuine, tar] :
       {std::tuple("left", 40, 0.9), std::tuple("right", 50, 0.7), std::tuple("up", 3, 0.1)}) {
    results::SliceResult slice;
    slice.name = name;
    slice.genuine = genuine;
    slice.impostor = 200;
    slice.tar = tar;
    result.slices.push_back(slice);
  }
  result.metadata = "faces.csv";
  result.tar = 0.875;
  const QString verdict = sliceVerdict(result);
  EXPECT_TRUE(verdict.startsWith("right has the lowest true accept rate, 70.0 %;")) << verdict.toStdString();
  const QString about = sliceAbout({1, "faces.csv", result});
  EXPECT_TRUE(about.contains("30 genuine and 3000 impostor comparisons")) << about.toStdString();
  EXPECT_TRUE(about.contains("(TAR 87.5 %)")) << about.toStdString();
  result.supported = false;
  const QString unsupported = sliceAbout({1, "faces.csv", result});
  EXPECT_TRUE(unsupported.contains("(TAR –, too few impostors)")) << unsupported.toStdString();
  result.slices.resize(0);
  EXPECT_EQ(sliceVerdict(result), "No part has comparisons enough to be called the worst.");
}

TEST(SliceFigures, TheRateOfAllIsALineWhereTheImpostorsSupportIt) {
  LineChart tar("tar"), far("far"), genuine("genuine"), impostor("impostor"), edc("edc");
  results::SlicesResult result;
  result.far = 1e-3;
  result.tar = 0.875;
  showSlices({tar, far, genuine, impostor, edc}, {1, "", result});
  EXPECT_EQ(tar.cursorLine(), std::optional(0.875));
  result.supported = false;
  showSlices({tar, far, genuine, impostor, edc}, {1, "", result});
  EXPECT_FALSE(tar.cursorLine().has_value());
}

}  // namespace
}  // namespace discern::ui
