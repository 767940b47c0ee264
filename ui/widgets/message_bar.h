// A sentence over the lower edge of the pages, which do not move. It covers what stands there, so it goes by
// itself: after some seconds, errors and offers after more; the mouse on it holds it.
#pragma once

#include <QFrame>
#include <functional>

class QLabel;
class QPushButton;
class QTimer;

namespace discern::ui {

class MessageBar : public QFrame {
  Q_OBJECT

 public:
  explicit MessageBar(QWidget* parent = nullptr);

  static constexpr int kShownMs = 8000, kLongMs = 30'000;

  void say(const QString& text, bool isError = false);  // errors stand out; empty: hides
  // With a button for what can be done about it. Says nothing while something else is said.
  void offer(const QString& text, const QString& button, std::function<void()> work);
  void withdraw(const QString& button);  // the offer with this button, if that is what is said
  QString text() const;                  // empty: nothing is said

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;  // the parent's size
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void stay(int milliseconds);
  void place();

  QLabel *icon_, *text_;
  QTimer* away_;
  std::function<void()> work_;  // that is offered
  QPushButton* offer_;
};

}  // namespace discern::ui
