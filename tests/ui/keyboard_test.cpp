// Everything by keys: what takes the focus has a name, and Tab goes through all of it and comes back.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <map>
#include <set>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/main_window.h"
#include "ui/pages/page.h"

namespace discern::ui {
namespace {

using testing::kWait;

// A part of a composed widget, or what only scrolls.
bool isPart(const QWidget& widget) {
  if (widget.objectName().startsWith("qt_")) return true;
  if (widget.inherits("QComboBoxListView") || qobject_cast<const QScrollArea*>(&widget) ||
      qobject_cast<const QTabBar*>(&widget))
    return true;
  const QWidget* parent = widget.parentWidget();
  return qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent) ||
         qobject_cast<const QLineEdit*>(parent) || widget.focusProxy() != nullptr;
}

// The arrows go through a group of them; Tab comes to the one that is on.
bool isOtherRadio(const QWidget& widget) {
  const auto* radio = qobject_cast<const QRadioButton*>(&widget);
  return radio != nullptr && !radio->isChecked();
}

QString nameOf(const QWidget& widget) {
  if (!widget.accessibleName().isEmpty()) return widget.accessibleName();
  if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) return button->text();
  for (const QLabel* label : widget.window()->findChildren<QLabel*>())
    if (label->buddy() == &widget) return label->text();
  return {};
}

class KeyboardTest : public ::testing::Test {
 protected:
  KeyboardTest() {
    testing::makePlantedProject(folder_.filePath("p.discern").toStdString());
    window_.runner().setCommand({"/bin/false"});
    window_.resize(1280, 800);
    window_.show();
    window_.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&window_, kWait));
    window_.openProject(folder_.filePath("p.discern"));
    window_.session().select({0}, 0);
    window_.waitSettled();
  }

  QTemporaryDir folder_;
  Settings settings_{folder_.filePath("settings.ini")};
  MainWindow window_{settings_};
};

TEST_F(KeyboardTest, EveryWidgetThatTakesTheFocusHasAName) {
  for (const QString& title : window_.pageTitles()) {
    window_.showPage(title);
    ASSERT_TRUE(window_.waitSettled());
    for (const QWidget* widget : window_.page(title)->findChildren<QWidget*>()) {
      if (!(widget->focusPolicy() & Qt::TabFocus) || isPart(*widget) || widget->isHidden()) continue;
      EXPECT_FALSE(nameOf(*widget).isEmpty())
          << title.toStdString() << ": " << widget->metaObject()->className() << ' '
          << widget->objectName().toStdString();
    }
  }
}

TEST_F(KeyboardTest, TabGoesThroughEveryPageAndComesBack) {
  for (const QString& title : window_.pageTitles()) {
    window_.showPage(title);
    ASSERT_TRUE(window_.waitSettled());
    Page& page = *window_.page(title);
    std::set<const QWidget*> missing;
    for (const QWidget* widget : page.findChildren<QWidget*>())
      if ((widget->focusPolicy() & Qt::TabFocus) && !isPart(*widget) && widget->isVisible() &&
          widget->isEnabled() && !isOtherRadio(*widget))
        missing.insert(widget);
    QWidget* first = nullptr;
    bool back = false;
    for (int step = 0; step < 400 && !back; ++step) {
      QTest::keyClick(window_.focusWidget() != nullptr ? window_.focusWidget() : &window_, Qt::Key_Tab);
      QWidget* now = QApplication::focusWidget();
      ASSERT_NE(now, nullptr) << title.toStdString();
      for (const QWidget* at = now; at != nullptr; at = at->parentWidget()) missing.erase(at);
      back = now == first;
      if (first == nullptr) first = now;
    }
    EXPECT_TRUE(back) << title.toStdString();
    for (const QWidget* widget : missing)
      ADD_FAILURE() << title.toStdString() << ": Tab passes " << widget->metaObject()->className() << ' '
                    << widget->objectName().toStdString();
  }
}

TEST_F(KeyboardTest, EscapeLeavesAFieldBeforeItLeavesThePage) {
  window_.showPage("Data");
  window_.showPage("Threshold");
  ASSERT_TRUE(window_.waitSettled());
  const double before = window_.session().threshold();
  auto* score = testing::child<QAbstractSpinBox>(*window_.page("Threshold"), "scoreReading");
  score->setFocus();
  QTest::keyClick(score, Qt::Key_Up);
  ASSERT_NE(window_.session().threshold(), before);
  QTest::keyClick(score, Qt::Key_Escape);
  EXPECT_NEAR(window_.session().threshold(), before, 0.5e-4) << "to the digits of the field";
  EXPECT_FALSE(score->hasFocus());
  EXPECT_TRUE(window_.page("Threshold")->isVisible());
  ASSERT_NE(QApplication::focusWidget(), nullptr);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
  EXPECT_TRUE(window_.page("Data")->isVisible());
}

TEST_F(KeyboardTest, NoKeyIsGivenTwice) {
  std::map<QString, QString> taken;
  for (const QAction* action : window_.findChildren<QAction*>())
    for (const QKeySequence& keys : action->shortcuts()) {
      if (keys.isEmpty()) continue;
      const auto [at, isNew] = taken.emplace(keys.toString(), action->text());
      EXPECT_TRUE(isNew) << keys.toString().toStdString() << ": " << at->second.toStdString() << " and "
                         << action->text().toStdString();
    }
}

}  // namespace
}  // namespace discern::ui
