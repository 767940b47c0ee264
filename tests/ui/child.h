// Finding the parts of a page by their object names.
#pragma once

#include <gtest/gtest.h>

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

}  // namespace discern::ui::testing
