// Finding by typing: completion of filters, saved views, the command palette.
#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QCompleter>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/main_window.h"
#include "ui/models/images/filter.h"
#include "ui/models/images/filter_words.h"
#include "ui/models/project/saved_views.h"
#include "ui/pages/page.h"
#include "ui/pages/template_page.h"
#include "ui/widgets/filter_completer.h"
#include "ui/widgets/views_button.h"
#include "ui/window/palette.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

std::shared_ptr<const SampleTable> smallTable() {
  auto snapshot = std::make_shared<Snapshot>();
  for (const auto& [name, set] : {std::pair("Ann Smith", "lfw"), {"bob", "lfw"}, {"Smithers", "two"}}) {
    project::IdentityRow row;
    row.id = static_cast<int>(snapshot->identities.size());
    row.name = name;
    row.set = set;
    snapshot->identities.push_back(row);
  }
  snapshot->samples.resize(3);
  snapshot->samplesOfIdentity = {{0}, {1}, {2}};
  snapshot->marks[1].tags = {"blurry", "smile"};
  return std::make_shared<const SampleTable>(snapshot, nullptr);
}

TEST(FilterWords, FieldsFirstThenWhatIsThere) {
  const FilterWords words(smallTable());
  EXPECT_EQ(words.complete("ve"), QStringList{"verdict:"});
  EXPECT_EQ(words.complete("verdict:"), (QStringList{"verdict:right", "verdict:unsure", "verdict:wrong"}));
  EXPECT_EQ(words.complete("verdict:w"), QStringList{"verdict:wrong"});
  EXPECT_EQ(words.complete("-tag:bl"), QStringList{"-tag:blurry"});
  EXPECT_EQ(words.complete("sc"), QStringList{"score<"});
  EXPECT_EQ(words.complete("smi"), (QStringList{"tag:smile", "identity:Smithers", "identity:\"Ann Smith\""}));
  EXPECT_EQ(words.complete("set="), (QStringList{"set=lfw", "set=two"}));
  EXPECT_TRUE(words.complete("").isEmpty());
  EXPECT_TRUE(words.complete("nothing:").isEmpty());
  EXPECT_TRUE(words.complete("hardest_identity:b").contains("hardest_identity:bob"));
}

// What is offered is understood: no field, sign or value of a list is refused by the filter.
TEST(FilterWords, WhatIsOfferedIsAFilter) {
  const FilterWords words(smallTable());
  for (char c = 'a'; c <= 'z'; ++c)
    for (const QString& term : words.complete(QString(c))) {
      EXPECT_EQ(Filter(term).error(), "") << term.toStdString();
      for (const QString& whole : words.complete(term))
        EXPECT_EQ(Filter(whole).error(), "") << whole.toStdString();
    }
}

TEST(FilterWords, TheTermUnderTheCursor) {
  const QString text = R"(score<0.3 identity:"Ann Smi" set:l)";
  EXPECT_EQ(tokenAt(text, 3).text, "sco");
  EXPECT_EQ(tokenAt(text, 3).end, 9);
  EXPECT_EQ(tokenAt(text, 27).text, R"(identity:"Ann Smi)");
  EXPECT_EQ(tokenAt(text, 27).end, 28);
  EXPECT_EQ(tokenAt(text, int(text.size())).text, "set:l");
  EXPECT_EQ(tokenAt("", 0).text, "");
}

TEST(FilterCompleter, IsUsedWithKeysAlone) {
  QWidget window;
  QLineEdit line(&window);
  const FilterWords words(smallTable());
  FilterCompleter completer(line, [&](const QString& typed) { return words.complete(typed); });
  window.show();
  line.setFocus();
  const auto press = [&](int key) {
    QWidget* popup = QApplication::activePopupWidget();
    QTest::keyClick(popup != nullptr ? popup : &line, Qt::Key(key));
  };
  QTest::keyClicks(&line, "bob ver");
  EXPECT_EQ(completer.offered(), QStringList{"verdict:"});
  press(Qt::Key_Down);
  press(Qt::Key_Return);
  EXPECT_EQ(line.text(), "bob verdict:");
  ASSERT_TRUE(QTest::qWaitFor([&] { return completer.offered().size() == 3; }, kWait));
  press(Qt::Key_Down);
  press(Qt::Key_Down);
  press(Qt::Key_Tab);
  EXPECT_EQ(line.text(), "bob verdict:unsure ");
  EXPECT_TRUE(completer.offered().isEmpty());
}

TEST(SavedViews, AreReadAsTheyWereWritten) {
  SavedView view;
  view.name = "bad & dark";
  view.filter = "score<0.3 \"x y\"";
  view.sort = "ratio";
  view.group = "none";
  view.descending = view.table = true;
  view.size = 120;
  EXPECT_EQ(parseViews(toJson({view})), std::vector<SavedView>{view});
  EXPECT_TRUE(parseViews("nonsense").empty());
  EXPECT_TRUE(parseViews(R"([{"name":"  "},7,null])").empty());
  EXPECT_EQ(parseViews(R"([{"name":"a","size":-5},{"name":"a"}])").size(), 1U);
}

class FindTest : public ::testing::Test {
 protected:
  FindTest() {
    project_ = folder_.filePath("p.discern");
    testing::makePlantedProject(project_.toStdString());
    window_.runner().setCommand({"/bin/false"});
    window_.show();
    window_.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&window_, kWait));
    window_.openProject(project_);
    window_.waitSettled();
  }
  CommandPalette* popUp() {
    for (QAction* action : window_.findChildren<QAction*>())
      if (action->shortcuts().contains(QKeySequence("Ctrl+Shift+P"))) {
        action->trigger();  // which may make other actions anew
        break;
      }
    auto* palette = child<CommandPalette>(window_, "palette");
    EXPECT_TRUE(palette->isVisible());
    return palette;
  }
  QStringList rows(CommandPalette& palette) {
    QStringList texts;
    auto* list = child<QTreeWidget>(palette, "paletteList");
    for (int i = 0; i < list->topLevelItemCount(); ++i) texts << list->topLevelItem(i)->text(0);
    return texts;
  }

  QTemporaryDir folder_;
  QString project_;
  Settings settings_{folder_.filePath("settings.ini")};
  MainWindow window_{settings_};
};

TEST_F(FindTest, AViewIsSavedShownRenamedAndRemoved) {
  Page& data = *window_.page("Data");
  auto* filter = child<QLineEdit>(data, "filter");
  auto* views = child<ViewsButton>(data, "views");
  filter->setText("score<0.4");
  child<QComboBox>(data, "sort")->setCurrentIndex(2);
  child<QToolButton>(data, "descending")->setChecked(true);
  child<QComboBox>(data, "group")->setCurrentIndex(2);
  child<QSlider>(data, "thumbnailSize")->setValue(130);
  emit views->menu()->aboutToShow();
  for (QAction* action : views->menu()->actions())
    if (action->text().contains("Save")) action->trigger();
  auto* dialog = window_.findChild<QInputDialog*>("viewName");
  ASSERT_NE(dialog, nullptr);
  dialog->setTextValue("Low ones");
  dialog->accept();
  EXPECT_EQ(views->names(), QStringList{"Low ones"});
  filter->clear();
  child<QComboBox>(data, "sort")->setCurrentIndex(0);
  child<QToolButton>(data, "descending")->setChecked(false);
  child<QComboBox>(data, "group")->setCurrentIndex(0);
  child<QToolButton>(data, "asTable")->setChecked(true);
  views->showView("Low ones");
  EXPECT_EQ(filter->text(), "score<0.4");
  EXPECT_EQ(child<QComboBox>(data, "sort")->currentIndex(), 2);
  EXPECT_TRUE(child<QToolButton>(data, "descending")->isChecked());
  EXPECT_EQ(child<QComboBox>(data, "group")->currentIndex(), 2);
  EXPECT_EQ(child<QSlider>(data, "thumbnailSize")->value(), 130);
  EXPECT_FALSE(child<QToolButton>(data, "asTable")->isChecked());
  // It is the project's: another window has it, too.
  Settings settings(folder_.filePath("other.ini"));
  {
    MainWindow other(settings);
    other.openProject(project_);
    EXPECT_EQ(child<ViewsButton>(other, "views")->names(), QStringList{"Low ones"});
  }
  views->rename("Low ones", "Bad ones");
  EXPECT_EQ(views->names(), QStringList{"Bad ones"});
  views->remove("Bad ones");
  EXPECT_TRUE(views->names().isEmpty());
}

TEST_F(FindTest, ATableViewHasTheTablesOrder) {
  Page& data = *window_.page("Data");
  auto* views = child<ViewsButton>(data, "views");
  child<QToolButton>(data, "asTable")->setChecked(true);
  auto* table = child<QTableView>(data, "samples");
  table->sortByColumn(static_cast<int>(Field::Ratio), Qt::DescendingOrder);
  views->save("t");
  table->sortByColumn(static_cast<int>(Field::Id), Qt::AscendingOrder);
  child<QToolButton>(data, "asTable")->setChecked(false);
  views->showView("t");
  EXPECT_TRUE(child<QToolButton>(data, "asTable")->isChecked());
  EXPECT_EQ(table->horizontalHeader()->sortIndicatorSection(), static_cast<int>(Field::Ratio));
  EXPECT_EQ(table->horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder);
}

TEST(Palette, Matches) {
  EXPECT_EQ(matchOf("Score…", "sco"), 0);
  EXPECT_EQ(matchOf("Make a protocol…", "prot"), 1);
  EXPECT_EQ(matchOf("Make a protocol…", "otoc"), 2);
  EXPECT_EQ(matchOf("Make a protocol…", "make prot"), 1);
  EXPECT_EQ(matchOf("Sweep thresholds", "swth"), 3);
  EXPECT_EQ(matchOf("Sweep thresholds", "xyz"), -1);
  EXPECT_EQ(matchOf("anything", ""), 0);
}

TEST_F(FindTest, ThePaletteGoesToAPage) {
  QTest::keyClick(&window_, Qt::Key_K, Qt::ControlModifier);
  auto* palette = child<CommandPalette>(window_, "palette");
  ASSERT_TRUE(palette->isVisible());
  QTest::keyClicks(child<QLineEdit>(*palette, "paletteLine"), "trade");
  EXPECT_EQ(rows(*palette).value(0), "Trade-off");
  QTest::keyClick(child<QLineEdit>(*palette, "paletteLine"), Qt::Key_Return);
  ASSERT_TRUE(QTest::qWaitFor([&] { return window_.page("Trade-off")->isVisible(); }, kWait));
  EXPECT_FALSE(palette->isVisible());
}

TEST_F(FindTest, ThePaletteHasEveryActionOfTheMenusWithItsKeys) {
  auto* palette = popUp();
  const QStringList texts = rows(*palette);
  for (const char* text :
       {"Run", "Import…", "Score…", "Data", "Undo", "Mark wrong", "Dark", "Help", "Contents…"})
    EXPECT_TRUE(texts.contains(text)) << text;
  auto* list = child<QTreeWidget>(*palette, "paletteList");
  const auto item = [&](const QString& text) { return list->findItems(text, Qt::MatchExactly).value(0); };
  EXPECT_EQ(item("Run")->text(2), "Ctrl+R");
  EXPECT_TRUE(item("Mark wrong")->isDisabled()) << "nothing is chosen";
  EXPECT_FALSE(item("Run")->isDisabled());
  EXPECT_FALSE(list->findItems(project_, Qt::MatchExactly).isEmpty()) << "the recent project";
  QTest::keyClick(child<QLineEdit>(*palette, "paletteLine"), Qt::Key_Escape);
  EXPECT_FALSE(palette->isVisible());
}

TEST_F(FindTest, ThePaletteGoesToAPersonATemplateAndAView) {
  const auto snapshot = window_.session().snapshot();
  const QString person = QString::fromStdString(snapshot->identities[3].name);
  const auto run = [&](const QString& typed, const QString& where) {
    auto* palette = popUp();
    auto* line = child<QLineEdit>(*palette, "paletteLine");
    QTest::keyClicks(line, typed);
    auto* list = child<QTreeWidget>(*palette, "paletteList");
    for (int i = 0; i < list->topLevelItemCount(); ++i) {
      if (list->currentItem()->text(1) == where) break;
      QTest::keyClick(line, Qt::Key_Down);
    }
    EXPECT_EQ(list->currentItem()->text(1), where);
    QTest::keyClick(line, Qt::Key_Return);
    QCoreApplication::processEvents();
  };
  window_.showPage("Report");
  run(person, "Identity");
  EXPECT_TRUE(window_.page("Data")->isVisible());
  auto* identities = child<QTableView>(*window_.page("Data"), "identities");
  ASSERT_EQ(identities->selectionModel()->selectedRows().size(), 1);
  EXPECT_EQ(identities->selectionModel()->selectedRows().front().data().toString(), person);
  const QString group = QString::fromStdString(window_.session().protocol()->templates[2].name);
  run(group, "Template");
  EXPECT_TRUE(window_.page("Template")->isVisible());
  auto* page = qobject_cast<TemplatePage*>(window_.page("Template"));
  EXPECT_TRUE(QTest::qWaitFor([&] { return page->shownTemplate() == 2; }, kWait));
  child<ViewsButton>(*window_.page("Data"), "views")->save("odd view");
  run("odd view", "Saved view");
  EXPECT_TRUE(window_.page("Data")->isVisible());
}

}  // namespace
}  // namespace discern::ui
