#include "ui/jobs/job.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/run_times.h"
#include "ui/language/words.h"

namespace discern::ui {

QString toString(Job::State state) {
  switch (state) {
    case Job::State::Waiting:
      return Words::tr("waiting");
    case Job::State::Running:
      return Words::tr("running");
    case Job::State::Stopping:
      return Words::tr("stopping");
    case Job::State::Done:
      return Words::tr("done");
    case Job::State::Failed:
      return Words::tr("failed");
    case Job::State::Cancelled:
      return Words::tr("stopped");
  }
  return {};
}

QString durationText(double seconds) {
  if (!(seconds >= 0) || !std::isfinite(seconds)) return {};
  const auto whole = static_cast<qint64>(std::llround(seconds));
  if (whole < 60) return QString("%1 s").arg(whole);
  if (whole < 3600) return Words::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
  return Words::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString rateText(double perSecond) {
  if (!(perSecond > 0) || !std::isfinite(perSecond)) return {};
  if (perSecond >= 1e6) return Words::tr("%L1 M/s").arg(perSecond / 1e6, 0, 'f', 1);
  if (perSecond >= 1e3) return QString("%L1 k/s").arg(perSecond / 1e3, 0, 'f', 1);
  return QString("%L1/s").arg(perSecond, 0, 'f', perSecond < 10 ? 2 : 1);
}

double wholeSecondsLeft(const std::vector<Job>& jobs, const Job& job,
                        const std::map<std::string, double>& known, const QDateTime& now) {
  const bool recipe = job.steps > 0;
  double own = job.secondsLeft, after = job.secondsAfter;
  const double usual = recipe ? job.stepSeconds : analysis::secondsOf({job.name.toStdString()}, known);
  const QDateTime began = recipe ? job.stepStarted : job.started;
  if (usual >= 0 && began.isValid())
    own = std::max({own, 0.0, usual - static_cast<double>(began.msecsTo(now)) / 1000});
  if (!recipe) {
    std::vector<std::string> waiting;
    for (const Job& other : jobs)
      if (other.chain == job.chain && other.state == Job::State::Waiting)
        waiting.push_back(other.name.toStdString());
    after = analysis::secondsOf(waiting, known);
  }
  return own < 0 || after < 0 ? -1 : own + after;
}

void applyEvent(Job& job, const JobEvent& event) {
  using Kind = JobEvent::Kind;
  switch (event.kind) {
    case Kind::Progress:
      job.stage = event.stage;
      job.done = event.done;
      job.total = event.total;
      job.rate = event.rate;
      job.secondsLeft = event.secondsLeft;
      break;
    case Kind::StageDone:
      job.stage = event.stage;
      job.done = job.total;
      job.rate = job.secondsLeft = -1;
      break;
    case Kind::Step:
      job.step = event.step;
      job.steps = event.steps;
      job.stage = event.text;
      job.stepSeconds = event.seconds;
      job.secondsAfter = event.after;
      job.stepStarted = QDateTime::currentDateTime();
      job.done = job.total = 0;
      job.rate = job.secondsLeft = -1;
      break;
    case Kind::Error:
      job.error = event.text;
      job.errorField = event.field;
      break;
    case Kind::Start:
    case Kind::Result:
    case Kind::Note:
    case Kind::Metric:
      break;
  }
}

}  // namespace discern::ui
