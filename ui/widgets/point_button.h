// The operating point in the tool bar of every page: what it is, and all of it to change in one place.
#pragma once

#include <QToolButton>

#include "ui/models/project/session.h"

class QComboBox;
class QDoubleSpinBox;

namespace discern::ui {

// The false accept rates that are offered.
inline constexpr double kFars[] = {1e-4, 1e-3, 1e-2, 1e-1};

class PointButton : public QToolButton {
  Q_OBJECT

 public:
  explicit PointButton(Session& session, QWidget* parent = nullptr);
  // A menu bar asks its corner once: wide enough for any point.
  QSize sizeHint() const override;
  // Back to the previous point, and forth again: for a menu of the window.
  QList<QAction*> steps() const { return {back_, again_}; }

 private:
  QWidget* buildForm();
  QComboBox* addCombo(class QFormLayout* form, const QString& label, const QString& name,
                      const QString& tooltip);
  QAction* addStep(const char* name, const QString& text, const QKeySequence& keys, bool back);
  void showSteps();
  void showText();  // a hand on the threshold's slider calls for it: no more than that
  void showForm();  // when it is opened, and while it is
  void take();      // what the form says becomes the point, as a whole

  Session& session_;
  QAction *back_ = nullptr, *again_ = nullptr;
  QComboBox *scores_ = nullptr, *weights_ = nullptr, *features_ = nullptr, *protocol_ = nullptr,
            *rescale_ = nullptr, *lengths_ = nullptr, *far_ = nullptr;
  QDoubleSpinBox* threshold_ = nullptr;
};

}  // namespace discern::ui
