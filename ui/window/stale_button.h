// At the foot of the window while something in the project is old: what it is, and makes it again.
#pragma once

#include <QToolButton>
#include <vector>

#include "core/project/contents.h"
#include "ui/models/live/latest_task.h"

namespace discern::ui {

class Session;

class StaleButton : public QToolButton {
  Q_OBJECT

 public:
  explicit StaleButton(Session& session, QWidget* parent = nullptr);

  const std::vector<project::Stale>& stale() const { return stale_; }

 signals:
  void againRequested();

 private:
  void follow();
  void show(std::vector<project::Stale> stale);

  Session& session_;
  std::vector<project::Stale> stale_;
  LatestTask task_;  // of a large project
};

}  // namespace discern::ui
