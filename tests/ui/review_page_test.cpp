// Doubtful labels, decided about by keys, in the whole window.
#include "ui/pages/review_page.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/analysis/doubts.h"
#include "core/project/pairs.h"
#include "tests/ui/child.h"
#include "tests/ui/menus.h"
#include "tests/ui/planted_project.h"
#include "ui/main_window.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/image_actions.h"

namespace discern::ui {
namespace {

using project::LeftOut;
using project::Verdict;
using testing::child;

class ReviewPageTest : public ::testing::Test {
 protected:
  ReviewPageTest() : settings_(folder_.filePath("settings.ini")), window_(settings_) {
    const QString folder = folder_.filePath("p.discern");
    testing::PlantedOptions options;
    options.identities = 6;
    options.images = 6;
    options.pictures = true;
    testing::makePlantedProject(folder.toStdString(), options);
    {
      auto writer = project::Project::open(folder.toStdString(), project::Project::Mode::Write);
      const auto people = writer.identities();
      writer.putSetting("probably_same", R"([{"a":")" + people[1].name + R"(","b":")" + people[2].name +
                                             R"(","a_id":1,"b_id":2,"cosine":0.9}])");
      auto table = writer.scores("dscore");
      for (std::size_t i = 0; i < table.own.size(); ++i) table.ratio[i] = 2;
      // Four images that are nearer to somebody else, image 8 most of all.
      for (const auto& [sample, own, hardest, who] :
           {std::tuple(8, 0.1F, 0.8F, 4), std::tuple(14, 0.2F, 0.6F, 0), std::tuple(20, 0.3F, 0.6F, 1),
            std::tuple(26, 0.4F, 0.5F, 2)}) {
        const auto i = static_cast<std::size_t>(sample);
        table.own[i] = own;
        table.hardest[i] = hardest;
        table.ratio[i] = own / hardest;
        table.hardestIdentity[i] = who;
      }
      writer.putScores(table);
    }
    window_.resize(1280, 800);
    window_.show();
    window_.openProject(folder);
    window_.showPage("Review");
    testing::activate(window_);
    settle();
  }

  void settle() { EXPECT_TRUE(window_.waitSettled()); }
  ReviewPage& page() { return *static_cast<ReviewPage*>(window_.page("Review")); }
  QTableWidget& list() { return *child<QTableWidget>(page(), "cases"); }
  void key(Qt::Key key) {
    list().setFocus();
    QTest::keyClick(&list(), key);
    settle();
  }
  const project::Mark& mark(int sample) { return window_.session().snapshot()->mark(sample); }

  QTemporaryDir folder_;
  Settings settings_;
  MainWindow window_;
};

TEST_F(ReviewPageTest, OneKeyDecidesAndGoesOn) {
  ASSERT_EQ(list().rowCount(), 5);
  ASSERT_NE(page().current(), nullptr);
  EXPECT_TRUE(page().current()->isPair());
  EXPECT_TRUE(child<QPushButton>(page(), "reviewDifferent")->isVisible());
  EXPECT_FALSE(child<QPushButton>(page(), "reviewRight")->isVisible());
  key(Qt::Key_R);  // says nothing about a pair
  ASSERT_EQ(list().rowCount(), 5);
  key(Qt::Key_D);
  EXPECT_EQ(project::pairVerdicts(window_.session().project()),
            (project::PairVerdicts{{{1, 2}, project::PairVerdict::Different}}));
  ASSERT_EQ(list().rowCount(), 4);
  EXPECT_EQ(page().current()->sample, 8);
  EXPECT_EQ(window_.session().current(), 8) << "the Inspector shows the same";
  EXPECT_TRUE(child<QLabel>(page(), "cosines")->text().contains("0.800"));
  key(Qt::Key_M);
  EXPECT_EQ(mark(8).movedTo, 4);
  EXPECT_EQ(page().current()->sample, 14);
  key(Qt::Key_R);
  EXPECT_EQ(mark(14).verdict, Verdict::Right);
  key(Qt::Key_X);
  EXPECT_EQ(mark(20).leftOut, LeftOut::Everything);
  EXPECT_EQ(page().current()->sample, 26);
  QTest::mouseClick(child<QPushButton>(page(), "reviewUnsure"), Qt::LeftButton);
  settle();
  EXPECT_EQ(mark(26).verdict, Verdict::Unsure);
  EXPECT_EQ(page().current(), nullptr) << "nothing is left";
}

// Chosen by the mouse the page has the focus; and while the list of pages has it, R is no "Report".
TEST_F(ReviewPageTest, ItsLettersAreHeardAfterItWasChosenInTheList) {
  auto* pages = child<QListWidget>(window_, "navigation");
  const auto choose = [&](const QString& title) {
    for (int row = 0; row < pages->count(); ++row)
      if (pages->item(row)->text() == title)
        QTest::mouseClick(pages->viewport(), Qt::LeftButton, {},
                          pages->visualItemRect(pages->item(row)).center());
  };
  choose("Data");
  choose("Review");
  ASSERT_NE(QApplication::focusWidget(), nullptr);
  EXPECT_TRUE(&page() == QApplication::focusWidget() || page().isAncestorOf(QApplication::focusWidget()));
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_D);
  settle();
  ASSERT_EQ(list().rowCount(), 4);
  const int asked = page().current()->sample;
  pages->setFocus();
  QTest::keyClick(pages, Qt::Key_R);
  settle();
  EXPECT_TRUE(page().isVisible());
  EXPECT_EQ(mark(asked).verdict, Verdict::Right);
}

TEST_F(ReviewPageTest, EachColumnHoldsOneNumber) {
  const auto cell = [&](int row, int column) { return list().item(row, column)->text(); };
  EXPECT_EQ(list().horizontalHeaderItem(2)->text(), "cos");
  ASSERT_TRUE(page().current()->isPair());
  EXPECT_EQ(cell(0, 2), "0.90") << "of the two centroids";
  EXPECT_EQ(cell(0, 3), "–") << "two names are not nearer to anything";
  EXPECT_EQ(cell(1, 2), "0.80");
  EXPECT_EQ(cell(1, 3), "0.70");
  EXPECT_EQ(child<QLabel>(page(), "casesLeft")->text(), "4 images and 1 pair to look at");
}

TEST_F(ReviewPageTest, WhatIsTakenBackIsAskedAgain) {
  key(Qt::Key_M);  // the two names are one person
  EXPECT_GE(std::max(window_.session().snapshot()->identities[1].mergedInto,
                     window_.session().snapshot()->identities[2].mergedInto),
            1);
  key(Qt::Key_U);
  ASSERT_EQ(list().rowCount(), 3);
  EXPECT_EQ(page().current()->sample, 14);
  QTest::keySequence(&window_, QKeySequence(QKeySequence::Undo));
  settle();
  EXPECT_EQ(mark(8).verdict, Verdict::None);
  EXPECT_EQ(page().current()->sample, 8) << "what came back is looked at";
  QTest::keySequence(&window_, QKeySequence(QKeySequence::Undo));
  settle();
  ASSERT_EQ(list().rowCount(), 5);
  EXPECT_TRUE(page().current()->isPair());
}

// Keys that mean nothing of their own here, and the menu over a picture.
TEST_F(ReviewPageTest, TheOtherKeysAreAboutTheImageInDoubt) {
  window_.session().select({0}, 0);  // elsewhere, and not seen here
  key(Qt::Key_W);
  EXPECT_TRUE(window_.session().snapshot()->marks.empty()) << "two names are no image";
  key(Qt::Key_D);
  ASSERT_EQ(page().current()->sample, 8);
  key(Qt::Key_W);
  EXPECT_EQ(mark(8).verdict, Verdict::Wrong);
  ASSERT_EQ(page().current()->sample, 14);
  list().setFocus();
  QTest::keyClick(&list(), Qt::Key_X, Qt::ShiftModifier);
  settle();
  EXPECT_EQ(mark(14).leftOut, LeftOut::Everything);
  ASSERT_EQ(page().current()->sample, 20);
  const auto galleries = page().findChildren<GalleryView*>();
  const auto alone = std::ranges::find_if(
      galleries, [](const GalleryView* one) { return one->itemCount() == 1 && one->positionOf(20) == 0; });
  ASSERT_NE(alone, galleries.end());
  GalleryView& suspect = **alone;
  testing::chooseInMenu(*suspect.viewport(), suspect.itemRect(0).center(),
                        [](const QAction& one) { return one.objectName() == "unsure"; });
  settle();
  EXPECT_EQ(mark(20).verdict, Verdict::Unsure);
  EXPECT_TRUE(mark(0).verdict == Verdict::None && mark(0).leftOut == LeftOut::Nothing);
  window_.showPage("Data");
  EXPECT_EQ(ImageActions::of(window_.session())->action("right")->shortcut(), QKeySequence("R"));
}

TEST_F(ReviewPageTest, ARowThatIsClickedIsShown) {
  QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, list().visualItemRect(list().item(3, 0)).center());
  EXPECT_EQ(page().current()->sample, 20);
  EXPECT_TRUE(child<QLabel>(page(), "cosines")->text().contains("0.300"));
}

// More images than are looked through in the window's thread: the same list, kept up key by key.
TEST(LargeReview, IsKeptUpRowByRow) {
  QTemporaryDir folder;
  Settings settings(folder.filePath("settings.ini"));
  const QString path = folder.filePath("p.discern");
  testing::PlantedOptions options;
  options.identities = 60;
  options.images = 60;
  options.protocol = options.results = false;
  testing::makePlantedProject(path.toStdString(), options);
  MainWindow window(settings);
  window.resize(1280, 800);
  window.show();
  window.openProject(path);
  window.showPage("Review");
  testing::activate(window);
  EXPECT_TRUE(window.waitSettled());
  auto& list = *child<QTableWidget>(*window.page("Review"), "cases");
  // What a project of its own, read anew, says is in doubt.
  const auto expected = [&] {
    const auto project = project::Project::open(path.toStdString(), project::Project::Mode::Read);
    const auto roster = analysis::readRoster(project);
    QStringList rows;
    for (const auto& one : analysis::doubtfulImages(project.scores("dscore"), roster, roster.samples,
                                                    roster.identities, analysis::decidedOf(project)))
      rows << QString::fromStdString(roster.identities[std::size_t(one.own)].name + '>' +
                                     roster.identities[std::size_t(one.other)].name) +
                  ' ' + QString::number(std::abs(one.cosineOther - one.cosineOwn), 'f', 2);
    return rows;
  };
  const auto shown = [&] {
    QStringList rows;
    for (int row = 0; row < list.rowCount(); ++row)
      rows << list.item(row, 0)->text() + '>' + list.item(row, 1)->text() + ' ' + list.item(row, 3)->text();
    return rows;
  };
  const auto key = [&](Qt::Key key) {
    list.setFocus();
    QTest::keyClick(&list, key);
  };
  ASSERT_GT(list.rowCount(), 100);
  EXPECT_EQ(shown(), expected());
  list.setCurrentCell(3, 0);
  const auto stays = list.item(20, 0);
  for (const Qt::Key each : {Qt::Key_R, Qt::Key_X, Qt::Key_U, Qt::Key_M})
    key(each);  // faster than it is read
  EXPECT_EQ(list.row(stays), 16) << "rows that stay are not made anew";
  EXPECT_EQ(shown(), expected());
  EXPECT_TRUE(window.waitSettled());
  EXPECT_EQ(shown(), expected());
  EXPECT_EQ(list.currentRow(), 3);
  for (int i = 0; i < 4; ++i) {
    QTest::keySequence(&window, QKeySequence(QKeySequence::Undo));
    EXPECT_TRUE(window.waitSettled());
    EXPECT_EQ(shown(), expected());
    EXPECT_EQ(list.currentRow(), 3) << "what came back is looked at";
  }
}

}  // namespace
}  // namespace discern::ui
