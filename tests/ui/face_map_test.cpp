// The map of the Selection page as an instrument: coloured, searched, lassoed and looked at from near, by
// real clicks and keys on a real project.
#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "core/project/decisions.h"
#include "tests/ui/child.h"
#include "tests/ui/menus.h"
#include "tests/ui/selection_project.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/live/workers.h"
#include "ui/models/project/session.h"
#include "ui/pages/selection_page.h"
#include "ui/widgets/gallery_view.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

class FaceMapTest : public ::testing::Test {
 protected:
  FaceMapTest() {
    testing::SelectionOptions options;
    options.pictures = true;
    options.students = false;
    testing::makeSelectionProject(path(), options);
    open();
  }
  ~FaceMapTest() override {
    page_.reset();
    session_.reset();
    workers().waitForDone();
  }
  std::string path() const { return folder_.filePath("p.discern").toStdString(); }
  void open() {
    page_.reset();
    session_ = std::make_unique<Session>();
    session_->open(QString::fromStdString(path()));
    page_ = std::make_unique<SelectionPage>(*session_, runner_);
    page_->resize(1112, 690);
    page_->show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(page_.get(), kWait));
    settle();
  }
  void settle() {
    EXPECT_TRUE(QTest::qWaitFor([&] { return page_->settled(); }, kWait));
    map().grab();
  }
  ScatterChart& map() { return *dynamic_cast<ScatterChart*>(page_->charts()[1]); }
  std::shared_ptr<const MapLayout> layout() { return SelectionSource::of(*session_).layout(); }
  void colourBy(const QString& key) {
    auto* combo = child<QComboBox>(*page_, "mapColour");
    const int index = combo->findData(key);
    ASSERT_GE(index, 0) << key.toStdString();
    combo->setCurrentIndex(index);
    emit combo->activated(index);
    settle();
  }
  QPoint pixelOf(int dot) {
    const QPointF& p = map().data().points[std::size_t(dot)];
    return QPointF(map().frame().pixelX(p.x()), map().frame().pixelY(p.y())).toPoint();
  }
  std::vector<int> gallery() {
    const auto& sections = child<GalleryView>(*page_, "chosen")->sections();
    return sections.empty() ? std::vector<int>{} : sections.front().samples;
  }
  void lassoAll() {
    const QRect plot = map().frame().plot.toRect().adjusted(1, 1, -1, -1);
    QTest::mousePress(&map(), Qt::LeftButton, {}, plot.topLeft());
    for (const QPoint& to : {plot.topRight(), plot.bottomRight(), plot.bottomLeft(), plot.topLeft()})
      QTest::mouseMove(&map(), to);
    QTest::mouseRelease(&map(), Qt::LeftButton, {}, plot.topLeft());
  }

  QTemporaryDir folder_;
  JobRunner runner_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<SelectionPage> page_;
};

TEST_F(FaceMapTest, TheMenuIsAboutTheFaceUnderTheMouse) {
  const QPoint at = pixelOf(5);
  const int sample = layout()->samples[std::size_t(map().pointAt(at))];
  testing::chooseInMenu(map(), at, [](const QAction& one) { return one.text() == "Show in Inspector"; });
  EXPECT_EQ(session_->selection(), std::vector<int>{sample});
  testing::chooseInMenu(map(), at, [](const QAction& one) { return one.objectName() == "copyTable"; });
}

TEST_F(FaceMapTest, IsColouredByWhatIsChosenAndStaysSo) {
  EXPECT_EQ(map().data().categories.size(), layout()->samples.size()) << "identities at first";
  colourBy("scores:dscore");
  const auto scores = session_->scores();
  ASSERT_EQ(map().data().values.size(), layout()->samples.size());
  for (std::size_t i = 0; i < layout()->samples.size(); ++i)
    EXPECT_EQ(map().data().values[i], scores->score[std::size_t(layout()->samples[i])]);
  EXPECT_EQ(map().data().valueTitle, "score (dscore)");
  colourBy("point");
  session_->setThreshold(0.5);
  settle();
  EXPECT_EQ(map().data().styleNames, (QStringList{"kept", "dropped"}));
  for (std::size_t i = 0; i < layout()->samples.size(); ++i)
    EXPECT_EQ(map().data().styles[i], scores->score[std::size_t(layout()->samples[i])] > 0.5 ? 0 : 1);
  colourBy("lambda");
  auto& source = SelectionSource::of(*session_);
  source.setLambda(-2);
  settle();
  const auto enters = testing::plantedEnters({});
  for (std::size_t i = 0; i < layout()->samples.size(); ++i) {
    const bool kept = selection::isKept(enters[std::size_t(layout()->samples[i])], -2);
    EXPECT_EQ(map().data().styleNames[map().data().styles[i]], kept ? "kept" : "discarded");
    EXPECT_EQ(map().muted()[i], ScatterChart::Plain) << "its colour says it";
  }
  EXPECT_TRUE(QTest::qWaitFor(
      [&] { return session_->project().setting("selection/colour").value_or("") == "lambda"; }, kWait));
  open();
  EXPECT_EQ(child<QComboBox>(*page_, "mapColour")->currentData().toString(), "lambda");
  EXPECT_EQ(map().data().styleNames, (QStringList{"kept", "discarded"}));
}

TEST_F(FaceMapTest, FollowsVerdictsAndGreysByASwitch) {
  colourBy("verdict");
  const int sample = layout()->samples[3];
  {
    auto project = project::openForDecisions(path());
    project::Mark mark;
    mark.verdict = project::Verdict::Wrong;
    project::decide(project, {"wrong", {{sample, mark}}, {}});
  }
  session_->reload();
  ASSERT_TRUE(QTest::qWaitFor([&] { return map().data().styleNames.contains("wrong"); }, kWait));
  for (std::size_t i = 0; i < layout()->samples.size(); ++i)
    EXPECT_EQ(map().data().styleNames[map().data().styles[i]], i == 3 ? "wrong" : "not known");
  EXPECT_TRUE(std::ranges::count(map().muted(), ScatterChart::Muted) > 0);
  QTest::mouseClick(child<QToolButton>(*page_, "mapGreys"), Qt::LeftButton);
  EXPECT_EQ(std::ranges::count(map().muted(), ScatterChart::Muted), 0);
}

TEST_F(FaceMapTest, AColumnOfATableColours) {
  QFile table(folder_.filePath("light.csv"));
  ASSERT_TRUE(table.open(QIODevice::WriteOnly));
  table.write("identity,light\nperson 0,dark\nperson 1,bright\nperson 2,dark\n");
  table.close();
  auto* combo = child<QComboBox>(*page_, "mapColour");
  emit combo->activated((combo->setCurrentIndex(combo->count() - 1), combo->count() - 1));
  auto* dialog = page_->findChild<QFileDialog*>();
  ASSERT_NE(dialog, nullptr);
  emit dialog->fileSelected(table.fileName());
  dialog->close();
  settle();
  EXPECT_EQ(combo->currentData().toString(), "table:light");
  EXPECT_EQ(map().data().styleNames, (QStringList{"bright", "dark", "not known"}));
  table.remove();
  colourBy("role");
  EXPECT_TRUE(child<QLabel>(*page_, "mapSaid")->text().contains("light.csv")) << "what is gone is said";
  EXPECT_LT(combo->findData("table:light"), 0);
  EXPECT_EQ(map().data().styleNames, QStringList{"train"});
}

TEST_F(FaceMapTest, WhatALassoHoldsIsAGalleryThatStaysWhileOneOfItIsLookedAt) {
  lassoAll();
  EXPECT_EQ(gallery(), layout()->samples);
  EXPECT_EQ(child<QTabWidget>(*page_, "besideMap")->currentIndex(), 1);
  EXPECT_EQ(child<QLabel>(*page_, "chosenText")->text(), "90 of 90 images, 9 identities");
  auto* view = child<GalleryView>(*page_, "chosen");
  QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->itemRect(2).center());
  EXPECT_EQ(session_->selection(), std::vector<int>{layout()->samples[2]});
  EXPECT_EQ(map().selected(), std::vector<int>{2}) << "it is ringed on the map";
  EXPECT_EQ(gallery().size(), 90U) << "the others stay";
  session_->select({35});  // of a person who takes no part
  EXPECT_EQ(gallery(), std::vector<int>{35});
  EXPECT_EQ(child<QLabel>(*page_, "chosenText")->text(), "0 of 90 images, 1 identity · 1 not on this map");
}

TEST_F(FaceMapTest, SomebodyIsFoundByNameMarkedAndCentred) {
  auto* find = child<QLineEdit>(*page_, "mapFind");
  QTest::keyClicks(find, "person 5");
  QTest::keyClick(find, Qt::Key_Return);
  std::vector<int> expected;
  for (const int sample : layout()->samples)
    if (sample / 10 == 5) expected.push_back(sample);
  EXPECT_EQ(session_->selection(), expected);
  EXPECT_EQ(gallery(), expected);
  EXPECT_TRUE(map().isZoomed());
  map().grab();
  for (const int dot : map().selected())
    EXPECT_TRUE(map().frame().plot.contains(pixelOf(dot))) << dot << " is seen";
  settle();
  EXPECT_TRUE(map().showsPictures()) << "so near there are few";
  find->selectAll();
  QTest::keyClicks(find, "nobody");
  QTest::keyClick(find, Qt::Key_Return);
  EXPECT_TRUE(child<QLabel>(*page_, "mapSaid")->text().contains("nobody"));
  EXPECT_EQ(session_->selection(), expected);
  QTest::keyClick(find, Qt::Key_Backspace);
  EXPECT_TRUE(child<QLabel>(*page_, "mapSaid")->isHidden()) << "it was said of another text";
  find->selectAll();
  QTest::keyClicks(find, "SON 1");
  const auto completers = page_->findChildren<QCompleter*>();
  const auto names = std::ranges::find_if(
      completers, [](const QCompleter* one) { return one->popup()->objectName() == "mapNames"; });
  ASSERT_NE(names, completers.end());
  EXPECT_TRUE((*names)->popup()->isVisible());
  QStringList offered;
  for (int row = 0; row < (*names)->model()->rowCount(); ++row)
    offered << (*names)->model()->index(row, 0).data().toString();
  EXPECT_EQ(offered, (QStringList{"person 1", "person 10"})) << "11 takes no part";
  (*names)->popup()->hide();
  emit(*names)->activated(offered[0]);
  EXPECT_EQ(session_->selection().front(), 10);
}

TEST_F(FaceMapTest, TheTipTellsWhoItIsAndTheColoursValue) {
  colourBy("scores:dscore");
  const QPoint at = pixelOf(0);
  QMouseEvent move(QEvent::MouseMove, QPointF(at), map().mapToGlobal(QPointF(at)), Qt::NoButton, Qt::NoButton,
                   {});
  QCoreApplication::sendEvent(&map(), &move);
  const int dot = map().pointAt(at);
  ASSERT_GE(dot, 0);
  const QString text = map().hoverText();
  EXPECT_TRUE(text.startsWith(QString("person %1\n").arg(layout()->samples[std::size_t(dot)] / 10)));
  EXPECT_TRUE(
      text.contains(QString("\nscore %1").arg(double(map().data().values[std::size_t(dot)]), 0, 'f', 3)))
      << text.toStdString();
  EXPECT_EQ(text.count("score"), 1) << "of the session's own table once";
  colourBy("role");
  EXPECT_TRUE(map().hoverText().endsWith("\nrole: train")) << map().hoverText().toStdString();
}

}  // namespace
}  // namespace discern::ui
