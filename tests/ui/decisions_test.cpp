// Acting on images in the whole window by clicks, keys and menus; undone and redone, compared through the
// widgets.
#include "ui/models/project/decisions.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QUndoView>
#include <functional>
#include <vector>

#include "core/imaging/sample.h"
#include "tests/ui/child.h"
#include "tests/ui/drawn.h"
#include "tests/ui/menus.h"
#include "tests/ui/planted_project.h"
#include "ui/main_window.h"
#include "ui/models/images/sample_table.h"
#include "ui/models/project/decision_words.h"
#include "ui/models/project/table_source.h"
#include "ui/pages/page.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/image_actions.h"
#include "ui/widgets/message_bar.h"

namespace discern::ui {
namespace {

using project::LeftOut;
using project::Verdict;
using testing::kWait;

class DecisionsTest : public ::testing::Test {
 protected:
  DecisionsTest() : settings_(folder_.filePath("settings.ini")), window_(settings_) {
    project_ = folder_.filePath("p.discern");
    testing::PlantedOptions options;
    options.identities = 4;
    options.images = 6;
    options.pictures = true;
    testing::makePlantedProject(project_.toStdString(), options);
    window_.resize(1280, 800);
    window_.show();
    window_.openProject(project_);
    window_.showPage("Data");
    testing::activate(window_);
    settle();
  }

  void settle() { EXPECT_TRUE(window_.waitSettled()); }
  GalleryView& gallery() { return *window_.page("Data")->findChild<GalleryView*>(); }
  void click(int sample, Qt::KeyboardModifiers modifiers = {}) {
    const int position = gallery().positionOf(sample);
    ASSERT_GE(position, 0);
    gallery().scrollTo(position);
    gallery().setFocus();
    QTest::mouseClick(gallery().viewport(), Qt::LeftButton, modifiers, gallery().itemRect(position).center());
  }
  void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    testing::activate(window_);  // which a closed dialog leaves to the window manager
    QTest::keyClick(&gallery(), key, modifiers);
    settle();
  }
  void step(QKeySequence::StandardKey keys) {
    testing::activate(window_);
    QTest::keySequence(&window_, QKeySequence(keys));
    settle();
  }
  const Snapshot& snapshot() { return *window_.session().snapshot(); }
  LeftOut out(int sample) { return snapshot().samples[static_cast<std::size_t>(sample)].leftOut; }
  // What every page tells: labels, tables, charts and the gallery's picture.
  QStringList told() {
    QStringList lines;
    for (const QString& title : window_.pageTitles()) {
      if (title == "Report" || title == "Training" || title == "Distil") continue;
      window_.showPage(title);
      settle();
      for (const QLabel* label : window_.page(title)->findChildren<QLabel*>())
        if (label->isVisible()) lines << title + ": " + label->text();
      for (const QTableView* table : window_.page(title)->findChildren<QTableView*>()) {
        if (!table->isVisible() || table->model() == nullptr) continue;
        for (int row = 0; row < table->model()->rowCount(); ++row)
          for (int column = 0; column < table->model()->columnCount(); ++column)
            lines << table->model()->index(row, column).data().toString();
      }
      for (Chart* chart : window_.page(title)->charts())
        if (chart->isVisible()) lines << testing::drawn(*chart);
    }
    window_.showPage("Data");
    settle();
    const QImage picture = gallery().viewport()->grab().toImage();
    lines << QString::number(qHashBits(picture.constBits(), std::size_t(picture.sizeInBytes())));
    return lines;
  }
  // Answers the dialog of that name with a text, when it comes.
  void answer(const QString& name, const QString& text) {
    auto* poll = new QTimer(&window_);
    QObject::connect(poll, &QTimer::timeout, poll, [poll, name, text] {
      auto* dialog = qobject_cast<QInputDialog*>(QApplication::activeModalWidget());
      if (dialog == nullptr || dialog->objectName() != name) return;
      poll->deleteLater();
      poll->stop();
      if (auto* line = dialog->findChild<QLineEdit*>())
        line->setText(text);
      else
        dialog->findChild<QPlainTextEdit*>()->setPlainText(text);
      dialog->accept();
    });
    poll->start(5);
  }
  // The entry of the menu of people on the Data page that begins so.
  void chooseForIdentity(int row, const QString& text) {
    auto* people = window_.page("Data")->findChild<QTableView*>("identities");
    ASSERT_NE(people, nullptr);
    const QPoint at = people->visualRect(people->model()->index(row, 0)).center();
    QTest::mouseClick(people->viewport(), Qt::LeftButton, {}, at);
    testing::chooseInMenu(*people->viewport(), at,
                          [&](const QAction& one) { return one.text().startsWith(text); });
    settle();
    people->clearSelection();
    settle();
  }
  // Line by line: what differs is told, not all of it.
  static void expectSame(const QStringList& now, const QStringList& then) {
    ASSERT_EQ(now.size(), then.size());
    for (int i = 0; i < now.size(); ++i)
      EXPECT_EQ(now[i].toStdString(), then[i].toStdString())
          << "line " << i << " after " << now[std::max(0, i - 1)].toStdString();
  }

  QTemporaryDir folder_;
  QString project_;
  Settings settings_;
  MainWindow window_;
};

// In English and of faces it is the sentence of the history and the command line.
TEST(DecisionWords, AreTheStoredSentenceInTheWordsOfTheKind) {
  const auto& faces = imaging::findGroupKind("");
  const auto& clips = imaging::findGroupKind("clip");
  const std::pair<const char*, const char*> sentences[] = {
      {"take back in: 1 image", "take back in: 1 clip"},
      {"leave out of templates: 2 images", "leave out of videos: 2 clips"},
      {"leave out of everything, mark wrong, tag a, b, untag c, note: 2 images",
       "leave out of everything, mark wrong, tag a, b, untag c, note: 2 clips"},
      {"move to ann %2 {sample}: 1 image", "move to ann %2 {sample}: 1 clip"},
      {"move back, mark right, clear note: 1 image", "move back, mark right, clear note: 1 clip"},
      {"mark unsure: 3 images", "mark unsure: 3 clips"},
      {"no verdict: 3 images", "no verdict: 3 clips"},
      {"marks of list.csv: 3 images", "marks of list.csv: 3 clips"},
      {"role train: 1 identity", "role train: 1 action"},
      {"role test: 2 identities", "role test: 2 actions"},
      {"role pool: 2 identities", "role pool: 2 actions"},
      {"exclude: 2 identities", "exclude: 2 actions"},
      {"take back in: 2 identities", "take back in: 2 actions"},
      {"merge ann %2 into bob", "merge ann %2 into bob"},
      {"take the merge of ann back", "take the merge of ann back"},
      {"different: ann and bob", "different: ann and bob"},
      {"unsure: ann and bob", "unsure: ann and bob"},
      {"no verdict: ann and bob", "no verdict: ann and bob"},
      {"turn around: 3 images", "turn around: 3 images"}};  // of another version
  for (const auto& [stored, ofClips] : sentences) {
    EXPECT_EQ(decisionWords(faces, stored).toStdString(), stored);
    EXPECT_EQ(decisionWords(clips, stored).toStdString(), ofClips);
  }
}

TEST_F(DecisionsTest, AKeyLeavesOutWhatIsChosenAndCtrlZBringsItBackEverywhere) {
  const QStringList before = told();
  click(1);
  click(3, Qt::ControlModifier);
  const QStringList chosen = told();
  key(Qt::Key_X);
  EXPECT_EQ(out(1), LeftOut::Templates);
  EXPECT_EQ(out(3), LeftOut::Templates);
  EXPECT_EQ(out(2), LeftOut::Nothing);
  const QStringList left = told();
  EXPECT_NE(left, chosen);
  click(1);
  key(Qt::Key_X, Qt::ShiftModifier);
  EXPECT_EQ(out(1), LeftOut::Everything);
  EXPECT_EQ(snapshot().who.identity[1], -1);
  const QStringList everything = told();
  step(QKeySequence::Undo);
  EXPECT_EQ(out(1), LeftOut::Templates);
  step(QKeySequence::Undo);
  EXPECT_EQ(out(1), LeftOut::Nothing);
  click(1);
  click(3, Qt::ControlModifier);
  expectSame(told(), chosen);
  step(QKeySequence::Redo);
  expectSame(told(), left);
  EXPECT_TRUE(Decisions::of(window_.session()).stack().canRedo());
  click(1);
  step(QKeySequence::Redo);
  EXPECT_EQ(out(1), LeftOut::Everything);
  expectSame(told(), everything);
  step(QKeySequence::Undo);
  step(QKeySequence::Undo);
  window_.session().select({}, -1);
  expectSame(told(), before);
}

TEST_F(DecisionsTest, EveryDecisionIsTakenBackAndMadeAgainEverywhere) {
  const int other = snapshot().samples[20].identity;
  const QString somebody = QString::fromStdString(snapshot().identities[std::size_t(other)].name);
  const auto asked = [this](const char* dialog, const QString& text, Qt::Key keys) {
    return [=, this] {
      answer(dialog, text);
      key(keys);
    };
  };
  const std::vector<std::pair<const char*, std::function<void()>>> decisions = {
      {"tag", asked("tag", "dark", Qt::Key_T)},
      {"note", asked("note", "her sister", Qt::Key_N)},
      {"right", [this] { key(Qt::Key_R); }},
      {"wrong", [this] { key(Qt::Key_W); }},
      {"unsure", [this] { key(Qt::Key_U); }},
      {"move", asked("moveTo", somebody, Qt::Key_M)},
      {"leave out", [this] { key(Qt::Key_X, Qt::ShiftModifier); }},
      {"exclude", [this] { chooseForIdentity(1, "Exclude "); }},
      {"role", [this] { chooseForIdentity(2, "Make "); }}};
  const auto seen = [this] {
    window_.session().select({1}, 1);
    return told();
  };
  std::vector<QStringList> states = {seen()};
  for (const auto& [name, decide] : decisions) {
    SCOPED_TRACE(name);
    const std::size_t before = snapshot().history.size();
    click(1);
    decide();
    ASSERT_EQ(snapshot().history.size(), before + 1);
    states.push_back(seen());
    EXPECT_NE(states.back(), states[states.size() - 2]) << "it is seen somewhere";
  }
  for (std::size_t i = decisions.size(); i-- > 0;) {
    SCOPED_TRACE(decisions[i].first);
    step(QKeySequence::Undo);
    expectSame(seen(), states[i]);
  }
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    SCOPED_TRACE(decisions[i].first);
    step(QKeySequence::Redo);
    expectSame(seen(), states[i + 1]);
  }
}

TEST_F(DecisionsTest, TheContextMenuActsOnTheSelection) {
  click(2);
  click(5, Qt::ControlModifier);
  const QPoint at = gallery().itemRect(gallery().positionOf(5)).center();
  testing::chooseInMenu(*gallery().viewport(), at,
                        [](const QAction& one) { return one.objectName() == "wrong"; });
  settle();
  EXPECT_EQ(snapshot().mark(2).verdict, Verdict::Wrong);
  EXPECT_EQ(snapshot().mark(5).verdict, Verdict::Wrong);
  auto* filter = window_.page("Data")->findChild<QLineEdit*>();
  filter->setText("verdict:wrong");
  settle();
  EXPECT_EQ(gallery().itemCount(), 2);
}

TEST_F(DecisionsTest, ImagesAreMovedTaggedAndNoted) {
  const int other = snapshot().samples[20].identity;
  const QString name = QString::fromStdString(snapshot().identities[static_cast<std::size_t>(other)].name);
  click(1);
  answer("moveTo", name);
  key(Qt::Key_M);
  EXPECT_EQ(snapshot().who.identity[1], other);
  click(1);
  answer("tag", "dark, profile");
  key(Qt::Key_T);
  EXPECT_EQ(snapshot().mark(1).tags, (std::vector<std::string>{"dark", "profile"}));
  click(1);
  answer("tag", "-dark");
  key(Qt::Key_T);
  EXPECT_EQ(snapshot().mark(1).tags, std::vector<std::string>{"profile"});
  click(1);
  answer("note", "her sister");
  key(Qt::Key_N);
  EXPECT_EQ(snapshot().mark(1).note, "her sister");
  auto* filter = window_.page("Data")->findChild<QLineEdit*>();
  filter->setText("note:sister tag:profile");
  settle();
  EXPECT_EQ(gallery().itemCount(), 1);
  filter->clear();
  settle();
  click(1);
  key(Qt::Key_M, Qt::ShiftModifier);
  EXPECT_EQ(snapshot().who.identity[1], 0);
}

TEST_F(DecisionsTest, TheHistoryIsTheProjectsWhoeverAddsToIt) {
  {
    auto elsewhere = project::openForDecisions(project_.toStdString());
    project::decide(elsewhere, analysis::markChange(elsewhere, {0}, {.verdict = Verdict::Right}));
  }
  ASSERT_TRUE(QTest::qWaitFor([&] { return snapshot().mark(0).verdict == Verdict::Right; }, kWait));
  QUndoStack& stack = Decisions::of(window_.session()).stack();
  EXPECT_EQ(stack.count(), 1);
  EXPECT_EQ(stack.undoText(), "mark right: 1 image");
  click(4);
  key(Qt::Key_U);
  EXPECT_EQ(stack.count(), 2);
  // The history's list goes back to the beginning with a double click.
  auto* history = window_.findChild<QUndoView*>();
  QTest::keySequence(&window_, QKeySequence("Ctrl+H"));
  ASSERT_TRUE(history->isVisible());
  const QPoint first = history->visualRect(history->model()->index(0, 0)).center();
  QTest::mouseClick(history->viewport(), Qt::LeftButton, {}, first);
  EXPECT_FALSE(snapshot().marks.empty()) << "one click alone takes nothing back";
  QTest::mouseDClick(history->viewport(), Qt::LeftButton, {}, first);
  settle();
  EXPECT_TRUE(snapshot().marks.empty());
  window_.session().close();
  EXPECT_EQ(stack.count(), 0);
  window_.openProject(project_);
  EXPECT_EQ(stack.count(), 2) << "it is there after a restart, too";
  EXPECT_TRUE(stack.canRedo());
  stack.redo();
  EXPECT_EQ(snapshot().mark(0).verdict, Verdict::Right);
}

TEST_F(DecisionsTest, WhatCannotBeIsSaidAndChangesNothing) {
  click(1);
  answer("moveTo", "nobody at all");
  key(Qt::Key_M);
  EXPECT_TRUE(window_.message().contains("no identity of that name")) << window_.message().toStdString();
  EXPECT_TRUE(snapshot().history.empty());
}

TEST_F(DecisionsTest, WhatBecameOldSaysSoAndOffersToBeMadeAgain) {
  auto* stale = window_.findChild<QToolButton*>("stale");
  EXPECT_FALSE(stale->isVisible());
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    auto table = writer.scores("dscore");
    table.decisions = project::decisionsToday(writer);
    writer.putScores(table);
  }
  window_.session().reload();
  settle();
  EXPECT_FALSE(stale->isVisible());
  click(1);
  key(Qt::Key_X, Qt::ShiftModifier);
  EXPECT_TRUE(stale->isVisible());
  EXPECT_TRUE(stale->toolTip().contains("scores dscore")) << stale->toolTip().toStdString();
  step(QKeySequence::Undo);
  EXPECT_FALSE(stale->isVisible());
}

TEST_F(DecisionsTest, AKeyDecidesNothingOnAPageWithoutImages) {
  click(1);
  window_.showPage("Report");
  testing::activate(window_);
  QTest::keyClick(window_.page("Report"), Qt::Key_X, Qt::ShiftModifier);
  QTest::keyClick(window_.page("Report"), Qt::Key_X);
  EXPECT_TRUE(snapshot().history.empty());
  window_.showPage("Data");
  settle();
  key(Qt::Key_X);
  EXPECT_EQ(out(1), LeftOut::Templates);
}

TEST_F(DecisionsTest, LettersThatAreTypedAreNoDecisions) {
  click(1);
  auto* filter = window_.page("Data")->findChild<QLineEdit*>();
  filter->setFocus();
  QTest::keyClicks(filter, "wxr");
  settle();
  EXPECT_EQ(filter->text(), "wxr");
  EXPECT_TRUE(snapshot().history.empty());
}

}  // namespace
}  // namespace discern::ui
