// The faces in two dimensions: coloured by identity where lambda keeps them, grey where it does not.
#pragma once

#include <QWidget>

#include "ui/models/live/selection_source.h"
#include "ui/widgets/when_seen.h"

namespace discern::ui {

class ScatterChart;

class FaceMap : public QWidget {
  Q_OBJECT

 public:
  explicit FaceMap(Session& session, QWidget* parent = nullptr);
  ScatterChart& chart() { return *chart_; }

 signals:
  void inspectRequested(int sample);

 private:
  void showLayout();
  void showLambda();
  void showSelected();
  int sampleOf(int dot) const;

  Session& session_;
  SelectionSource& source_;
  ScatterChart* chart_;
  WhenSeen layout_, lambda_, selected_;
};

}  // namespace discern::ui
