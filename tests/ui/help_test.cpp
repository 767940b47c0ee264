// Help: a text for every page, links that lead somewhere, a glossary with the words of the window.
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

#include "core/base/error.h"
#include "core/jobs/jobs.h"
#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/main_window.h"
#include "ui/pages/page.h"
#include "ui/window/help_dock.h"

namespace discern::ui {
namespace {

using testing::child;

QString textOf(const QString& file) {
  QFile source(file);
  EXPECT_TRUE(source.open(QIODevice::ReadOnly)) << file.toStdString();
  return QString::fromUtf8(source.readAll());
}

TEST(Help, EveryLinkLeadsSomewhere) {
  HelpDock dock;
  const QDir folder(QFileInfo(helpFile("index.md")).absolutePath());
  static const QRegularExpression link("\\]\\(([^)]+)\\)");
  int links = 0;
  for (const QString& name : folder.entryList({"*.md"})) {
    for (auto it = link.globalMatch(textOf(folder.filePath(name))); it.hasNext(); ++links) {
      const QString target = it.next().captured(1);
      dock.open(QUrl(name));
      dock.open(QUrl(target));
      EXPECT_EQ(dock.problem(), "") << name.toStdString() << ": " << target.toStdString();
    }
  }
  EXPECT_GT(links, 50);
  dock.open(QUrl("nowhere.md"));
  EXPECT_FALSE(dock.problem().isEmpty());
  dock.open(QUrl("glossary.md#no-such-word"));
  EXPECT_FALSE(dock.problem().isEmpty());
  EXPECT_THROW(helpFile("docs:nowhere.md"), Error);
}

// The how-to pages are shown as they are; the links between them are followed, too.
TEST(Help, TheHowToPagesAreInIt) {
  HelpDock dock;
  const QDir folder(QFileInfo(helpFile("docs:how-to/choose-a-threshold.md")).absolutePath());
  const QString index = textOf(helpFile("index.md"));
  for (const QString& name : folder.entryList({"*.md"}))
    EXPECT_TRUE(index.contains("docs:how-to/" + name)) << name.toStdString();
  dock.open(QUrl("docs:how-to/choose-a-threshold.md"));
  EXPECT_TRUE(child<QTextBrowser>(dock, "helpText")->toPlainText().startsWith("Choose a threshold"));
  dock.open(QUrl("../evaluation.md"));
  EXPECT_EQ(dock.problem(), "");
  EXPECT_TRUE(dock.shownFile().endsWith("docs/evaluation.md"));
}

TEST(Help, TheGlossaryHasTheWordsOfTheWindow) {
  const QString glossary = textOf(helpFile("glossary.md"));
  for (const char* word : {"Template",
                           "Tracklet",
                           "TAR@FAR",
                           "FAR",
                           "FNMR",
                           "EDC",
                           "Centroid",
                           "D-score",
                           "Ratio",
                           "Rescale",
                           "Operating point",
                           "Knee",
                           "pAUC",
                           "Lambda",
                           "AUC",
                           "EER",
                           "ROC",
                           "DET",
                           "CMC",
                           "Rank",
                           "Kept share",
                           "Genuine",
                           "Impostor",
                           "Hardest negative",
                           "Percentile",
                           "Protocol",
                           "Role",
                           "Pool",
                           "Verdict",
                           "Weight",
                           "Aggregation",
                           "DDL",
                           "DDNet",
                           "Head",
                           "Feature",
                           "Base model",
                           "Threshold",
                           "Compute",
                           "Selection",
                           "Student",
                           "Media",
                           "Identity",
                           "Confidence interval",
                           "TPIR",
                           "FPIR",
                           "Rank correlation",
                           "Occlusion",
                           "Gradient",
                           "Lengths",
                           "Recipe",
                           "Teacher",
                           "Slice",
                           "MMACs",
                           "FMR",
                           "Fold"})
    EXPECT_TRUE(glossary.contains(QString("\n## %1\n").arg(word))) << word;
}

// Abbreviations over the tables and beside the fields of all jobs: nobody can guess these.
TEST(Help, TheGlossaryHasTheAbbreviationsOfHeadsAndLabels) {
  const QTemporaryDir folder;
  Settings settings(folder.filePath("settings.ini"));
  MainWindow window(settings);
  window.show();
  testing::makePlantedProject(folder.filePath("p.discern").toStdString());
  window.openProject(folder.filePath("p.discern"));
  QStringList texts;
  for (const QString& title : window.pageTitles()) {
    window.showPage(title);
    EXPECT_TRUE(window.waitSettled());
    for (const auto* table : window.page(title)->findChildren<QTableView*>())
      for (int i = 0; table->model() != nullptr && i < table->model()->columnCount(); ++i)
        texts << table->model()->headerData(i, Qt::Horizontal).toString();
    for (const auto* tabs : window.page(title)->findChildren<QTabBar*>())
      for (int i = 0; i < tabs->count(); ++i) texts << tabs->tabText(i);
  }
  for (const auto& job : jobs::allJobs())
    for (const auto& field : job.fields) texts << QString::fromStdString(field.label);
  const QString glossary = textOf(helpFile("glossary.md")).toLower();
  static const QRegularExpression abbreviation("\\b[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z]*\\b");
  const QStringList everywhere = {"CSV", "ONNX", "MACs", "SNE",
                                  "UTC", "MB",   "RAM",  "GPU"};  // of files and units; MMACs are in it
  QSet<QString> found;
  for (const QString& text : texts)
    for (auto it = abbreviation.globalMatch(text); it.hasNext();)
      if (const QString word = it.next().captured(); !everywhere.contains(word)) {
        found << word;
        EXPECT_TRUE(glossary.contains("\n## " + word.toLower())) << text.toStdString();
      }
  EXPECT_GT(found.size(), 6);
}

TEST(Help, F1ShowsTheShownPagesText) {
  const QTemporaryDir folder;
  Settings settings(folder.filePath("settings.ini"));
  MainWindow window(settings);
  window.runner().setCommand({"/bin/false"});
  window.resize(1500, 900);
  window.show();
  window.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&window, testing::kWait));
  auto* dock = child<HelpDock>(window, "help");
  EXPECT_FALSE(dock->isVisible());
  QTest::keyClick(&window, Qt::Key_F1);
  EXPECT_TRUE(dock->isVisible());
  EXPECT_TRUE(dock->shownFile().endsWith("help/start.md"));
  testing::makePlantedProject(folder.filePath("p.discern").toStdString());
  window.openProject(folder.filePath("p.discern"));
  auto* text = child<QTextBrowser>(*dock, "helpText");
  for (const QString& title : window.pageTitles()) {
    window.showPage(title);
    if (title == window.pageTitles().front()) continue;  // shown already
    EXPECT_EQ(text->document()->firstBlock().text(), title);
  }
  window.showPage("Data");
  EXPECT_EQ(text->document()->firstBlock().text(), "Data");
  QTest::keyClick(&window, Qt::Key_F1);
  EXPECT_FALSE(dock->isVisible());
}

}  // namespace
}  // namespace discern::ui
