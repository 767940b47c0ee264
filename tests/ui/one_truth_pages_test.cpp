// What a page shows, and asks for, is what the command line says at the same operating point.
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>
#include <cmath>

#include "tests/ui/child.h"
#include "tests/ui/one_truth.h"
#include "ui/charts/chart.h"
#include "ui/models/live/job_requests.h"
#include "ui/models/live/template_source.h"
#include "ui/models/results/run_results.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/review_page.h"
#include "ui/pages/slices_page.h"
#include "ui/pages/template_page.h"
#include "ui/pages/threshold_page.h"
#include "ui/pages/tradeoff_page.h"
#include "ui/widgets/job_form.h"
#include "ui/widgets/numbers.h"

namespace discern::ui {
namespace {
using nlohmann::json;
using project::Project;
using testing::child;
using testing::kWait;
using testing::OneTruthTest;

// Where a window sweeps or compares features as they are, so does the point, and where not, it says so.
TEST_F(OneTruthTest, ASweepOfFeaturesAsTheyAreIsNotThePoints) {
  auto point = session_->point();
  point.scores = "head";
  point.far = 0.1;
  session_->setPoint(point);
  store(point);
  cli({"sweep", "--thresholds", "40", "--point", "--lengths", "raw"});
  session_->reload();
  TradeoffPage tradeoff(*session_);
  ThresholdPage threshold(*session_);
  waitFor(tradeoff);
  auto* about = child<QLabel>(tradeoff, "about");
  EXPECT_TRUE(about->text().contains("demo as they are")) << about->text().toStdString();
  EXPECT_TRUE(about->text().contains("was not swept yet")) << about->text().toStdString();
  EXPECT_TRUE(tradeoff.charts().front()->context().contains("as they are"));
  auto* table = child<QTableView>(tradeoff, "tradeoffTable");
  int row = 0;
  while (!table->model()->index(row, 0).data().toString().startsWith("ddl")) ++row;
  table->scrollTo(table->model()->index(row, 1));
  QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                    table->visualRect(table->model()->index(row, 1)).center());
  EXPECT_EQ(session_->point().lengths, data::Lengths::Raw);
  EXPECT_FALSE(about->text().contains("was not swept yet")) << about->text().toStdString();
  waitFor(threshold);
  EXPECT_EQ(child<QLabel>(threshold, "tarValue")->text(), table->model()->index(row, 4).data().toString());
  store(session_->point());
  const json evaluated = cli({"evaluate", "--bootstraps", "0", "--point"});
  EXPECT_EQ(evaluated["lengths"], "raw");
  const QString name = QString(table->model()->index(row, 0).data().toString()).remove(" (knee)");
  EXPECT_EQ(percentText(tarAt(OneTruthTest::row(evaluated, name.toStdString()), 0.1), 2),
            table->model()->index(row, 4).data().toString());
}

// What says when and how fast it ran.
json withoutTimes(json result) {
  for (const char* key : {"run", "seconds", "ms", "ms_per_template", "milliseconds"})
    if (result.is_object()) result.erase(key);
  for (auto& value : result)
    if (value.is_structured()) value = withoutTimes(value);
  return result;
}

TEST_F(OneTruthTest, EveryRequestIsTheCommandLinesAtThePoint) {
  analysis::OperatingPoint point = session_->point();
  point.scores = "told";
  point.weights = "head";
  point.rescale = aggregation::Rescale::Off;
  point.lengths = data::Lengths::Raw;
  point.threshold = 0.4567;
  point.far = 0.05;  // none of those that evaluations tell
  session_->setPoint(point);
  store(point);
  const auto asked = [](const JobRequest& request, const std::vector<std::string>& more) {
    std::vector<std::string> words{request.job.toStdString()};
    for (const QString& word : request.options) words.push_back(word.toStdString());
    words.insert(words.end(), more.begin(), more.end());
    return withoutTimes(cli(words));
  };
  EXPECT_EQ(asked(evaluateRequest(*session_->snapshot(), point), {"--bootstraps", "0"}),
            withoutTimes(cli({"evaluate", "--point", "--bootstraps", "0"})));
  EXPECT_EQ(asked(sweepRequest(point), {"--thresholds", "9"}),
            withoutTimes(cli({"sweep", "--point", "--thresholds", "9"})));
  const json slices = withoutTimes(cli({"slices", "--column", "set", "--point"}));
  EXPECT_EQ(asked(slicesRequest(point, "set", {}), {}), slices);
  EXPECT_EQ(slices["lengths"], "raw");

  ComparePage page(*session_);
  waitFor(page);
  EXPECT_TRUE(child<QLabel>(page, "barNote")->text().contains("as the tool bar says"));
  const QSignalSpy spy(&page, &Page::jobRequested);
  page.findChild<JobForm*>()->setValue("aggregation-b", "average");
  QTest::mouseClick(child<QPushButton>(page, "compare"), Qt::LeftButton);
  ASSERT_EQ(spy.size(), 1);
  const json compared = withoutTimes(cli({"compare", "--point", "--aggregation-b", "average"}));
  EXPECT_EQ(asked({"compare", spy[0][1].toStringList()}, {}), compared);
  EXPECT_EQ(compared["flips_far"], 0.05);
  EXPECT_EQ(compared["a"]["lengths"], "raw");
  EXPECT_EQ(compared["a"]["weights"], "head");
  // A hand's choice stays, and is said.
  page.findChild<JobForm*>()->setValue("threshold-a", 0.25);
  EXPECT_TRUE(child<QLabel>(page, "barNote")->text().contains("other than in the tool bar: 0.25"));
  point.threshold = 0.3;
  session_->setPoint(point);
  EXPECT_EQ(page.findChild<JobForm*>()->text("threshold-a"), "0.25");
}

TEST_F(OneTruthTest, TheSlicesOfTheWindowAreThoseOfThePoint) {
  auto point = session_->point();
  point.scores = "told";
  point.threshold = 0.4567;
  point.far = 0.1;
  store(point);
  const json told = cli({"slices", "--column", "set", "--point"});
  session_->reload();
  SlicesPage page(*session_);
  waitFor(page);
  auto* table = child<QTableWidget>(page, "sliceTable");
  ASSERT_EQ(table->rowCount(), int(told["slices"].size()));
  for (int row = 0; row < table->rowCount(); ++row) {
    const json& slice = told["slices"][std::size_t(row)];
    EXPECT_EQ(table->item(row, 1)->text(), QString::number(slice["images"].get<int>()));
    EXPECT_EQ(table->item(row, 3)->text(), percentText(slice["kept"]));
    EXPECT_EQ(table->item(row, 4)->text(), QString::number(slice["genuine"].get<int>()));
    EXPECT_TRUE(table->item(row, 5)->text().startsWith(percentText(slice["tar"]) + " ("));
    EXPECT_EQ(table->item(row, 6)->text(), QString::number(slice["impostor"].get<int>()));
  }
}

TEST_F(OneTruthTest, ATemplateMatchesAsTheCommandLineSays) {
  for (const char* weighting : {"ddl rescale=off", "ddl weights=head"}) {
    auto point = session_->point();
    point.scores = "told";
    point.threshold = 0.4567;
    point.far = 0.1;
    point.lengths = data::Lengths::Raw;
    ASSERT_TRUE(analysis::setAggregation(point, weighting));
    session_->setPoint(point);
    store(point);
    const json told = cli({"templates", "--point", "--limit", "0"});
    TemplatePage page(*session_);
    auto* names = child<QComboBox>(page, "templateName");
    auto* match = child<QTableWidget>(page, "templateMatch");
    auto* next = child<QToolButton>(page, "nextWorst");
    TemplateSource::of(*session_).setCurrent(-1);
    waitFor(page);
    ASSERT_EQ(names->count(), int(told["rows"].size()));
    for (const json& row : told["rows"]) {  // the worst first, on both sides
      SCOPED_TRACE(row["name"]);
      EXPECT_EQ(names->currentText().toStdString(), row["name"].get<std::string>());
      const auto cell = [&](int column) { return match->item(0, column)->text(); };
      EXPECT_EQ(cell(1), numberText(row["worst_genuine"].get<float>()));
      EXPECT_EQ(cell(2), numberText(row["best_impostor"].get<float>()));
      EXPECT_EQ(cell(3), QString::number(row["rank"].get<int>()));
      EXPECT_EQ(cell(4),
                QString("%1/%2").arg(row["genuine_accepted"].get<int>()).arg(row["genuine"].get<int>()));
      if (row != told["rows"].back()) QTest::mouseClick(next, Qt::LeftButton);
      ASSERT_TRUE(QTest::qWaitFor([&] { return page.settled(); }, kWait));
    }
    EXPECT_FALSE(next->isEnabled());
  }
}

TEST_F(OneTruthTest, TheDoubtsOfReviewAreThoseOfTheCommandLine) {
  const auto& people = session_->snapshot()->identities;
  const auto note = [](const std::string& pairs) {
    Project::open(project_.toStdString(), Project::Mode::Read).putSetting("probably_same", pairs);
  };
  note(R"([{"a":")" + people[1].name + R"(","b":")" + people[2].name +
       R"(","a_id":1,"b_id":2,"cosine":0.9}])");
  const json told = cli({"doubts", "--limit", "0"});
  session_->reload();
  ReviewPage page(*session_);
  waitFor(page);
  auto* list = child<QTableWidget>(page, "cases");
  ASSERT_EQ(told["pair_rows"].size(), 1U);
  ASSERT_GT(told["image_rows"].size(), 3U);
  ASSERT_EQ(list->rowCount(), int(told["images"].get<int>() + told["pairs"].get<int>()));
  const auto name = [](const json& identity) {
    return QString::fromStdString(identity).section('/', 1);  // no two are called alike
  };
  const auto cell = [&](int row, int column) { return list->model()->index(row, column).data().toString(); };
  EXPECT_EQ(cell(0, 0), name(told["pair_rows"][0]["from"]));
  EXPECT_EQ(cell(0, 1), "= " + name(told["pair_rows"][0]["into"]));
  EXPECT_EQ(cell(0, 2), numberText(told["pair_rows"][0]["cosine"].get<double>(), 2));
  for (int i = 0; i + 1 < list->rowCount(); ++i) {
    const json& one = told["image_rows"][std::size_t(i)];
    EXPECT_EQ(cell(i + 1, 0), name(one["identity"])) << i;
    EXPECT_EQ(cell(i + 1, 1), name(one["other"])) << i;
    EXPECT_EQ(cell(i + 1, 3),
              numberText(std::abs(one["hardest"].get<double>() - one["own"].get<double>()), 2));
  }
  list->setCurrentCell(1, 0);
  EXPECT_EQ(session_->current(), told["image_rows"][0]["sample"].get<int>());
  note("[]");
}

TEST_F(OneTruthTest, TheTargetOfThresholdIsTheSweeps) {
  for (const char* weights : {"", "head"}) {
    auto point = session_->point();
    point.scores = "told";
    point.weights = weights;
    point.far = 0.1;
    session_->setPoint(point);
    store(point);
    for (const auto& [kind, option, value] :
         {std::tuple(0, "--lose-at-most", 0.5), std::tuple(1, "--compute-at-most", 80.0)}) {
      const json target = cli({"sweep", "--point", option, QString::number(value).toStdString()})["target"];
      ThresholdPage page(*session_);
      waitFor(page);
      child<QComboBox>(page, "targetKind")->setCurrentIndex(kind);
      child<QDoubleSpinBox>(page, "targetValue")->setValue(value);
      QTest::mouseClick(child<QPushButton>(page, "findTarget"), Qt::LeftButton);
      auto* text = child<QLabel>(page, "targetText");
      ASSERT_TRUE(QTest::qWaitFor([&] { return text->text().contains(" at threshold "); }, kWait));
      waitFor(page);
      EXPECT_EQ(analysis::aggregationName(session_->point()), target["aggregation"].get<std::string>())
          << option;
      EXPECT_DOUBLE_EQ(session_->threshold(), target["threshold"]) << option;
      const auto points = [](double share) { return signedText(100 * share, 2); };
      const double tar = target["tar"], reference = target["reference"];
      for (const QString& number : {percentText(tar, 2), points(tar - reference), points(target["low"]),
                                    points(target["high"]), percentText(target["compute"])})
        EXPECT_TRUE(text->text().contains(QString(number).replace(" %", "\u00a0%")))
            << number.toStdString() << " in " << text->text().toStdString();
      session_->setPoint(point);
    }
  }
}

}  // namespace
}  // namespace discern::ui
