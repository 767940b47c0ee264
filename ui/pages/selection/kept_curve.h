// How many faces each lambda keeps, of all and of the chosen identities; its cursor is a handle of lambda.
#pragma once

#include <QWidget>

#include "ui/models/live/selection_source.h"
#include "ui/widgets/when_seen.h"

class QComboBox;

namespace discern::ui {

class LineChart;
class TableSource;

class KeptCurve : public QWidget {
  Q_OBJECT

 public:
  explicit KeptCurve(Session& session, QWidget* parent = nullptr);
  LineChart& chart() { return *chart_; }

 private:
  void showCurve();
  void showLambda();
  double scale() const;  // of the axis: 1, or by the number of other centroids

  Session& session_;
  SelectionSource& source_;
  TableSource& table_;
  LineChart* chart_;
  QComboBox *axis_, *measure_;
  WhenSeen curve_, lambda_;
};

}  // namespace discern::ui
