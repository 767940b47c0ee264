// All runs side by side on the Evaluation page, from stored runs.
#include "ui/pages/runs_panel.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QListWidget>
#include <QTabWidget>
#include <QTableView>

#include "core/base/files.h"
#include "tests/ui/pages.h"
#include "ui/pages/evaluation_page.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;
using testing::PagesTest;

class RunsPanelTest : public PagesTest {
 protected:
  int store(const char* job, const char* options, const char* result) {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    const int run = writer.startRun(job, options);
    writer.finishRun(run, "done", result);
    return run;
  }
  void storeTrainings() {
    store("train-ddnet", R"({"name":"a","copies":"0"})",
          R"({"model":"a","validation_loss":0.5,"macs":39650000})");
    store("train-ddnet", R"({"name":"b","copies":"2"})",
          R"({"model":"b","validation_loss":0.25,"macs":39650000})");
  }
  QString text(int row, const QString& column) const {
    for (int c = 0; c < model_->columnCount(); ++c)
      if (model_->headerData(c, Qt::Horizontal).toString() == column)
        return model_->index(row, c).data().toString();
    return "no such column";
  }
  void showRuns(EvaluationPage& page) {
    show(page);
    model_ = child<QTableView>(page, "runsTable")->model();
    EXPECT_EQ(model_->rowCount(), 0) << "nothing is read for what nobody sees";
    child<QTabWidget>(page, "evaluationTabs")->setCurrentIndex(2);
    settle(page);
  }
  void settle(Page& page) {
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.settled(); }, kWait));
  }
  const QAbstractItemModel* model_ = nullptr;
};

TEST_F(RunsPanelTest, TickedRunsStandBesideEachOther) {
  open();
  storeTrainings();
  session_.reload();
  EvaluationPage page(session_);
  showRuns(page);
  auto* list = child<QListWidget>(page, "runsList");
  ASSERT_GE(list->count(), 3) << "the planted evaluation, too";
  EXPECT_TRUE(list->item(0)->text().contains("train-ddnet  b")) << "the newest first";
  const int rows = model_->rowCount();
  EXPECT_GE(rows, 3);
  EXPECT_EQ(text(rows - 1, "train-ddnet\nDegraded copies"), "2");
  EXPECT_EQ(text(rows - 2, "train-ddnet\nDegraded copies"), "0");
  EXPECT_EQ(text(rows - 1, "Held-out loss"), "0.25000");
  list->item(0)->setCheckState(Qt::Unchecked);
  settle(page);
  EXPECT_EQ(model_->rowCount(), rows - 1);
  for (int row = 0; row < model_->rowCount(); ++row)
    EXPECT_NE(text(row, "train-ddnet\nDegraded copies"), "2") << row;
  // What was unticked stays so when a run comes, which is ticked.
  store("train-ddnet", R"({"name":"c","copies":"3"})", R"({"model":"c","validation_loss":0.125})");
  session_.reload();
  settle(page);
  EXPECT_EQ(model_->rowCount(), rows);
  EXPECT_EQ(list->item(0)->checkState(), Qt::Checked);
  EXPECT_EQ(list->item(1)->checkState(), Qt::Unchecked);
}

TEST_F(RunsPanelTest, SortsNumbersAsNumbersAndSavesTheTable) {
  open();
  storeTrainings();
  store("train-ddnet", R"({"name":"c","copies":"10"})", R"({"model":"c","validation_loss":10})");
  session_.reload();
  EvaluationPage page(session_);
  showRuns(page);
  auto* table = child<QTableView>(page, "runsTable");
  for (int c = 0; c < model_->columnCount(); ++c)
    if (model_->headerData(c, Qt::Horizontal).toString() == "Held-out loss")
      table->sortByColumn(c, Qt::DescendingOrder);
  EXPECT_EQ(text(0, "Held-out loss"), "10.00000");
  EXPECT_EQ(text(1, "Held-out loss"), "0.50000");
  const QString file = folder_.filePath("runs.csv");
  child<RunsPanel>(page, "runs")->save(file);
  const std::string csv = readFile(file.toStdString());
  EXPECT_TRUE(csv.starts_with("run,job,name,")) << csv;
  EXPECT_NE(csv.find("train-ddnet: Degraded copies"), std::string::npos) << csv;
}

}  // namespace
}  // namespace discern::ui
