// A hand on a slider concerns every page, and one of them is seen: the others do nothing until they are.
#pragma once

#include <QObject>
#include <functional>

class QWidget;

namespace discern::ui {

// One piece of work of a widget. Asked for while the widget is shown it is done at once; else it is owed,
// once however often it was asked for, and done when the widget is shown, or by catchUp().
class WhenSeen : public QObject {
  Q_OBJECT

 public:
  WhenSeen(QWidget& widget, std::function<void()> work);

  void ask();
  void catchUp();  // for who reads what nobody sees, such as an export
  bool isOwed() const { return owed_; }
  int timesDone() const { return done_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget& widget_;
  std::function<void()> work_;
  bool owed_ = false;
  int done_ = 0;
};

}  // namespace discern::ui
