// The Distil page driven by real clicks.
#include "tests/ui/distil_page.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

#include "tests/ui/selection_project.h"
#include "ui/charts/export_chart.h"
#include "ui/widgets/empty_state.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::DistilPageTest;
using testing::kWait;
using testing::SelectionOptions;

TEST_F(DistilPageTest, EverySizeAndModeIsAJobOfItsOwn) {
  open();
  useScript("exit 0");
  SelectionSource::of(session_).setLambda(-2.25);
  toggle("size-32");
  toggle("mode-dc");
  child<QSpinBox>(*page_, "epochs")->setValue(3);
  EXPECT_EQ(child<QPushButton>(*page_, "startDistil")->text(), "Start 4 trainings");
  click("startDistil");
  const QString common = "--init-epochs 20 --epochs 3 --batch 256 --seed 1 --device cpu --name ";
  EXPECT_EQ(
      requests_,
      (QStringList{"distil --teacher teacher --size 16 --mode sc --selection selection --lambda -2.25 " +
                       common + "S-16-sc",
                   "distil --teacher teacher --size 16 --mode dc " + common + "S-16-dc",
                   "distil --teacher teacher --size 32 --mode sc --selection selection --lambda -2.25 " +
                       common + "S-32-sc",
                   "distil --teacher teacher --size 32 --mode dc " + common + "S-32-dc"}));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !runner_.isBusy(); }, kWait));
  // The share instead of lambda, and an ending for the names.
  requests_.clear();
  for (const char* box : {"size-32", "mode-dc"}) toggle(box);
  child<QComboBox>(*page_, "amount")->setCurrentIndex(1);
  child<QDoubleSpinBox>(*page_, "distilKeep")->setValue(62.5);
  QTest::keyClicks(child<QLineEdit>(*page_, "name"), "b");
  click("startDistil");
  ASSERT_EQ(requests_.size(), 1);
  EXPECT_TRUE(requests_[0].contains("--keep 0.625") && requests_[0].endsWith("--name S-16-sc-b"))
      << requests_[0].toStdString();
}

TEST_F(DistilPageTest, TheTeacherCanBeTyped) {
  open();
  QLineEdit* teacher = child<QComboBox>(*page_, "teacher")->lineEdit();
  ASSERT_EQ(teacher->text(), "teacher");
  QTest::keyClick(teacher, Qt::Key_Home);
  QTest::keyClicks(teacher, "my,");
  EXPECT_EQ(teacher->text(), "my,teacher") << "the cursor stays where it was";
  teacher->selectAll();
  QTest::keyClick(teacher, Qt::Key_Delete);
  EXPECT_EQ(teacher->text(), "") << "and may be emptied";
  EXPECT_FALSE(child<QPushButton>(*page_, "startDistil")->isEnabled());
}

TEST_F(DistilPageTest, RunsAreSortedBySeedAsNumbers) {
  StudentTable students;
  std::vector<StudentRow> rows(2);
  rows[0].run = 1;
  rows[0].seed = "10";
  rows[1].run = 2;
  rows[1].seed = "2";
  students.set(rows);
  const auto key = [&](int row) {
    return students.index(row, StudentTable::Seed).data(StudentTable::SortRole).toDouble();
  };
  EXPECT_LT(key(1), key(0));
  EXPECT_EQ(students.index(0, StudentTable::Seed).data().toString(), "10");
}

TEST_F(DistilPageTest, LambdaFollowsTheSelectionPageUntilAnotherIsTyped) {
  open();
  auto* lambda = child<QDoubleSpinBox>(*page_, "distilLambda");
  SelectionSource::of(session_).setLambda(-7);
  EXPECT_DOUBLE_EQ(lambda->value(), -7);
  lambda->setFocus();
  lambda->selectAll();
  QTest::keyClicks(lambda, "-3");
  QTest::keyClick(lambda, Qt::Key_Return);
  SelectionSource::of(session_).setLambda(-9);
  EXPECT_DOUBLE_EQ(lambda->value(), -3);
}

TEST_F(DistilPageTest, WhatIsMissingIsSaid) {
  SelectionOptions options;
  options.selection = options.map = options.students = false;
  open(options);
  auto* start = child<QPushButton>(*page_, "startDistil");
  auto* hint = child<QLabel>(*page_, "distilHint");
  EXPECT_FALSE(start->isEnabled());
  EXPECT_TRUE(hint->isVisible() && hint->text().contains("selected"));
  QSignalSpy asked(page_.get(), &Page::pageRequested);
  click("goToSelection");
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(asked[0][0].toString(), "Selection");
  toggle("mode-sc");
  EXPECT_TRUE(hint->text().contains("at least one"));
  toggle("mode-c");
  EXPECT_TRUE(start->isEnabled()) << "classes alone need no selection";
  EXPECT_FALSE(hint->isVisible());
  EXPECT_TRUE(page_->findChild<EmptyState*>()->isVisible());
}

TEST_F(DistilPageTest, WithoutFeaturesATeacherIsAskedFor) {
  SelectionOptions options;
  options.features = options.selection = options.map = options.scores = options.students = false;
  open(options);
  EXPECT_FALSE(child<QPushButton>(*page_, "startDistil")->isEnabled());
  QTest::mouseClick(page_->findChild<EmptyState*>()->button(), Qt::LeftButton);
  EXPECT_EQ(requests_, QStringList{"extract"});
}

TEST_F(DistilPageTest, ChosenRunsAreOverlaidAndRinged) {
  open();
  EXPECT_EQ(curves().series().size(), 6) << "the newest six, before any is chosen";
  clickRow(0);
  clickRow(2, Qt::ControlModifier);
  settle();
  ASSERT_EQ(curves().series().size(), 2);
  EXPECT_EQ(curves().series()[0].name, "S-32-sc");
  EXPECT_EQ(curves().series()[1].name, "S-32-s");
  EXPECT_EQ(curves().series()[0].points.size(), 60);
  EXPECT_EQ(costs().selected().size(), 2U);
  auto* metric = child<QComboBox>(*page_, "curveMetric");
  EXPECT_EQ(metric->currentText(), "training loss");
  metric->setCurrentIndex(metric->findData("validation/accuracy"));
  EXPECT_EQ(curves().series()[0].points.size(), 5);
  // A dot of the other chart chooses its row.
  costs().grab();
  const PlotFrame frame = costs().frame();
  child<QComboBox>(*page_, "cost")->setCurrentText("ms / face");
  costs().grab();
  const QPointF& teacher = costs().data().points.back();
  QTest::mouseClick(
      &costs(), Qt::LeftButton, {},
      QPointF(costs().frame().pixelX(teacher.x()), costs().frame().pixelY(teacher.y())).toPoint());
  EXPECT_EQ(costs().selected(), std::vector<int>{8});
  EXPECT_FALSE(frame.xLow == costs().frame().xLow && frame.xHigh == costs().frame().xHigh);
}

TEST_F(DistilPageTest, StudentsWithoutComparisonsSayWhatIsMissing) {
  SelectionOptions options;
  options.students = false;
  open(options);
  const auto* note = child<QLabel>(*page_, "protocolNote");
  EXPECT_FALSE(note->isVisible());
  auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
  writer.finishRun(
      writer.startRun("distil", R"({"name":"S-16-c","size":"16","mode":"c","teacher":"teacher"})"), "done",
      R"({"name":"S-16-c","teacher":"teacher","checks":[]})");
  session_.reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return note->isVisible(); }, kWait));
  testing::addStudent(writer, 16, "sc", 0.9);
  session_.reload();
  EXPECT_TRUE(QTest::qWaitFor([&] { return !note->isVisible(); }, kWait));
}

TEST_F(DistilPageTest, AccuracyStandsAgainstEveryCostWithTheTeacherInIt) {
  open();
  auto* cost = child<QComboBox>(*page_, "cost");
  const double teacher[] = {43.6e6, 174.5, 410, 48}, student[] = {0.79e6, 3.2, 9.6, 0.07};
  for (int i = 0; i < 4; ++i) {
    cost->setCurrentIndex(i);
    ASSERT_EQ(costs().data().points.size(), 9U) << i;
    EXPECT_NEAR(costs().data().points[0].x() / student[i], 1, 1e-9);
    EXPECT_NEAR(costs().data().points[8].x() / teacher[i], 1, 1e-9);
    EXPECT_EQ(costs().data().labels[8], "teacher");
    EXPECT_TRUE(costs().xAxis().log);
  }
  cost->setCurrentText("Pixels");  // SKD, figure 7
  ASSERT_EQ(costs().data().points.size(), 9U);
  EXPECT_EQ(costs().data().points[0].x(), cell(0, StudentTable::Size).section(' ', 0, 0).toDouble());
  EXPECT_EQ(costs().data().points[8].x(), 112) << "a teacher sees whole faces";
  EXPECT_NEAR(costs().data().points[0].y(), 0.95, 1e-9);
  cost->setCurrentText("GPU ms / face");
  EXPECT_TRUE(costs().data().points.empty()) << "nothing was measured on one";
  cost->setCurrentText("Pixels");
  child<QComboBox>(*page_, "quality")->setCurrentIndex(1);
  EXPECT_NEAR(costs().data().points[0].y(), 0.9, 1e-9);
  child<QComboBox>(*page_, "layer")->setCurrentIndex(1);
  EXPECT_NEAR(costs().data().points[0].y(), 0.88, 1e-9);
  child<QComboBox>(*page_, "distilProtocol")->setCurrentText("wild");
  EXPECT_NEAR(costs().data().points[0].y(), 0.78, 1e-9);
  EXPECT_EQ(cell(0, StudentTable::Auc), "0.8550");
  {
    // A teacher that was never measured is missing, and the axis says so.
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    const int run =
        writer.startRun("distil", R"({"name":"S-16-c","size":"16","mode":"c","teacher":"other"})");
    writer.finishRun(run, "done",
                     R"({"name":"S-16-c","teacher":"other","parameters":1e5,"checks":[{"protocol":"wild",
      "auc_identity":0.7,"accuracy_identity":0.6,"accuracy_mimic":0.5,"auc_teacher":0.9,"accuracy_teacher":0.9}]})");
  }
  session_.reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return cell(10, StudentTable::Name) == "teacher"; }, kWait));
  cost->setCurrentIndex(0);
  EXPECT_EQ(costs().data().points.size(), 10U);
  EXPECT_EQ(costs().xAxis().title, "Parameters (unknown of other)");
  for (Chart* chart : page_->charts()) exportChartAll(*chart, folder_.filePath("out"));
  EXPECT_EQ(QDir(folder_.filePath("out")).entryList(QDir::Files).size(), 12);
}

TEST_F(DistilPageTest, ARunIsFollowedLiveAndStoppedWithWhatWaits) {
  open();
  // The script stands for the engine: the run is in the project, so it says its number.
  int run = 0;
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    run = writer.startRun("distil",
                          R"({"name":"S-64-c","size":"64","mode":"c","seed":"1","teacher":"teacher"})");
    writer.addMetric(run, {"train/loss", 1, 5.0});
  }
  useScript(QString("trap 'exit 130' INT\necho '{\"event\":\"start\",\"job\":\"distil\",\"run\":%1}'\n"
                    "echo '{\"event\":\"progress\",\"stage\":\"fine-tuning\",\"done\":40,\"total\":100}'\n"
                    "while :; do sleep 0.02; done")
                .arg(run));
  session_.reload();
  for (const char* box : {"mode-sc", "mode-c", "size-96"}) toggle(box);
  click("startDistil");
  ASSERT_EQ(requests_.size(), 2);
  ASSERT_TRUE(QTest::qWaitFor([&] { return cell(1, StudentTable::State) == "running 40 %"; }, kWait))
      << cell(1, StudentTable::State).toStdString();
  EXPECT_EQ(cell(0, StudentTable::Name), "S-96-c");
  EXPECT_EQ(cell(0, StudentTable::State), "waiting");
  clickRow(1);
  ASSERT_TRUE(QTest::qWaitFor([&] { return curves().series().size() == 1; }, kWait));
  EXPECT_EQ(curves().series()[0].points.size(), 1);
  project::Project::open(project_.toStdString(), project::Project::Mode::Write)
      .addMetric(run, {"train/loss", 2, 4.0});
  EXPECT_TRUE(QTest::qWaitFor([&] { return curves().series()[0].points.size() == 2; }, kWait));

  click("stopAll");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !runner_.isBusy(); }, kWait));
  for (const Job& job : runner_.jobs()) EXPECT_EQ(job.state, Job::State::Cancelled);
  project::Project::open(project_.toStdString(), project::Project::Mode::Write)
      .finishRun(run, "cancelled", "{}");
  EXPECT_TRUE(QTest::qWaitFor([&] { return cell(0, StudentTable::State) == "stopped"; }, kWait));
  EXPECT_EQ(cell(0, StudentTable::Name), "S-64-c") << "what waited is gone, the run stays";
  EXPECT_TRUE(child<QPushButton>(*page_, "startDistil")->isEnabled());
  EXPECT_FALSE(child<QPushButton>(*page_, "stopAll")->isVisible());
  auto* table = child<QTableView>(*page_, "students");
  EXPECT_EQ(table->selectionModel()->selectedRows().size(), 1) << "the chosen run stays chosen";
}

TEST_F(DistilPageTest, CostsAreMeasuredOnRequest) {
  open();
  useScript("exit 0");
  click("measureCosts");
  EXPECT_EQ(requests_, QStringList{"cost --batches 1"});
  requests_.clear();
  auto* device = child<QComboBox>(*page_, "device");
  device->setCurrentIndex(device->findData("cuda"));
  click("measureCosts");
  EXPECT_EQ(requests_, (QStringList{"cost --batches 1", "cost --batches 1 --device cuda"}));
}

TEST_F(DistilPageTest, CountedMemoryAndTheGpuStandBesideTheRest) {
  open();
  {
    auto project = writer();
    project.finishRun(
        project.startRun("cost", "{}"), "done",
        R"({"models":[{"name":"S-32-sc","kind":"student","size":32,"dims":128,"parameters":0.79e6,
      "file_bytes":3.2e6,"macs":1e6,"at":[
      {"batch":1,"ms":0.5,"peak_bytes":9e6,"weight_bytes":3e6,"workspace_bytes":1e6,"device":"cpu"},
      {"batch":1,"ms":0.125,"peak_bytes":9e6,"weight_bytes":3e6,"workspace_bytes":1e6,"device":"cuda"}]}]})");
  }
  session_.reload();
  auto* cost = child<QComboBox>(*page_, "cost");
  cost->setCurrentText("Net MB");
  ASSERT_TRUE(QTest::qWaitFor([&] { return costs().data().points.size() == 1; }, kWait));
  EXPECT_NEAR(costs().data().points[0].x(), 4, 1e-9);
  EXPECT_EQ(costs().data().labels[0], "S-32-sc");
  cost->setCurrentText("GPU ms / face");
  ASSERT_EQ(costs().data().points.size(), 1U);
  EXPECT_NEAR(costs().data().points[0].x(), 0.125, 1e-9);
}

}  // namespace
}  // namespace discern::ui
