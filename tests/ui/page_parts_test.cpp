// The parts of the Selection and the Distil page, each alone on a session.
#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "tests/ui/selection_project.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/live/student_jobs.h"
#include "ui/models/live/workers.h"
#include "ui/models/project/table_source.h"
#include "ui/pages/distil/cost_chart.h"
#include "ui/pages/distil/run_curves.h"
#include "ui/pages/distil/student_form.h"
#include "ui/pages/distil/students_panel.h"
#include "ui/pages/selection/choice_boxes.h"
#include "ui/pages/selection/discarded_panel.h"
#include "ui/pages/selection/face_map.h"
#include "ui/pages/selection/kept_curve.h"
#include "ui/pages/selection/lambda_box.h"
#include "ui/pages/selection/rankings_panel.h"
#include "ui/widgets/gallery_view.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

class PagePartsTest : public ::testing::Test {
 protected:
  ~PagePartsTest() override {
    session_.close();
    workers().waitForDone();
  }
  void open(const testing::SelectionOptions& options = {}) {
    options_ = options;
    project_ = folder_.filePath("p.discern");
    testing::makeSelectionProject(project_.toStdString(), options);
    session_.open(project_);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !source().busy() && !table().busy(); }, kWait));
  }
  static void show(QWidget& part) {
    part.resize(600, 400);
    part.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&part, kWait));
  }
  SelectionSource& source() { return SelectionSource::of(session_); }
  TableSource& table() { return TableSource::of(session_); }
  // By the planted truth.
  std::vector<int> discardedAt(double lambda) const {
    std::vector<int> samples;
    const auto enters = testing::plantedEnters(options_);
    for (std::size_t i = 0; i < enters.size(); ++i)
      if (!std::isnan(enters[i]) && !selection::isKept(enters[i], lambda)) samples.push_back(int(i));
    return samples;
  }
  static std::vector<int> samplesOf(const GalleryView& gallery) {
    auto samples = gallery.sections().empty() ? std::vector<int>{} : gallery.sections().front().samples;
    std::ranges::sort(samples);
    return samples;
  }

  QTemporaryDir folder_;
  QString project_;
  testing::SelectionOptions options_;
  Session session_;
};

TEST_F(PagePartsTest, TheLambdaBoxReadsAndSetsLambda) {
  open();
  LambdaBox box(session_);
  show(box);
  source().setLambda(-2.2);
  EXPECT_DOUBLE_EQ(child<QDoubleSpinBox>(box, "lambdaRaw")->value(), -2.2);
  EXPECT_NEAR(child<QDoubleSpinBox>(box, "lambdaNormalised")->value(), -0.2, 1e-12);
  EXPECT_TRUE(
      child<QLabel>(box, "keptText")->text().contains(QString("%1 discarded").arg(discardedAt(-2.2).size())));
  child<QSlider>(box, "lambdaSlider")->setValue(10000);
  EXPECT_EQ(discardedAt(source().lambda()).size(), 9U) << "all that can be are kept";
  session_.close();
  EXPECT_TRUE(QTest::qWaitFor([&] { return !box.isEnabled(); }, kWait));
}

TEST_F(PagePartsTest, TheKeptCurveIsAHandle) {
  open();
  KeptCurve curve(session_);
  show(curve);
  source().setLambda(-2);
  EXPECT_DOUBLE_EQ(*curve.chart().cursorLine(), 2);
  child<QComboBox>(curve, "curveAxis")->setCurrentIndex(1);
  EXPECT_DOUBLE_EQ(*curve.chart().cursorLine(), 2 / 11.0);
  emit curve.chart().cursorMoved(1);
  EXPECT_DOUBLE_EQ(source().lambda(), -11);
}

TEST_F(PagePartsTest, TheMapMutesWhatIsDiscarded) {
  open();
  FaceMap map(session_);
  show(map);
  source().setLambda(-1.5);
  const auto discarded = discardedAt(-1.5);
  const auto layout = source().layout();
  ASSERT_EQ(layout->samples.size(), 90U);
  for (std::size_t i = 0; i < layout->samples.size(); ++i)
    EXPECT_EQ(map.chart().muted()[i] == ScatterChart::Muted,
              std::ranges::binary_search(discarded, layout->samples[i]));
  QSignalSpy inspect(&map, &FaceMap::inspectRequested);
  emit map.chart().pointDoubleClicked(3);
  ASSERT_EQ(inspect.count(), 1);
  EXPECT_EQ(inspect[0][0].toInt(), layout->samples[3]);
  emit map.chart().selectionMade({1, 2});
  EXPECT_EQ(session_.selection(), (std::vector<int>{layout->samples[1], layout->samples[2]}));
  EXPECT_EQ(map.chart().selected(), (std::vector<int>{1, 2}));
}

TEST_F(PagePartsTest, DiscardedFacesAndRankings) {
  open();
  DiscardedPanel discarded(session_);
  RankingsPanel rankings(session_);
  show(discarded);
  show(rankings);
  ASSERT_TRUE(QTest::qWaitFor([&] { return source().comparison() != nullptr; }, kWait));
  source().setLambda(-4);
  EXPECT_EQ(samplesOf(*child<GalleryView>(discarded, "discarded")), discardedAt(-4));
  const auto at = source().comparison()->at(-4, ScoreComparison::Ranking::Overall);
  child<QComboBox>(rankings, "ranking")->setCurrentIndex(1);
  auto expected = at.discarded;
  std::ranges::sort(expected);
  EXPECT_EQ(samplesOf(*child<GalleryView>(rankings, "byPath")), expected);
  EXPECT_DOUBLE_EQ(*rankings.chart().cursorLine(), 4);
  emit rankings.chart().cursorMoved(2);
  EXPECT_DOUBLE_EQ(source().lambda(), -2);
  EXPECT_EQ(samplesOf(*child<GalleryView>(discarded, "discarded")), discardedAt(-2));
}

TEST_F(PagePartsTest, TheChoiceBoxesNameWhatIsLookedAtAndOfWhom) {
  open();
  SelectionBox selection(session_);
  MapBox map(session_);
  EXPECT_EQ(child<QComboBox>(selection, "selectionName")->currentText(), "selection");
  EXPECT_EQ(child<QComboBox>(map, "mapName")->currentText(), "tsne");
  // 12 identities of 10 images, every fourth of them a test identity: 9 train, and all of these have faces.
  EXPECT_EQ(session_.snapshot()->totals.train.identities, 9);
  EXPECT_EQ(session_.snapshot()->totals.all.identities, 12);
  EXPECT_TRUE(child<QLabel>(selection, "selectionAbout")
                  ->text()
                  .startsWith("90 images of 9 training identities, from features teacher."))
      << child<QLabel>(selection, "selectionAbout")->text().toStdString();
  QSignalSpy asked(&selection, &ChoiceBox::asked);
  QTest::mouseClick(child<QPushButton>(selection, "selectFaces"), Qt::LeftButton);
  EXPECT_EQ(asked.count(), 1);
  session_.close();
  EXPECT_FALSE(child<QPushButton>(selection, "selectFaces")->isEnabled());
}

TEST_F(PagePartsTest, TheFormOfStudentsAsksForAJobEach) {
  open();
  StudentForm form(session_);
  show(form);
  source().setLambda(-7.5);
  EXPECT_DOUBLE_EQ(child<QDoubleSpinBox>(form, "distilLambda")->value(), -7.5);
  for (QCheckBox* box : form.findChildren<QCheckBox*>()) {
    if (box->objectName().startsWith("size-")) box->setChecked(box->text() == "16" || box->text() == "32");
    if (box->objectName().startsWith("mode-")) box->setChecked(box->text() == "c" || box->text() == "sc");
  }
  QSignalSpy jobs(&form, &StudentForm::jobRequested);
  QTest::mouseClick(child<QPushButton>(form, "startDistil"), Qt::LeftButton);
  ASSERT_EQ(jobs.count(), 4);
  QStringList names;
  for (const auto& job : jobs) {
    const QStringList words = job[1].toStringList();
    names << words.last();
    const bool selects = words.last().endsWith("sc");
    EXPECT_EQ(words.contains("--selection"), selects) << words.last().toStdString();
    EXPECT_EQ(selects ? words[words.indexOf("--lambda") + 1] : "-7.5", "-7.5");
  }
  EXPECT_EQ(names, (QStringList{"S-16-c", "S-16-sc", "S-32-c", "S-32-sc"}));
}

TEST(StudentJobs, WaitingOnesComeFirstAndRunningOnesSayHowFar) {
  std::vector<StudentRow> rows(2);
  rows[0].run = 5;
  rows[0].state = "running";
  rows[1].run = 4;
  rows[1].state = "done";
  const auto job = [](int id, const char* name, Job::State state, QStringList options) {
    Job job;
    job.id = id;
    job.name = name;
    job.state = state;
    job.options = std::move(options);
    return job;
  };
  Job running = job(0, "distil", Job::State::Running, {"--name", "a"});
  running.done = 1;
  running.total = 4;
  const Job cost = job(1, "cost", Job::State::Waiting, {});
  const Job starting = job(2, "distil", Job::State::Running, {"--name", "b", "--size", "16", "--mode", "sc"});
  const Job waiting = job(3, "distil", Job::State::Waiting, {"--name", "c", "--seed", "9"});
  const auto all = withJobs(rows, {&running, &cost, &starting, &waiting}, {{0, 5}});
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].name, "c");
  EXPECT_EQ(all[0].state, "waiting");
  EXPECT_EQ(all[0].seed, "9");
  EXPECT_EQ(all[1].state, "starting");
  EXPECT_EQ(all[1].size, 16);
  EXPECT_EQ(all[1].mode, "sc");
  EXPECT_EQ(all[2].state, "running 25 %");
  EXPECT_EQ(all[3].state, "done");
}

TEST_F(PagePartsTest, TheTableKeepsWhatIsChosenWhileItGrows) {
  open();
  StudentTable students;
  StudentsPanel panel(students);
  show(panel);
  auto rows = studentRows(*session_.snapshot());
  ASSERT_GE(rows.size(), 3U);
  panel.set(rows);
  QSignalSpy chosen(&panel, &StudentsPanel::chosenChanged);
  panel.chooseRow(1);
  EXPECT_GE(chosen.count(), 1);
  EXPECT_EQ(panel.chosenRows(), std::vector<int>{1});
  ASSERT_EQ(panel.shownRuns().size(), 1U);
  EXPECT_EQ(panel.shownRuns()[0].run, rows[1].run);
  StudentRow coming;
  coming.job = 77;
  rows.insert(rows.begin(), coming);
  panel.set(rows);
  EXPECT_EQ(panel.chosenRows(), std::vector<int>{2}) << "the same student, a row further down";
  QSignalSpy costs(&panel, &StudentsPanel::costsRequested);
  QTest::mouseClick(child<QPushButton>(panel, "measureCosts"), Qt::LeftButton);
  EXPECT_EQ(costs.count(), 1);
}

TEST_F(PagePartsTest, CostsStandAgainstQualityAndAClickNamesTheRow) {
  open();
  StudentTable students;
  students.set(studentRows(*session_.snapshot()));
  CostChart costs(session_, students);
  show(costs);
  const QString protocol = protocolsOf(students.rows()).value(0);
  costs.setShown(protocol, {1});
  const auto& points = costs.chart().data().points;
  ASSERT_FALSE(points.empty());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto row =
        std::ranges::find(students.rows(), costs.chart().data().labels[qsizetype(i)], &StudentRow::name);
    ASSERT_NE(row, students.rows().end());
    EXPECT_EQ(points[i].x(), row->parameters);
    EXPECT_EQ(points[i].y(), row->auc(protocol, costs.layer()));
  }
  EXPECT_EQ(costs.chart().selected().size(), 1U);
  QSignalSpy clicked(&costs, &CostChart::rowClicked);
  emit costs.chart().pointClicked(0);
  ASSERT_EQ(clicked.count(), 1);
  EXPECT_EQ(students.at(clicked[0][0].toInt()).name, costs.chart().data().labels[0]);
}

TEST_F(PagePartsTest, CurvesOfRunsAreReadAndOverlaid) {
  open();
  RunCurves curves(session_);
  show(curves);
  std::vector<StudentRow> runs;
  for (const StudentRow& row : studentRows(*session_.snapshot()))
    if (row.run >= 0 && runs.size() < 2) runs.push_back(row);
  ASSERT_EQ(runs.size(), 2U);
  curves.setRuns(runs);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !curves.isBusy(); }, kWait));
  ASSERT_EQ(curves.chart().series().size(), 2);
  EXPECT_EQ(curves.chart().series()[0].name, runs[0].name);
  curves.setRuns({runs[1]});
  ASSERT_EQ(curves.chart().series().size(), 1);
  EXPECT_EQ(curves.chart().series()[0].name, runs[1].name);
}

}  // namespace
}  // namespace discern::ui
