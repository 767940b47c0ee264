// The Selection page driven by real clicks and keys, on a real project, with a script in place of the engine.
#include "ui/pages/selection_page.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "tests/ui/selection_project.h"
#include "ui/charts/export_chart.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/live/workers.h"
#include "ui/models/project/session.h"
#include "ui/pages/selection/identity_graph_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/job_form.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;
using testing::SelectionOptions;

class SelectionPageTest : public ::testing::Test {
 protected:
  ~SelectionPageTest() override {
    page_.reset();
    session_.close();
    workers().waitForDone();  // nobody reads the folder any more when it is removed
  }
  void open(const SelectionOptions& options = {}) {
    options_ = options;
    project_ = folder_.filePath("p.discern");
    testing::makeSelectionProject(project_.toStdString(), options);
    session_.open(project_);
    page_ = std::make_unique<SelectionPage>(session_, runner_);
    QObject::connect(page_.get(), &Page::jobRequested, page_.get(),
                     [this](const QString& job, const QStringList& words) {
                       requests_ << (QStringList{job} + words).join(' ');
                       if (!words.isEmpty()) runner_.enqueue(project_, {job, words});
                     });
    page_->resize(1112, 690);
    page_->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(page_.get(), testing::kWait));
    settle();
  }
  void settle() {
    ASSERT_TRUE(QTest::qWaitFor([&] { return page_->settled(); }, kWait));
  }
  void useScript(const QString& body) {
    runner_.setCommand({testing::writeFakeEngine(folder_.path(), body)});
  }
  SelectionSource& source() { return SelectionSource::of(session_); }
  ScatterChart& map() { return *dynamic_cast<ScatterChart*>(page_->charts()[1]); }
  LineChart& curve() { return *dynamic_cast<LineChart*>(page_->charts()[0]); }
  ScatterChart& scores() { return *dynamic_cast<ScatterChart*>(page_->charts()[2]); }
  std::vector<int> gallery(const char* name = "discarded") {
    const auto& sections = child<GalleryView>(*page_, name)->sections();
    return sections.empty() ? std::vector<int>{} : sections.front().samples;
  }
  std::vector<int> discardedAt(double lambda) const {
    std::vector<int> samples;
    const auto enters = testing::plantedEnters(options_);
    for (std::size_t i = 0; i < enters.size(); ++i)
      if (!std::isnan(enters[i]) && !selection::isKept(enters[i], lambda))
        samples.push_back(static_cast<int>(i));
    return samples;
  }
  // Everything that shows lambda shows this one.
  void expectEverywhere(double lambda) {
    const auto discarded = discardedAt(lambda);
    auto shown = gallery();
    std::ranges::sort(shown);
    EXPECT_EQ(shown, discarded);
    const auto layout = source().layout();
    for (std::size_t i = 0; i < layout->samples.size(); ++i)
      EXPECT_EQ(map().muted()[i] == ScatterChart::Muted,
                std::ranges::binary_search(discarded, layout->samples[i]));
    EXPECT_DOUBLE_EQ(*curve().cursorLine(), -lambda);
    EXPECT_NEAR(child<QDoubleSpinBox>(*page_, "lambdaRaw")->value(), lambda, 1e-9);
    EXPECT_NEAR(child<QDoubleSpinBox>(*page_, "lambdaNormalised")->value(), lambda / 11, 1e-9);
    const double share = 100 * (90.0 - static_cast<double>(discarded.size())) / 81;
    EXPECT_NEAR(child<QDoubleSpinBox>(*page_, "keptShare")->value(), share, 0.051)
        << "9 of 90 can never be kept";
  }

  QTemporaryDir folder_;
  QString project_;
  SelectionOptions options_;
  QStringList requests_;
  Session session_;
  JobRunner runner_;
  std::unique_ptr<SelectionPage> page_;
};

// Unlike the clock on the wall it does not count what other programs take.
double threadMilliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * double(time.tv_sec) + 1e-6 * double(time.tv_nsec);
}

void type(QDoubleSpinBox* spin, const QString& text) {
  spin->setFocus();
  spin->selectAll();
  QTest::keyClicks(spin, text);
  QTest::keyClick(spin, Qt::Key_Return);
}

TEST_F(SelectionPageTest, SliderAndReadingsMoveEverything) {
  open();
  expectEverywhere(source().lambda());
  auto* slider = child<QSlider>(*page_, "lambdaSlider");
  slider->setFocus();
  QTest::keyClick(slider, Qt::Key_PageUp);
  expectEverywhere(source().lambda());
  QTest::keyClick(slider, Qt::Key_Home);
  EXPECT_EQ(gallery().size(), 90U) << "nobody is kept";
  expectEverywhere(source().lambda());
  QTest::keyClick(slider, Qt::Key_End);
  EXPECT_EQ(gallery().size(), 9U) << "all that can be";
  expectEverywhere(source().lambda());
  type(child<QDoubleSpinBox>(*page_, "lambdaRaw"), "-2.5");
  EXPECT_DOUBLE_EQ(source().lambda(), -2.5);
  expectEverywhere(-2.5);
  type(child<QDoubleSpinBox>(*page_, "lambdaNormalised"), "-0.5");
  EXPECT_DOUBLE_EQ(source().lambda(), -5.5);
  expectEverywhere(-5.5);
  type(child<QDoubleSpinBox>(*page_, "keptShare"), "75");
  EXPECT_EQ(source().path()->kept(source().lambda()), 61) << "the first count that is three quarters of 81";
  expectEverywhere(source().lambda());
}

TEST_F(SelectionPageTest, TheCursorOfTheCurveIsAHandleOnEitherAxis) {
  open();
  type(child<QDoubleSpinBox>(*page_, "lambdaRaw"), "-1");
  for (const int axis : {0, 1}) {
    child<QComboBox>(*page_, "curveAxis")->setCurrentIndex(axis);
    curve().grab();
    const PlotFrame frame = curve().frame();
    const double scale = axis == 0 ? 1 : 1 / 11.0;
    const auto at = [&](double x) {
      return QPoint(int(std::lround(frame.pixelX(x * scale))), int(frame.plot.center().y()));
    };
    const double from = -source().lambda(), to = axis == 0 ? 4 : 2;
    QTest::mousePress(&curve(), Qt::LeftButton, {}, at(from));
    QTest::mouseMove(&curve(), at(to));
    QTest::mouseRelease(&curve(), Qt::LeftButton, {}, at(to));
    EXPECT_NEAR(-source().lambda() / to, 1, 0.05);
    EXPECT_DOUBLE_EQ(*curve().cursorLine(), -source().lambda() * scale);
  }
}

TEST_F(SelectionPageTest, TheCurveCountsAndFollowsTheChosenIdentities) {
  open();
  child<QComboBox>(*page_, "curveMeasure")->setCurrentIndex(1);
  ASSERT_EQ(curve().series().size(), 1);
  for (const QPointF& p : curve().series()[0].points)
    EXPECT_EQ(p.y(), 90 - static_cast<double>(discardedAt(std::nextafter(-p.x(), -1e9)).size())) << p.x();
  session_.select({0, 1, 10, 35});  // two of identity 0, one of 1, one of 3 (takes no part)
  ASSERT_EQ(curve().series().size(), 3);
  EXPECT_EQ(curve().series()[1].name, "person 0");
  EXPECT_EQ(curve().series()[1].points.back().y(), 9);
  child<QComboBox>(*page_, "curveMeasure")->setCurrentIndex(0);
  EXPECT_NEAR(curve().series()[1].points.back().y(), 0.9, 1e-12) << "the last of ten is never kept";
  EXPECT_NEAR(curve().series()[0].points.back().y(), 1, 1e-12);
}

TEST_F(SelectionPageTest, ALassoChoosesOnEveryPage) {
  open();
  map().grab();
  const PlotFrame frame = map().frame();
  const auto layout = source().layout();
  // Around identity 5, which lies in the middle of the planted map: row 1, column 1 of 4.
  QPolygonF lasso;
  for (int k = 0; k <= 24; ++k)
    lasso << QPointF(frame.pixelX(1 + 0.6 * std::cos(k * M_PI / 12)),
                     frame.pixelY(1 + 0.6 * std::sin(k * M_PI / 12)));
  std::vector<int> expected;
  QPolygonF drawn;
  for (const QPointF& p : lasso) drawn << p.toPoint();
  for (std::size_t i = 0; i < layout->samples.size(); ++i)
    if (drawn.containsPoint({frame.pixelX(layout->points[i].x()), frame.pixelY(layout->points[i].y())},
                            Qt::OddEvenFill))
      expected.push_back(layout->samples[i]);
  ASSERT_GE(expected.size(), 5U);
  QSignalSpy changed(&session_, &Session::selectionChanged);
  QTest::mousePress(&map(), Qt::LeftButton, {}, lasso.first().toPoint());
  for (const QPointF& p : lasso) QTest::mouseMove(&map(), p.toPoint());
  QTest::mouseRelease(&map(), Qt::LeftButton, {}, lasso.last().toPoint());
  EXPECT_EQ(changed.count(), 1);
  EXPECT_EQ(session_.selection(), expected);
  EXPECT_EQ(map().selected().size(), expected.size());

  // A click chooses one, and what another page chooses is ringed here.
  const QPointF first(frame.pixelX(layout->points[0].x()), frame.pixelY(layout->points[0].y()));
  QTest::mouseClick(&map(), Qt::LeftButton, {}, first.toPoint());
  EXPECT_EQ(session_.selection().size(), 1U);
  session_.select({2, 4});
  EXPECT_EQ(map().selected(), (std::vector<int>{2, 4}));
}

TEST_F(SelectionPageTest, DiscardedFacesStandInTheOrderAsked) {
  open();
  const auto enters = testing::plantedEnters(options_);
  const auto entersOf = [&](int sample) { return enters[static_cast<std::size_t>(sample)]; };
  EXPECT_TRUE(std::ranges::is_sorted(gallery(), std::greater<>(), entersOf));
  child<QComboBox>(*page_, "discardedOrder")->setCurrentIndex(1);
  EXPECT_TRUE(std::ranges::is_sorted(gallery(), {}, entersOf));
  QSignalSpy asked(page_.get(), &Page::pageRequested);
  auto* view = child<GalleryView>(*page_, "discarded");
  QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, view->itemRect(0).center());
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(asked[0][0].toString(), "Inspector");
  EXPECT_EQ(session_.current(), gallery()[0]);
}

TEST_F(SelectionPageTest, DiscardedFacesAreChosenWithShiftAndKeys) {
  open();
  source().setLambda(-6);
  auto* discarded = child<GalleryView>(*page_, "discarded");
  const auto shown = gallery();
  ASSERT_GE(shown.size(), 4U);
  const auto click = [&](int position, Qt::KeyboardModifiers modifiers) {
    QTest::mouseClick(discarded->viewport(), Qt::LeftButton, modifiers,
                      discarded->itemRect(position).center());
  };
  click(0, {});
  click(2, Qt::ShiftModifier);
  EXPECT_EQ(session_.selection().size(), 3U);
  QTest::keyClick(discarded, Qt::Key_Right);
  EXPECT_EQ(session_.selection(), std::vector<int>{shown[3]});
}

TEST_F(SelectionPageTest, TheGraphIsCutAtTheLambdaThatIsLookedAt) {
  open();
  auto* tabs = child<QTabWidget>(*page_, "selectionTabs");
  QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(2).center());
  auto* graph = child<IdentityGraphView>(*page_, "identityGraph");
  const auto keptAsPlanted = [&] {
    const auto discarded = discardedAt(source().lambda());
    return std::ranges::all_of(graph->graph().nodes, [&](const auto& node) {
      return node.kept != std::ranges::binary_search(discarded, static_cast<int>(node.sample));
    });
  };
  source().setLambda(-6);
  settle();
  ASSERT_GT(graph->graph().nodes.size(), 1U);
  EXPECT_TRUE(keptAsPlanted());
  const int first = graph->identity();
  // Of another identity, whose image is chosen elsewhere.
  int other = -1;
  for (int sample = 0; sample < 90 && other < 0; ++sample)
    if (source().path()->asked(sample) && source().path()->identityOf(sample) != first) other = sample;
  session_.select({other}, other);
  settle();
  EXPECT_EQ(graph->identity(), source().path()->identityOf(other));
  // A person who was found by name: several images, none of them the current one.
  std::vector<int> found;
  for (int sample = 0; sample < 90; ++sample)
    if (source().path()->asked(sample) && source().path()->identityOf(sample) == first)
      found.push_back(sample);
  ASSERT_GT(found.size(), 1U);
  session_.select(found);
  settle();
  EXPECT_EQ(session_.current(), -1);
  EXPECT_EQ(graph->identity(), first);
  source().setLambda(0);
  settle();
  EXPECT_TRUE(std::ranges::none_of(graph->graph().nodes, &selection::IdentityGraph::Node::kept));
  // A click on a picture makes it the current image.
  const int last = static_cast<int>(graph->graph().nodes.size()) - 1;
  QTest::mouseClick(graph, Qt::LeftButton, {}, graph->placeOf(last).toPoint());
  EXPECT_EQ(session_.current(),
            static_cast<int>(graph->graph().nodes[static_cast<std::size_t>(last)].sample));
}

// A rival of the path: the places of an order in place of lambdas.
TEST_F(SelectionPageTest, AnOrderHasAShareAndNoLambda) {
  open();
  type(child<QDoubleSpinBox>(*page_, "keptShare"), "50");
  const int half = source().path()->kept(source().lambda());
  auto row = testing::plantedSelection(options_);
  row.name = "drawn";
  row.options = R"({"method":"random"})";
  double place = 0;
  for (double& enters : row.enters)
    if (std::isfinite(enters)) enters = place++;
  project::Project::open(project_.toStdString(), project::Project::Mode::Write).putSelection(row);
  source().chooseSelection("drawn");
  ASSERT_TRUE(QTest::qWaitFor([&] { return source().isOrder(); }, kWait));
  settle();
  EXPECT_EQ(source().path()->kept(source().lambda()), half) << "a lambda says nothing here, the share does";
  EXPECT_EQ(gallery().size(), 90U - static_cast<std::size_t>(half));
  auto* share = child<QDoubleSpinBox>(*page_, "keptShare");
  auto* raw = child<QDoubleSpinBox>(*page_, "lambdaRaw");
  EXPECT_FALSE(raw->isEnabled());
  EXPECT_EQ(raw->value(), 0);
  EXPECT_FALSE(child<QDoubleSpinBox>(*page_, "lambdaNormalised")->isEnabled());
  EXPECT_FALSE(child<QComboBox>(*page_, "curveAxis")->isEnabled());
  EXPECT_TRUE(child<QLabel>(*page_, "keptText")->text().contains("no lambda"));
  EXPECT_TRUE(child<QLabel>(*page_, "selectionAbout")->text().contains("random"));
  EXPECT_TRUE(child<QLabel>(*page_, "discardedText")->text().contains("place in the order"));
  type(share, "20");
  EXPECT_EQ(source().path()->kept(source().lambda()), 17);  // of 81
  QTest::keyClick(child<QSlider>(*page_, "lambdaSlider"), Qt::Key_End);
  EXPECT_EQ(source().path()->kept(source().lambda()), 81);
  EXPECT_NEAR(share->value(), 100, 1e-9);
  source().chooseSelection("selection");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !source().isOrder(); }, kWait));
  settle();
  EXPECT_TRUE(raw->isEnabled());
  EXPECT_EQ(source().path()->kept(source().lambda()), 81) << "the same share";
}

TEST_F(SelectionPageTest, TheTwoRankingsStandSideBySide) {
  open();
  auto* tabs = child<QTabWidget>(*page_, "selectionTabs");
  QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(1).center());
  type(child<QDoubleSpinBox>(*page_, "lambdaRaw"), "-6");
  const auto within = source().comparison()->at(-6, ScoreComparison::Ranking::Within);
  EXPECT_EQ(gallery("byPath"), within.discarded) << "inside each identity at first";
  EXPECT_EQ(gallery("byScore"), within.lowest);
  child<QComboBox>(*page_, "ranking")->setCurrentIndex(1);
  const auto discarded = discardedAt(-6);
  const auto byPath = gallery("byPath"), byScore = gallery("byScore");
  ASSERT_EQ(byPath.size(), discarded.size());
  ASSERT_EQ(byScore.size(), discarded.size());
  const auto table = session_.scores();
  EXPECT_TRUE(
      std::ranges::is_sorted(byScore, {}, [&](int s) { return table->score[static_cast<std::size_t>(s)]; }));
  int both = 0;
  for (const int sample : byScore) both += std::ranges::binary_search(discarded, sample);
  const QString share = QString("%1 %").arg(100.0 * both / double(discarded.size()), 0, 'f', 1);
  EXPECT_FALSE(child<QLabel>(*page_, "overlap")->text().contains("Left out")) << "of all of them";
  EXPECT_TRUE(child<QLabel>(*page_, "overlap")->text().contains(share))
      << child<QLabel>(*page_, "overlap")->text().toStdString();
  EXPECT_EQ(scores().data().points.size(), 81U) << "those that are never kept have no place on the axis";
  EXPECT_DOUBLE_EQ(*scores().cursorLine(), 6);
  session_.select({0});
  EXPECT_EQ(scores().selected().size(), 1U);
}

// Why a few of many are compared: people of whom nobody is kept say nothing about an order.
TEST_F(SelectionPageTest, ItIsSaidWhichDiscardedFacesAreNotCompared) {
  open();
  auto* tabs = child<QTabWidget>(*page_, "selectionTabs");
  QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(1).center());
  auto* text = child<QLabel>(*page_, "overlap");
  int told = 0;
  for (const double lambda : {-60.0, -6.0, -3.0, -1.5, -0.7, -0.3}) {
    source().setLambda(lambda);
    settle();
    std::map<int, std::pair<int, int>> people;  // discarded, all
    const auto enters = testing::plantedEnters(options_);
    for (int sample = 0; sample < std::ssize(enters); ++sample) {
      if (!source().path()->asked(sample)) continue;
      auto& [gone, all] = people[source().path()->identityOf(sample)];
      ++all;
      gone += selection::isKept(enters[std::size_t(sample)], lambda) ? 0 : 1;
    }
    int discarded = 0, whole = 0;
    for (const auto& [identity, count] : people) {
      discarded += count.first;
      if (count.first == count.second) whole += count.first;
    }
    const QString sentence =
        QString("Left out of the %1 discarded images: %2 of identities that are discarded whole")
            .arg(discarded)
            .arg(whole);
    EXPECT_EQ(text->text().contains(sentence), whole > 0) << lambda << ' ' << text->text().toStdString();
    EXPECT_EQ(text->text().contains("Left out"), whole > 0) << lambda;
    told += whole > 0 ? 1 : 0;
  }
  EXPECT_GT(told, 0);
  EXPECT_LT(told, 6);
}

TEST_F(SelectionPageTest, SaysWhatIsMissingAndAsksForIt) {
  SelectionOptions options;
  options.features = options.selection = options.map = options.scores = options.students = false;
  open(options);
  auto* empty = page_->findChild<EmptyState*>();
  EXPECT_TRUE(empty->isVisible());
  QTest::mouseClick(empty->button(), Qt::LeftButton);
  EXPECT_EQ(requests_, QStringList{"extract"});
  EXPECT_FALSE(child<QPushButton>(*page_, "selectFaces")->isEnabled());
}

TEST_F(SelectionPageTest, SelectingIsAskedRunAndShown) {
  SelectionOptions options;
  options.selection = options.map = false;
  open(options);
  const QString seen = folder_.filePath("seen");
  useScript(
      "echo '{\"event\":\"progress\",\"stage\":\"selecting faces\",\"done\":1,\"total\":4}'\n"
      "while [ ! -e " +
      seen + " ]; do sleep 0.02; done");
  QTest::mouseClick(page_->findChild<EmptyState*>()->button(), Qt::LeftButton);
  auto* dialog = page_->findChild<JobDialog*>();
  ASSERT_NE(dialog, nullptr);
  dialog->form().setValue("name", "mine");
  QTest::mouseClick(dialog->startButton(), Qt::LeftButton);
  EXPECT_EQ(requests_, QStringList{"select --features teacher --name mine --device cpu"});
  auto* text = child<QLabel>(*page_, "progressText");
  EXPECT_TRUE(QTest::qWaitFor([&] { return text->isVisible() && text->text().contains("1 of 4"); }, kWait))
      << text->text().toStdString();
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    auto row = testing::plantedSelection(options_);
    row.name = "mine";
    writer.putSelection(row);
  }
  QFile file(seen);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  EXPECT_TRUE(QTest::qWaitFor([&] { return source().path() && !runner_.isBusy(); }, kWait));
  settle();
  EXPECT_FALSE(page_->findChild<EmptyState*>()->isVisible());
  EXPECT_EQ(child<QComboBox>(*page_, "selectionName")->currentText(), "mine");
  EXPECT_FALSE(text->isVisible());
  EXPECT_FALSE(map().data().points.size()) << "there is no map yet, and that is fine";
}

// The paper's way is one cut, which has one lambda: the one that is looked at, or it is asked for.
TEST_F(SelectionPageTest, ThePapersSelectionIsOneCutAtALambda) {
  open();
  source().setLambda(-6);
  QTest::mouseClick(child<QPushButton>(*page_, "selectFaces"), Qt::LeftButton);
  auto* dialog = page_->findChild<JobDialog*>();
  ASSERT_NE(dialog, nullptr);
  JobForm& form = dialog->form();
  auto* preset = child<QComboBox>(form, "preset");
  EXPECT_EQ(preset->currentText(), "recommended");
  EXPECT_TRUE(form.text("lambda").isEmpty());
  preset->setCurrentText("paper");
  emit preset->activated(preset->currentIndex());
  EXPECT_EQ(form.text("method"), "cut");
  EXPECT_EQ(form.text("lengths"), "raw");
  EXPECT_EQ(form.text("lambda"), "-6");
  child<QLineEdit>(form, "lambda")->clear();
  dialog->accept();
  EXPECT_TRUE(form.problem().contains("lambda")) << form.problem().toStdString();
  EXPECT_TRUE(requests_.isEmpty());
  form.setValue("lambda", "-2");
  dialog->accept();
  ASSERT_EQ(requests_.size(), 1);
  for (const char* part : {"--method cut", "--lengths raw", "--lambda -2"})
    EXPECT_TRUE(requests_[0].contains(part)) << requests_[0].toStdString();
}

TEST_F(SelectionPageTest, AMapGrowsWhileItIsMadeAndSaysThatItIsASample) {
  SelectionOptions options;
  options.map = false;
  options.onMap = 40;
  open(options);
  useScript("trap 'exit 130' INT; while :; do sleep 0.02; done");
  QTest::mouseClick(child<QPushButton>(*page_, "makeMap"), Qt::LeftButton);
  auto* dialog = page_->findChild<JobDialog*>();
  ASSERT_NE(dialog, nullptr);
  const auto* kept = dialog->findChild<QComboBox*>("kept");
  ASSERT_EQ(kept->count(), 2);
  EXPECT_TRUE(kept->itemText(1).contains('@')) << "what the page keeps now, and any other may be typed";
  dialog->form().setValue("limit", 40);
  dialog->form().setValue("name", "live");
  QTest::mouseClick(dialog->startButton(), Qt::LeftButton);
  EXPECT_EQ(requests_, QStringList{"tsne --features teacher --name live --role train --limit 40 --perplexity "
                                   "30 --iterations 1000 --seed 1"});
  QPointF before;
  for (const int iteration : {100, 600}) {
    auto row = testing::plantedMap(options, iteration);
    row.name = "live";
    project::Project::open(project_.toStdString(), project::Project::Mode::Write).putMap(row);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return source().layout() && source().layout()->iteration == iteration; }, kWait));
    ASSERT_EQ(map().data().points.size(), 40U);
    EXPECT_NE(map().data().points[30], before);
    before = map().data().points[30];
    const QString note = child<QLabel>(*page_, "mapNote")->text();
    EXPECT_TRUE(note.contains("A sample") && note.contains(QString::number(iteration))) << note.toStdString();
  }
  QTest::mouseClick(child<QPushButton>(*page_, "progressStop"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !runner_.isBusy(); }, kWait));
  EXPECT_EQ(runner_.jobs().back().state, Job::State::Cancelled);
  // The page is as usable as before: what was stored last stays, and the slider moves it.
  EXPECT_FALSE(child<QPushButton>(*page_, "progressStop")->isVisible());
  EXPECT_EQ(map().data().points.size(), 40U);
  type(child<QDoubleSpinBox>(*page_, "lambdaRaw"), "-2");
  expectEverywhere(-2);
  EXPECT_TRUE(child<QPushButton>(*page_, "makeMap")->isEnabled());
}

TEST_F(SelectionPageTest, AFailureIsShownUntilTheNextJob) {
  open();
  useScript("echo '{\"event\":\"error\",\"message\":\"two identities are needed\"}'; exit 1");
  runner_.enqueue(project_, {"select", {"--features", "teacher"}});
  auto* text = child<QLabel>(*page_, "progressText");
  EXPECT_TRUE(QTest::qWaitFor(
      [&] { return text->isVisible() && text->text() == "select: two identities are needed"; }, kWait));
  useScript("exit 0");
  runner_.enqueue(project_, {"select", {"--features", "teacher"}});
  EXPECT_TRUE(QTest::qWaitFor([&] { return !runner_.isBusy() && !text->isVisible(); }, kWait));
}

TEST_F(SelectionPageTest, ChartsExportTheirNumbers) {
  open();
  const auto table = map().table();
  EXPECT_EQ(table.columns, (QStringList{"sample", "identity", "-lambda", "kept", "t-SNE 1", "t-SNE 2"}));
  ASSERT_EQ(table.rows.size(), 90);
  const auto discarded = discardedAt(source().lambda());
  for (const QStringList& row : table.rows)
    EXPECT_EQ(row[3] == "0", std::ranges::binary_search(discarded, row[0].toInt()));
  EXPECT_EQ(table.rows[0][1], "person 0");
  for (Chart* chart : page_->charts()) exportChartAll(*chart, folder_.filePath("out"));
  EXPECT_EQ(QDir(folder_.filePath("out")).entryList(QDir::Files).size(), 12);
}

TEST_F(SelectionPageTest, DiscardedFacesAreGreyWithARingThatIsSeenInBothThemes) {
  open();
  source().setLambda(0);  // nobody is kept
  for (const bool dark : {false, true}) {
    QPalette palette = page_->palette();
    palette.setColor(QPalette::Base, dark ? QColor("#23282f") : Qt::white);
    palette.setColor(QPalette::Text, dark ? QColor("#e4e8ee") : QColor("#1f2430"));
    map().setPalette(palette);
    const QImage picture = map().grab().toImage();
    const PlotFrame frame = map().frame();
    int colourful = 0, ringed = 0;
    const QColor ground = palette.color(QPalette::Base);
    const auto away = [&](const QColor& c) { return std::abs(c.lightness() - ground.lightness()); };
    for (int y = int(frame.plot.top()) + 2; y < int(frame.plot.bottom()) - 2; ++y)
      for (int x = int(frame.plot.left()) + 2; x < int(frame.plot.right()) - 2; ++x)
        if (picture.pixelColor(x, y).hslSaturation() > 120) ++colourful;
    for (const QPointF& p : map().data().points) {
      const QPointF centre(frame.pixelX(p.x()), frame.pixelY(p.y()));
      int edge = 0;
      for (int k = 0; k < 12; ++k)
        for (double r = 3.5; r < 7; r += 0.5)
          edge = std::max(
              edge, away(picture.pixelColor(
                        (centre + r * QPointF(std::cos(k * M_PI / 6), std::sin(k * M_PI / 6))).toPoint())));
      ringed += edge > 60;
    }
    EXPECT_LT(colourful, 20) << dark;
    EXPECT_EQ(ringed, 90) << dark;
  }
}

// Printed, not asserted: what one step of the slider takes until everything it moves is painted.
TEST_F(SelectionPageTest, SliderLatencyWithFiftyThousandFaces) {
  SelectionOptions options;
  options.identities = 1600;
  options.images = 40;  // a quarter takes no part: 48,000 do
  options.students = false;
  open(options);
  page_->resize(1112, 690);
  auto* slider = child<QSlider>(*page_, "lambdaSlider");
  auto* tabs = child<QTabWidget>(*page_, "selectionTabs");
  for (int tab = 0; tab < 2; ++tab) {
    tabs->setCurrentIndex(tab);
    QTest::qWait(300);
    std::vector<double> steps, busy;
    for (int i = 0; i < 30; ++i) {
      QElapsedTimer timer;
      timer.start();
      const double before = threadMilliseconds();
      slider->setValue((2000 + 3700 * i) % 10000);
      QApplication::processEvents();
      steps.push_back(double(timer.nsecsElapsed()) / 1e6);
      busy.push_back(threadMilliseconds() - before);
    }
    std::ranges::sort(steps);
    std::ranges::sort(busy);
    std::printf(
        "[ latency  ] %s: median %.1f ms, worst %.1f ms; processor time of the window's thread %.1f and %.1f "
        "ms\n",
        qPrintable(tabs->tabText(tab)), steps[15], steps.back(), busy[15], busy.back());
  }
  EXPECT_EQ(source().path()->faces(), 48000);
  EXPECT_EQ(gallery("byPath"),
            source().comparison()->at(source().lambda(), ScoreComparison::Ranking::Within).discarded);
}

}  // namespace
}  // namespace discern::ui
