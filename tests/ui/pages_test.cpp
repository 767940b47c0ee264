// The pages of the shell driven by real clicks and keys,
// on a real project, with a script in place of the engine.
#include "tests/ui/pages.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

#include "core/data/npy.h"
#include "core/sweep/sweep.h"
#include "core/sweep/target.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/project/session.h"
#include "ui/pages/evaluation_page.h"
#include "ui/pages/figures.h"
#include "ui/pages/threshold_page.h"
#include "ui/pages/tradeoff_page.h"
#include "ui/widgets/empty_state.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;
using testing::PagesTest;
using testing::PlantedOptions;

// --- threshold

TEST_F(PagesTest, ThresholdShowsWhatTheEvaluatorSays) {
  open();
  session_.setThreshold(0.4);
  ThresholdPage page(session_);
  show(page);
  sweep::ThresholdEvaluator evaluator(session_.project().features("demo").view(), session_.scores()->score,
                                      *session_.protocol());
  sweep::ThresholdEvaluator::Options options;
  options.cost.baseMacs = 4e8;
  const auto point = evaluator.at(0.4, options);
  EXPECT_EQ(child<QLabel>(page, "tarValue")->text(), QString("%1 %").arg(100 * point.tar, 0, 'f', 2));
  EXPECT_EQ(child<QLabel>(page, "keptValue")->text(), "75.0 %")
      << "every fourth image is bad, and 0.4 parts them";
  EXPECT_EQ(child<QLabel>(page, "computeValue")->text(), "75.0 %");
  EXPECT_NEAR(child<QDoubleSpinBox>(page, "percentileReading")->value(), 25, 0.1);
}

// Identities are merged and excluded, and a template lost its features, since the protocol was drawn.
TEST_F(PagesTest, ThresholdFollowsMergesExclusionsAndLostFeatures) {
  open();
  auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
  data::Protocol protocol = *session_.protocol();
  protocol.name = "drawn";
  for (std::size_t t = 0; t < protocol.templates.size(); ++t) {
    auto& group = protocol.templates[t];
    group.name = "person " + std::to_string(group.identity) + "/" + std::to_string(t);
  }
  writer.putProtocol(protocol);
  data::Matrix features = data::loadNpy(session_.project().featureFile("demo"));
  for (const int sample : protocol.templates[0].samples)
    std::ranges::fill(features.row(sample), std::numeric_limits<float>::quiet_NaN());
  data::saveNpy(session_.project().featureFile("demo"), features.view());
  session_.reload();
  session_.setProtocolName("drawn");
  session_.setThreshold(0.4);
  ThresholdPage page(session_);
  show(page);
  const auto* counts = child<QLabel>(page, "protocolCounts");
  EXPECT_EQ(counts->text(), "68 images in 18 templates, 136 comparisons.") << "17 templates can be compared";

  writer.setExcluded({8}, true);
  writer.mergeIdentities(7, 6);
  session_.reload();
  EXPECT_TRUE(QTest::qWaitFor([&] { return page.settled(); }, kWait));
  EXPECT_EQ(counts->text(), "56 images in 15 templates, 91 comparisons.");
  std::erase_if(protocol.pairs, [&](const data::Pair& pair) {
    return pair.a == 0 || pair.b == 0 || protocol.templates[std::size_t(pair.a)].identity == 8 ||
           protocol.templates[std::size_t(pair.b)].identity == 8;
  });
  ASSERT_EQ(protocol.pairs.size(), 91U);
  const auto owner = [&](int t) {
    const int identity = protocol.templates[std::size_t(t)].identity;
    return identity == 7 ? 6 : identity;
  };
  for (data::Pair& pair : protocol.pairs) pair.genuine = owner(pair.a) == owner(pair.b);
  sweep::ThresholdEvaluator evaluator(features.view(), session_.scores()->score, protocol);
  EXPECT_EQ(child<QLabel>(page, "tarValue")->text(),
            QString("%1 %").arg(100 * evaluator.at(0.4, {}).tar, 0, 'f', 2));
}

TEST_F(PagesTest, ThresholdSaysThatTrueScoresNeedIdentities) {
  open();
  data::ScoreTable predicted = *session_.scores();
  predicted.name = predicted.method = "ddnet";
  project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write).putScores(predicted);
  session_.reload();
  ThresholdPage page(session_);
  show(page);
  const auto* note = child<QLabel>(page, "needsLabels");
  EXPECT_TRUE(note->isVisible());
  session_.setScoreTable("ddnet");
  EXPECT_FALSE(note->isVisible());
}

TEST_F(PagesTest, EveryReadingMovesTheOthers) {
  open();
  ThresholdPage page(session_);
  show(page);
  auto* slider = child<QSlider>(page, "thresholdSlider");
  auto* score = child<QDoubleSpinBox>(page, "scoreReading");
  auto* kept = child<QDoubleSpinBox>(page, "keptReading");
  auto* percentile = child<QDoubleSpinBox>(page, "percentileReading");
  auto* compute = child<QDoubleSpinBox>(page, "computeReading");

  kept->setFocus();
  kept->selectAll();
  QTest::keyClicks(kept, "50");
  QTest::keyClick(kept, Qt::Key_Return);
  EXPECT_NEAR(kept->value(), 50, 1.5);
  EXPECT_GE(percentile->value(), 49.9) << "the best image of a template may lie below and stays";
  EXPECT_NEAR(compute->value(), 50, 1.5);
  EXPECT_GT(session_.threshold(), 0.5) << "a quarter is bad and lies below 0.3";
  EXPECT_NEAR(score->value(), session_.threshold(), 1e-4);
  EXPECT_NEAR(slider->value() / 10000.0, session_.threshold(), 1e-4);

  percentile->setValue(25);
  EXPECT_NEAR(kept->value(), 75, 1.5);
  compute->setValue(30);
  EXPECT_NEAR(kept->value(), 30, 1.5);
  score->setValue(0.4);
  EXPECT_NEAR(kept->value(), 75, 1e-9);
  slider->setFocus();
  QTest::keyClick(slider, Qt::Key_Home);
  EXPECT_DOUBLE_EQ(session_.threshold(), 0);
  EXPECT_NEAR(kept->value(), 100, 1e-9);
}

TEST_F(PagesTest, ReadingsKeepTheBestImageOfATemplateAsTheTilesDo) {
  open();
  ThresholdPage page(session_);
  show(page);
  sweep::ThresholdEvaluator evaluator(session_.project().features("demo").view(), session_.scores()->score,
                                      *session_.protocol());
  sweep::ThresholdEvaluator::Options options;
  options.cost.baseMacs = 4e8;
  auto* kept = child<QDoubleSpinBox>(page, "keptReading");
  auto* compute = child<QDoubleSpinBox>(page, "computeReading");
  for (const double threshold : {0.0, 0.2, 0.6, 0.8, 0.9, 1.0}) {
    session_.setThreshold(threshold);
    const auto point = evaluator.at(threshold, options);
    EXPECT_NEAR(kept->value(), 100 * point.keptShare, 0.06) << threshold;
    EXPECT_NEAR(compute->value(), 100 * point.cost.share, 0.06) << threshold;
  }
  session_.setThreshold(0.4);
  kept->setValue(5);
  EXPECT_NEAR(kept->value(), 25, 0.06) << "one of four in every template";
  EXPECT_LT(session_.threshold(), 1);
  compute->setValue(2);
  EXPECT_NEAR(compute->value(), 25, 0.06);
}

// Scores by one network, weights by another, each a tenth of the base model's cost.
TEST_F(PagesTest, TheComputeBudgetCountsWhatTellsTheWeights) {
  open();
  auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
  for (const char* name : {"told", "weigher"}) {
    project::ModelRow network;
    network.name = name;
    network.kind = "ddnet";
    network.architecture = "ddnet-r18";
    network.file = writer.folder() / "checkpoints" / name;
    network.macs = 4e7;
    network.milliseconds = 1;
    network.options = "{}";
    writer.putModel(network);
    data::ScoreTable scores = *session_.scores("dscore");
    scores.name = scores.featureTable = name;
    scores.method = "ddnet";
    writer.putScores(scores);
  }
  session_.reload();
  auto point = session_.point();
  point.scores = "told";
  point.weights = "weigher";
  point.threshold = 0.4;
  session_.setPoint(point);
  ThresholdPage page(session_);
  show(page);
  auto* kept = child<QDoubleSpinBox>(page, "keptReading");
  auto* compute = child<QDoubleSpinBox>(page, "computeReading");
  EXPECT_TRUE(compute->isEnabled());
  EXPECT_NEAR(kept->value(), 75, 1e-9);
  EXPECT_EQ(child<QLabel>(page, "computeValue")->text(), "95.0 %");
  EXPECT_NEAR(compute->value(), 95, 1e-9);
  compute->setValue(70);
  EXPECT_NEAR(kept->value(), 50, 1.5);

  point.weights.clear();
  session_.setPoint(point);
  EXPECT_TRUE(QTest::qWaitFor([&] { return page.settled(); }, kWait));
  EXPECT_EQ(child<QLabel>(page, "computeValue")->text(), "85.0 %");
  EXPECT_NEAR(compute->value(), 85, 1e-9);
}

TEST_F(PagesTest, DraggingTheCursorOfAChartMovesTheThreshold) {
  open();
  session_.setThreshold(0.2);
  ThresholdPage page(session_);
  show(page);
  auto* histogram = page.findChild<HistogramChart*>();
  ASSERT_NE(histogram, nullptr);
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&page, testing::kWait));
  histogram->grab();
  const PlotFrame frame = histogram->frame();
  const int y = int(frame.plot.center().y());
  const auto at = [&](double score) { return QPoint(int(std::lround(frame.pixelX(score))), y); };
  QTest::mousePress(histogram, Qt::LeftButton, {}, at(0.2));
  QTest::mouseMove(histogram, at(0.45));
  QTest::mouseRelease(histogram, Qt::LeftButton, {}, at(0.45));
  EXPECT_NEAR(session_.threshold(), 0.45, 0.01);
}

TEST_F(PagesTest, ChartsNameWhatTheyShowAndStackedOnesShareTheirAxis) {
  open();
  ThresholdPage page(session_);
  show(page);
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&page, testing::kWait));
  for (int i = 0; i < 3; ++i) page.grab();
  std::set<double> left, right;
  for (Chart* chart : page.charts()) {
    const QString context = chart->context();
    for (const QString& name : {"features " + session_.featureTable(), "scores " + session_.scoreTable(),
                                "protocol " + session_.protocolName(), QString("ddl rescale=")})
      EXPECT_TRUE(context.contains(name)) << context.toStdString();
    left.insert(dynamic_cast<PlotChart*>(chart)->frame().plot.left());
    right.insert(dynamic_cast<PlotChart*>(chart)->frame().plot.right());
  }
  EXPECT_EQ(left.size(), 1U);
  EXPECT_EQ(right.size(), 1U);
}

TEST_F(PagesTest, TheCurveFillsInAndItsKneeCanBeUsed) {
  open();
  ThresholdPage page(session_);
  show(page);
  const auto charts = page.charts();
  ASSERT_EQ(charts.size(), 3U);
  EXPECT_GT(charts[1]->table().rows.size(), 20);
  auto* useKnee = child<QPushButton>(page, "useKnee");
  ASSERT_TRUE(useKnee->isEnabled());
  QTest::mouseClick(useKnee, Qt::LeftButton);
  sweep::SweepOptions options;
  options.baselines.clear();
  options.far = session_.point().far;
  options.cost = costModel(*session_.snapshot(), "demo", *session_.scores());
  Progress progress;
  const auto sweep = sweep::sweep(session_.project().features("demo").view(), session_.scores()->score,
                                  *session_.protocol(), options, progress);
  const auto& curve = sweep.curves[std::size_t(sweep.kneeCurve)];
  EXPECT_EQ(session_.threshold(), curve.points[std::size_t(sweep.kneePoint)].threshold)
      << "the page proposes what a sweep does";
  EXPECT_EQ(analysis::aggregationName(session_.point()), curve.name);
}

TEST_F(PagesTest, ATargetIsLookedForOverEveryThresholdAndWeighting) {
  open();
  ThresholdPage page(session_);
  show(page);
  sweep::SweepOptions options;
  options.far = session_.point().far;
  options.baselines = {aggregation::Method::Average};
  options.cost = costModel(*session_.snapshot(), "demo", *session_.scores());
  Progress progress;
  const auto all = sweep::sweep(session_.project().features("demo").view(), session_.scores()->score,
                                *session_.protocol(), options, progress);
  auto* text = child<QLabel>(page, "targetText");
  auto* find = child<QPushButton>(page, "findTarget");
  const auto seek = [&] {
    QTest::mouseClick(find, Qt::LeftButton);
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return page.settled() && !text->text().startsWith("Looking"); }, kWait));
  };
  const auto expectAt = [&](const sweep::Target& target) {
    const auto at = sweep::reach(target, all.curves, all.curves.back().points.front().tar);
    ASSERT_GE(at.point, 0);
    EXPECT_EQ(session_.threshold(),
              all.curves[std::size_t(at.curve)].points[std::size_t(at.point)].threshold);
    EXPECT_EQ(analysis::aggregationName(session_.point()), all.curves[std::size_t(at.curve)].name);
    EXPECT_TRUE(text->text().contains("95\u00a0% interval")) << text->text().toStdString();
  };
  seek();
  expectAt({.loseAtMost = 0.005});
  auto* kind = child<QComboBox>(page, "targetKind");
  kind->setFocus();
  QTest::keyClick(kind, Qt::Key_Down);
  auto* value = child<QDoubleSpinBox>(page, "targetValue");
  EXPECT_EQ(value->value(), 90);
  seek();
  expectAt({.computeAtMost = 0.9});
  value->setValue(0);
  seek();
  EXPECT_EQ(text->text(), "No threshold and no weighting reaches it.");
}

TEST_F(PagesTest, RescaleAndOperatingPointAskAnew) {
  open();
  session_.setThreshold(0.1);
  ThresholdPage page(session_);
  show(page);
  sweep::ThresholdEvaluator evaluator(session_.project().features("demo").view(), session_.scores()->score,
                                      *session_.protocol());
  sweep::ThresholdEvaluator::Options options;
  options.rescale = aggregation::Rescale::Off;
  options.far = 1e-1;
  auto* far = child<QComboBox>(page, "far");
  far->setCurrentIndex(far->findText("1e-1"));
  QTest::mouseClick(child<QRadioButton>(page, "rescale-off"), Qt::LeftButton);
  EXPECT_FALSE(page.settled());
  EXPECT_TRUE(QTest::qWaitFor([&] { return page.settled(); }, kWait));
  EXPECT_EQ(child<QLabel>(page, "tarValue")->text(),
            QString("%1 %").arg(100 * evaluator.at(0.1, options).tar, 0, 'f', 2));
}

TEST_F(PagesTest, ThresholdSaysWhatIsMissingAndAsksForIt) {
  PlantedOptions options;
  options.features = options.scores = options.protocol = options.results = false;
  open(options);
  ThresholdPage page(session_);
  show(page);
  QSignalSpy requested(&page, &Page::jobRequested);
  QTest::mouseClick(page.findChild<EmptyState*>()->button(), Qt::LeftButton);
  ASSERT_EQ(requested.count(), 1);
  EXPECT_EQ(requested[0][0].toString(), "extract");
}

TEST_F(PagesTest, AMissingFeatureFileIsASentence) {
  open();
  QFile::remove(QString::fromStdString(session_.project().featureFile("demo").string()));
  ThresholdPage page(session_);
  page.resize(1100, 700);
  page.show();
  const auto* empty = page.findChild<EmptyState*>();
  EXPECT_TRUE(QTest::qWaitFor([&] { return empty->isVisible(); }, kWait));
  bool named = false;
  for (const QLabel* label : empty->findChildren<QLabel*>()) named = named || label->text().contains("demo");
  EXPECT_TRUE(named);
}

TEST_F(PagesTest, AProjectThatGrewStillWorksAndSaysWhatIsNotCovered) {
  open();
  data::Dataset more;
  more.name = "more";
  more.identities = {"somebody"};
  more.samples.resize(2);
  for (int i = 0; i < 2; ++i) {
    more.samples[std::size_t(i)].identity = 0;
    more.samples[std::size_t(i)].image.file = "/more/" + std::to_string(i) + ".png";
  }
  auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
  writer.addDataset(more, project::Role::Test);
  session_.reload();
  ThresholdPage page(session_);
  show(page);
  EXPECT_TRUE(child<QLabel>(page, "tarValue")->text().contains('%')) << "no new image is in the protocol";

  data::Protocol protocol = *session_.protocol();
  protocol.name = "with new ones";
  protocol.templates[0].samples.push_back(145);
  writer.putProtocol(protocol);
  session_.reload();
  session_.setProtocolName("with new ones");
  auto* empty = page.findChild<EmptyState*>();
  ASSERT_TRUE(QTest::qWaitFor([&] { return empty->isVisible(); }, kWait));
  QSignalSpy requested(&page, &Page::jobRequested);
  QTest::mouseClick(empty->button(), Qt::LeftButton);
  EXPECT_EQ(requested.value(0).value(0).toString(), "refresh");
}

// --- trade-off

TEST_F(PagesTest, TradeoffPointsSetTheThreshold) {
  open();
  TradeoffPage page(session_);
  show(page);
  auto* chart = page.findChild<ScatterChart*>();
  ASSERT_NE(chart, nullptr);
  EXPECT_GT(chart->data().points.size(), 60U);
  EXPECT_FALSE(chart->data().front.empty());
  ASSERT_TRUE(child<QPushButton>(page, "useKnee")->isEnabled());
  QTest::mouseClick(child<QPushButton>(page, "useKnee"), Qt::LeftButton);
  const auto sweep = latestSweep(*session_.snapshot());
  EXPECT_DOUBLE_EQ(
      session_.threshold(),
      sweep->curves[std::size_t(sweep->kneeCurve)].points[std::size_t(sweep->kneePoint)].threshold);
  EXPECT_EQ(chart->selected().size(), 1U) << "the operating point";
  EXPECT_EQ(analysis::aggregationName(session_.point()),
            sweep->curves[std::size_t(sweep->kneeCurve)].name.toStdString());

  // A row of the table with a threshold is as good as a dot.
  auto* table = child<QTableView>(page, "tradeoffTable");
  int row = -1;
  for (int i = 0; i < table->model()->rowCount(); ++i)
    if (table->model()->index(i, 0).data().toString().startsWith("ddl") &&
        !table->model()->index(i, 0).data().toString().contains("knee"))
      row = i;
  ASSERT_GE(row, 0);
  table->scrollTo(table->model()->index(row, 1));
  QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                    table->visualRect(table->model()->index(row, 1)).center());
  const double threshold = table->model()->index(row, 1).data().toString().toDouble();
  EXPECT_NEAR(session_.threshold(), threshold, 6e-4);
  session_.setThreshold(0.999);
  QTest::keyClick(table, Qt::Key_Return);
  EXPECT_NEAR(session_.threshold(), threshold, 6e-4) << "the keyboard is as good as the mouse";
}

TEST_F(PagesTest, TradeoffIsOfTheChosenScores) {
  open();
  {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    data::ScoreTable scores;
    scores.featureTable = "demo";
    scores.resize(144);
    for (const char* name : {"norm", "sharpness"}) {
      scores.name = scores.method = name;
      writer.putScores(scores);
    }
    writer.finishRun(writer.startRun("sweep", "{}"), "done",
                     R"({"protocol":"templates","features":"demo","scores":"norm","far":0.01,
      "curves":[{"name":"ddl rescale=off","baseline":false,"points":[{"threshold":0.2,"tar":0.8,"share":0.9},
                                                         {"threshold":0.3,"tar":0.7,"share":0.5}]}],
      "knee":{"curve":0,"point":1}})");
  }
  session_.reload();
  ASSERT_EQ(session_.scoreTable(), "dscore");
  TradeoffPage page(session_);
  show(page);
  auto* chart = page.findChild<ScatterChart*>();
  EXPECT_GT(chart->data().points.size(), 60U) << "there is a newer sweep, of other scores";
  EXPECT_EQ(chart->selected().size(), 1U);
  session_.setScoreTable("norm");
  EXPECT_EQ(chart->data().points.size(), 2U);
  session_.setScoreTable("sharpness");
  EXPECT_EQ(chart->data().points.size(), 2U) << "the newest, for want of one";
  EXPECT_TRUE(chart->selected().empty());
  EXPECT_TRUE(child<QLabel>(page, "about")->text().contains("scores norm"));
  QTest::mouseClick(child<QPushButton>(page, "useKnee"), Qt::LeftButton);
  EXPECT_EQ(session_.scoreTable(), "norm") << "a threshold is one of certain scores";
  EXPECT_DOUBLE_EQ(session_.threshold(), 0.3);
  EXPECT_EQ(session_.point().rescale, aggregation::Rescale::Off) << "nor does it without its weighting";
  EXPECT_DOUBLE_EQ(session_.point().far, 0.01);
}

TEST_F(PagesTest, TradeoffWithoutASweepOffersOne) {
  PlantedOptions options;
  options.results = false;
  open(options);
  TradeoffPage page(session_);
  show(page);
  QSignalSpy requested(&page, &Page::jobRequested);
  QTest::mouseClick(page.findChild<EmptyState*>()->button(), Qt::LeftButton);
  ASSERT_EQ(requested.count(), 1);
  EXPECT_EQ(requested[0][0].toString(), "sweep");
}

// --- evaluation

TEST(EvaluationFigures, ErrorVersusDiscardSaysAtWhichFalseMatchRate) {
  LineChart roc("roc"), det("det"), edc("edc");
  setUpCharts(EvaluationCharts{roc, det, edc});
  EvaluationRun run;
  run.impostor = 100;
  for (const auto& [fmr, title, supported] : {std::tuple(0.0, "false non-match rate", true),
                                              std::tuple(0.1, "false non-match rate at FMR 1e-1", true),
                                              std::tuple(0.01, "false non-match rate at FMR 1e-2", false)}) {
    run.edcFmr = fmr;
    showEvaluation({roc, det, edc}, run, {});
    EXPECT_EQ(edc.yAxis().title, title);
    EXPECT_EQ(edc.unsupported().has_value(), !supported) << title;
  }
}

TEST_F(PagesTest, EvaluationShowsCurvesTableAndSwitches) {
  open();
  EvaluationPage page(session_);
  show(page);
  const auto charts = page.charts();
  ASSERT_EQ(charts.size(), 4U);
  for (const char* drawn : {"roc", "det", "edc"})
    EXPECT_TRUE(std::ranges::any_of(charts, [&](Chart* chart) {
      return chart->name() == drawn && !chart->table().rows.isEmpty();
    })) << drawn;
  const auto* model = child<QTableView>(page, "evaluationTable")->model();
  ASSERT_EQ(model->rowCount(), 2);
  QStringList titles;
  for (int c = 0; c < model->columnCount(); ++c) titles << model->headerData(c, Qt::Horizontal).toString();
  EXPECT_EQ(titles, (QStringList{"Aggregation", "AUC", "EER", "TAR @ 1e-3", "TAR @ 1e-2", "TAR @ 1e-1",
                                 "Compute", "ms"}));
  EXPECT_EQ(model->index(0, 3).data().toString(), "–") << "135 impostors cannot carry 1e-3";
  EXPECT_FALSE(model->index(0, 3).flags() & Qt::ItemIsEnabled);
  EXPECT_TRUE(model->index(0, 3).data(Qt::ToolTipRole).toString().startsWith("Too few impostors"));
  EXPECT_TRUE(model->index(0, 5).data().toString().contains('%'));
  const QString switches = child<QPlainTextEdit>(page, "switches")->toPlainText();
  for (const char* line :
       {"threshold: 0.4", "far_rule: at most", "protocol: templates", "version: 0.1.0", "impostor: 135"})
    EXPECT_TRUE(switches.contains(line)) << line << " in " << switches.toStdString();

  // Unticking a row takes its curve away.
  auto* table = child<QTableView>(page, "evaluationTable");
  const int curves = int(dynamic_cast<LineChart*>(charts[0])->series().size());
  table->model()->setData(model->index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
  EXPECT_EQ(dynamic_cast<LineChart*>(charts[0])->series().size(), curves - 1);

  QSignalSpy requested(&page, &Page::jobRequested);
  QTest::mouseClick(child<QPushButton>(page, "evaluate"), Qt::LeftButton);
  QTest::mouseClick(child<QPushButton>(page, "makeProtocol"), Qt::LeftButton);
  ASSERT_EQ(requested.count(), 2);
  EXPECT_EQ(requested[0][0].toString(), "evaluate");
  EXPECT_EQ(requested[1][0].toString(), "protocol");
}

TEST_F(PagesTest, ANewEvaluationIsShownAtOnce) {
  open();
  EvaluationPage page(session_);
  show(page);
  {
    auto writer = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    const int run = writer.startRun("evaluate", "{}");
    writer.finishRun(run, "done",
                     R"({"protocol":"templates","scores":"x","features":"demo","genuine":5,"impostor":9,
      "aggregations":[{"name":"only one","auc":0.5,"eer":0.5,"tar":[],"roc":[[0.5,0.5]]}],"edc":[]})");
  }
  session_.reload();
  const auto* model = child<QTableView>(page, "evaluationTable")->model();
  ASSERT_EQ(model->rowCount(), 1);
  EXPECT_EQ(model->index(0, 0).data().toString(), "only one");
  EXPECT_EQ(child<QComboBox>(page, "evaluationRun")->count(), 2);
}

}  // namespace
}  // namespace discern::ui
