#include "ui/models/live/job_watch.h"

#include <algorithm>

#include "ui/language/words.h"
#include "ui/models/project/session.h"

namespace discern::ui {

JobWatch::JobWatch(Session& session, JobRunner& runner, QStringList kinds, QObject* parent)
    : QObject(parent), session_(session), runner_(runner), kinds_(std::move(kinds)) {
  const auto tell = [this](int id) {
    if (isOurs(*runner_.find(id))) emit changed();
  };
  connect(&runner, &JobRunner::jobAdded, this, tell);
  connect(&runner, &JobRunner::jobChanged, this, tell);
  connect(&runner, &JobRunner::jobFinished, this, [this](int id) {
    const Job job = *runner_.find(id);  // a slot may add jobs, which moves them
    if (!isOurs(job)) return;
    emit finished(job);
    emit changed();
  });
  connect(&session, &Session::projectChanged, this, &JobWatch::changed);
}

bool JobWatch::isOurs(const Job& job) const {
  return kinds_.contains(job.name) && job.project == session_.folder();
}

std::vector<const Job*> JobWatch::unfinished() const {
  std::vector<const Job*> jobs;
  for (const Job& job : runner_.jobs())
    if (isOurs(job) && !job.isOver()) jobs.push_back(&job);
  std::ranges::stable_partition(jobs, [](const Job* job) { return job->state != Job::State::Waiting; });
  return jobs;
}

const Job* JobWatch::current() const {
  const auto jobs = unfinished();
  return jobs.empty() ? nullptr : jobs.front();
}

QString JobWatch::text() const {
  const Job* job = current();
  if (job == nullptr) return {};
  if (job->state == Job::State::Waiting) return tr("%1: waiting for another job").arg(job->name);
  if (job->state == Job::State::Stopping) return tr("%1: stopping").arg(job->name);
  QStringList parts{job->name + ": " + (job->stage.isEmpty() ? tr("starting") : engineText(job->stage))};
  if (job->steps > 0) parts << tr("step %1 of %2").arg(job->step).arg(job->steps);
  if (job->total > 0) parts << tr("%L1 of %L2").arg(job->done).arg(job->total);
  if (job->secondsLeft >= 0) parts << tr("%1 left").arg(durationText(job->secondsLeft));
  return parts.join(", ");
}

void JobWatch::cancel() {
  if (const Job* job = current()) runner_.cancel(job->id);
}

QString optionOf(const Job& job, const QString& option) {
  const auto at = job.options.indexOf(option);
  return at < 0 ? QString() : job.options.value(at + 1);
}

}  // namespace discern::ui
