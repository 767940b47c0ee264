// Keys and the wheel, as people expect them everywhere.
#include "ui/window/input_habits.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalSpy>
#include <QSlider>
#include <QTableWidget>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "tests/ui/child.h"

namespace discern::ui {
namespace {

class InputHabitsTest : public ::testing::Test {
 protected:
  InputHabitsTest() {
    InputHabits::install();
    auto* inside = new QWidget;
    auto* layout = new QVBoxLayout(inside);
    combo_ = new QComboBox;
    combo_->addItems({"a", "b", "c"});
    combo_->setCurrentIndex(1);
    spin_ = new QDoubleSpinBox;
    spin_->setValue(5);
    slider_ = new QSlider(Qt::Horizontal);
    slider_->setValue(50);
    button_ = new QPushButton("Press");
    line_ = new QLineEdit;
    table_ = new QTableWidget(3, 3);
    table_->setHorizontalHeaderLabels({"name", "score", "hidden"});
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 3; ++column)
        table_->setItem(row, column, new QTableWidgetItem(QString("%1%2").arg(row).arg(column)));
    table_->setColumnHidden(2, true);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (QWidget* widget : std::initializer_list<QWidget*>{combo_, spin_, slider_, button_, line_, table_})
      layout->addWidget(widget);
    inside->setMinimumHeight(1500);
    area_.setWidget(inside);
    area_.setWidgetResizable(true);
    area_.resize(400, 300);
    area_.show();
    testing::activate(area_);
    line_->setFocus();
  }
  static void wheel(QWidget* widget) {
    const QPointF at = widget->rect().center();
    QWheelEvent event(at, widget->mapToGlobal(at), {}, {0, -120}, {}, {}, Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&event);  // others do not go on to the parent
    qApp->notify(widget, &event);
  }

  QScrollArea area_;
  QComboBox* combo_;
  QDoubleSpinBox* spin_;
  QSlider* slider_;
  QPushButton* button_;
  QLineEdit* line_;
  QTableWidget* table_;
};

TEST_F(InputHabitsTest, TheWheelChangesNothingThatHasNoFocusAndScrollsThePage) {
  for (QWidget* widget : std::initializer_list<QWidget*>{combo_, spin_, slider_}) {
    area_.verticalScrollBar()->setValue(0);
    wheel(widget);
    EXPECT_GT(area_.verticalScrollBar()->value(), 0) << widget->metaObject()->className();
  }
  EXPECT_EQ(combo_->currentIndex(), 1);
  EXPECT_EQ(spin_->value(), 5);
  EXPECT_EQ(slider_->value(), 50);
  spin_->setFocus();
  wheel(spin_);
  EXPECT_EQ(spin_->value(), 4) << "who has the focus is meant";
  combo_->setFocus();
  wheel(combo_);
  EXPECT_EQ(combo_->currentIndex(), 2);
}

TEST_F(InputHabitsTest, ArrowsAreOfTheBoxOrSpinThatHasTheFocus) {
  QShortcut shortcut(QKeySequence(Qt::Key_Down), &area_);
  QSignalSpy steps(&shortcut, &QShortcut::activated);
  combo_->setFocus();
  QTest::keyClick(combo_, Qt::Key_Down);
  EXPECT_EQ(combo_->currentIndex(), 2);
  spin_->setFocus();
  QTest::keyClick(spin_, Qt::Key_Down);
  EXPECT_EQ(spin_->value(), 4);
  EXPECT_EQ(steps.count(), 0);
  button_->setFocus();
  QTest::keyClick(button_, Qt::Key_Down);
  EXPECT_EQ(steps.count(), 1) << "elsewhere they are the page's";
}

TEST_F(InputHabitsTest, EnterPressesTheButtonThatHasTheFocus) {
  QSignalSpy pressed(button_, &QPushButton::clicked);
  button_->setFocus();
  QTest::keyClick(button_, Qt::Key_Return);
  QTest::keyClick(button_, Qt::Key_Enter);
  EXPECT_EQ(pressed.count(), 2);
}

TEST_F(InputHabitsTest, EscapeGivesANumberBackAndLeavesItsField) {
  spin_->setFocus();
  QTest::keyClicks(spin_, "7");
  QTest::keyClick(spin_, Qt::Key_Up);
  ASSERT_NE(spin_->value(), 5);
  QTest::keyClick(spin_, Qt::Key_Escape);
  EXPECT_EQ(spin_->value(), 5);
  EXPECT_EQ(spin_->text(), "5.00");
  EXPECT_FALSE(spin_->hasFocus());
  spin_->setFocus();
  QTest::keyClick(spin_, Qt::Key_Down);
  QTest::keyClick(spin_, Qt::Key_Return);
  QTest::qWait(1);
  QTest::keyClick(spin_, Qt::Key_Down);
  QTest::keyClick(spin_, Qt::Key_Escape);
  EXPECT_EQ(spin_->value(), 4) << "what Enter took stays";
  line_->setFocus();
  line_->setText("text");
  QTest::keyClick(line_, Qt::Key_Escape);
  EXPECT_FALSE(line_->hasFocus());
  EXPECT_EQ(line_->text(), "text");
}

TEST_F(InputHabitsTest, ATableIsCopiedByRowsWithItsHeads) {
  table_->selectRow(0);
  table_->selectionModel()->select(table_->model()->index(2, 0),
                                   QItemSelectionModel::Select | QItemSelectionModel::Rows);
  table_->setFocus();
  QTest::keySequence(table_, QKeySequence::Copy);
  EXPECT_EQ(QGuiApplication::clipboard()->text(), "name\tscore\n00\t01\n20\t21\n");
}

TEST_F(InputHabitsTest, TabLeavesATable) {
  table_->setFocus();
  table_->setCurrentCell(0, 0);
  QTest::keyClick(table_, Qt::Key_Tab);
  EXPECT_FALSE(table_->hasFocus());
  EXPECT_EQ(table_->currentColumn(), 0);
}

TEST_F(InputHabitsTest, TheWindowsKeysAreItsOwnInALineOfTextToo) {
  QShortcut keys(QKeySequence("Ctrl+E"), &area_);
  QSignalSpy pressed(&keys, &QShortcut::activated);
  line_->setFocus();
  line_->setText("text");
  QTest::keySequence(line_, QKeySequence("Ctrl+E"));
  EXPECT_EQ(pressed.count(), 1);
}

}  // namespace
}  // namespace discern::ui
