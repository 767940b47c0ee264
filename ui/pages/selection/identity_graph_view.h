// One identity as the graph that selection cuts (SKD, figure 4): its faces with their pictures, the weights
// of their pairs as lines, how much each is like the centroids of all others, and the cut at the lambda that
// is looked at. It shows the identity of the current image, else the one that lambda splits most evenly.
#pragma once

#include <QPointF>
#include <QWidget>
#include <vector>

#include "core/selection/identity_graph.h"
#include "ui/models/live/latest_task.h"
#include "ui/models/live/selection_source.h"
#include "ui/widgets/when_seen.h"

namespace discern::ui {

class IdentityGraphView : public QWidget {
  Q_OBJECT

 public:
  static constexpr int kMostFaces = 40;  // of larger identities those whose lambdas are nearest

  explicit IdentityGraphView(Session& session, QWidget* parent = nullptr);

  int identity() const { return identity_; }  // that is shown; -1: none
  const selection::IdentityGraph& graph() const { return graph_; }
  bool busy() const { return task_.busy(); }
  QPointF placeOf(int node) const;  // the middle of its picture

 signals:
  void inspectRequested(int sample);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  bool event(QEvent* event) override;  // tool tips
  QSize minimumSizeHint() const override { return {320, 200}; }

 private:
  void load();
  int identityToShow() const;
  int nodeAt(QPointF place) const;
  QPointF centroidsPlace() const;
  QString textOf(int node) const;

  Session& session_;
  SelectionSource& source_;
  int identity_ = -1;
  int faces_ = 0;  // of the identity; more than the graph's where only some are shown
  qint64 centers_ = 0;
  selection::IdentityGraph graph_;
  LatestTask task_;
  WhenSeen load_;
};

}  // namespace discern::ui
