// A sentence above the pages until it is closed.
#pragma once

#include <QFrame>

class QLabel;

namespace discern::ui {

class MessageBar : public QFrame {
  Q_OBJECT

 public:
  explicit MessageBar(QWidget* parent = nullptr);

  void say(const QString& text, bool isError = false);  // errors stand out; empty: hides
  QString text() const;                                 // empty: nothing is said

 private:
  QLabel *icon_, *text_;
};

}  // namespace discern::ui
