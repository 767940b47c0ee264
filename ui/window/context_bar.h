// Which tables every page looks at, in the tool bar: the
// operating point's names. The corner's button has all of it.
#pragma once

#include <QWidget>

#include "ui/models/project/session.h"

class QComboBox;
class QHBoxLayout;

namespace discern::ui {

class ContextBar : public QWidget {
  Q_OBJECT

 public:
  explicit ContextBar(Session& session, QWidget* parent = nullptr);

 private:
  QComboBox* add(QHBoxLayout* row, const QString& label, const QString& name, const QString& tooltip);
  void fill();

  Session& session_;
  QComboBox *scores_, *features_, *protocol_;
};

}  // namespace discern::ui
