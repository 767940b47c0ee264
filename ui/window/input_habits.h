// What people expect of keys and the wheel in every widget of a window, and Qt does otherwise.
#pragma once

#include <QObject>

class QKeyEvent;

namespace discern::ui {

// Installed on the application:
// - the wheel over a box, spin or slider that has not the focus scrolls what it stands on, and changes
// nothing;
// - Up and Down step through the box or spin that has the focus, also where the page has them for something
// else;
// - Tab leaves a table, whose cells the arrows go through;
// - Enter presses the button that has the focus;
// - Escape in a field gives a number back what it was when the field was entered, and leaves the field; what
// holds the field hears of Escape only when pressed again. In a dialog it closes that, as ever;
// - Ctrl+C of a table copies the chosen rows with their heads, to be pasted into a spreadsheet;
// - Ctrl+E, Ctrl+H and Ctrl+K are the window's, in a line of text too.
class InputHabits : public QObject {
  Q_OBJECT

 public:
  static void install();  // once, however many windows there are

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  using QObject::QObject;
  bool keyPressed(QObject* object, QKeyEvent& key);
};

}  // namespace discern::ui
