// In the tool bar while something in the project is old: what it is, and makes it again.
#pragma once

#include <QToolButton>
#include <vector>

#include "core/project/contents.h"

class QAction;

namespace discern::ui {

class Session;

class StaleButton : public QToolButton {
  Q_OBJECT

 public:
  explicit StaleButton(Session& session, QWidget* parent = nullptr);

  // The tool bar's handle on it, which hides it.
  void setHandle(QAction* handle);
  const std::vector<project::Stale>& stale() const { return stale_; }

 signals:
  void againRequested();

 private:
  void follow();

  Session& session_;
  QAction* handle_ = nullptr;
  std::vector<project::Stale> stale_;
};

}  // namespace discern::ui
