// The threads for work off the window's thread. Not Qt's own pool: painting shares that one, so that the
// window would wait for a long piece of work before it could draw a picture.
#pragma once

#include <QCoreApplication>
#include <QThreadPool>

namespace discern::ui {

inline QThreadPool& workers() {
  static QThreadPool pool;
  // Before the application goes: what they answer is posted to it.
  [[maybe_unused]] static const bool isAwaited = [] {
    qAddPostRoutine([] { pool.waitForDone(); });
    return true;
  }();
  return pool;
}

}  // namespace discern::ui
