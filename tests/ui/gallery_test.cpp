// The gallery and its thumbnails, with real files and clicks.
#include <gtest/gtest.h>

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "core/data/no_picture.h"
#include "tests/ui/child.h"
#include "tests/ui/small_project.h"
#include "ui/models/project/session.h"
#include "ui/models/project/table_source.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

using Ids = std::vector<int>;

TEST(Thumbnails, ArriveLaterAndAreKept) {
  SmallProject made;
  QFile::remove(QString::fromStdString(made.sample(0, 3).image.file));
  Session session;
  session.open(QString::fromStdString(made.path()));
  ThumbnailLoader& loader = ThumbnailLoader::of(session);
  EXPECT_EQ(&loader, &ThumbnailLoader::of(session));
  QSignalSpy ready(&loader, &ThumbnailLoader::ready);
  EXPECT_TRUE(loader.thumbnail(0).isNull());
  EXPECT_TRUE(loader.thumbnail(3).isNull());
  ASSERT_TRUE(waitUntil([&] { return ready.count() == 2; }));
  EXPECT_EQ(loader.thumbnail(0).size(), QSize(128, 128));
  EXPECT_TRUE(loader.thumbnail(3).isNull());
  EXPECT_TRUE(loader.failed(3));
  EXPECT_TRUE(loader.idle());
  EXPECT_TRUE(loader.thumbnail(9999).isNull());
}

TEST(Thumbnails, AreAsSharpAsTheyAreShown) {
  SmallProject made;
  Session session;
  session.open(QString::fromStdString(made.path()));
  ThumbnailLoader& loader = ThumbnailLoader::of(session);
  loader.thumbnail(0, 96);
  ASSERT_TRUE(waitUntil([&] { return loader.idle(); }));
  EXPECT_EQ(loader.thumbnail(0, 129).width(), 128) << "the smaller one stands in";
  EXPECT_FALSE(loader.idle());
  ASSERT_TRUE(waitUntil([&] { return loader.idle(); }));
  EXPECT_EQ(loader.thumbnail(0, 129).width(), 224);
  EXPECT_EQ(loader.thumbnail(0, 128).width(), 128) << "both are kept";
  loader.thumbnail(0, 9999);
  ASSERT_TRUE(waitUntil([&] { return loader.idle(); }));
  EXPECT_EQ(loader.thumbnail(0, 9999).width(), 448);
}

TEST(Thumbnails, OfSamplesWithoutAPictureSayThat) {
  SmallProject made;
  data::Dataset numbers;
  numbers.name = "numbers";
  numbers.identities = {"somebody"};
  for (const char* name : {"somebody/1.jpg", "somebody/2.jpg"}) {
    data::Sample sample;
    sample.image.file = name;
    sample.image.length = data::kNoPicture;
    sample.identity = 0;
    numbers.samples.push_back(sample);
  }
  project::Project::open(made.path(), project::Project::Mode::Write)
      .addDataset(numbers, project::Role::Train);
  Session session;
  session.open(QString::fromStdString(made.path()));
  ThumbnailLoader& loader = ThumbnailLoader::of(session);
  const QPixmap drawn = loader.thumbnail(made.count());
  ASSERT_EQ(drawn.size(), QSize(128, 128)) << "at once";
  EXPECT_EQ(loader.thumbnail(made.count() + 1, 200).width(), 224);
  EXPECT_FALSE(loader.failed(made.count()));
  EXPECT_TRUE(loader.idle());
  const QImage image = drawn.toImage();
  int inked = 0;
  for (int y = 32; y < 96; ++y)
    for (int x = 32; x < 96; ++x) inked += qAlpha(image.pixel(x, y)) > 128 ? 1 : 0;
  EXPECT_GT(inked, 100) << "there are words in the middle";
}

TEST(Thumbnails, OfAFormerProjectAreDropped) {
  SmallProject made;
  Session session;
  session.open(QString::fromStdString(made.path()));
  ThumbnailLoader loader;
  loader.setProject(session.snapshot(), made.path());
  QSignalSpy ready(&loader, &ThumbnailLoader::ready);
  for (int i = 0; i < made.count(); ++i) loader.thumbnail(i);
  loader.setProject(session.snapshot(), made.path());  // another project, as far as the loader can tell
  loader.thumbnail(1);
  ASSERT_TRUE(waitUntil([&] { return loader.idle(); }));
  QTest::qWait(50);
  ASSERT_EQ(ready.count(), 1);
  EXPECT_EQ(ready[0][0].toInt(), 1);
}

class GalleryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    session_.open(QString::fromStdString(made_.path()));
    gallery_ = std::make_unique<GalleryView>(session_, ThumbnailLoader::of(session_));
    gallery_->setTable(std::make_shared<const SampleTable>(session_.snapshot(), session_.scores(), 0.3));
    gallery_->setSections({{"first", "", {0, 1, 2, 3, 4}}, {"second", "", {6, 7}}});
    gallery_->resize(420, 500);
    gallery_->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(gallery_.get(), testing::kWait));
  }
  void click(int position, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mouseClick(gallery_->viewport(), Qt::LeftButton, modifiers, gallery_->itemRect(position).center());
  }

  SmallProject made_;
  Session session_;
  std::unique_ptr<GalleryView> gallery_;
};

TEST_F(GalleryTest, EveryItemIsHitAtItsOwnPlace) {
  ASSERT_EQ(gallery_->itemCount(), 7);
  const Ids samples = {0, 1, 2, 3, 4, 6, 7};
  for (int position = 0; position < 7; ++position)
    EXPECT_EQ(gallery_->sampleAt(gallery_->itemRect(position).center()),
              samples[static_cast<std::size_t>(position)]);
  EXPECT_EQ(gallery_->sampleAt({2, 2}), -1);
  EXPECT_EQ(gallery_->positionOf(7), 6);
  EXPECT_EQ(gallery_->positionOf(5), -1);
}

TEST_F(GalleryTest, ClicksMakeTheSessionsSelection) {
  click(1);
  EXPECT_EQ(session_.selection(), (Ids{1}));
  EXPECT_EQ(session_.current(), 1);
  click(4, Qt::ShiftModifier);
  EXPECT_EQ(session_.selection(), (Ids{1, 2, 3, 4}));
  click(2, Qt::ControlModifier);
  EXPECT_EQ(session_.selection(), (Ids{1, 3, 4}));
  click(6, Qt::ControlModifier);
  EXPECT_EQ(session_.selection(), (Ids{1, 3, 4, 7}));
  QTest::keyClick(gallery_.get(), Qt::Key_A, Qt::ControlModifier);
  EXPECT_EQ(session_.selection().size(), 7U);
  QTest::mouseClick(gallery_->viewport(), Qt::LeftButton, {}, QPoint(2, gallery_->viewport()->height() - 3));
  EXPECT_TRUE(session_.selection().empty());
}

TEST_F(GalleryTest, KeysWalkAndReturnInspects) {
  click(0);
  QTest::keyClick(gallery_.get(), Qt::Key_Right);
  EXPECT_EQ(session_.current(), 1);
  QTest::keyClick(gallery_.get(), Qt::Key_End);
  EXPECT_EQ(session_.current(), 7);
  QSignalSpy inspect(gallery_.get(), &GalleryView::inspectRequested);
  QTest::keyClick(gallery_.get(), Qt::Key_Return);
  ASSERT_EQ(inspect.count(), 1);
  EXPECT_EQ(inspect[0][0].toInt(), 7);
  QTest::mouseDClick(gallery_->viewport(), Qt::LeftButton, {}, gallery_->itemRect(2).center());
  EXPECT_EQ(inspect.back()[0].toInt(), 2);
}

TEST_F(GalleryTest, TheSameSamplesKeepWhereTheSelectionGoesOnFrom) {
  gallery_->setSamples({0, 1, 2, 3, 4});
  click(1);
  gallery_->setSamples({0, 1, 2, 3, 4});
  click(3, Qt::ShiftModifier);
  EXPECT_EQ(session_.selection(), (Ids{1, 2, 3}));
  gallery_->setSamples({4, 3, 2, 1, 0});
  QTest::keyClick(gallery_.get(), Qt::Key_Right);
  EXPECT_EQ(session_.current(), 4) << "others begin at their first";
}

TEST_F(GalleryTest, PicturesHaveTheFormOfTheKindsSamples) {
  const auto open = [this](const char* kind) {
    project::Project::open(made_.path(), project::Project::Mode::Write).putSetting("group_kind", kind);
    session_.reload();
    gallery_->setThumbnailSize(120);
    return gallery_->itemRect(0).size();
  };
  gallery_->setSamples({0, 1, 2});
  EXPECT_EQ(open("face"), QSize(120, 120));
  EXPECT_EQ(open("tracklet"), QSize(60, 120));
  gallery_->setThumbnailSize(48);
  EXPECT_EQ(gallery_->itemRect(0).size(), QSize(48, 48)) << "a score has room";
}

TEST_F(GalleryTest, FiftyThousandItemsScrollToTheLast) {
  Ids many(50000);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<int>(i) % made_.count();
  gallery_->setSamples(many);
  gallery_->scrollTo(49999);
  EXPECT_TRUE(gallery_->viewport()->rect().contains(gallery_->itemRect(49999)));
  EXPECT_FALSE(gallery_->grab().isNull());
  // Only what was seen was asked for.
  EXPECT_LT(gallery_->verticalScrollBar()->pageStep(), gallery_->verticalScrollBar()->maximum());
}

TEST(Icons, AllAreThereAndFollowThePalette) {
  for (const char* name : {"data", "scores", "inspector", "threshold", "tradeoff", "training", "evaluation",
                           "report", "import", "run", "stop", "export", "open", "merge", "exclude", "table"})
    EXPECT_FALSE(icon(name).isNull()) << name;
  EXPECT_TRUE(icon("no such icon").isNull());
  const QImage red = iconPixmap("stop", 48, Qt::red).toImage();
  int ink = 0;
  for (int y = 0; y < red.height(); ++y)
    for (int x = 0; x < red.width(); ++x) ink += red.pixelColor(x, y) == QColor(Qt::red);
  EXPECT_GT(ink, 50);
  EXPECT_TRUE(styleSheet().contains("QPushButton"));
}

}  // namespace
}  // namespace discern::ui
