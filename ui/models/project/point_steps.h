// Back to operating points that were left, and forth again. A step is where a hand left the point for a
// moment; steps are of this sitting. They are no decisions about images, so they have a line of their own:
// Ctrl+Z after a look along the threshold still takes the last decision back. No widgets.
#pragma once

#include <QObject>
#include <QTimer>
#include <vector>

#include "core/analysis/operating_point.h"

namespace discern::ui {

class Session;

class PointSteps : public QObject {
  Q_OBJECT

 public:
  // The one of a session, which owns it.
  static PointSteps& of(Session& session);

  const analysis::OperatingPoint* next(bool back) const;  // where the step leads; null: nowhere
  void step(bool back);

 signals:
  void changed();  // where steps lead

 private:
  explicit PointSteps(Session& session);
  void rest();  // the hand has left it

  Session& session_;
  analysis::OperatingPoint rested_;
  std::vector<analysis::OperatingPoint> earlier_, later_;  // the nearest last
  QTimer moving_;
  bool stepping_ = false;
};

}  // namespace discern::ui
