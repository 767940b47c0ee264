// The faces that lambda discards beside as many lowest scores, and both rankings of every face as a chart.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/models/live/selection_source.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QLabel;

namespace discern::ui {

class ImageStrip;
class ScatterChart;

class RankingsPanel : public QWidget {
  Q_OBJECT

 public:
  explicit RankingsPanel(Session& session, QWidget* parent = nullptr);
  ScatterChart& chart() { return *chart_; }

 signals:
  void inspectRequested(int sample);

 private:
  QWidget* buildStrips();
  void connectAll();
  void showComparison();  // the dots
  void showLambda();      // the cursor and the strips
  void showStrips();
  void showSelected();

  Session& session_;
  SelectionSource& source_;
  std::vector<int> compared_;  // samples of the dots
  ScatterChart* chart_;
  QLabel* overlap_;
  QComboBox* ranking_;
  ImageStrip *byPath_ = nullptr, *byScore_ = nullptr;
  WhenSeen table_, comparison_, lambda_, selected_;
};

}  // namespace discern::ui
