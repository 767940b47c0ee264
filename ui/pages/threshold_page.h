// One handle for "what can I drop?": as a score, a percentile,
// a share kept and a compute budget, with accuracy live.
#pragma once

#include <vector>

#include "core/sweep/sweep.h"
#include "ui/models/live/threshold_worker.h"
#include "ui/models/project/snapshot.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QButtonGroup;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;
class QStackedWidget;

namespace discern::ui {

class EmptyState;
class HistogramChart;
class LineChart;

inline constexpr char kComputeTip[] = QT_TRANSLATE_NOOP(
    "discern::ui::ThresholdPage", "What is computed, against running the base model on every {sample}.");

class ThresholdPage : public Page {
  Q_OBJECT

 public:
  explicit ThresholdPage(Session& session, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Threshold"); }
  QString iconName() const override { return "threshold"; }
  std::vector<Chart*> charts() override;
  bool settled() const override { return !worker_.isBusy(); }

 private:
  using Point = sweep::ThresholdEvaluator::Point;
  bool supported() const;
  void say(QLabel& label, QString sentence) const;  // in which there is a TAR at the point's FAR

  struct Tile {
    QLabel *value = nullptr, *note = nullptr;
  };

  // threshold_panels.cpp: the pieces of the page
  QWidget* buildTiles();
  QWidget* buildControls();
  QWidget* buildCharts();
  QWidget* buildHandle();
  QWidget* buildTarget();
  Tile addTile(QWidget* row, const QString& title, const QString& name);

  void reload();  // scores, features or protocol moved
  void clearCharts();
  void showEmpty();  // says what is missing
  void ask();
  void showReadings();
  void useNearest(double score);  // that still changes what is kept
  void showLoaded(const ProtocolPtr& protocol, const std::vector<float>& sorted,
                  const std::vector<float>& leaving);
  void showPoint(const Point& point);
  void showCurve(const std::vector<Point>& points, bool complete);
  void showProposal(const std::shared_ptr<const ThresholdProposal>& proposal);
  void useProposal();
  sweep::Target target() const;
  void seekTarget();
  void showTarget(const std::shared_ptr<const ThresholdAnswer>& answer);
  void showWithout();    // what is accepted with every image
  void showWeighting();  // the radio buttons and the FAR, as the operating point has them
  void showHistogram(const data::Protocol& protocol);
  sweep::ThresholdEvaluator::Options options() const;
  evaluation::CostModel spent() const;  // cost_, and what tells the weights where others weigh

  ThresholdWorker worker_;
  WhenSeen reload_, shown_, follow_;  // shown_: the switch of originals and copies; follow_: the threshold
  ThresholdInputs inputs_;
  QString featuresMade_;        // when the feature table was written
  evaluation::CostModel cost_;  // of the base model and what tells the scores
  std::vector<float> sorted_;   // scores of the protocol's samples, ascending
  ProtocolPtr loaded_;          // that the worker compares; null: none
  std::vector<float> leaving_;  // where each of them is dropped: a template never loses its best image
  std::vector<Point> curve_;
  std::shared_ptr<const ThresholdProposal> proposal_;  // null: none
  bool sought_ = false;                                // and it is known that there is none
  sweep::ThresholdEvaluator::Options asked_;           // what the proposal is for
  qint64 templates_ = 0, impostors_ = 0;               // of the protocol that the worker compares
  QString missingJob_;                                 // that the empty state offers

  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  QSlider* slider_ = nullptr;
  QDoubleSpinBox *score_ = nullptr, *percentile_ = nullptr, *kept_ = nullptr, *compute_ = nullptr;
  QPushButton* useKnee_ = nullptr;
  QLabel *weighedBy_ = nullptr, *needsLabels_ = nullptr, *kneeText_ = nullptr, *counts_ = nullptr;
  QButtonGroup* rescale_ = nullptr;
  QComboBox *far_ = nullptr, *targetKind_ = nullptr;
  QDoubleSpinBox* targetValue_ = nullptr;
  QLabel* targetText_ = nullptr;
  Tile tar_, keptTile_, computeTile_, time_;
  HistogramChart* histogram_ = nullptr;
  LineChart *tarChart_ = nullptr, *costChart_ = nullptr;
};

}  // namespace discern::ui
