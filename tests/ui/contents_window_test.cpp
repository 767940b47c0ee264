// The Contents window with the real engine: what is renamed, removed, moved and made again by keys and clicks
// is so in the project, and the window follows.
#include "ui/window/contents_window.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include "core/base/progress.h"
#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/models/project/session.h"
#include "ui/widgets/thumbnail_loader.h"
#include "ui/window/moved_sets.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

class ContentsWindowTest : public ::testing::Test {
 protected:
  ContentsWindowTest() : window_(session_, runner_, nullptr) {
    runner_.setCommand({DISCERN_PROGRAM});
    testing::PlantedOptions options;
    options.identities = 4;
    options.images = 6;
    options.pictures = true;
    project_ = folder_.filePath("p.discern");
    testing::makePlantedProject(project_.toStdString(), options);
    {  // as an import remembers them
      auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
      Progress silent;
      static_cast<void>(project::checkFiles(writer, "", silent));
    }
    session_.open(project_);
    window_.show();
  }

  QTreeWidget* tree() { return child<QTreeWidget>(window_, "contentsTree"); }
  QStringList names(const char* kind) {
    QStringList names;
    for (int i = 0; i < tree()->topLevelItemCount(); ++i) {
      const auto* heading = tree()->topLevelItem(i);
      if (!heading->text(0).startsWith(kind)) continue;
      for (int k = 0; k < heading->childCount(); ++k) names << heading->child(k)->text(0);
    }
    return names;
  }
  QTreeWidgetItem* item(const char* kind, const QString& name) {
    for (int i = 0; i < tree()->topLevelItemCount(); ++i)
      for (int k = 0; k < tree()->topLevelItem(i)->childCount(); ++k)
        if (tree()->topLevelItem(i)->text(0).startsWith(kind) &&
            tree()->topLevelItem(i)->child(k)->text(0) == name)
          return tree()->topLevelItem(i)->child(k);
    ADD_FAILURE() << "no " << kind << " " << name.toStdString();
    return nullptr;
  }
  void choose(const char* kind, const QString& name) {
    tree()->setCurrentItem(item(kind, name));
    tree()->setFocus();
  }
  QAction* action(const char* name) { return child<QAction>(window_, name); }
  void waitIdle() {
    ASSERT_TRUE(QTest::qWaitFor([&] { return !runner_.isBusy() && runner_.jobs().back().isOver(); }, kWait));
    session_.reload();
  }
  void rename(const QString& to) {
    action("rename")->trigger();
    auto* editor = tree()->viewport()->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    editor->setText(to);
    QTest::keyClick(editor, Qt::Key_Return);
    QApplication::processEvents();
    EXPECT_TRUE(window_.isVisible()) << "the key was for the name";
  }

  QTemporaryDir folder_;
  QString project_;
  Session session_;
  JobRunner runner_;
  ContentsWindow window_;
};

TEST_F(ContentsWindowTest, ANameIsChangedInTheListAndEverywhere) {
  EXPECT_EQ(names("Sets"), (QStringList{"people", "strangers"}));
  EXPECT_EQ(names("Feature tables"), QStringList{"demo"});
  choose("Feature tables", "demo");
  rename("better");
  waitIdle();
  EXPECT_EQ(window_.said(), "");
  EXPECT_EQ(names("Feature tables"), QStringList{"better"});
  EXPECT_EQ(session_.featureTable(), "better");
  EXPECT_EQ(session_.project().scores("dscore").featureTable, "better");
  EXPECT_EQ(tree()->selectedItems().size(), 0) << "what was chosen is not there any more";

  choose("Sets", "people");
  rename("strangers");
  waitIdle();
  EXPECT_TRUE(window_.said().contains("is the name of another set of this project"))
      << window_.said().toStdString();
  EXPECT_EQ(names("Sets"), (QStringList{"people", "strangers"}));
  EXPECT_EQ(tree()->selectedItems().size(), 1) << "to try again";
  action("rename")->trigger();
  QTest::keyClick(tree()->viewport()->findChild<QLineEdit*>(), Qt::Key_Escape);
  EXPECT_EQ(runner_.jobs().size(), 2U);
}

TEST_F(ContentsWindowTest, WhatIsRemovedIsAskedForWithAllThatGoesWithIt) {
  choose("Feature tables", "demo");
  action("remove")->trigger();
  auto* box = child<QMessageBox>(window_, "askRemove");
  EXPECT_EQ(box->text(), "Remove the feature table “demo”?");
  EXPECT_TRUE(box->informativeText().contains("score table “dscore”"))
      << box->informativeText().toStdString();
  EXPECT_EQ(box->defaultButton(), box->button(QMessageBox::Cancel));
  QTest::mouseClick(box->button(QMessageBox::Cancel), Qt::LeftButton);
  QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  EXPECT_TRUE(runner_.jobs().empty());

  action("remove")->trigger();
  auto* remove = child<QPushButton>(window_, "confirmRemove");
  EXPECT_EQ(remove->text(), "Remove all 2");
  QTest::mouseClick(remove, Qt::LeftButton);
  waitIdle();
  EXPECT_EQ(window_.said(), "");
  EXPECT_TRUE(names("Feature tables").isEmpty());
  EXPECT_TRUE(names("Score tables").isEmpty());
  EXPECT_FALSE(QFile::exists(project_ + "/features/demo.npy"));
  EXPECT_EQ(session_.featureTable(), "");

  const auto runs = names("Runs");
  ASSERT_FALSE(runs.isEmpty());
  choose("Runs", runs.back());
  EXPECT_FALSE(action("rename")->isEnabled()) << "runs have numbers";
  EXPECT_TRUE(action("remove")->isEnabled());
}

TEST_F(ContentsWindowTest, AMovedFolderIsFoundAgainAndItsPicturesAreThere) {
  MovedSets moved(session_, runner_);
  auto& thumbnails = ThumbnailLoader::of(session_);
  ASSERT_TRUE(QDir().rename(project_ + "/faces", folder_.filePath("elsewhere")));
  QSignalSpy ready(&thumbnails, &ThumbnailLoader::ready);
  static_cast<void>(thumbnails.thumbnail(0));
  ASSERT_TRUE(ready.wait(kWait));
  EXPECT_TRUE(thumbnails.failed(0));
  window_.lookForFiles();
  waitIdle();
  EXPECT_TRUE(window_.said().contains("24 files looked at: 24 files are missing"))
      << window_.said().toStdString();
  ASSERT_TRUE(QTest::qWaitFor([&] { return moved.set() == "people"; }, kWait));

  QSignalSpy found(&moved, &MovedSets::found), none(&moved, &MovedSets::none);
  for (const char* set : {"people", "strangers"}) {
    window_.askWhereMoved(set);
    auto* dialog = child<QFileDialog>(window_, "whereMoved");
    EXPECT_EQ(dialog->directory().absolutePath(), project_) << "the nearest folder that is still there";
    emit dialog->fileSelected(folder_.filePath("elsewhere"));
    dialog->reject();
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    waitIdle();
    EXPECT_TRUE(window_.said().contains("12 files were found")) << window_.said().toStdString();
  }
  ASSERT_TRUE(QTest::qWaitFor([&] { return none.count() > 0; }, kWait));
  EXPECT_EQ(moved.set(), "");
  EXPECT_FALSE(thumbnails.failed(0));
  EXPECT_EQ(QString::fromStdString(session_.snapshot()->samples[0].image.file),
            folder_.filePath("elsewhere/0_0.png"));
  ready.clear();
  static_cast<void>(thumbnails.thumbnail(0));
  ASSERT_TRUE(ready.wait(kWait));
  EXPECT_FALSE(thumbnails.thumbnail(0).isNull());

  window_.askWhereMoved("people");
  emit child<QFileDialog>(window_, "whereMoved")->fileSelected(project_ + "/features");
  waitIdle();
  EXPECT_TRUE(window_.said().contains("none of the 12 files of the set 'people' is there"))
      << window_.said().toStdString();
}

TEST_F(ContentsWindowTest, WhatAReplacedImageMadeOldIsMarkedAndMadeAgain) {
  QImage image(112, 112, QImage::Format_RGB32);
  image.fill(Qt::darkGreen);
  ASSERT_TRUE(image.save(project_ + "/faces/0_1.png"));
  EXPECT_FALSE(action("again")->isEnabled());
  action("look")->trigger();
  waitIdle();
  EXPECT_TRUE(window_.said().contains("1 file was replaced")) << window_.said().toStdString();
  EXPECT_TRUE(item("Feature tables", "demo")->text(2).startsWith("old: 1 image was replaced"));
  EXPECT_TRUE(item("Score tables", "dscore")->text(2).startsWith("old: "));
  EXPECT_EQ(item("Protocols", "templates")->text(2), "");
  ASSERT_TRUE(action("again")->isEnabled());
  // What it starts, without waiting for a recogniser.
  runner_.setCommand({testing::writeFakeEngine(folder_.path(), "exit 0")});
  const std::size_t before = runner_.jobs().size();
  action("again")->trigger();
  waitIdle();
  ASSERT_EQ(runner_.jobs().size(), before + 2);
  EXPECT_EQ(runner_.jobs()[before].name, "extract");
  EXPECT_EQ(runner_.jobs()[before + 1].name, "score");
  choose("Score tables", "dscore");
  action("again")->trigger();
  waitIdle();
  EXPECT_EQ(runner_.jobs().size(), before + 3) << "of the chosen one alone";
}

}  // namespace
}  // namespace discern::ui
