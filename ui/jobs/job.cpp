#include "ui/jobs/job.h"

#include <cmath>

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
