// Help: a text for every page, links that lead somewhere, a glossary with the words of the window.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QGroupBox>
#include <QRegularExpression>
#include <QSet>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <algorithm>

#include "core/aggregation/methods.h"
#include "core/aggregation/names.h"
#include "core/base/error.h"
#include "core/data/score_methods.h"
#include "core/jobs/jobs.h"
#include "core/runs/run_table.h"
#include "core/selection/methods.h"
#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "tests/ui/selection_project.h"
#include "ui/charts/plot_chart.h"
#include "ui/main_window.h"
#include "ui/models/results/benchmarks.h"
#include "ui/models/results/identification.h"
#include "ui/models/results/slice_runs.h"
#include "ui/pages/page.h"
#include "ui/widgets/combos.h"
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

// What texts of the window, of its help and of the papers say that stands over no table and on no axis, or
// not alone.
const QStringList kInTexts = {"Template",
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
                              "Fold",
                              "Map",
                              "Mean average precision",
                              "Left out",
                              "Tag"};

TEST(Help, TheGlossaryHasTheWordsOfTheWindow) {
  const QString glossary = textOf(helpFile("glossary.md"));
  for (const QString& word : kInTexts)
    EXPECT_TRUE(glossary.contains(QString("\n## %1\n").arg(word))) << word.toStdString();
}

// Words that say here what they say anywhere: of the language, of what every program has, of what the kind of
// samples is called, of units and memory. What Discern means something by is in the glossary instead.
const char* const kPlain =
    "a all also an and are as at being better called change each every farthest first found from has in "
    "inside is it largest left like look lowest mean most nearest none of one or order other over place "
    "progress share smallest switch the they this to which with without "
    "file id name result started time "
    "image face "
    "gpu mb memory ms pixel px";

// A text as the glossary is searched for it: in lower case, one for many, k for any number behind a name,
// without letters and numbers that stand alone and without what is in brackets.
QStringList wordsOf(const QString& text) {
  static const QRegularExpression remark("\\([^)]*\\)"), number("-\\d+$"),
      word("(?<![\\p{L}\\d-])\\p{L}[\\p{L}\\d]*(?:-[\\p{L}\\d]+)*");
  QStringList words;
  const QString plain = text.toLower().remove(remark).replace('_', ' ');
  for (auto it = word.globalMatch(plain); it.hasNext();) {
    QString one = it.next().captured().replace(number, "-k");
    if (one.size() == 1) continue;
    if (one.size() > 4 && one.endsWith("ies"))
      one = one.chopped(3) + 'y';
    else if (one.size() > 3 && one.endsWith('s') && !one.endsWith("ss"))
      one.chop(1);
    words << one;
  }
  return words;
}

// What a glossary explains: its headings, and what it has in bold beneath them.
QSet<QString> termsOf(const QString& glossary) {
  static const QRegularExpression term("^## (.+)$|\\*\\*([^*]+)\\*\\*", QRegularExpression::MultilineOption);
  QSet<QString> terms;
  for (auto it = term.globalMatch(glossary); it.hasNext();) {
    const auto match = it.next();
    terms << wordsOf(match.captured(1) + match.captured(2)).join(' ');
  }
  return terms;
}

// Words of a text that neither the glossary explains, alone or with those beside them, nor are plain.
QStringList unexplained(const QString& text, const QSet<QString>& terms) {
  static const QStringList plain = wordsOf(kPlain);
  const QStringList words = wordsOf(text);
  QStringList left;
  for (qsizetype i = 0; i < words.size();) {
    qsizetype most = std::min<qsizetype>(5, words.size() - i);
    while (most > 0 && !terms.contains(QStringList(words.mid(i, most)).join(' '))) --most;
    if (most == 0 && !plain.contains(words[i])) left << words[i];
    i += std::max<qsizetype>(1, most);
  }
  return left;
}

// Heads of tables, axes, titles of boxes, and lists that are the same in every project, on every page.
QStringList shownOnPages(MainWindow& window) {
  QStringList texts;
  for (const QString& title : window.pageTitles()) {
    window.showPage(title);
    EXPECT_TRUE(window.waitSettled());
  }
  for (const auto* table : window.findChildren<QTableView*>())
    // What runs differ in: options with help of their own, and measures, which are listed below.
    if (table->model() != nullptr && table->objectName() != "runsTable")
      for (int i = 0; i < table->model()->columnCount(); ++i)
        texts << table->model()->headerData(i, Qt::Horizontal).toString();
  for (const auto* chart : window.findChildren<PlotChart*>())
    texts << chart->xAxis().title << chart->yAxis().title;
  for (const auto* box : window.findChildren<QGroupBox*>()) texts << box->title();
  for (const auto* combo : window.findChildren<QComboBox*>())
    for (int i = 0; isKeptChoice(*combo) && i < combo->count(); ++i) texts << combo->itemText(i);
  return texts;
}

QStringList shownTerms() {
  const QTemporaryDir folder;
  Settings settings(folder.filePath("settings.ini"));
  MainWindow window(settings);
  window.runner().setCommand({"/bin/false"});
  window.show();
  testing::makePlantedProject(folder.filePath("p.discern").toStdString());
  testing::makeSelectionProject(folder.filePath("s.discern").toStdString());
  QStringList texts;
  for (const char* project : {"p.discern", "s.discern"}) {
    window.openProject(folder.filePath(project));
    texts += shownOnPages(window);
  }
  EXPECT_GT(QSet<QString>(texts.begin(), texts.end()).size(), 60);
  const auto add = [&texts](const std::vector<std::string>& names) {
    for (const std::string& name : names) texts << QString::fromStdString(name);
  };
  add(data::scoreMethods().names());
  add(aggregation::methods().names());
  add(selection::methods().names());
  for (const auto& rescale : namesOf(aggregation::Rescale::Auto)) texts << rescale.name;
  add(runs::measures());
  texts += identifyColumns();
  texts += benchmarkColumns(jobs::Benchmark::Scface);
  texts += benchmarkColumns(jobs::Benchmark::Uccs);
  texts += sliceColumns({});
  texts.removeDuplicates();
  return texts;
}

// Each entry is needed: without it a term that the window shows, or that texts name, is explained nowhere.
TEST(Help, TheGlossaryExplainsWhatTheWindowShowsAndNothingElse) {
  const QStringList texts = shownTerms();
  const QString glossary = textOf(helpFile("glossary.md"));
  for (const QString& text : texts)
    EXPECT_EQ(unexplained(text, termsOf(glossary)).join(", ").toStdString(), "")
        << "in: " << text.toStdString();
  const QStringList entries = glossary.split("\n## ");
  EXPECT_GT(entries.size(), 70);
  for (qsizetype i = 1; i < entries.size(); ++i) {
    const QString name = entries[i].section('\n', 0, 0);
    QStringList others = entries;
    others.removeAt(i);
    const QSet<QString> terms = termsOf(others.join("\n## "));
    EXPECT_TRUE(kInTexts.contains(name) ||
                std::any_of(texts.begin(), texts.end(),
                            [&](const QString& text) { return !unexplained(text, terms).isEmpty(); }))
        << name.toStdString() << ": nothing names it";
  }
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
