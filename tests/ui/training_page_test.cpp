// The Training page driven by real clicks, on a real
// project, with a script in place of the engine; its curves.
#include "ui/pages/training_page.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <cmath>

#include "tests/ui/pages.h"
#include "ui/charts/line_chart.h"
#include "ui/models/results/training_chain.h"
#include "ui/models/results/training_curves.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;
using testing::PagesTest;
using testing::PlantedOptions;

TEST(TrainingCurves, ManyStepsAreShownAsMeansWithTheirDeviation) {
  QVector<QPointF> points;
  for (int step = 0; step < 5; ++step) points.append({double(step), step % 2 == 0 ? 1.0 : 3.0});
  EXPECT_EQ(condensed(points, 5).points, points);
  EXPECT_TRUE(condensed(points, 5).deviation.isEmpty());
  const CondensedPoints shown = condensed(points, 3);  // two and two and one
  EXPECT_EQ(shown.points, (QVector<QPointF>{{0.5, 2}, {2.5, 2}, {4, 1}}));
  EXPECT_EQ(shown.deviation, (QVector<double>{1, 1, 0}));
}

TEST(TrainingCurves, MetricsHaveNamesThatPeopleUse) {
  EXPECT_EQ(metricTitle("train/loss"), "training loss");
  EXPECT_EQ(metricTitle("validation/loss"), "held-out loss");
  EXPECT_EQ(metricTitle("validation/spearman"), "rank correlation");
  EXPECT_EQ(metricTitle("something/else_here"), "something else here");
}

project::RunRow trainingRun(int id, const char* status, const char* options) {
  project::RunRow run;
  run.id = id;
  run.job = "train-ddnet";
  run.status = status;
  run.options = options;
  return run;
}

TEST(TrainingChains, AStoppedOneAndWhatWentOnWithItAreOne) {
  const char *a = R"({"name":"a","epochs":"9","device":"cpu"})",
             *gpu = R"({"name":"a","epochs":"9","device":"cuda"})", *other = R"({"name":"a","epochs":"8"})",
             *b = R"({"name":"b","epochs":"9"})";
  const std::vector<project::RunRow> rows = {
      trainingRun(1, "cancelled", a), trainingRun(2, "done", b),      trainingRun(3, "interrupted", gpu),
      trainingRun(4, "done", a),      trainingRun(5, "cancelled", a), trainingRun(6, "running", other),
      trainingRun(7, "failed", b)};
  std::vector<const project::RunRow*> runs;
  for (const auto& row : rows) runs.push_back(&row);
  QStringList found;
  for (const TrainingChain& chain : trainingChains(runs)) {
    QString ids;
    for (const auto* run : chain) ids += QString::number(run->id);
    found << ids;
  }
  EXPECT_EQ(found, (QStringList{"2", "134", "5", "6", "7"}));
}

TEST(TrainingChains, ALaterRunTakesTheStepsThatItRepeats) {
  const auto rows =
      continued({{{"train/loss", 1, 9}, {"train/loss", 2, 8}, {"train/loss", 3, 7}, {"v", 1, 1}},
                 {{"train/loss", 3, 6}, {"train/loss", 4, 5}}});
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(trainingCurves(rows)[0].points, (QVector<QPointF>{{1, 9}, {2, 8}, {3, 6}, {4, 5}}));
  const TrainingCurves both =
      continued(TrainingCurves{{"l", {{1, 9}, {2, 8}}}}, {{"l", {{2, 7}}}, {"m", {{2, 1}}}});
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].points, (QVector<QPointF>{{1, 9}, {2, 7}}));
}

TEST(TrainingChains, AFewHugeLossesDoNotFlattenTheOthers) {
  std::vector<double> values(40, 2.0);
  EXPECT_FALSE(lossEnd(values));
  values.push_back(300);
  EXPECT_EQ(lossEnd(values), 3.0);
  EXPECT_FALSE(lossEnd({300, 2, 1})) << "too few to say what is usual";
}

// Of the form in the open tab.
template <typename T>
T* field(TrainingPage& page, const char* option) {
  return child<T>(*child<QTabWidget>(page, "trainingKinds")->currentWidget(), option);
}

class TrainingTest : public PagesTest {
 protected:
  JobRunner runner_;
};

TEST_F(TrainingTest, StoredCurvesAndTheForm) {
  open();
  TrainingPage page(session_, runner_);
  show(page);
  const auto charts = page.charts();
  EXPECT_EQ(charts[0]->table().rows.size(), 10) << "two losses of five epochs";
  EXPECT_EQ(charts[1]->table().rows.size(), 5);
  EXPECT_EQ(dynamic_cast<LineChart*>(charts[1])->yAxis().title, "rank correlation") << "no accuracy is drawn";
  QSignalSpy requested(&page, &Page::jobRequested);
  field<QSpinBox>(page, "copies")->setValue(3);
  QTest::mouseClick(child<QPushButton>(page, "startTraining"), Qt::LeftButton);
  ASSERT_EQ(requested.count(), 1);
  EXPECT_EQ(requested[0][0].toString(), "train-ddnet");
  const QStringList options = requested[0][1].toStringList();
  EXPECT_EQ(options.value(options.indexOf("--copies") + 1), "3");
  EXPECT_EQ(options.value(options.indexOf("--scores") + 1), "dscore");
  EXPECT_EQ(options.value(options.indexOf("--learning-rate") + 1), "0.1");
}

TEST_F(TrainingTest, LiveMetricsOfARunningJobAndStop) {
  open();
  runner_.setCommand({testing::writeFakeEngine(folder_.path(), R"(
    trap 'exit 130' INT
    echo '{"event":"start","job":"train-ddnet","run":77}'
    echo '{"event":"metric","name":"validation/spearman","step":0,"value":0.5}'
    for i in 1 2 3; do echo "{\"event\":\"metric\",\"name\":\"train/loss\",\"step\":$i,\"value\":0.$i}"; done
    while :; do sleep 0.02; done)")});
  TrainingPage page(session_, runner_);
  QObject::connect(&page, &Page::jobRequested, &runner_,
                   [this](const QString& job, const QStringList& options) {
                     runner_.enqueue(session_.folder(), {job, options});
                   });
  show(page);
  QTest::mouseClick(child<QPushButton>(page, "startTraining"), Qt::LeftButton);
  Chart* loss = page.charts()[0];
  ASSERT_TRUE(QTest::qWaitFor([&] { return loss->table().rows.size() == 3; }, kWait));
  EXPECT_EQ(loss->table().rows[2].last(), "0.3");
  EXPECT_EQ(page.charts()[1]->table().rows.size(), 1);
  EXPECT_FALSE(child<QPushButton>(page, "startTraining")->isEnabled());
  QSignalSpy finished(&runner_, &JobRunner::jobFinished);
  QTest::mouseClick(child<QPushButton>(page, "cancelTraining"), Qt::LeftButton);
  ASSERT_TRUE(finished.wait(kWait));
  EXPECT_EQ(runner_.jobs().back().state, Job::State::Cancelled);
  EXPECT_TRUE(child<QPushButton>(page, "startTraining")->isEnabled());
}

TEST_F(TrainingTest, AResumedTrainingContinuesItsCurveAndItsRow) {
  open();
  TrainingPage page(session_, runner_);
  show(page);
  auto* table = child<QTableView>(page, "trainingRuns");
  const int rows = table->model()->rowCount();
  const char* options = R"({"name":"stopper","epochs":"9"})";
  {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    const int first = writer.startRun("train-ddnet", options);
    for (int step = 1; step <= 4; ++step) writer.addMetric(first, {"train/loss", step, 5.0 - step});
    writer.finishRun(first, "cancelled", "{}");
    const int second = writer.startRun("train-ddnet", options);
    for (int step = 4; step <= 6; ++step) writer.addMetric(second, {"train/loss", step, 0.1});
    writer.finishRun(second, "cancelled", "{}");
  }
  session_.reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() == rows + 1; }, kWait));
  EXPECT_EQ(table->model()->index(0, 3).data().toString(), "stopped");
  EXPECT_TRUE(table->model()->index(0, 0).data().toString().contains("–"));
  table->selectRow(0);
  EXPECT_EQ(page.charts()[0]->table().rows.size(), 6) << "steps 1 to 6, the fourth of the second run";
}

TEST_F(TrainingTest, ATrainingOfAnotherProjectIsNotShownHere) {
  open();
  runner_.setCommand({testing::writeFakeEngine(folder_.path(), R"(
    trap 'exit 130' INT
    echo '{"event":"start","job":"train-ddnet","run":77}'
    for i in 1 2 3; do echo "{\"event\":\"metric\",\"name\":\"train/loss\",\"step\":$i,\"value\":0.$i}"; done
    echo '{"event":"progress","stage":"training","done":3,"total":9}'
    while :; do sleep 0.02; done)")});
  TrainingPage page(session_, runner_);
  show(page);
  const QString here = session_.folder(), there = folder_.filePath("q.discern");
  runner_.enqueue(here, {"train-ddnet", {}});
  auto* state = child<QLabel>(page, "trainingState");
  ASSERT_TRUE(QTest::qWaitFor([&] { return state->text() == "training: 3 of 9"; }, kWait))
      << state->text().toStdString();
  PlantedOptions options;
  options.results = false;
  testing::makePlantedProject(there.toStdString(), options);
  session_.open(there);
  EXPECT_EQ(state->text(), "");
  EXPECT_TRUE(page.charts()[0]->table().rows.isEmpty());
  EXPECT_TRUE(child<QPushButton>(page, "startTraining")->isEnabled());
  EXPECT_FALSE(child<QPushButton>(page, "cancelTraining")->isEnabled());
  session_.open(here);
  EXPECT_EQ(page.charts()[0]->table().rows.size(), 3) << "it went on meanwhile";
  EXPECT_FALSE(child<QPushButton>(page, "startTraining")->isEnabled());
  EXPECT_TRUE(child<QPushButton>(page, "cancelTraining")->isEnabled());
}

TEST_F(TrainingTest, ATrainingThatWaitsIsNotQueuedAgain) {
  open();
  runner_.setCommand(
      {testing::writeFakeEngine(folder_.path(), "trap 'exit 130' INT\nwhile :; do sleep 0.02; done")});
  TrainingPage page(session_, runner_);
  QObject::connect(&page, &Page::jobRequested, &runner_,
                   [this](const QString& job, const QStringList& options) {
                     runner_.enqueue(session_.folder(), {job, options});
                   });
  show(page);
  QSignalSpy started(&runner_, &JobRunner::jobStarted);
  runner_.enqueue(session_.folder(), {"extract", {}});
  ASSERT_TRUE(started.wait(kWait));
  auto* start = child<QPushButton>(page, "startTraining");
  auto* cancel = child<QPushButton>(page, "cancelTraining");
  EXPECT_FALSE(cancel->isEnabled()) << "what runs is no training";
  QTest::mouseClick(start, Qt::LeftButton);
  EXPECT_FALSE(start->isEnabled());
  EXPECT_TRUE(child<QLabel>(page, "trainingState")->text().contains("waiting"));
  QTest::mouseClick(cancel, Qt::LeftButton);
  EXPECT_EQ(runner_.jobs().back().state, Job::State::Cancelled);
  EXPECT_EQ(child<QLabel>(page, "trainingState")->text(), "");
  EXPECT_TRUE(start->isEnabled());
}

TEST_F(TrainingTest, TheKeyboardWalksThroughTheRuns) {
  open();
  {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    writer.finishRun(writer.startRun("train-ddnet", R"({"name": "new"})"), "done", "{}");
  }
  session_.reload();
  TrainingPage page(session_, runner_);
  show(page);
  EXPECT_TRUE(page.charts()[0]->table().rows.isEmpty()) << "the newest run has no curves";
  QTest::keyClick(child<QTableView>(page, "trainingRuns"), Qt::Key_Down);
  EXPECT_EQ(page.charts()[0]->table().rows.size(), 10);
  emit session_.snapshotChanged();
  EXPECT_EQ(page.charts()[0]->table().rows.size(), 10) << "and stays there";
}

TEST_F(TrainingTest, TheDScoreIsLearnedUnlessAnotherTableIsChosen) {
  open();
  {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    data::ScoreTable table;
    table.name = table.method = "a-norm";  // listed before dscore
    table.resize(144);
    writer.putScores(table);
  }
  session_.reload();
  TrainingPage page(session_, runner_);
  show(page);
  auto* scores = field<QComboBox>(page, "scores");
  EXPECT_EQ(scores->count(), 2);
  EXPECT_EQ(scores->currentText(), "dscore");
  scores->setCurrentText("a-norm");
  emit session_.snapshotChanged();
  EXPECT_EQ(scores->currentText(), "a-norm");
}

TEST_F(TrainingTest, WhatWasPausedCanBeResumedWithTheSameOptionsOnly) {
  open();
  TrainingPage page(session_, runner_);
  show(page);
  auto* start = child<QPushButton>(page, "startTraining");
  field<QLineEdit>(page, "name")->setText("mine");
  EXPECT_EQ(start->text(), "Start training");
  QSignalSpy requested(&page, &Page::jobRequested);
  QTest::mouseClick(start, Qt::LeftButton);
  // What the engine records of this call when it is stopped.
  const QStringList words = requested[0][1].toStringList();
  QJsonObject options{{"version", "0.1.0"}, {"augment", ""}};
  for (qsizetype i = 0; i + 1 < words.size(); i += 2) options[words[i].mid(2)] = words[i + 1];
  {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    const std::string json = QJsonDocument(options).toJson().toStdString();
    writer.finishRun(writer.startRun("train-ddnet", json), "cancelled", "{}");
  }
  session_.reload();
  EXPECT_EQ(start->text(), "Resume training");
  field<QSpinBox>(page, "copies")->setValue(7);
  EXPECT_EQ(start->text(), "Start training");
  field<QSpinBox>(page, "copies")->setValue(1);
  child<QTabWidget>(page, "trainingKinds")->setCurrentIndex(2);
  EXPECT_EQ(start->text(), "Start training") << "a base model was never paused";
}

TEST_F(TrainingTest, AnAggregatorLearnsFromFeaturesAndTellsNoScores) {
  open();
  TrainingPage page(session_, runner_);
  show(page);
  auto* tabs = child<QTabWidget>(page, "trainingKinds");
  auto* predict = child<QPushButton>(page, "predict");
  EXPECT_TRUE(predict->isVisible());
  tabs->setCurrentIndex(3);
  EXPECT_FALSE(predict->isVisible());
  field<QComboBox>(page, "architecture")->setCurrentIndex(1);
  QSignalSpy requested(&page, &Page::jobRequested);
  QTest::mouseClick(child<QPushButton>(page, "startTraining"), Qt::LeftButton);
  ASSERT_EQ(requested.count(), 1);
  EXPECT_EQ(requested[0][0].toString(), "train-aggregator");
  const auto words = requested[0][1].toStringList();
  EXPECT_EQ(words.value(words.indexOf("--architecture") + 1), "rnn");
  EXPECT_FALSE(words.contains("--name")) << "the architecture's";
  EXPECT_FALSE(words.contains("--features")) << "the newest";
  {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    writer.finishRun(writer.startRun("train-aggregator", R"({"architecture": "rnn"})"), "done",
                     R"({"model":"rnn","architecture":"rnn","validation_loss":0.125,"mean_loss":0.25})");
  }
  session_.reload();
  const auto* runs = child<QTableView>(page, "trainingRuns")->model();
  EXPECT_EQ(runs->index(0, 5).data().toString(), "held-out loss 0.125, of the plain mean 0.25");
}

TEST_F(TrainingTest, AHeadIsFittedPredictsAndTeaches) {
  open();
  TrainingPage page(session_, runner_);
  show(page);
  auto* tabs = child<QTabWidget>(page, "trainingKinds");
  auto* predict = child<QPushButton>(page, "predict");
  auto* teacher = field<QComboBox>(page, "teacher");
  EXPECT_EQ(teacher->count(), 0);  // nobody yet
  tabs->setCurrentIndex(1);
  EXPECT_FALSE(predict->isEnabled());
  QSignalSpy requested(&page, &Page::jobRequested);
  QTest::mouseClick(child<QPushButton>(page, "startTraining"), Qt::LeftButton);
  ASSERT_EQ(requested.count(), 1);
  EXPECT_EQ(requested[0][0].toString(), "train-head");
  EXPECT_EQ(requested[0][1].toStringList().mid(0, 4), (QStringList{"--scores", "dscore", "--name", "head"}));
  {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    writer.putModel({"mine", "head", "linear", "checkpoints/mine.json", 257, 258, 0, "{}"});
    writer.finishRun(writer.startRun("train-head", R"({"name": "mine"})"), "done", "{}");
  }
  session_.reload();
  EXPECT_EQ(page.charts()[0]->table().rows.size(), 10) << "the curves of the newest run that has any";
  EXPECT_TRUE(predict->isEnabled());
  EXPECT_TRUE(predict->toolTip().contains("head"));
  QTest::mouseClick(predict, Qt::LeftButton);
  EXPECT_EQ(requested.last()[1].toStringList(), (QStringList{"--network", "mine", "--name", "mine"}));
  auto* device = field<QComboBox>(page, "device");
  device->setCurrentIndex(device->findData("cuda"));
  QTest::mouseClick(predict, Qt::LeftButton);
  EXPECT_EQ(requested.last()[1].toStringList().mid(4), (QStringList{"--device", "cuda"}));
  ASSERT_EQ(teacher->count(), 1);
  EXPECT_EQ(teacher->currentText(), "");  // nobody unless asked
  tabs->setCurrentIndex(0);
  teacher->setCurrentText("mine");
  QTest::mouseClick(child<QPushButton>(page, "startTraining"), Qt::LeftButton);
  const auto words = requested.last()[1].toStringList();
  EXPECT_EQ(words.value(words.indexOf("--teacher") + 1), "mine");
}

// The engine refuses a name that is taken; the form does not let it come to that.
TEST_F(TrainingTest, AFinishedNetworkIsNotInTheWayOfTheNext) {
  open();
  const auto write = [&](const auto& change) {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    change(writer);
  };
  TrainingPage page(session_, runner_);
  show(page);
  auto* name = field<QLineEdit>(page, "name");
  auto* problem = child<QLabel>(*child<QTabWidget>(page, "trainingKinds")->currentWidget(), "formProblem");
  EXPECT_EQ(name->text(), "ddnet");
  write([](project::Project& p) {
    p.putModel({"ddnet", "ddnet", "ddnet-r18", "checkpoints/ddnet.safetensors", 1, 1, 0, "{}"});
  });
  session_.reload();
  EXPECT_EQ(name->text(), "ddnet-2");
  EXPECT_FALSE(problem->isVisible());
  name->setText("ddnet");
  EXPECT_TRUE(problem->isVisible());
  EXPECT_TRUE(problem->text().contains("ddnet is in this project already")) << problem->text().toStdString();
  auto* replace = field<QCheckBox>(page, "replace");
  EXPECT_TRUE(replace->isVisible());
  replace->setChecked(true);
  EXPECT_FALSE(problem->isVisible());
  replace->setChecked(false);
  name->setText("demo");
  EXPECT_TRUE(problem->text().contains("features")) << problem->text().toStdString();
  name->setText("mine");
  EXPECT_FALSE(problem->isVisible());
  write([](project::Project& p) {
    p.putModel({"ddnet-2", "base", "mobilefacenet", "checkpoints/ddnet-2.safetensors", 1, 1, 0, "{}"});
  });
  session_.reload();
  EXPECT_EQ(name->text(), "mine") << "what a person typed stays";
  name->setText("ddnet-2");
  EXPECT_TRUE(problem->text().contains("is a base of this project")) << problem->text().toStdString();
  TrainingPage fresh(session_, runner_);
  show(fresh);
  EXPECT_EQ(field<QLineEdit>(fresh, "name")->text(), "ddnet-3");
}

TEST_F(TrainingTest, WhatWasStoppedKeepsItsNameThoughOneOfThatNameIsFinished) {
  open();
  {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    writer.putModel({"ddnet", "ddnet", "ddnet-r18", "checkpoints/ddnet.safetensors", 1, 1, 0, "{}"});
    writer.finishRun(writer.startRun("train-ddnet", R"({"name":"ddnet"})"), "cancelled", "{}");
  }
  session_.reload();
  TrainingPage page(session_, runner_);
  show(page);
  EXPECT_EQ(field<QLineEdit>(page, "name")->text(), "ddnet");
}

TEST_F(TrainingTest, WithoutScoresThereIsNothingToLearn) {
  PlantedOptions options;
  options.scores = options.results = false;
  open(options);
  TrainingPage page(session_, runner_);
  show(page);
  EXPECT_FALSE(child<QPushButton>(page, "startTraining")->isEnabled());
  EXPECT_FALSE(child<QPushButton>(page, "startTraining")->toolTip().isEmpty());
}

}  // namespace
}  // namespace discern::ui
