// Small parts of the window, each alone.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QEnterEvent>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <functional>

#include "tests/ui/child.h"
#include "ui/models/project/counts.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/when_seen.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

TEST(ElidedLabel, EndsInDotsWhereThereIsNoRoomAndSaysTheWholeThen) {
  ElidedLabel label;
  label.setText("Person 00017  ·  a rather long name of a file of a picture_0001.jpg");
  const int whole = label.fontMetrics().horizontalAdvance(label.text());
  label.resize(whole + 40, 24);
  label.show();
  EXPECT_FALSE(label.isCut());
  label.resize(whole / 3, 24);
  EXPECT_TRUE(label.isCut());
  // Its end is seen, not only its beginning: what is painted is not the text's first part.
  const QImage cut = label.grab().toImage();
  QLabel plain(label.text());
  plain.resize(label.size());
  plain.show();
  EXPECT_NE(plain.grab().toImage(), cut);
  QLabel dots(label.fontMetrics().elidedText(label.text(), Qt::ElideMiddle, label.width()));
  dots.resize(label.size());
  dots.show();
  EXPECT_EQ(dots.grab().toImage(), cut);
}

TEST(WhenSeen, WorkIsDoneAtOnceWhileSeenAndOnceWhenShown) {
  QWidget widget;
  QStringList done;
  WhenSeen first(widget, [&] { done << "first"; });
  WhenSeen second(widget, [&] { done << "second"; });
  for (int i = 0; i < 50; ++i) second.ask();
  first.ask();
  EXPECT_TRUE(done.isEmpty());
  EXPECT_TRUE(first.isOwed() && second.isOwed());
  widget.show();
  EXPECT_EQ(done, (QStringList{"first", "second"})) << "in the order they were made, each once";
  second.ask();
  second.ask();
  EXPECT_EQ(done.size(), 4);
  widget.hide();
  first.ask();
  EXPECT_EQ(first.timesDone(), 1);
  first.catchUp();
  first.catchUp();
  EXPECT_EQ(first.timesDone(), 2) << "what reads a hidden widget has it brought up to date, once";
  widget.show();
  EXPECT_EQ(first.timesDone(), 2) << "nothing is owed";
}

TEST(WhenSeen, APartOfAHiddenPageIsNotSeen) {
  QWidget page;
  auto* part = new QWidget(&page);
  int done = 0;
  WhenSeen work(*part, [&] { ++done; });
  work.ask();
  part->show();
  EXPECT_EQ(done, 0) << "its page is not";
  page.show();
  EXPECT_EQ(done, 1);
}

TEST(MessageBar, SaysClosesAndTellsErrorsApart) {
  MessageBar bar;
  EXPECT_TRUE(bar.text().isEmpty());
  bar.say("All is well.");
  EXPECT_TRUE(bar.isVisible());
  EXPECT_FALSE(bar.property("error").toBool());
  EXPECT_EQ(child<QLabel>(bar, "messageText")->text(), "All is well.");
  QTest::mouseClick(child<QToolButton>(bar, "closeMessage"), Qt::LeftButton);
  EXPECT_FALSE(bar.isVisible());
  EXPECT_TRUE(bar.text().isEmpty());
  bar.say("It is not.", true);
  EXPECT_TRUE(bar.property("error").toBool());
  EXPECT_EQ(bar.text(), "It is not.");
  bar.say({});
  EXPECT_FALSE(bar.isVisible());
}

// Whatever it says, it covers the last rows of a table: so it goes by itself, unless somebody points at it.
TEST(MessageBar, GoesByItselfWhateverItSays) {
  QWidget window;
  window.resize(800, 400);
  MessageBar bar(&window);
  window.show();
  auto* clock = bar.findChild<QTimer*>();
  ASSERT_NE(clock, nullptr);
  const std::vector<std::function<void()>> kinds = {
      [&] { bar.say("All is well."); }, [&] { bar.say("It is not.", true); },
      [&] { bar.offer("Something can be done.", "Do it", [] {}); }};
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    bar.say({});
    kinds[kind]();
    ASSERT_TRUE(bar.isVisible()) << kind;
    ASSERT_TRUE(clock->isActive()) << kind;
    EXPECT_EQ(clock->interval(), kind == 0 ? MessageBar::kShownMs : MessageBar::kLongMs);
    QEnterEvent enter({5, 5}, {5, 5}, {5, 5});
    QCoreApplication::sendEvent(&bar, &enter);
    EXPECT_FALSE(clock->isActive()) << "it is being read";
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&bar, &leave);
    EXPECT_TRUE(clock->isActive());
    clock->setInterval(1);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !bar.isVisible(); }, kWait)) << kind;
  }
}

TEST(Combos, AreFilledWithoutASignalAndKeepTheChosen) {
  QComboBox combo;
  QSignalSpy changed(&combo, &QComboBox::currentIndexChanged);
  fillQuietly(&combo, {"a", "b", "c"}, "b");
  EXPECT_EQ(combo.currentText(), "b");
  EXPECT_TRUE(combo.isEnabled());
  fillQuietly(&combo, {}, "b");
  EXPECT_FALSE(combo.isEnabled());
  refill(&combo, {"x", "y"});
  combo.setCurrentIndex(1);
  changed.clear();
  refill(&combo, {"w", "x", "y"}, [](const QString& name) { return name.toUpper(); });
  EXPECT_EQ(combo.currentText(), "Y");
  EXPECT_EQ(combo.currentData().toString(), "y");
  EXPECT_TRUE(changed.isEmpty());
}

TEST(Counts, SayWhatIsCounted) {
  const data::Word image{"image", "images"};
  EXPECT_EQ(imageCounts(image, 1, 0), "1 image");
  EXPECT_EQ(imageCounts(image, 30, 0), "30 images");
  EXPECT_EQ(imageCounts({"clip", "clips"}, 30, 0), "30 clips");
  EXPECT_EQ(imageCounts(image, 30, 1), "30 originals and 1 degraded copy");
  EXPECT_EQ(imageCounts(image, 1, 12), "1 original and 12 degraded copies");
  analysis::Totals totals;
  EXPECT_EQ(identityCounts(totals), "no identities");
  totals.all.identities = totals.test.identities = 1;
  EXPECT_EQ(identityCounts(totals), "1 test identity");
  totals.train.identities = 32;
  totals.pool.identities = 47;
  totals.all.identities = 80;
  EXPECT_EQ(identityCounts(totals), "32 training, 1 test and 47 pool identities");
}

}  // namespace
}  // namespace discern::ui
