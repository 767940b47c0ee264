// The faces that lambda discards, each with the lambda from which it is kept.
#pragma once

#include <QWidget>

#include "ui/models/live/selection_source.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QLabel;

namespace discern::ui {

class GalleryView;

class DiscardedPanel : public QWidget {
  Q_OBJECT

 public:
  explicit DiscardedPanel(Session& session, QWidget* parent = nullptr);

 signals:
  void inspectRequested(int sample);

 private:
  void showDiscarded();

  Session& session_;
  SelectionSource& source_;
  QLabel* text_;
  QComboBox* order_;
  GalleryView* gallery_;
  WhenSeen discarded_, table_;
};

}  // namespace discern::ui
