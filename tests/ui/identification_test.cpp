// 1:N identification on the Evaluation page, from stored runs.
#include <gtest/gtest.h>

#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>

#include "tests/ui/pages.h"
#include "ui/charts/line_chart.h"
#include "ui/pages/evaluation_page.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::PagesTest;

class IdentificationTest : public PagesTest {
 protected:
  void store(const char* result) {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    writer.finishRun(writer.startRun("identify", "{}"), "done", result);
  }
  static LineChart& cmc(EvaluationPage& page) { return dynamic_cast<LineChart&>(*page.charts().back()); }
};

TEST_F(IdentificationTest, EveryStoredSearchHasARowAndACurve) {
  open();
  store(R"({"benchmark":"search","features":"demo","identities":30,"probes":900,"strangers":600,
    "cmc":[0.5,0.75,1.0],"tpir":[{"fpir":0.01,"tpir":0.4,"threshold":0.3,"supported":true},
    {"fpir":0.001,"tpir":0.1,"threshold":0.5,"supported":false}]})");
  store(R"({"benchmark":"uccs","features":"S-16","identities":180,"probes":720,"strangers":0,"cmc":[],
    "top1_error":0.125,"top5_error":0.0625,"reduction_start":"random"})");
  session_.reload();
  EvaluationPage page(session_);
  show(page);
  const auto* model = child<QTableView>(page, "identifyTable")->model();
  EXPECT_EQ(model->rowCount(), 0) << "nothing is read for what nobody sees";
  child<QTabWidget>(page, "evaluationTabs")->setCurrentIndex(1);
  ASSERT_EQ(model->rowCount(), 2);
  const auto text = [&](int row, const char* column) {
    for (int c = 0; c < model->columnCount(); ++c)
      if (model->headerData(c, Qt::Horizontal).toString() == column)
        return model->index(row, c).data().toString();
    return QString("no such column");
  };
  EXPECT_EQ(text(0, "Benchmark"), "uccs") << "the newest first";
  EXPECT_EQ(text(0, "Also"), "top-1 error 12.50 %; top-5 error 6.25 %; reduction from random weights");
  EXPECT_EQ(text(0, "Rank 1"), "–");
  EXPECT_EQ(text(1, "Rank 1"), "50.00 %");
  EXPECT_EQ(text(1, "Rank 5"), "–") << "only three ranks were asked for";
  EXPECT_EQ(text(1, "Also"), "TPIR @ FPIR 1e-2: 40.00 %") << "0.001 is beyond what 600 strangers support";
  const auto& curves = cmc(page).series();
  ASSERT_EQ(curves.size(), 1) << "a classifier has no ranks";
  EXPECT_EQ(curves[0].points, (QVector<QPointF>{{1, 0.5}, {2, 0.75}, {3, 1}}));
  child<QTableView>(page, "identifyTable")->selectRow(0);
  EXPECT_TRUE(cmc(page).series().isEmpty());
  // A new run is there at once.
  store(R"({"benchmark":"search","features":"demo","identities":2,"probes":4,"strangers":0,"cmc":[1.0]})");
  session_.reload();
  EXPECT_EQ(model->rowCount(), 3);
}

TEST_F(IdentificationTest, ASearchOfTrackletsHasARowAndACurveForEachAggregation) {
  open();
  store(R"({"benchmark":"tracklets","features":"base","identities":9,"probes":20,"strangers":0,"cmc":[0.5],
    "aggregation":"average","map":0.25,"tracklets":[
    {"aggregation":"average","kept":1,"queries":20,"map":0.25,"cmc":[0.5,0.75],"step_queries":20,
     "step_map":0.125,"step_cmc":[0.5]},
    {"aggregation":"ddl rescale=off","kept":0.5,"queries":20,"map":0.375,"cmc":[0.625,0.875],"step_queries":20,
     "step_map":0.25,"step_cmc":[0.5]}]})");
  session_.reload();
  EvaluationPage page(session_);
  show(page);
  child<QTabWidget>(page, "evaluationTabs")->setCurrentIndex(1);
  const auto* model = child<QTableView>(page, "identifyTable")->model();
  ASSERT_EQ(model->rowCount(), 2);
  EXPECT_EQ(model->index(1, 1).data().toString(), "tracklets, ddl rescale=off");
  EXPECT_EQ(model->index(1, model->columnCount() - 1).data().toString(),
            "mAP 37.50 %; rank 20 –; mAP with queries out 25.00 %");
  const auto& curves = cmc(page).series();
  ASSERT_EQ(curves.size(), 2);
  EXPECT_EQ(curves[1].points, (QVector<QPointF>{{1, 0.625}, {2, 0.875}}));
}

TEST_F(IdentificationTest, VideosPutIntoClassesHaveARowForEachAggregationAndClassifier) {
  open();
  store(R"({"benchmark":"actions","features":"base","identities":9,"probes":20,"strangers":0,"cmc":[],
    "aggregation":"average","top1_error":0.5,"top5_error":0.25,"actions":[
    {"aggregation":"average","classifier":"centroids","kept":1,"compute":1,"top1":0.5,"top5":0.75,"mean":0.625,
     "per_class":0.5},
    {"aggregation":"top-9","classifier":"layer","kept":0.5,"compute":0.625,"top1":0.625,"top5":0.875,"mean":0.75,
     "per_class":0.5}]})");
  session_.reload();
  EvaluationPage page(session_);
  show(page);
  child<QTabWidget>(page, "evaluationTabs")->setCurrentIndex(1);
  const auto* model = child<QTableView>(page, "identifyTable")->model();
  ASSERT_EQ(model->rowCount(), 2);
  EXPECT_EQ(model->index(1, 1).data().toString(), "actions, top-9, layer");
  EXPECT_EQ(model->index(1, model->columnCount() - 1).data().toString(),
            "top-1 62.50 %; top-5 87.50 %; compute 62.5 %");
  EXPECT_TRUE(cmc(page).series().isEmpty());
}

TEST_F(IdentificationTest, WithoutARunOneIsOffered) {
  open();
  EvaluationPage page(session_);
  show(page);
  child<QTabWidget>(page, "evaluationTabs")->setCurrentIndex(1);
  QSignalSpy requested(&page, &Page::jobRequested);
  for (auto* button : page.findChildren<QPushButton*>())
    if (button->text() == "Identify…" && button->isVisible()) QTest::mouseClick(button, Qt::LeftButton);
  ASSERT_EQ(requested.count(), 1);
  EXPECT_EQ(requested[0][0].toString(), "identify");
}

}  // namespace
}  // namespace discern::ui
