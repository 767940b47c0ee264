// The session's samples and scores as one SampleTable, made once for all pages and off the window's thread.
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "ui/models/images/sample_table.h"
#include "ui/models/live/latest_task.h"

namespace discern::ui {

class TableSource : public QObject {
  Q_OBJECT

 public:
  // The one that all pages of a session share.
  static TableSource& of(Session& session);

  std::shared_ptr<const SampleTable> table() const { return table_; }
  // The table as of the session's threshold, soon: asked for by who shows it. Samples and scores are followed
  // without being asked.
  void followThreshold();
  bool busy() const { return timer_.isActive() || task_.busy(); }

 signals:
  void changed();  // other samples, scores, threshold, or others of them are shown

 private:
  explicit TableSource(Session& session);
  void rebuild();

  Session& session_;
  std::shared_ptr<const SampleTable> table_ = std::make_shared<const SampleTable>();
  QTimer timer_;  // several signals of the session make one table
  LatestTask task_;
  int asked_ = 0, made_ = 0;  // how often more than the threshold changed, and which of it is in the table
};

}  // namespace discern::ui
