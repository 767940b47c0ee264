// One lambda as a slider, as the paper writes it, per other identity, and as a share kept.
#pragma once

#include <QGroupBox>

#include "ui/models/live/selection_source.h"
#include "ui/widgets/when_seen.h"

class QDoubleSpinBox;
class QLabel;
class QSlider;

namespace discern::ui {

class LambdaBox : public QGroupBox {
  Q_OBJECT

 public:
  explicit LambdaBox(Session& session, QWidget* parent = nullptr);

 private:
  void showLambda();

  Session& session_;
  SelectionSource& source_;
  QSlider* slider_;
  QDoubleSpinBox *raw_, *normalised_, *share_;
  QLabel* kept_;
  WhenSeen show_;
};

}  // namespace discern::ui
