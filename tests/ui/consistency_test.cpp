// What is shown, chosen and acted on are one thing: on every page, in every chart, and when it is taken back.
#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoView>
#include <algorithm>

#include "core/base/described.h"
#include "core/results/compare.h"
#include "tests/ui/child.h"
#include "tests/ui/menus.h"
#include "tests/ui/planted_project.h"
#include "ui/charts/heatmap_chart.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/charts/score_strip.h"
#include "ui/jobs/job.h"
#include "ui/main_window.h"
#include "ui/models/images/filter.h"
#include "ui/models/images/template_images.h"
#include "ui/models/project/point_steps.h"
#include "ui/pages/page.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/image_actions.h"

namespace discern::ui {
namespace {

using project::LeftOut;
using project::Verdict;
using testing::child;
using testing::kWait;

class ConsistencyTest : public ::testing::Test {
 protected:
  ConsistencyTest() : settings_(folder_.filePath("settings.ini")), window_(settings_) {
    const QString project = folder_.filePath("p.discern");
    testing::PlantedOptions options;
    options.identities = 6;
    options.images = 8;
    options.pictures = true;
    testing::makePlantedProject(project.toStdString(), options);
    window_.resize(1024, 700);
    window_.show();
    window_.openProject(project);
    testing::activate(window_);
    settle();
  }

  void settle() { EXPECT_TRUE(window_.waitSettled()); }
  Page& show(const char* title) {
    window_.showPage(title);
    settle();
    return *window_.page(title);
  }
  void press(QWidget& widget, Qt::Key key) {
    testing::activate(window_);
    widget.setFocus();
    QTest::keyClick(&widget, key);
    settle();
  }
  Session& session() { return window_.session(); }
  LeftOut out(int sample) { return session().snapshot()->samples[std::size_t(sample)].leftOut; }

  QTemporaryDir folder_;
  Settings settings_;
  MainWindow window_;
};

TEST_F(ConsistencyTest, AfterLeavingOutKeysAndChoiceAreAtTheNextImage) {
  auto& page = show("Scores");
  child<QComboBox>(page, "rowsOf")->setCurrentIndex(1);  // a row an identity
  settle();
  auto& map = *page.findChild<HeatmapChart*>();
  const auto row = map.rows()[0];
  ASSERT_GT(row.ids.size(), 3U);
  QTest::mouseClick(&map, Qt::LeftButton, {}, map.cellRect(0, 1).center().toPoint());
  ASSERT_EQ(session().selection(), std::vector<int>{row.ids[1]});
  press(map, Qt::Key_X);
  EXPECT_EQ(out(row.ids[1]), LeftOut::Templates);
  EXPECT_EQ(map.currentId(), row.ids[2]);
  EXPECT_EQ(session().selection(), std::vector<int>{row.ids[2]}) << "what the next X is about";
  press(map, Qt::Key_X);
  EXPECT_EQ(out(row.ids[2]), LeftOut::Templates);
  EXPECT_EQ(session().selection(), std::vector<int>{map.currentId()});
}

TEST_F(ConsistencyTest, OnlyWhatIsChosenAndShownIsActedOn) {
  auto& page = show("Data");
  session().select({3, 11});  // of two identities
  const QString name = QString::fromStdString(session().snapshot()->identities[1].name);
  auto* filter = child<QLineEdit>(page, "filter");
  filter->setText("identity=\"" + name + '"');
  settle();
  auto& gallery = *page.findChild<GalleryView*>();
  press(gallery, Qt::Key_X);
  EXPECT_EQ(out(11), LeftOut::Templates);
  EXPECT_EQ(out(3), LeftOut::Nothing) << "it is behind the filter";
  filter->setText("identity=nobody");
  settle();
  EXPECT_FALSE(ImageActions::of(session())->action("wrong")->isEnabled());
  show("Scores");
  EXPECT_TRUE(ImageActions::of(session())->action("wrong")->isEnabled()) << "they are still chosen";
}

TEST_F(ConsistencyTest, AHiddenNameIsHiddenInAllChartsOfAPage) {
  auto& page = show("Evaluation");
  const auto charts = page.findChildren<LineChart*>();
  const auto named = [&](const QString& name) {
    return *std::ranges::find_if(charts, [&](LineChart* chart) { return chart->name() == name; });
  };
  LineChart *roc = named("roc"), *det = named("det");
  ASSERT_FALSE(roc->series().isEmpty());
  const QString name = roc->series()[0].name;
  ASSERT_FALSE(roc->legendKey(name).isNull());
  const auto click = [&](LineChart* chart) {
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->legendKey(name).center().toPoint());
  };
  click(roc);
  EXPECT_TRUE(roc->isHidden(name));
  EXPECT_TRUE(det->isHidden(name));
  QTest::qWait(0);
  click(roc);
  EXPECT_FALSE(det->isHidden(name));
}

TEST_F(ConsistencyTest, APointThatWasLeftIsAStepBack) {
  auto* back = window_.findChild<QAction*>("pointBack");
  auto* again = window_.findChild<QAction*>("pointAgain");
  ASSERT_TRUE(back && again);
  EXPECT_FALSE(back->isEnabled());
  const double first = session().threshold();
  session().setThreshold(0.3);
  session().setThreshold(0.4);  // one move of a hand
  QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
  EXPECT_EQ(session().threshold(), first) << "also of a move that has not come to rest";
  EXPECT_FALSE(back->isEnabled());
  QTest::keyClick(&window_, Qt::Key_Y, Qt::ControlModifier | Qt::AltModifier);
  EXPECT_EQ(session().threshold(), 0.4);
  session().setThreshold(0.7);
  back->trigger();
  EXPECT_EQ(session().threshold(), 0.4);
  back->trigger();
  EXPECT_EQ(session().threshold(), first);
  EXPECT_FALSE(back->isEnabled());
  again->trigger();
  again->trigger();
  EXPECT_EQ(session().threshold(), 0.7);
  EXPECT_FALSE(again->isEnabled());
}

TEST_F(ConsistencyTest, TablesFitASmallScreen) {
  for (const auto& [title, name] :
       {std::pair("Template", "templateImages"), std::pair("Template", "templateMatch"),
        std::pair("Trade-off", "tradeoffTable"), std::pair("Compare", "compareTar"),
        std::pair("Compare", "compareFlips")}) {
    auto& page = show(title);
    EXPECT_EQ(child<QTableView>(page, name)->horizontalScrollBar()->maximum(), 0) << name;
  }
}

TEST_F(ConsistencyTest, AnOwnChoiceFollowsTheToolBarOrSaysSo) {
  auto& scores = show("Scores");
  auto* colour = child<QComboBox>(scores, "colourBy");
  EXPECT_EQ(colour->currentText(), "As the tool bar: " + session().scoreTable());
  auto& compare = show("Compare");
  auto* note = child<QLabel>(compare, "barNote");
  EXPECT_EQ(note->text(), "Protocol and side A are as the tool bar says.");
}

// The menu over any picture: what can be decided about it, and what can be had of the chart.
TEST_F(ConsistencyTest, EveryPictureOffersWhatCanBeDecided) {
  {
    auto writer = project::Project::open(session().folder().toStdString(), project::Project::Mode::Write);
    auto table = writer.scores("dscore");
    table.name = "turned";
    for (float& score : table.score) score = 1 - score;
    writer.putScores(table);
    results::CompareResult compared;
    const auto samples = writer.samples();
    compared.flips.push_back(
        {"lost", "t3_0", "t3_1", 0.5, 0.4, samples[24].image.file, samples[30].image.file, 24, 30});
    writer.finishRun(writer.startRun("compare", "{}"), "done", toJson(compared).dump());
  }
  session().reload();
  settle();
  const auto verdictOf = [&](int sample) { return session().snapshot()->mark(sample).verdict; };
  const auto choose = [&](QWidget& widget, const QPointF& at, const char* name) {
    testing::chooseInMenu(widget, at.toPoint(), [&](const QAction& one) { return one.objectName() == name; });
    settle();
  };
  auto& scores = show("Scores");
  child<QComboBox>(scores, "rowsOf")->setCurrentIndex(1);
  settle();
  auto& map = *scores.findChild<HeatmapChart*>();
  const int cell = map.rows()[0].ids[1];
  choose(map, map.cellRect(0, 1).center(), "wrong");
  EXPECT_EQ(verdictOf(cell), Verdict::Wrong);
  choose(map, map.cellRect(0, 2).center(), "copyTable");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QString::number(cell))) << "and the chart's own";

  auto& page = show("Template");
  auto& strip = *page.findChild<ScoreStrip*>();
  const int onStrip = strip.images()[0].id, inTable = strip.images()[1].id;
  choose(strip, strip.pictureRect(onStrip).center(), "right");
  EXPECT_EQ(verdictOf(onStrip), Verdict::Right);
  auto* table = child<QTableView>(page, "templateImages");
  for (int row = 0; row < table->model()->rowCount(); ++row)
    if (const auto at = table->model()->index(row, 2);
        at.data(TemplateImages::SampleRole).toInt() == inTable) {
      table->scrollTo(at);
      choose(*table->viewport(), table->visualRect(at).center(), "unsure");
    }
  EXPECT_EQ(verdictOf(inTable), Verdict::Unsure);

  auto& compare = show("Compare");
  auto* flips = child<QTableWidget>(compare, "compareFlips");
  ASSERT_EQ(flips->rowCount(), 1);
  choose(*flips->viewport(), flips->visualItemRect(flips->item(0, 2)).center(), "wrong");
  EXPECT_EQ(verdictOf(30), Verdict::Wrong);
  EXPECT_EQ(verdictOf(24), Verdict::None) << "the other one of the pair";
  compare.findChild<QTabWidget*>()->setCurrentIndex(1);
  settle();
  auto& scatter = *compare.findChild<ScatterChart*>();
  int dot = -1;
  QPoint at;
  for (int y = 0; y < scatter.height() && dot < 0; y += 3)
    for (int x = 0; x < scatter.width() && dot < 0; x += 3) dot = scatter.pointAt(at = {x, y});
  ASSERT_GE(dot, 0);
  choose(scatter, at, "right");
  ASSERT_EQ(session().selection().size(), 1U);
  EXPECT_EQ(verdictOf(session().selection()[0]), Verdict::Right);
  const auto known = session().scores("dscore");
  EXPECT_FLOAT_EQ(known->score[std::size_t(session().selection()[0])],
                  float(scatter.data().points[std::size_t(dot)].x()));
}

TEST_F(ConsistencyTest, EveryChartSaysOfWhatItIs) {
  int charts = 0;
  for (const QString& title : window_.pageTitles())
    for (const Chart* chart : show(title.toUtf8()).charts())
      if (chart->hasContent()) {
        EXPECT_FALSE(chart->context().isEmpty()) << title.toStdString() << ' ' << chart->name().toStdString();
        ++charts;
      }
  EXPECT_GE(charts, 12);
  for (const char* title : {"Scores", "Template", "Threshold"}) {  // at the operating point
    const QString context = show(title).charts().front()->context();
    for (const QString& part : {"features " + session().featureTable(), "scores " + session().scoreTable(),
                                "protocol " + session().protocolName(),
                                QString::fromStdString(analysis::aggregationName(session().point()))})
      EXPECT_TRUE(context.contains(part)) << title << ": " << context.toStdString();
  }
}

TEST_F(ConsistencyTest, TheHistorySaysWhen) {
  auto& page = show("Data");
  session().select({2});
  ImageActions::of(session())->action("right")->trigger();
  settle();
  auto* view = window_.findChild<QUndoView*>();
  const QString text = view->model()->index(1, 0).data().toString();
  EXPECT_TRUE(text.endsWith("mark right: 1 image")) << text.toStdString();
  EXPECT_TRUE(text.front().isDigit()) << text.toStdString();
  EXPECT_TRUE(page.isVisible());
}

TEST(FilterValues, AnUnknownOneOfAClosedSetIsSaid) {
  EXPECT_EQ(Filter("verdict:bad").error(), "verdict is never 'bad'; there are: right, unsure, wrong");
  EXPECT_EQ(Filter("verdict:w").error(), "") << "still being typed";
  EXPECT_EQ(Filter("-role:pol").error(), "role is never 'pol'; there are: pool, test, train");
  EXPECT_EQ(Filter("out=everything status:scored below:yes").error(), "");
  EXPECT_NE(Filter("below:maybe").error(), "");
  EXPECT_EQ(Filter("tag:anything identity:anybody").error(), "") << "these are open";
}

// A chain of three: 20 s of 60 are over in the second, the third took 100 s before.
TEST(WholeTime, IsOfTheJobAndThoseBehindIt) {
  const QDateTime now = QDateTime::currentDateTime();
  std::vector<Job> jobs(4);
  for (std::size_t i = 0; i < 3; ++i) {
    jobs[i].id = int(i);
    jobs[i].chain = 7;
  }
  jobs[0].state = Job::State::Done;
  jobs[1].state = Job::State::Running;
  jobs[1].name = "score";
  jobs[1].started = now.addSecs(-20);
  jobs[2].name = "sweep";
  jobs[3].name = "extract";  // of another chain
  jobs[3].chain = 8;
  const std::map<std::string, double> known = {{"score", 60}, {"sweep", 100}, {"extract", 1000}};
  EXPECT_NEAR(wholeSecondsLeft(jobs, jobs[1], known, now), 140, 0.5);
  jobs[1].secondsLeft = 90;  // it takes longer than the last time
  EXPECT_NEAR(wholeSecondsLeft(jobs, jobs[1], known, now), 190, 0.5);
  EXPECT_LT(wholeSecondsLeft(jobs, jobs[1], {}, now), 0) << "nobody knows of the sweep";
  Job recipe;
  applyEvent(recipe,
             *parseJobEvent(R"({"event":"step","step":2,"steps":5,"job":"score","seconds":10,"after":200})"));
  EXPECT_NEAR(wholeSecondsLeft({}, recipe, {}, recipe.stepStarted.addSecs(4)), 206, 0.5);
  EXPECT_NEAR(wholeSecondsLeft({}, recipe, {}, recipe.stepStarted.addSecs(40)), 200, 0.5);
  applyEvent(recipe, *parseJobEvent(R"({"event":"step","step":3,"steps":5,"job":"score","after":null})"));
  EXPECT_LT(wholeSecondsLeft({}, recipe, {}, now), 0);
}

}  // namespace
}  // namespace discern::ui
