// What was lassoed, clicked or found on the map, as pictures. One of them can be chosen without losing the
// others.
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "ui/models/live/selection_source.h"
#include "ui/widgets/when_seen.h"

class QLabel;

namespace discern::ui {

class GalleryView;

class ChosenPanel : public QWidget {
  Q_OBJECT

 public:
  // caption: under each.
  ChosenPanel(Session& session, std::function<QString(int sample)> caption, QWidget* parent = nullptr);

  void hold();       // what the session has chosen, all of it
  void recaption();  // captions are other now
  std::size_t held() const { return held_.size(); }

 signals:
  void inspectRequested(int sample);

 private:
  void follow();  // the session's selection; what is part of what is held changes nothing
  void show();

  Session& session_;
  SelectionSource& source_;
  std::vector<int> held_;  // ascending
  std::function<QString(int)> caption_;
  QLabel* text_;
  GalleryView* gallery_;
  WhenSeen show_, table_;
};

}  // namespace discern::ui
