// The presets of an evaluation, as a choice that the operating point follows: everything measured at the
// point is measured so.
#pragma once

#include <QComboBox>

#include "ui/models/project/session.h"

namespace discern::ui {

class PointPreset : public QComboBox {
  Q_OBJECT

 public:
  explicit PointPreset(Session& session, QWidget* parent = nullptr);

 private:
  void use(int entry);
  void follow();

  Session& session_;
};

}  // namespace discern::ui
