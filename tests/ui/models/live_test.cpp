// A map, what a session has selected, and the students: against planted numbers.
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "core/base/rng.h"
#include "tests/ui/selection_project.h"
#include "tests/ui/small_project.h"
#include "ui/models/live/map_layout.h"
#include "ui/models/live/selection_source.h"
#include "ui/models/results/student_table.h"

namespace discern::ui {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(MapLayout, KeepsOnlyWhatIsOnTheMapAndSaysThatItIsASample) {
  testing::SelectionOptions options;
  options.onMap = 20;
  const MapLayout layout(testing::plantedMap(options, 400));
  EXPECT_EQ(layout.samples.size(), 20U);
  EXPECT_TRUE(layout.isSample());
  EXPECT_FALSE(layout.isComplete());
  EXPECT_TRUE(layout.note().contains("20 of 90 {subjects}") && layout.note().contains("400"))
      << layout.note().toStdString();
  EXPECT_EQ(layout.positionsOf({0, 3, 10000}), (std::vector<int>{0, 3}));
  options.onMap = 0;
  const MapLayout all(testing::plantedMap(options));
  EXPECT_FALSE(all.isSample());
  EXPECT_TRUE(all.note().contains("All 90 {subjects}"));
  EXPECT_EQ(all.positionsOf({30, 31, 40}), (std::vector<int>{30}))
      << "identity 3 takes no part, identity 4 begins at 40";
}

class SelectionSourceTest : public ::testing::Test {
 protected:
  std::string path() const { return folder_.filePath("p.discern").toStdString(); }
  static void settle(const SelectionSource& source) {
    ASSERT_TRUE(waitUntil([&] { return !source.busy(); }));
  }
  QTemporaryDir folder_;
};

TEST_F(SelectionSourceTest, ReadsTheNewestAndFollowsTheProject) {
  testing::SelectionOptions options;
  testing::makeSelectionProject(path(), options);
  Session session;
  session.open(QString::fromStdString(path()));
  SelectionSource& source = SelectionSource::of(session);
  EXPECT_EQ(&source, &SelectionSource::of(session));
  ASSERT_TRUE(waitUntil([&] { return source.path() && source.layout() && source.comparison(); }));
  EXPECT_EQ(source.path()->faces(), 90);
  EXPECT_NEAR(source.path()->share(source.lambda()), 0.5, 0.02) << "before anybody chose";

  // A growing map, as a running t-SNE stores it.
  QSignalSpy grown(&source, &SelectionSource::layoutChanged), moved(&source, &SelectionSource::pathChanged);
  auto writer = project::Project::open(path(), project::Project::Mode::Write);
  writer.putMap(testing::plantedMap(options, 250));
  ASSERT_TRUE(grown.wait(20000));
  EXPECT_EQ(source.layout()->iteration, 250);
  settle(source);
  EXPECT_EQ(moved.count(), 0) << "the selection is the same";

  auto row = testing::plantedSelection(options);
  row.name = "another";
  row.enters.assign(row.enters.size(), 1.0);
  writer.putSelection(row);
  ASSERT_TRUE(waitUntil([&] { return source.selections().size() == 2; }));
  source.chooseSelection("another");
  ASSERT_TRUE(waitUntil([&] { return source.path()->row().name == "another"; }));
  EXPECT_EQ(source.path()->faces(), 90) << "test identities have no say in it";
  source.chooseSelection("selection");
  ASSERT_TRUE(waitUntil([&] { return source.path()->row().name == "selection"; }));
}

TEST_F(SelectionSourceTest, LambdaAndNamesAreKeptWithTheProject) {
  testing::makeSelectionProject(path());
  {
    Session session;
    session.open(QString::fromStdString(path()));
    SelectionSource& source = SelectionSource::of(session);
    ASSERT_TRUE(waitUntil([&] { return source.path() != nullptr; }));
    QSignalSpy moved(&source, &SelectionSource::lambdaChanged);
    source.setLambda(-3.75);
    source.setLambda(-3.75);
    source.setLambda(kNan);
    EXPECT_EQ(moved.count(), 1);
    source.setLambda(4);
    EXPECT_EQ(source.lambda(), 0) << "never above 0";
    source.setLambda(-3.75);
    source.chooseSelection("selection");
  }
  Session again;
  again.open(QString::fromStdString(path()));
  EXPECT_EQ(SelectionSource::of(again).lambda(), -3.75);
  EXPECT_EQ(again.project().setting("selection/name"), "selection");
  again.close();
  EXPECT_EQ(SelectionSource::of(again).path(), nullptr);
}

TEST_F(SelectionSourceTest, AnUnreadableMapHidesNothingElse) {
  testing::makeSelectionProject(path());
  std::filesystem::resize_file(path() + "/maps/tsne.npy", 20);
  Session session;
  session.open(QString::fromStdString(path()));
  SelectionSource& source = SelectionSource::of(session);
  ASSERT_TRUE(waitUntil([&] { return source.path() != nullptr; }));
  EXPECT_EQ(source.layout(), nullptr);
}

TEST_F(SelectionSourceTest, StudentsTeachersAndCostsAreRead) {
  testing::makeSelectionProject(path());
  Session session;
  session.open(QString::fromStdString(path()));
  const auto rows = studentRows(*session.snapshot());
  ASSERT_EQ(rows.size(), 9U);
  EXPECT_EQ(rows[0].name, "S-32-sc") << "the newest first";
  EXPECT_EQ(rows[0].size, 32);
  EXPECT_EQ(rows[0].mode, "sc");
  EXPECT_NEAR(rows[0].accuracy("faces", StudentRow::Layer::Identity), 0.9, 1e-9);
  EXPECT_NEAR(rows[0].auc("wild", StudentRow::Layer::Mimic), 0.855, 1e-9);
  EXPECT_NEAR(rows[0].memory, 9.6, 1e-9) << "MB, measured with one face";
  EXPECT_TRUE(rows[0].note.contains("selection") && rows[0].note.contains("60"));
  const StudentRow& teacher = rows.back();
  EXPECT_TRUE(teacher.isTeacher);
  EXPECT_EQ(teacher.name, "teacher");
  EXPECT_NEAR(teacher.parameters, 43.6e6, 1);
  EXPECT_NEAR(teacher.milliseconds, 48, 1e-9);
  EXPECT_NEAR(teacher.auc("faces", StudentRow::Layer::Mimic), 0.998, 1e-9);
  EXPECT_EQ(protocolsOf(rows), (QStringList{"faces", "wild"}));
}

QStringList printed(const StudentTable& table, int row) {
  QStringList cells;
  for (int column = 0; column < table.columnCount(); ++column)
    cells << table.index(row, column).data().toString();
  return cells;
}

TEST_F(SelectionSourceTest, TheTableOfStudents) {
  testing::makeSelectionProject(path());
  Session session;
  session.open(QString::fromStdString(path()));
  StudentTable table;
  QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::Fatal);
  QSignalSpy reset(&table, &QAbstractItemModel::modelReset);
  auto rows = studentRows(*session.snapshot());
  table.set(rows);
  table.setQuality("faces", StudentRow::Layer::Identity);
  EXPECT_EQ(printed(table, 0), (QStringList{"S-32-sc", "32", "sc", "done", "0.9500", "90.00 %", "0.79 M",
                                            "3.20", "–", "9.60", "0.07", "–", "1"}));
  EXPECT_EQ(printed(table, 8), (QStringList{"teacher", "–", "", "teacher", "0.9980", "99.20 %", "43.60 M",
                                            "174.5", "–", "410.0", "48", "–", ""}));
  table.setQuality("nowhere", StudentRow::Layer::Identity);
  EXPECT_EQ(table.index(0, StudentTable::Accuracy).data(), "–");
  EXPECT_TRUE(std::isinf(table.index(0, StudentTable::Accuracy).data(StudentTable::SortRole).toDouble()));
  EXPECT_EQ(reset.count(), 1);
  rows[3].state = "running 40 %";
  table.set(rows);
  EXPECT_EQ(reset.count(), 1) << "the same runs";
  EXPECT_EQ(table.index(3, StudentTable::State).data(), "running 40 %");
  rows.pop_back();
  table.set(rows);
  EXPECT_EQ(reset.count(), 2);
  table.set({});
  EXPECT_EQ(table.rowCount(), 0);
}

// As an older version stored them, whose option alone says on what, and as this one does.
TEST(StudentResults, WhatWasMeasuredOnAGpuStandsBesideTheCpus) {
  Snapshot snapshot;
  const auto add = [&](const char* job, const char* options, const char* result) {
    project::RunRow run;
    run.id = static_cast<int>(snapshot.runs.size());
    run.job = job;
    run.options = options;
    run.status = "done";
    run.result = result;
    snapshot.runs.push_back(run);
  };
  add("distil", R"({"size":"16","mode":"c","name":"s"})", R"({"name":"s","teacher":"t","ms":0.5})");
  add("cost", R"({"device":"cpu"})",
      R"({"models":[{"name":"s","at":[{"batch":1,"ms":0.02,"peak_bytes":33e6},{"batch":64,"ms":0.01}]}]})");
  add("cost", R"({"device":"cuda"})",
      R"({"models":[{"name":"s","at":[{"batch":1,"ms":0.4,"peak_bytes":9e8}]}]})");
  auto row = studentRows(snapshot).front();
  EXPECT_EQ(row.milliseconds, 0.02);
  EXPECT_EQ(row.memory, 33);
  EXPECT_EQ(row.gpuMilliseconds, 0.4);
  EXPECT_TRUE(std::isnan(row.counted)) << "an older version did not count";
  add("cost", R"({"device":"cuda"})",
      R"({"models":[{"name":"s","at":[
        {"batch":1,"ms":0.3,"device":"cuda","peak_bytes":8e8,"weight_bytes":7e6},
        {"batch":1,"ms":0.03,"device":"cpu","peak_bytes":34e6,"weight_bytes":5e5,"workspace_bytes":25e3}]}]})");
  row = studentRows(snapshot).front();
  EXPECT_EQ(row.milliseconds, 0.03);
  EXPECT_EQ(row.memory, 34);
  EXPECT_NEAR(row.counted, 0.525, 1e-12);
  EXPECT_EQ(row.gpuMilliseconds, 0.3);
}

TEST(StudentResults, DamagedOrUnfinishedRunsAreRowsWithoutNumbers) {
  Snapshot snapshot;
  for (const auto& [status, result] :
       {std::pair("failed", R"({"error":"no teacher"})"), std::pair("running", ""),
        std::pair("done", "{\"checks\": ["),
        std::pair("done", R"({"checks":[{"protocol":"x","auc_identity":null}],"ms":0})")}) {
    project::RunRow run;
    run.id = static_cast<int>(snapshot.runs.size());
    run.job = "distil";
    run.options = R"({"size":"64","mode":"c","name":""})";
    run.status = status;
    run.result = result;
    snapshot.runs.push_back(run);
  }
  const auto rows = studentRows(snapshot);
  ASSERT_EQ(rows.size(), 4U);
  for (const StudentRow& row : rows) {
    EXPECT_EQ(row.name, "S-64-c");
    EXPECT_TRUE(std::isnan(row.milliseconds) && std::isnan(row.auc("x", StudentRow::Layer::Identity)));
  }
  EXPECT_EQ(rows[3].note, "no teacher");
}

}  // namespace
}  // namespace discern::ui
