// SCface and UCCS on the Distil page, driven by real clicks.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <numeric>

#include "core/data/csv.h"
#include "core/data/npy.h"
#include "tests/ui/distil_page.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

class BenchmarksTest : public testing::DistilPageTest {
 protected:
  LineChart& benchmark() { return *dynamic_cast<LineChart*>(page_->charts()[2]); }

  // As distil leaves a student, and extract the features of one of its layers.
  void addNetwork(project::Project& project, const std::string& name, const char* options = "{}") {
    project.putModel({name, "student", "student", checkpointOf(name), 1e6, 0.79e6, 0.02, options});
  }
  void addFeatures(project::Project& project, const std::string& student, const std::string& layer,
                   int dims) {
    const std::string name = student + "-" + layer;
    data::saveNpy(project.featureFile(name), data::Matrix(project.sampleCount(), dims).view());
    project.putFeatureTable(
        {name, checkpointOf(student), R"({"name":"insightface"})", dims, 1e6, 0.02, "2024-01-01T00:00:00Z"});
  }
  std::string checkpointOf(const std::string& name) const {
    return project_.toStdString() + "/checkpoints/" + name + ".safetensors";
  }
  void store(project::Project& project, const char* result) {
    project.finishRun(project.startRun("identify", "{}"), "done", result);
  }
  void reload(std::size_t models) {
    session_.reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return session_.snapshot()->models.size() == models; }, kWait));
  }
  void openBenchmarks() {
    auto* tabs = child<QTabWidget>(*page_, "distilTabs");
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(1).center());
    ASSERT_TRUE(child<QTableView>(*page_, "benchmarkTable")->isVisible());
  }
  // What was queued since the last call, once it has ended.
  QStringList takeJobs() {
    EXPECT_TRUE(QTest::qWaitFor([&] { return !runner_.isBusy(); }, kWait));
    QStringList jobs;
    for (; taken_ < runner_.jobs().size(); ++taken_)
      jobs << (QStringList{runner_.jobs()[taken_].name} + runner_.jobs()[taken_].options).join(' ');
    return jobs;
  }
  QString benchmarkCell(int row, const QString& column) {
    const auto* model = child<QTableView>(*page_, "benchmarkTable")->model();
    for (int c = 0; c < model->columnCount(); ++c)
      if (model->headerData(c, Qt::Horizontal).toString() == column)
        return model->index(row, c).data().toString();
    return "no such column";
  }

  std::size_t taken_ = 0;  // jobs of runner_
};

TEST_F(BenchmarksTest, TheChosenStudentIsSentThroughABenchmark) {
  open();
  useScript("exit 0");
  {
    auto project = writer();
    for (const char* name : {"S-32-sc", "S-16-c"}) addNetwork(project, name);
  }
  reload(2);
  clickRow(0);  // before anybody looked at the other tab
  ASSERT_EQ(cell(0, StudentTable::Name), "S-32-sc");
  openBenchmarks();
  auto* network = child<QComboBox>(*page_, "benchmarkNetwork");
  EXPECT_EQ(network->count(), 3) << "two students and their teacher";
  EXPECT_EQ(network->currentText(), "S-32-sc") << "and not the newest";
  EXPECT_EQ(network->itemText(0), "S-16-c");
  EXPECT_EQ(child<QComboBox>(*page_, "benchmarkSet")->currentText(), "people");
  EXPECT_FALSE(child<QComboBox>(*page_, "benchmarkStart")->isVisible()) << "SCface trains nothing";
  click("startBenchmark");
  EXPECT_EQ(takeJobs(),
            (QStringList{"extract --model S-32-sc --layer identity --name S-32-sc-identity --no-recipe-check",
                         "identify --benchmark scface --features S-32-sc-identity --set people"}));
  child<QComboBox>(*page_, "distilBenchmark")->setCurrentText("UCCS");
  ASSERT_TRUE(child<QComboBox>(*page_, "benchmarkStart")->isVisible());
  EXPECT_FALSE(child<QPushButton>(*page_, "fineTune")->isVisible());
  child<QComboBox>(*page_, "benchmarkStart")->setCurrentText("random weights");
  child<QSpinBox>(*page_, "benchmarkSubjects")->setValue(3);
  click("startBenchmark");
  EXPECT_EQ(takeJobs(),
            (QStringList{"extract --model S-32-sc --layer mimic --name S-32-sc-mimic --no-recipe-check",
                         "identify --benchmark uccs --features S-32-sc-mimic --set people --subjects 3 "
                         "--reduction-start random"}));
  network->setCurrentText("teacher");
  click("startBenchmark");
  EXPECT_EQ(takeJobs(), QStringList{"identify --benchmark uccs --features teacher --set people --subjects 3 "
                                    "--reduction-start random"})
      << "its features are there";
}

TEST_F(BenchmarksTest, StudentsOfABenchmarkStandSideBySide) {
  open();
  {
    auto project = writer();
    for (const char* name : {"S-16-128", "S-16-128-tuned"}) {
      addNetwork(project, name);
      addFeatures(project, name, "identity", 128);
    }
    addFeatures(project, "S-16-128", "mimic", 512);
    project.finishRun(project.startRun("distil", R"({"name":"S-16-128-tuned","size":"16","mode":"c"})"),
                      "done", R"({"name":"S-16-128-tuned","started_from":"S-16-128"})");
    store(project, R"({"benchmark":"scface","features":"S-16-128-identity","identities":80,"probes":1200,
      "cmc":[0.5,0.75],"by_distance":[{"distance":1,"probes":400,"rank1":0.25},
      {"distance":2,"probes":400,"rank1":0.5},{"distance":3,"probes":400,"rank1":0.75}]})");
    store(project,
          R"({"benchmark":"scface","features":"S-16-128-tuned-identity","identities":80,"probes":1200,
      "cmc":[0.625],"by_distance":[{"distance":1,"probes":400,"rank1":0.375}]})");
    store(project, R"({"benchmark":"search","features":"teacher","identities":9,"probes":9,"cmc":[1.0]})");
  }
  reload(2);
  openBenchmarks();
  const auto* rows = child<QTableView>(*page_, "benchmarkTable")->model();
  ASSERT_EQ(rows->rowCount(), 2) << "the plain search is none of them";
  EXPECT_EQ(benchmarkCell(0, "Network"), "S-16-128-tuned") << "the newest first";
  EXPECT_EQ(benchmarkCell(0, "Fine-tuned from"), "S-16-128");
  EXPECT_EQ(benchmarkCell(0, "At 4.20 m"), "37.50 %");
  EXPECT_EQ(benchmarkCell(0, "At 1.00 m"), "–");
  EXPECT_EQ(benchmarkCell(0, "At all distances"), "62.50 %");
  EXPECT_EQ(benchmarkCell(1, "Fine-tuned from"), "–");
  EXPECT_EQ(benchmarkCell(1, "Numbers"), "128");
  EXPECT_EQ(benchmarkCell(1, "At 2.60 m"), "50.00 %");
  ASSERT_EQ(benchmark().series().size(), 2);
  EXPECT_EQ(benchmark().series()[1].points, (QVector<QPointF>{{4.2, 0.25}, {2.6, 0.5}, {1, 0.75}}));
  EXPECT_TRUE(benchmark().context().contains("scface"));
  auto* table = child<QTableView>(*page_, "benchmarkTable");
  QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(rows->index(0, 0)).center());
  ASSERT_EQ(benchmark().series().size(), 1);
  EXPECT_TRUE(benchmark().series()[0].name.startsWith("S-16-128-tuned (run "));

  // A run of the other benchmark is there as soon as it is done.
  child<QComboBox>(*page_, "distilBenchmark")->setCurrentText("UCCS");
  EXPECT_EQ(rows->rowCount(), 0);
  EXPECT_TRUE(benchmark().series().isEmpty());
  {
    auto project = writer();
    store(project, R"({"benchmark":"uccs","features":"S-16-128-mimic","identities":180,"probes":720,"cmc":[],
      "top1_error":0.125,"top5_error":0.0625,"reduction_start":"random"})");
  }
  session_.reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return rows->rowCount() == 1; }, kWait));
  EXPECT_EQ(benchmarkCell(0, "Network"), "S-16-128");
  EXPECT_EQ(benchmarkCell(0, "Numbers"), "512");
  EXPECT_EQ(benchmarkCell(0, "Reduction from"), "random weights");
  EXPECT_EQ(benchmarkCell(0, "Top-1 error"), "12.50 %");
  ASSERT_EQ(benchmark().series().size(), 1);
  EXPECT_EQ(benchmark().series()[0].points, (QVector<QPointF>{{1, 0.125}, {5, 0.0625}}));

  const QString out = folder_.filePath("tables");
  ASSERT_TRUE(QDir().mkpath(out));
  const QStringList files = page_->exportTo(out);
  ASSERT_EQ(files.size(), 2);
  const auto scface = data::readCsv(files[0].toStdString()), uccs = data::readCsv(files[1].toStdString());
  ASSERT_EQ(scface.size(), 3U);
  EXPECT_EQ(scface[2].fields[0], "S-16-128");
  EXPECT_EQ(scface[2].fields[3], "0.25") << "shares, for who goes on counting";
  ASSERT_EQ(uccs.size(), 2U);
  EXPECT_EQ(uccs[1].fields[5], "0.0625");
}

TEST_F(BenchmarksTest, AStudentIsFineTunedOnSubjectsDrawnFromTheSet) {
  open();
  useScript("exit 0");
  std::vector<int> everybody(12);
  std::iota(everybody.begin(), everybody.end(), 0);
  {
    auto project = writer();
    addNetwork(project, "S-16-1024", R"({"size":16,"mode":"sc","identity_dims":1024})");
    project.setRole(everybody, project::Role::Pool);
  }
  reload(1);
  openBenchmarks();
  auto* hint = child<QLabel>(*page_, "benchmarkHint");
  auto* tune = child<QPushButton>(*page_, "fineTune");
  EXPECT_TRUE(hint->isVisible() && hint->text().contains("nobody to test")) << hint->text().toStdString();
  EXPECT_FALSE(child<QPushButton>(*page_, "startBenchmark")->isEnabled());
  writer().setRole(everybody, project::Role::Test);
  session_.reload();
  auto* draw = child<QPushButton>(*page_, "drawSubjects");
  ASSERT_TRUE(QTest::qWaitFor([&] { return draw->isVisible(); }, kWait));
  EXPECT_TRUE(child<QPushButton>(*page_, "startBenchmark")->isEnabled());
  EXPECT_FALSE(tune->isEnabled());
  click("drawSubjects");
  EXPECT_EQ(requests_, QStringList{"role --set people --count 4 --role train"}) << "50 of 130, here of 12";
  takeJobs();
  writer().setRole({0, 3, 5, 8}, project::Role::Train);
  session_.reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return tune->isEnabled(); }, kWait));
  EXPECT_FALSE(draw->isVisible());
  EXPECT_FALSE(hint->isVisible());
  toggle("size-32");
  requests_.clear();
  click("fineTune");
  EXPECT_TRUE(requests_.isEmpty()) << "a person looks at it first";
  EXPECT_EQ(child<QPushButton>(*page_, "startDistil")->text(), "Start training");
  click("startDistil");
  ASSERT_EQ(requests_.size(), 1);
  EXPECT_TRUE(requests_[0].startsWith("distil --teacher teacher --size 16 --mode c "))
      << requests_[0].toStdString();
  for (const char* part : {"--init-from S-16-1024", "--set people", "--identity-dims 1024",
                           "--learning-rate 0.01", "--batch 32", "--name S-16-c-tuned"})
    EXPECT_TRUE(requests_[0].contains(part)) << part << ": " << requests_[0].toStdString();
  takeJobs();
}

}  // namespace
}  // namespace discern::ui
