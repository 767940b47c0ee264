// Finding the parts of a page by their object names.
#pragma once

#include <gtest/gtest.h>

#include <QApplication>
#include <QTest>
#include <QWidget>

namespace discern::ui::testing {

// Milliseconds for what happens off the window's thread. Only what never comes takes that
// long, however busy the machine is.
constexpr int kWait = 300'000;

template <typename T>
T* child(QWidget& parent, const char* name) {
  T* found = parent.findChild<T*>(name);
  EXPECT_NE(found, nullptr) << name;
  return found;
}

// The window that keys go to, as a click on it makes it; Qt 6.5 has another name for that.
inline void activate(QWidget& window) {
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
  QApplication::setActiveWindow(&window);
#else
  window.activateWindow();
  EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
#endif
}

}  // namespace discern::ui::testing
