// A context menu as a hand uses it.
#pragma once

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QTest>
#include <QTimer>
#include <QWidget>
#include <functional>

namespace discern::ui::testing {

// Opens the menu over that pixel of the widget, and takes the first entry that is `wanted`, if it can be
// used.
inline void chooseInMenu(QWidget& widget, const QPoint& at,
                         const std::function<bool(const QAction&)>& wanted) {
  bool done = false;
  QTimer::singleShot(0, &widget, [&] {
    done = true;
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    ASSERT_NE(menu, nullptr);
    for (QAction* action : menu->actions())
      if (wanted(*action)) {
        EXPECT_TRUE(action->isEnabled()) << action->text().toStdString();
        menu->setActiveAction(action);
        QTest::keyClick(menu, Qt::Key_Return);
        menu->close();
        return;
      }
    menu->close();
    ADD_FAILURE() << "no such entry";
  });
  QContextMenuEvent event(QContextMenuEvent::Mouse, at, widget.mapToGlobal(at));
  QApplication::sendEvent(&widget, &event);
  ASSERT_TRUE(QTest::qWaitFor([&] { return done; }, 60'000));
}

}  // namespace discern::ui::testing
