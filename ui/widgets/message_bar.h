// A sentence above the pages until it is closed.
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace discern::ui {

class MessageBar : public QFrame {
  Q_OBJECT

 public:
  explicit MessageBar(QWidget* parent = nullptr);

  void say(const QString& text, bool isError = false);  // errors stand out; empty: hides
  // With a button for what can be done about it. Says nothing while something else is said.
  void offer(const QString& text, const QString& button);
  void withdraw();       // what is offered, if that is what is said
  QString text() const;  // empty: nothing is said

 signals:
  void taken();  // what was offered

 private:
  QLabel *icon_, *text_;
  QPushButton* offer_;
};

}  // namespace discern::ui
