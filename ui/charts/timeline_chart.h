// Scores along a video: what is kept, what is dropped, and the place that is looked at.
#pragma once

#include <optional>

#include "ui/charts/line_chart.h"

namespace discern::ui {

struct TimelineDot {
  double time = 0, seconds = 0;  // from .. on, of a frame 0
  double score = 0;              // NaN: it is not drawn
  bool kept = false;
};

class TimelineChart : public LineChart {
  Q_OBJECT

 public:
  explicit TimelineChart(const QString& name, QWidget* parent = nullptr);

  // dots: ascending by time; end: of the video; threshold: of the operating point, NaN: none.
  void setDots(const std::vector<TimelineDot>& dots, double end, double threshold);

 signals:
  void pointedAt(double time);  // the mouse is over that place
  void pointedAway();
  void clicked(double time);

 protected:
  void hoverAt(const QPointF& pixel) override;
  void hoverEnd() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  std::optional<QPointF> pressed_;
  bool pointed_ = false;
};

}  // namespace discern::ui
