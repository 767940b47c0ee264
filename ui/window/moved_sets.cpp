#include "ui/window/moved_sets.h"

#include <utility>

#include "ui/models/project/contents_list.h"

namespace discern::ui {

MovedSets::MovedSets(Session& session, JobRunner& runner, QObject* parent)
    : QObject(parent), session_(session) {
  connect(&session_, &Session::projectChanged, this, &MovedSets::look);
  connect(&runner, &JobRunner::jobFinished, this, [this, &runner](int id) {
    const Job* job = runner.find(id);
    if (job->project != session_.folder() || job->state != Job::State::Done) return;
    if (!QStringList{"import", "refresh", "repoint", "rename", "remove"}.contains(job->name)) return;
    owed_ = true;  // the window may know what the job did already, or only soon
    look();
  });
  connect(&session_, &Session::snapshotChanged, this, [this] {
    if (std::exchange(owed_, false)) look();
  });
}

void MovedSets::look() {
  set_.clear();
  task_.cancel();
  if (!session_.isOpen()) return emit none();
  // A drive that does not answer keeps a worker waiting, not the window.
  task_.run([snapshot = session_.snapshot()](const LatestTask::Stopped&) { return missingSets(*snapshot); },
            [this](const std::vector<std::pair<QString, QString>>& missing) {
              if (missing.empty()) return emit none();
              set_ = missing.front().first;
              emit found(set_, missing.front().second);
            });
}

}  // namespace discern::ui
