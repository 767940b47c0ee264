// The pages Data, Scores and Inspector, driven as a person would.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

#include "tests/ui/child.h"
#include "tests/ui/small_project.h"
#include "ui/charts/heatmap_chart.h"
#include "ui/charts/histogram_chart.h"
#include "ui/models/project/decisions.h"
#include "ui/models/project/session.h"
#include "ui/pages/data_page.h"
#include "ui/pages/inspector_page.h"
#include "ui/pages/scores_page.h"
#include "ui/widgets/duplicates_panel.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/image_view.h"

namespace discern::ui {
namespace {

using Ids = std::vector<int>;

template <typename P>
std::unique_ptr<P> shown(Session& session) {
  auto page = std::make_unique<P>(session);
  page->resize(1280, 800);
  page->show();
  EXPECT_TRUE(QTest::qWaitForWindowExposed(page.get(), testing::kWait));
  EXPECT_TRUE(waitUntil([&] { return page->settled(); }));
  return page;
}

void openIn(Session& session, const SmallProject& made) { session.open(QString::fromStdString(made.path())); }

template <typename P>
bool shows(P& page, const QString& text) {
  const auto labels = page.template findChildren<QLabel*>();
  return std::any_of(labels.begin(), labels.end(),
                     [&](QLabel* label) { return label->isVisible() && label->text().contains(text); });
}

TEST(EmptyPages, SayWhatToDoNext) {
  Session session;
  auto data = shown<DataPage>(session);
  QSignalSpy job(data.get(), &Page::jobRequested);
  ASSERT_TRUE(data->findChild<EmptyState*>()->isVisible());
  QTest::mouseClick(data->findChild<EmptyState*>()->button(), Qt::LeftButton);
  ASSERT_EQ(job.count(), 1);
  EXPECT_EQ(job[0][0].toString(), "import");
  auto scores = shown<ScoresPage>(session);
  EXPECT_TRUE(scores->findChild<EmptyState*>()->isVisible());
  auto inspector = shown<InspectorPage>(session);
  EXPECT_TRUE(inspector->findChild<EmptyState*>()->isVisible());
}

TEST(EmptyPages, WithoutScoresTheNextJobIsOffered) {
  SmallProject made(3, 3, false);
  Session session;
  openIn(session, made);
  auto page = shown<ScoresPage>(session);
  QSignalSpy job(page.get(), &Page::jobRequested);
  QTest::mouseClick(page->findChild<EmptyState*>()->button(), Qt::LeftButton);
  ASSERT_EQ(job.count(), 1);
  EXPECT_EQ(job[0][0].toString(), "extract");
}

class DataPageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    project::Project::open(made_.path(), project::Project::Mode::Write)
        .putSetting("probably_same", R"([{"a":"person 0","b":"person 1","cosine":0.81}])");
    openIn(session_, made_);
    page_ = shown<DataPage>(session_);
    gallery_ = page_->findChild<GalleryView*>();
  }
  void settle() {
    ASSERT_TRUE(waitUntil([&] { return page_->settled(); }));
  }

  SmallProject made_;
  Session session_;
  std::unique_ptr<DataPage> page_;
  GalleryView* gallery_ = nullptr;
};

TEST_F(DataPageTest, ShowsEveryImageGroupedAndSortedByScore) {
  ASSERT_EQ(gallery_->itemCount(), made_.count());
  ASSERT_EQ(gallery_->sections().size(), 5U);
  EXPECT_EQ(gallery_->sections()[1].title, "person 1");
  EXPECT_EQ(gallery_->sections()[1].samples, (Ids{11, 10, 9, 8, 7, 6}));  // scores fall with the number
  EXPECT_TRUE(shows(*page_, "30 of 30 images"));
}

TEST_F(DataPageTest, TypingFilters) {
  QTest::keyClicks(page_->findChild<QLineEdit*>("filter"), "score<0.3 identity:3");
  settle();
  int expected = 0;
  for (int id = 18; id < 24; ++id) expected += made_.scoreOf(id) < 0.3F;
  ASSERT_GT(expected, 0);
  EXPECT_EQ(gallery_->itemCount(), expected);
  page_->findChild<QLineEdit*>("filter")->clear();
  QTest::keyClicks(page_->findChild<QLineEdit*>("filter"), "nonsense:1");
  settle();
  EXPECT_TRUE(shows(*page_, "'nonsense' is not a field"));
}

TEST_F(DataPageTest, DescendingAndUngrouped) {
  QTest::mouseClick(page_->findChild<QToolButton*>("descending"), Qt::LeftButton);
  page_->findChild<QComboBox*>("group")->setCurrentIndex(2);
  settle();
  ASSERT_EQ(gallery_->sections().size(), 1U);
  const Ids& samples = gallery_->sections()[0].samples;
  EXPECT_EQ(samples.front(), 0);
  EXPECT_EQ(samples.back(), made_.unreadable());  // no score: last
}

TEST_F(DataPageTest, AsATableWithTheSameFilterAndSelection) {
  QTest::mouseClick(page_->findChild<QToolButton*>("asTable"), Qt::LeftButton);
  auto* list = page_->findChild<QTableView*>("samples");
  ASSERT_TRUE(list->isVisible());
  settle();
  EXPECT_EQ(list->model()->rowCount(), made_.count());
  QTest::keyClicks(page_->findChild<QLineEdit*>("filter"), "identity:3");
  settle();
  ASSERT_EQ(list->model()->rowCount(), made_.images);
  EXPECT_TRUE(shows(*page_, "6 of 30 images"));
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                    list->visualRect(list->model()->index(0, 1)).center());
  EXPECT_EQ(session_.selection(), (Ids{23}));  // the lowest score of person 3 comes first
  EXPECT_EQ(session_.current(), 23);
  list->sortByColumn(static_cast<int>(Field::Score), Qt::DescendingOrder);
  settle();
  EXPECT_EQ(list->model()->index(0, 0).data(Qt::UserRole).toInt(), 18);
  EXPECT_EQ(session_.selection(), (Ids{23}));  // sorting changes no selection
  session_.select({18, 19}, 18);
  EXPECT_EQ(list->selectionModel()->selectedRows().size(), 2);
}

TEST_F(DataPageTest, ChoosingAnIdentityShowsOnlyIt) {
  auto* view = page_->findChild<QTableView*>("identities");
  const QRect cell = view->visualRect(view->model()->index(2, 0));
  QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, cell.center());
  settle();
  ASSERT_EQ(gallery_->sections().size(), 1U);
  EXPECT_EQ(gallery_->sections()[0].title, "person 2");
  QTest::keyClicks(page_->findChild<QLineEdit*>("identityFilter"), "person 4");
  EXPECT_EQ(view->model()->rowCount(), 1);
}

TEST_F(DataPageTest, TheEndOfAJobKeepsTheChosenIdentities) {
  auto* view = page_->findChild<QTableView*>("identities");
  QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                    view->visualRect(view->model()->index(2, 0)).center());
  settle();
  ASSERT_EQ(gallery_->sections().size(), 1U);
  const auto before = session_.snapshot();
  {
    auto writer = project::Project::open(made_.path(), project::Project::Mode::Write);
    writer.finishRun(writer.startRun("evaluate", "{}"), "done", "{}");
  }
  session_.reload();
  ASSERT_NE(session_.snapshot(), before);
  settle();
  EXPECT_EQ(view->selectionModel()->selectedRows().size(), 1);
  ASSERT_EQ(gallery_->sections().size(), 1U);
  EXPECT_EQ(gallery_->sections()[0].title, "person 2");
}

TEST_F(DataPageTest, ProbableDuplicatesCanBeMergedOrExcluded) {
  auto* panel = page_->findChild<DuplicatesPanel*>();
  ASSERT_TRUE(panel->isVisible());
  EXPECT_FALSE(panel->mergeButton()->isEnabled());
  QTest::mouseClick(panel->list()->viewport(), Qt::LeftButton, {},
                    panel->list()->visualItemRect(panel->list()->item(0, 0)).center());
  ASSERT_TRUE(panel->mergeButton()->isEnabled());
  settle();
  EXPECT_EQ(gallery_->sections().size(), 2U);  // both are shown
  QTest::mouseClick(panel->mergeButton(), Qt::LeftButton);
  EXPECT_EQ(session_.snapshot()->identities[0].mergedInto, 1);
  Decisions::of(session_).stack().undo();
  EXPECT_EQ(session_.snapshot()->identities[0].mergedInto, -1);
  settle();
  QTest::mouseClick(panel->list()->viewport(), Qt::LeftButton, {},
                    panel->list()->visualItemRect(panel->list()->item(0, 0)).center());
  QTest::mouseClick(panel->excludeButton(), Qt::LeftButton);
  EXPECT_TRUE(session_.snapshot()->identities[0].excluded);
}

TEST_F(DataPageTest, DoubleClickGoesToTheInspector) {
  QSignalSpy page(page_.get(), &Page::pageRequested);
  QTest::mouseDClick(gallery_->viewport(), Qt::LeftButton, {}, gallery_->itemRect(2).center());
  ASSERT_EQ(page.count(), 1);
  EXPECT_EQ(page[0][0].toString(), "Inspector");
  EXPECT_EQ(session_.current(), gallery_->sections()[0].samples[2]);
}

TEST(ScoresPageTest, HeatmapHistogramAndExtremesAgreeWithTheTable) {
  SmallProject made;
  Session session;
  openIn(session, made);
  auto page = shown<ScoresPage>(session);
  auto* heatmap = page->findChild<HeatmapChart*>();
  ASSERT_EQ(heatmap->rows().size(), 5U);
  for (const HeatmapRow& row : heatmap->rows())
    for (std::size_t c = 0; c < row.ids.size(); ++c) {
      if (row.ids[c] == made.unreadable())
        EXPECT_TRUE(std::isnan(row.values[c]));
      else
        EXPECT_FLOAT_EQ(row.values[c], made.scoreOf(row.ids[c]));
    }
  double counted = 0;
  for (double n : page->findChild<HistogramChart*>()->counts()[0]) counted += n;
  EXPECT_EQ(counted, made.count() - 1);
  const auto galleries = page->findChildren<GalleryView*>();
  ASSERT_EQ(galleries.size(), 2);
  EXPECT_EQ(galleries[0]->sections()[0].samples.front(), 29);  // the last image of the last person
  EXPECT_EQ(galleries[1]->sections()[0].samples.front(), 0);
  EXPECT_TRUE(shows(*page, "29 images scored, 1 without"));
  EXPECT_EQ(page->charts().size(), 2U);
}

TEST(ScoresPageTest, ClickSelectsBrushSelectsMoreAndCursorMovesTheThreshold) {
  SmallProject made;
  Session session;
  openIn(session, made);
  auto page = shown<ScoresPage>(session);
  auto* heatmap = page->findChild<HeatmapChart*>();
  QTest::mouseClick(heatmap, Qt::LeftButton, {}, heatmap->cellRect(1, 0).center().toPoint());
  EXPECT_EQ(session.current(), heatmap->rows()[1].ids[0]);
  QTest::mousePress(heatmap, Qt::LeftButton, {}, heatmap->cellRect(0, 0).center().toPoint());
  QTest::mouseMove(heatmap, heatmap->cellRect(1, 1).center().toPoint());
  QTest::mouseRelease(heatmap, Qt::LeftButton, {}, heatmap->cellRect(1, 1).center().toPoint());
  EXPECT_EQ(session.selection().size(), 4U);

  session.setThreshold(0.5);
  auto* histogram = page->findChild<HistogramChart*>();
  histogram->grab();
  const PlotFrame frame = histogram->frame();
  const auto at = [&](double x) {
    return QPoint(static_cast<int>(frame.pixelX(x)), static_cast<int>(frame.plot.center().y()));
  };
  QTest::mousePress(histogram, Qt::LeftButton, {}, at(0.5));
  QMouseEvent move(QEvent::MouseMove, QPointF(at(0.8)), histogram->mapToGlobal(QPointF(at(0.8))),
                   Qt::NoButton, Qt::LeftButton, {});
  QCoreApplication::sendEvent(histogram, &move);
  QTest::mouseRelease(histogram, Qt::LeftButton, {}, at(0.8));
  EXPECT_NEAR(session.threshold(), 0.8, 0.02);
}

class InspectorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    openIn(session_, made_);
    session_.setScoreTable("dscore");
    page_ = shown<InspectorPage>(session_);
  }
  void show(int sample) {
    session_.select({sample}, sample);
    ASSERT_TRUE(waitUntil([&] { return page_->settled(); }));
  }

  SmallProject made_;
  Session session_;
  std::unique_ptr<InspectorPage> page_;
};

TEST_F(InspectorTest, ShowsTheImageItsNumbersAndItsRival) {
  show(8);  // person 1, image 2
  EXPECT_TRUE(shows(*page_, QString::number(made_.scoreOf(8), 'f', 3)));
  EXPECT_TRUE(shows(*page_, "person 1"));
  EXPECT_TRUE(shows(*page_, "Most confused with person 2"));
  EXPECT_EQ(page_->findChild<ImageView*>("stored")->image().size(), QSize(80, 96));
  EXPECT_EQ(page_->findChild<ImageView*>("face")->image().size(), QSize(224, 224));
  const auto strips = page_->findChildren<GalleryView*>();
  ASSERT_EQ(strips.size(), 2);
  for (int sample : strips[0]->sections()[0].samples) EXPECT_EQ(sample / made_.images, 2);
  for (int sample : strips[1]->sections()[0].samples) EXPECT_EQ(sample / made_.images, 1);
  const auto tables = page_->findChildren<QTableWidget*>();
  ASSERT_EQ(tables.size(), 2);
  // What if: own, hardest and margin by average and DDL; the margin by max, trimmed-mean, two-pass-mean,
  // geometric-median, norm-weighted, random-k, uniform-k, top-1, top-k and score-weighted.
  EXPECT_EQ(tables[0]->rowCount(), 2 * 3 + 10);
  EXPECT_EQ(tables[1]->rowCount(), 2);  // both score tables
  EXPECT_TRUE(shows(*page_, "without it"));
}

TEST_F(InspectorTest, KeysGoThroughTheIdentityAndToTheNext) {
  show(6);  // the best of person 1, so the last of its order
  QTest::keyClick(page_.get(), Qt::Key_Left);
  EXPECT_EQ(page_->sample(), 7);
  QTest::keyClick(page_.get(), Qt::Key_Right);
  EXPECT_EQ(page_->sample(), 6);
  QTest::keyClick(page_.get(), Qt::Key_Right);
  EXPECT_EQ(page_->sample(), 11);  // round to the worst
  QTest::keyClick(page_.get(), Qt::Key_Down);
  EXPECT_EQ(page_->sample(), 17);
  QTest::mouseClick(page_->findChild<QToolButton*>("previous"), Qt::LeftButton);
  EXPECT_EQ(page_->sample(), 12);
}

TEST_F(InspectorTest, SelectedImagesAreGoneThrough) {
  session_.select({3, 14, 20}, 3);
  QTest::keyClick(page_.get(), Qt::Key_Right);
  EXPECT_EQ(page_->sample(), 14);
  EXPECT_EQ(session_.selection(), (Ids{3, 14, 20}));
}

TEST_F(InspectorTest, ATemplateKeepsItsBestImageWhateverTheThreshold) {
  {
    auto writer = project::Project::open(made_.path(), project::Project::Mode::Write);
    data::Protocol protocol;
    protocol.name = "p";
    protocol.templates = {{"a", 0, {3, 4}}, {"b", 1, {9, 10}}};
    protocol.pairs = {{0, 1, false, -1}};
    writer.putProtocol(protocol);
  }
  session_.reload();
  session_.setProtocolName("p");
  session_.setThreshold(0.9);
  const auto says = [&](int sample, const char* sentence) {
    session_.select({sample}, sample);
    return waitUntil([&] { return page_->settled() && shows(*page_, sentence); }, 20'000);
  };
  EXPECT_TRUE(says(3, "Kept at the threshold 0.900: the best of its template."));
  EXPECT_TRUE(says(4, "Dropped at the threshold 0.900."));
  EXPECT_TRUE(says(0, "Kept at the threshold 0.900.")) << "in no template";
  EXPECT_TRUE(says(1, "Dropped at the threshold 0.900."));
}

TEST_F(InspectorTest, AnUnusableImageIsExplained) {
  show(made_.unreadable());
  EXPECT_TRUE(shows(*page_, "No score"));
  EXPECT_TRUE(shows(*page_, "the file is damaged"));
}

}  // namespace
}  // namespace discern::ui
