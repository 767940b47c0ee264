// The import dialog with a script in place of the engine.
#include "ui/pages/import_dialog.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>

#include "datasets/registry.h"
#include "tests/ui/pages.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

class ImportDialogTest : public ::testing::Test {
 protected:
  QString script(const QString& body) { return testing::writeFakeEngine(folder_.path(), body); }
  QTemporaryDir folder_;
};

TEST_F(ImportDialogTest, ShowsWhatWasUnderstoodBeforeAnythingIsWritten) {
  QImage(20, 20, QImage::Format_RGB32).save(folder_.filePath("face.png"));
  const QString command = script(QString(R"(
    echo "$*" > %1/called
    echo '{"event":"result","job":"import","format":"lfw","samples":6922,"identities":3554,"protocols":[{"name":"pairs","pairs":3000,"folds":5}],"problems":[{"where":"a/b.jpg","what":"zero bytes; left out"}],"examples":["%1/face.png"]}')")
                                     .arg(folder_.path()));
  ImportDialog dialog({command}, "/tmp/p.discern");
  dialog.show();
  EXPECT_FALSE(child<QPushButton>(dialog, "import")->isEnabled());
  QSignalSpy previewed(&dialog, &ImportDialog::previewed);
  QTest::keyClicks(child<QLineEdit>(dialog, "source"), "/data/lfw");
  ASSERT_TRUE(previewed.wait(kWait));
  const QString summary = child<QLabel>(dialog, "summary")->text();
  for (const QString& part :
       {QLocale().toString(6922), QLocale().toString(3554), QString("LFW"), QString("5 folds")})
    EXPECT_TRUE(summary.contains(part)) << summary.toStdString();
  auto* problems = child<QListWidget>(dialog, "problems");
  ASSERT_EQ(problems->count(), 1);
  EXPECT_EQ(problems->item(0)->text(), "a/b.jpg: zero bytes; left out");
  EXPECT_TRUE(problems->isVisible());
  auto* faces = child<QListWidget>(dialog, "faces");
  EXPECT_TRUE(
      QTest::qWaitFor([&] { return faces->count() == 1 && !faces->item(0)->icon().isNull(); }, kWait));
  EXPECT_TRUE(child<QPushButton>(dialog, "import")->isEnabled());
  QFile called(folder_.filePath("called"));
  ASSERT_TRUE(called.open(QIODevice::ReadOnly));
  EXPECT_EQ(QString(called.readAll()).trimmed(), "--json import /tmp/p.discern /data/lfw --dry-run");
  auto* role = child<QComboBox>(dialog, "role");
  role->setCurrentIndex(role->findText("pool"));
  EXPECT_EQ(dialog.options(), (QStringList{"/data/lfw", "--role", "pool"}));
}

TEST_F(ImportDialogTest, WhatCannotBeReadIsASentenceAndCannotBeImported) {
  ImportDialog dialog(
      {script(R"(echo '{"event":"error","message":"x: no image was found in it."}'; exit 1)")},
      "/tmp/p.discern");
  dialog.show();
  QSignalSpy previewed(&dialog, &ImportDialog::previewed);
  dialog.setSource("x");
  ASSERT_TRUE(previewed.wait(kWait));
  EXPECT_EQ(child<QLabel>(dialog, "summary")->text(), "x: no image was found in it.");
  EXPECT_FALSE(child<QPushButton>(dialog, "import")->isEnabled());
}

constexpr char kOneImage[] =
    R"(echo '{"event":"result","job":"import","format":"folder","samples":1,"identities":1}')";

TEST_F(ImportDialogTest, APreviewOfAnEarlierTextAllowsNothing) {
  const QString command = script(QString("trap '' INT\nwhile [ ! -e %1 ]; do sleep 0.02; done\n%2")
                                     .arg(folder_.filePath("go"), QString(kOneImage)));
  ImportDialog dialog({command}, "/tmp/p.discern");
  dialog.show();
  auto* summary = child<QLabel>(dialog, "summary");
  dialog.setSource("slow");
  ASSERT_TRUE(QTest::qWaitFor([&] { return summary->text().startsWith("Looking"); }, kWait));
  dialog.setSource("");
  ASSERT_TRUE(QTest::qWaitFor([&] { return summary->text().startsWith("Choose"); }, kWait));
  QFile go(folder_.filePath("go"));
  ASSERT_TRUE(go.open(QIODevice::WriteOnly));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !dialog.isPreviewing(); }, kWait));
  EXPECT_FALSE(child<QPushButton>(dialog, "import")->isEnabled());
  EXPECT_TRUE(summary->text().startsWith("Choose"));
  EXPECT_FALSE(dialog.understood());
}

TEST_F(ImportDialogTest, AnIncompleteCropIsNotLeftOutInSilence) {
  ImportDialog dialog({script(kOneImage)}, "/tmp/p.discern");
  dialog.show();
  auto* import = child<QPushButton>(dialog, "import");
  auto* crop = child<QLineEdit>(dialog, "crop");
  dialog.setSource("x");
  ASSERT_TRUE(QTest::qWaitFor([&] { return import->isEnabled(); }, kWait));
  crop->setText("60,52");
  EXPECT_FALSE(import->isEnabled());
  auto* summary = child<QLabel>(dialog, "summary");
  ASSERT_TRUE(QTest::qWaitFor([&] { return summary->text().contains("x,y,width,height"); }, kWait));
  EXPECT_FALSE(import->isEnabled());
  crop->setText("60,52,130,130");
  ASSERT_TRUE(QTest::qWaitFor([&] { return import->isEnabled(); }, kWait));
  EXPECT_TRUE(dialog.options().contains("60,52,130,130"));
}

TEST_F(ImportDialogTest, RenderedFacesHaveOptionsOfTheirOwn) {
  ImportDialog dialog({"true"}, "/tmp/p.discern");
  dialog.show();
  auto* count = child<QSpinBox>(dialog, "count");
  auto* crop = child<QLineEdit>(dialog, "crop");
  EXPECT_FALSE(count->isVisible());
  EXPECT_TRUE(crop->isVisible());
  QSignalSpy previewed(&dialog, &ImportDialog::previewed);
  dialog.setSource("synthetic-faces");
  EXPECT_TRUE(count->isVisible());
  EXPECT_FALSE(crop->isVisible());
  ASSERT_TRUE(previewed.wait(kWait));
  EXPECT_TRUE(child<QPushButton>(dialog, "import")->isEnabled());
  count->setValue(7);
  EXPECT_EQ(dialog.options(), (QStringList{"synthetic-faces", "--count", "7"}));
}

TEST_F(ImportDialogTest, OffersEveryFormatThatCanBeRead) {
  ImportDialog dialog({"true"}, "/tmp/p.discern");
  const auto* format = child<QComboBox>(dialog, "format");
  EXPECT_EQ(format->count(), 1 + int(datasets::formats().size()));
  for (const datasets::Format& known : datasets::formats())
    EXPECT_GE(format->findText(QString::fromStdString(known.name)), 0) << known.name;
}

TEST_F(ImportDialogTest, AsksForWhatTheFormatUnderstands) {
  ImportDialog dialog({script(kOneImage)}, "/tmp/p.discern");
  dialog.show();
  auto* format = child<QComboBox>(dialog, "format");
  auto* pairs = child<QLineEdit>(dialog, "lfw-pairs");
  auto* landmarks = child<QLineEdit>(dialog, "scface-landmarks");
  EXPECT_FALSE(pairs->isVisible());
  format->setCurrentText("lfw");
  EXPECT_TRUE(pairs->isVisible());
  EXPECT_FALSE(landmarks->isVisible());
  pairs->setText("my pairs.txt");
  dialog.setSource("x");
  EXPECT_EQ(dialog.options(), (QStringList{"x", "--format", "lfw", "--option", "pairs=my pairs.txt"}));
  format->setCurrentText("scface");
  EXPECT_FALSE(pairs->isVisible());
  EXPECT_TRUE(landmarks->isVisible());
  EXPECT_FALSE(dialog.options().contains("--option")) << "SCface knows no pairs";
  format->setCurrentText("auto");
  EXPECT_TRUE(landmarks->isVisible()) << "until it is known what is there";
  QSignalSpy previewed(&dialog, &ImportDialog::previewed);
  ASSERT_TRUE(previewed.wait(kWait));
  EXPECT_FALSE(landmarks->isVisible()) << "a folder asks for nothing";
}

TEST_F(ImportDialogTest, TheLatestSourceWins) {
  const QString command = script(R"(
    while [ "$4" = slow ]; do sleep 0.02; done
    echo "{\"event\":\"result\",\"job\":\"import\",\"format\":\"folder\",\"samples\":1,\"identities\":1,\"examples\":[],\"problems\":[],\"protocols\":[{\"name\":\"$4\",\"pairs\":1}]}")");
  ImportDialog dialog({command}, "/tmp/p.discern");
  dialog.show();
  dialog.setSource("slow");
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return child<QLabel>(dialog, "summary")->text().startsWith("Looking"); }, kWait));
  dialog.setSource("quick");
  QSignalSpy previewed(&dialog, &ImportDialog::previewed);
  ASSERT_TRUE(previewed.wait(kWait));
  EXPECT_TRUE(child<QLabel>(dialog, "summary")->text().contains("quick"));
  EXPECT_EQ(previewed.count(), 1);
}

}  // namespace
}  // namespace discern::ui
