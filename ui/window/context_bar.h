// The tool bar: what is done most, and which tables every page looks at (the
// operating point's names), and which images they show. The corner's button has all of the point.
#pragma once

#include <QToolBar>

#include "ui/models/project/session.h"

class QComboBox;

namespace discern::ui {

class ContextBar : public QToolBar {
  Q_OBJECT

 public:
  ContextBar(Session& session, const QList<QAction*>& actions, QWidget* parent = nullptr);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QComboBox* addCombo(const QString& label, const QString& name, const QString& tooltip);
  void fill();

  Session& session_;
  QComboBox *scores_, *features_, *protocol_, *shown_;
};

}  // namespace discern::ui
