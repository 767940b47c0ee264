// How a long job talks: numeric progress with a stage name, notes, metrics, and a request to stop.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>

namespace discern {

// One message of a job. `done` of `total` units of `stage`;
// rate in units a second; secondsLeft < 0 when unknown.
struct ProgressEvent {
  enum class Kind { Progress, Note, Metric, StageDone };
  Kind kind = Kind::Progress;
  std::string stage;
  std::int64_t done = 0;
  std::int64_t total = 0;
  double rate = 0;
  double secondsLeft = -1;
  std::string text;       // Note: one sentence. Metric: its name, such as "train/loss"
  std::int64_t step = 0;  // Metric
  double value = 0;       // Metric
};

// Handed by reference to every long job. Thread-safe. The sink is called with a lock held, at most about ten
// times a second for progress (always for notes, metrics and the end of a stage).
class Progress {
 public:
  using Sink = std::function<void(const ProgressEvent&)>;

  Progress() = default;
  explicit Progress(Sink sink, std::stop_token stop = {}) : sink_(std::move(sink)), stop_(std::move(stop)) {}

  void start(std::string stage, std::int64_t total);
  void advance(std::int64_t n = 1);
  // `done` units were finished by an earlier run: shown, but not counted in the rate.
  void resumeAt(std::int64_t done);
  void finish();
  void note(std::string text);
  void metric(std::string name, std::int64_t step, double value);

  bool stopRequested() const { return stop_.stop_requested(); }
  void throwIfStopped() const;  // throws Cancelled
  std::stop_token stopToken() const { return stop_; }

 private:
  using Clock = std::chrono::steady_clock;
  ProgressEvent event() const;

  Sink sink_;
  std::stop_token stop_;
  std::mutex mutex_;
  std::string stage_;
  std::int64_t total_ = 0;
  std::int64_t resumedAt_ = 0;
  std::atomic<std::int64_t> done_{0};
  Clock::time_point started_;
  Clock::time_point lastReport_;
};

}  // namespace discern
