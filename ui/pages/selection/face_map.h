// The faces in two dimensions, coloured by what a person asks for; grey where lambda does not keep them.
#pragma once

#include <QWidget>

#include "ui/models/images/sample_colours.h"
#include "ui/models/live/latest_task.h"
#include "ui/models/live/selection_source.h"
#include "ui/widgets/when_seen.h"

namespace discern::ui {

class MapBar;
class ScatterChart;
class TableSource;

class FaceMap : public QWidget {
  Q_OBJECT

 public:
  explicit FaceMap(Session& session, QWidget* parent = nullptr);
  ScatterChart& chart() { return *chart_; }
  bool busy() const { return task_.busy(); }
  QString valueOf(int sample) const;  // what its colour says; empty: it is not on the map

 signals:
  void inspectRequested(int sample);
  void chosen();    // by a hand on this map, or found by name: the session's selection
  void coloured();  // what valueOf() says is other now

 private:
  void connectAll();
  void showLayout();
  void showLambda();
  void showSelected();
  void askColours();
  void showColours();
  void find(const QString& name);
  QStringList complete(const QString& typed) const;
  int sampleOf(int dot) const;
  int dotOf(int sample) const;
  QString textOf(int dot) const;

  Session& session_;
  SelectionSource& source_;
  TableSource& table_;
  ScatterChart* chart_;
  MapBar* bar_;
  std::shared_ptr<const MapLayout> colouredLayout_;  // whose dots colours_ are
  SampleColours colours_;
  std::shared_ptr<const SampleTable> asked_;      // of which colours were asked for
  std::shared_ptr<const data::ScoreTable> read_;  // scores that the session does not hold
  LatestTask task_;
  WhenSeen layout_, lambda_, selected_, recolour_;
};

}  // namespace discern::ui
