// What is shown, chosen and acted on are one thing: on every page, in every chart, and when it is taken back.
#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoView>
#include <algorithm>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/charts/heatmap_chart.h"
#include "ui/charts/line_chart.h"
#include "ui/jobs/job.h"
#include "ui/main_window.h"
#include "ui/models/images/filter.h"
#include "ui/models/project/point_steps.h"
#include "ui/pages/page.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/image_actions.h"

namespace discern::ui {
namespace {

using project::LeftOut;
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
    QApplication::setActiveWindow(&window_);
    settle();
  }

  void settle() { EXPECT_TRUE(window_.waitSettled()); }
  Page& show(const char* title) {
    window_.showPage(title);
    settle();
    return *window_.page(title);
  }
  void press(QWidget& widget, Qt::Key key) {
    QApplication::setActiveWindow(&window_);
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
