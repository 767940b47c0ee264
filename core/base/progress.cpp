#include "core/base/progress.h"

#include <algorithm>

#include "core/base/error.h"

namespace discern {

void Progress::start(std::string stage, std::int64_t total) {
  const std::lock_guard lock(mutex_);
  stage_ = std::move(stage);
  total_ = total;
  resumedAt_ = 0;
  done_ = 0;
  started_ = lastReport_ = Clock::now();
  if (sink_) sink_(event());
}

void Progress::resumeAt(std::int64_t done) {
  const std::lock_guard lock(mutex_);
  resumedAt_ = done;
  done_ = done;
}

ProgressEvent Progress::event() const {
  ProgressEvent e;
  e.stage = stage_;
  e.done = done_;
  e.total = total_;
  const double seconds = std::chrono::duration<double>(Clock::now() - started_).count();
  const auto fresh = e.done - resumedAt_;
  if (seconds > 0 && fresh > 0) {
    e.rate = static_cast<double>(fresh) / seconds;
    e.secondsLeft = static_cast<double>(std::max<std::int64_t>(0, total_ - e.done)) / e.rate;
  }
  return e;
}

void Progress::advance(std::int64_t n) {
  done_ += n;
  if (!sink_) return;
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return;  // somebody else is reporting
  const auto now = Clock::now();
  if (now - lastReport_ < std::chrono::milliseconds(100)) return;
  lastReport_ = now;
  sink_(event());
}

void Progress::finish() {
  const std::lock_guard lock(mutex_);
  if (!sink_) return;
  auto e = event();
  e.kind = ProgressEvent::Kind::StageDone;
  sink_(e);
}

void Progress::note(std::string text) {
  const std::lock_guard lock(mutex_);
  if (!sink_) return;
  auto e = event();
  e.kind = ProgressEvent::Kind::Note;
  e.text = std::move(text);
  sink_(e);
}

void Progress::metric(std::string name, std::int64_t step, double value) {
  const std::lock_guard lock(mutex_);
  if (!sink_) return;
  auto e = event();
  e.kind = ProgressEvent::Kind::Metric;
  e.text = std::move(name);
  e.step = step;
  e.value = value;
  sink_(e);
}

void Progress::throwIfStopped() const {
  if (stopRequested()) throw Cancelled();
}

}  // namespace discern
