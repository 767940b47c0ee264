// The window in German: nothing of it is English, and nothing is cut off on a small screen.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractItemModel>
#include <QComboBox>
#include <QDialog>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSet>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTreeView>
#include <QUndoView>
#include <fstream>
#include <set>

#include "core/analysis/marking.h"
#include "core/jobs/jobs.h"
#include "core/project/decision_parts.h"
#include "tests/ui/planted_project.h"
#include "tests/ui/selection_project.h"
#include "tests/ui/translations.h"
#include "ui/charts/styles.h"
#include "ui/language/language.h"
#include "ui/main_window.h"
#include "ui/models/project/decisions.h"
#include "ui/models/project/report_sections.h"
#include "ui/pages/import_dialog.h"
#include "ui/pages/page.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/job_form.h"
#include "ui/window/help_dock.h"

namespace discern::ui {
namespace {

class German : public ::testing::Environment {
  void SetUp() override { speak("de"); }
};
const auto* const kGerman = ::testing::AddGlobalTestEnvironment(new German);

// Every text that `root` shows, its tool tips and lists too; without accelerators.
QStringList textsOf(const QWidget& root) {
  QStringList texts;
  const auto add = [&texts](QString text) {
    text.remove(QRegularExpression("&(?=\\w)"));
    if (!text.trimmed().isEmpty()) texts << text;
  };
  const auto addHeader = [&](const QAbstractItemModel* model, Qt::Orientation orientation) {
    if (model == nullptr) return;
    for (int i = 0; i < model->columnCount(); ++i)
      for (const int role : {Qt::DisplayRole, Qt::ToolTipRole})
        add(model->headerData(i, orientation, role).toString());
  };
  auto widgets = root.findChildren<QWidget*>();
  widgets << const_cast<QWidget*>(&root);
  for (const QWidget* widget : widgets) {
    add(widget->toolTip());
    add(widget->accessibleName());
    for (const QAction* action : widget->actions())
      if (!action->isSeparator()) {
        add(action->text());
        add(action->toolTip());
      }
    if (const auto* label = qobject_cast<const QLabel*>(widget)) add(label->text());
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) add(button->text());
    if (const auto* box = qobject_cast<const QGroupBox*>(widget)) add(box->title());
    if (const auto* line = qobject_cast<const QLineEdit*>(widget)) add(line->placeholderText());
    if (const auto* combo = qobject_cast<const QComboBox*>(widget))
      for (int i = 0; i < combo->count(); ++i) add(combo->itemText(i));
    if (const auto* tabs = qobject_cast<const QTabBar*>(widget))
      for (int i = 0; i < tabs->count(); ++i) add(tabs->tabText(i));
    if (const auto* list = qobject_cast<const QListWidget*>(widget))
      for (int i = 0; i < list->count(); ++i) add(list->item(i)->text());
    if (const auto* table = qobject_cast<const QTableView*>(widget))
      addHeader(table->model(), Qt::Horizontal);
    if (const auto* tree = qobject_cast<const QTreeView*>(widget)) addHeader(tree->model(), Qt::Horizontal);
    if (const auto* menu = qobject_cast<const QMenu*>(widget)) add(menu->title());
  }
  texts.removeDuplicates();
  return texts;
}

// English texts of the program whose German is another one, as they would be shown.
const QSet<QString>& english() {
  static const QSet<QString> texts = [] {
    QSet<QString> all, german;
    const auto shown = [](QString text, bool isGerman) {
      const std::pair<const char*, std::pair<const char*, const char*>> words[] = {
          {"a sample", {"an image", "ein Bild"}},
          {"a subject", {"a face", "ein Gesicht"}},
          {"a group", {"a template", "ein Template"}},
          {"a identity", {"an identity", "eine Identität"}},
          {"samples", {"images", "Bilder"}},
          {"sample", {"image", "Bild"}},
          {"subjects", {"faces", "Gesichter"}},
          {"subject", {"face", "Gesicht"}},
          {"groups", {"templates", "Templates"}},
          {"group", {"template", "Template"}},
          {"identities", {"identities", "Identitäten"}},
          {"identity", {"identity", "Identität"}}};
      for (const auto& [place, word] : words) {
        const QString one = isGerman ? word.second : word.first;
        text.replace(QString("{%1}").arg(place), one);
        text.replace(QString("{%1}").arg(QString(place).left(1).toUpper() + QString(place).mid(1)),
                     one.left(1).toUpper() + one.mid(1));
      }
      return text.remove(QRegularExpression("&(?=\\w)"));
    };
    for (const auto& message : testing::messagesOf(testing::germanFile())) {
      all << shown(message.source, false);
      german << shown(message.translation, true);
    }
    return all - german;
  }();
  return texts;
}

bool looksEnglish(const QString& text) {
  static const QRegularExpression words(  // whole words: as-is and only-kept are names
      "(?<![\\w-])(the|of|and|with|is|are|it|its|which|every|each|no|yet|from|than|that|this|what|how|to|"
      "first|"
      "only)(?![\\w-])",
      QRegularExpression::CaseInsensitiveOption);
  return text.contains(words);
}

void expectGerman(const QWidget& root, const QString& where) {
  // Names of choices, layers, columns and of what the planted projects hold.
  static const QStringList names = {"step",    "score",     "identity", "templates", "set",
                                    "teacher", "selection", "faces",    "map"};
  for (const QString& text : textsOf(root)) {
    if (names.contains(text)) continue;
    EXPECT_FALSE(english().contains(text)) << where.toStdString() << ": " << text.toStdString();
    EXPECT_FALSE(looksEnglish(text)) << where.toStdString() << ": " << text.toStdString();
  }
}

// Words that have less room than they need. Lists and what may wrap or be shortened are left out.
QStringList cutOff(const QWidget& root) {
  QStringList cut;
  for (const QWidget* widget : root.findChildren<QWidget*>()) {
    if (!widget->isVisible()) continue;
    // What is wider than a scroll area that does not scroll that way.
    if (const auto* area = qobject_cast<const QScrollArea*>(widget);
        area != nullptr && area->widget() != nullptr &&
        area->horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff &&
        area->widget()->minimumSizeHint().width() > area->viewport()->width())
      cut << QString("%1: %2 of %3")
                 .arg(area->objectName(), QString::number(area->viewport()->width()),
                      QString::number(area->widget()->minimumSizeHint().width()));
    QString text;
    if (const auto* label = qobject_cast<const QLabel*>(widget);
        label != nullptr && !label->wordWrap() &&
        label->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored)
      text = label->text();
    else if (const auto* button = qobject_cast<const QAbstractButton*>(widget);
             button != nullptr && button->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored)
      text = button->text();
    else if (const auto* box = qobject_cast<const QGroupBox*>(widget))
      text = box->title();
    if (text.isEmpty()) continue;
    const int needs = qobject_cast<const QGroupBox*>(widget) != nullptr
                          ? widget->fontMetrics().horizontalAdvance(text) + 20
                          : widget->minimumSizeHint().width();
    if (widget->width() < needs) cut << QString("%1 (%2 of %3)").arg(text).arg(widget->width()).arg(needs);
  }
  return cut;
}

class GermanTest : public ::testing::Test {
 protected:
  GermanTest() : settings_(folder_.filePath("settings.ini")), window_(settings_) {
    window_.runner().setCommand({"/bin/false"});
    window_.resize(1024, 700);
    window_.show();
  }
  void openPlanted() {
    testing::PlantedOptions options;
    options.pictures = true;
    testing::makePlantedProject(folder_.filePath("p.discern").toStdString(), options);
    window_.openProject(folder_.filePath("p.discern"));
  }
  void openSelection() {
    testing::makeSelectionProject(folder_.filePath("s.discern").toStdString());
    window_.openProject(folder_.filePath("s.discern"));
  }
  template <class Look>
  void onEveryPage(Look look) {
    for (const QString& title : window_.pageTitles()) {
      window_.showPage(title);
      ASSERT_TRUE(window_.waitSettled());
      look(*window_.page(title), title);
      for (auto* tabs : window_.page(title)->findChildren<QTabWidget*>())
        for (int i = 0; i < tabs->count(); ++i) {
          tabs->setCurrentIndex(i);
          ASSERT_TRUE(window_.waitSettled());
          look(*window_.page(title), title + ", " + tabs->tabText(i));
        }
    }
  }

  QTemporaryDir folder_;
  Settings settings_;
  MainWindow window_;
};

// A camera called "kept" is no face that is kept.
TEST(GermanNames, ValuesOfATableStayAsTheyAre) {
  QObject chart;
  EXPECT_EQ(shownName(chart, "kept"), "behalten");
  EXPECT_EQ(shownName(chart, unknownName()), "unbekannt");
  chart.setProperty("ownNames", true);
  EXPECT_EQ(shownName(chart, "kept"), "kept");
  EXPECT_EQ(shownName(chart, "none"), "none");
  EXPECT_EQ(shownName(chart, unknownName()), "unbekannt");
}

TEST_F(GermanTest, NothingIsEnglishBeforeAProjectIsOpen) {
  expectGerman(window_, "start");
  EXPECT_NE(window_.findChild<QAbstractButton*>("openProject")->text().indexOf("Projekt"), -1);
}

TEST_F(GermanTest, NothingIsEnglishOnAnyPage) {
  openPlanted();
  const auto* list = window_.findChild<QListWidget*>("navigation");
  EXPECT_EQ(list->item(0)->text(), "Daten");
  EXPECT_EQ(list->item(5)->text(), "Schwelle");
  window_.session().select({0});
  onEveryPage([](const QWidget& page, const QString& where) { expectGerman(page, where); });
  expectGerman(window_, "window");
}

TEST_F(GermanTest, NothingIsEnglishWhereFacesAreSelected) {
  openSelection();
  onEveryPage([](const QWidget& page, const QString& where) { expectGerman(page, where); });
}

TEST_F(GermanTest, NothingIsEnglishInAnEmptyProject) {
  testing::PlantedOptions options;
  options.features = options.scores = options.protocol = options.results = false;
  testing::makePlantedProject(folder_.filePath("e.discern").toStdString(), options);
  window_.openProject(folder_.filePath("e.discern"));
  onEveryPage([](const QWidget& page, const QString& where) { expectGerman(page, where); });
}

TEST_F(GermanTest, WhatIsOldSaysSoInGerman) {
  openPlanted();
  {
    auto project = project::openForDecisions(folder_.filePath("p.discern").toStdString());
    project::setExcluded(project, {0}, true);
  }
  window_.session().reload();
  window_.waitSettled();
  const auto* stale = window_.findChild<QToolButton*>("stale");
  ASSERT_TRUE(stale->isVisible());
  EXPECT_TRUE(stale->toolTip().contains("Lauf 1: seither wurden Bilder")) << stale->toolTip().toStdString();
  expectGerman(*stale, "stale");
}

// Whatever can be decided, about one and about two; `list` is a file to be written.
void decideEverything(project::Project& project, const std::string& list) {
  using project::LeftOut, project::PairVerdict, project::Role, project::Verdict;
  const std::vector<analysis::MarkEdit> edits = {
      {.leftOut = LeftOut::Templates},
      {.leftOut = LeftOut::Everything},
      {.leftOut = LeftOut::Nothing},
      {.moveTo = 1},
      {.moveTo = -1},
      {.verdict = Verdict::Right},
      {.verdict = Verdict::Wrong},
      {.verdict = Verdict::Unsure},
      {.verdict = Verdict::None},
      {.tags = {"x"}},
      {.untags = {"x"}},
      {.note = "y"},
      {.note = ""},
      {.leftOut = LeftOut::Templates, .verdict = Verdict::Right, .tags = {"x", "y"}, .note = "z"}};
  for (const auto& samples : std::vector<std::vector<int>>{{0}, {2, 3}})
    for (const auto& edit : edits)
      EXPECT_TRUE(project::decide(project, analysis::markChange(project, samples, edit)));
  for (const char* rows : {"5,right\n", "6,wrong\n7,wrong\n"}) {
    std::ofstream(list) << "sample,verdict\n" << rows;
    EXPECT_TRUE(project::decide(project, analysis::readMarks(project, list).change));
  }
  for (const auto& identities : std::vector<std::vector<int>>{{2}, {3, 4}}) {
    for (const Role role : {Role::Test, Role::Pool, Role::Train})
      EXPECT_TRUE(project::setRole(project, identities, role));
    for (const bool excluded : {true, false})
      EXPECT_TRUE(project::setExcluded(project, identities, excluded));
  }
  EXPECT_TRUE(project::mergeIdentities(project, 8, 9));
  EXPECT_TRUE(project::mergeIdentities(project, 8, -1));
  for (const auto verdict : {PairVerdict::Different, PairVerdict::Unsure, PairVerdict::None})
    EXPECT_TRUE(project::decidePair(project, 10, 11, verdict));
}

QSet<QString> wordsOf(const QString& text) {
  static const QRegularExpression word("\\p{L}{2,}", QRegularExpression::UseUnicodePropertiesOption);
  QSet<QString> words;
  for (auto it = word.globalMatch(text.toLower()); it.hasNext();) words << it.next().captured();
  return words;
}

TEST_F(GermanTest, NoDecisionIsToldInEnglish) {
  openPlanted();
  {
    auto project = project::openForDecisions(folder_.filePath("p.discern").toStdString());
    decideEverything(project, folder_.filePath("0.csv").toStdString());
  }
  window_.session().reload();
  ASSERT_TRUE(window_.waitSettled());
  const auto snapshot = window_.session().snapshot();
  QSet<QString> stored;
  std::set<project::Deed> deeds;
  for (const auto& one : snapshot->history) {
    stored += wordsOf(QString::fromStdString(one.what));
    const auto said = project::partsOf(one.what);
    ASSERT_TRUE(said) << one.what;
    for (const auto& part : said->parts) deeds.insert(part.deed);
  }
  EXPECT_EQ(deeds.size(), std::size_t(project::kDeeds)) << "one of them is not decided here";
  stored -= QSet<QString>{"person", "csv"};              // of names
  stored -= QSet<QString>{"test", "pool", "templates"};  // the same in German
  EXPECT_GT(stored.size(), 20);

  Decisions& decisions = Decisions::of(window_.session());
  QStringList told;
  const auto* list = window_.findChild<QUndoView*>();
  ASSERT_EQ(list->model()->rowCount(), int(snapshot->history.size()) + 1);
  for (int row = 0; row < list->model()->rowCount(); ++row)
    told << list->model()->index(row, 0).data().toString();
  for (int i = 0; i < decisions.stack().count(); ++i) told << decisions.stack().command(i)->actionText();
  const auto section = decisionSection(*snapshot);
  for (const auto& row : section.tables.back().rows) told << row;
  QSignalSpy decided(&decisions, &Decisions::decided);
  EXPECT_TRUE(decisions.mark({20, 21}, {.verdict = project::Verdict::Unsure}));
  decisions.stack().undo();
  ASSERT_EQ(decided.count(), 2);
  for (const auto& signal : decided) told << signal.front().toString();
  for (const QString& text : told)
    for (const QString& word : wordsOf(text))
      EXPECT_FALSE(stored.contains(word)) << word.toStdString() << " in: " << text.toStdString();
  for (const char* count : {": 1 Bild", ": 2 Bilder", ": 1 Identität", ": 2 Identitäten"})
    EXPECT_TRUE(told.filter(QRegularExpression(QString(count) + "$")).size() > 0) << count;
}

TEST_F(GermanTest, NothingIsCutOffOnASmallScreen) {
  openPlanted();
  window_.session().select({0});
  onEveryPage([&](QWidget& page, const QString& where) {
    EXPECT_LE(page.minimumSizeHint().width(), 1024 - 160) << where.toStdString();
    for (const QString& text : cutOff(page))
      ADD_FAILURE() << where.toStdString() << ": " << text.toStdString();
  });
  EXPECT_LE(window_.minimumSizeHint().width(), 1024);
  EXPECT_EQ(window_.size(), QSize(1024, 700));
}

TEST_F(GermanTest, NoFormAndNoDialogIsEnglish) {
  for (const auto& job : jobs::allJobs()) {
    JobForm form(formFields(job.name));
    form.addPresets(formPresets(job.name));
    expectGerman(form, QString::fromStdString(job.name));
  }
  const ImportDialog dialog({"/bin/false"}, folder_.filePath("p.discern"));
  expectGerman(dialog, "import");
}

TEST_F(GermanTest, AnotherLanguageIsChosenInTheMenuForTheNextStart) {
  EXPECT_EQ(settings_.language(), "system");
  for (QAction* action : window_.findChildren<QAction*>())
    if (action->text() == "English") action->trigger();
  EXPECT_EQ(settings_.language(), "en");
  EXPECT_EQ(window_.message(), "Die Sprache wechselt, wenn Discern neu gestartet wird.");
}

// The keys of a menu's entries differ, and so do those of the bar.
TEST_F(GermanTest, EveryMenuCanBeReachedByItsLetter) {
  openPlanted();
  const auto check = [](const QList<QAction*>& actions, const QString& where, const auto& self) -> void {
    QSet<QString> letters;
    for (const QAction* action : actions) {
      static const QRegularExpression key("&(\\w)");
      if (const auto match = key.match(action->text()); match.hasMatch()) {
        const QString letter = match.captured(1).toLower();
        EXPECT_FALSE(letters.contains(letter)) << where.toStdString() << ": " << action->text().toStdString();
        letters << letter;
      }
      if (action->menu() != nullptr) self(action->menu()->actions(), where + " > " + action->text(), self);
    }
  };
  check(window_.menuBar()->actions(), "bar", check);
}

TEST_F(GermanTest, HelpIsGermanAndItsLinksLeadSomewhere) {
  HelpDock dock;
  static const QRegularExpression link("\\]\\(([^)]+)\\)");
  const QString index = helpFile("index.md");
  EXPECT_TRUE(index.endsWith("help/de/index.md")) << index.toStdString();
  int links = 0;
  const QDir folder(QFileInfo(index).absolutePath());
  for (const QString& name : folder.entryList({"*.md"})) {
    QFile source(folder.filePath(name));
    ASSERT_TRUE(source.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(source.readAll());
    for (auto it = link.globalMatch(text); it.hasNext(); ++links) {
      const QString target = it.next().captured(1);
      dock.open(QUrl(name));
      dock.open(QUrl(target));
      EXPECT_EQ(dock.problem(), "") << name.toStdString() << ": " << target.toStdString();
    }
  }
  EXPECT_GT(links, 50);
  dock.showTopic("threshold");
  EXPECT_TRUE(dock.shownFile().endsWith("help/de/threshold.md")) << dock.shownFile().toStdString();
}

}  // namespace
}  // namespace discern::ui
