#include "core/base/team.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace discern {
namespace {

constexpr std::uint32_t kOpen = 1U << 31;

// The next step mostly begins within microseconds; only then is sleeping cheaper than looking again.
template <typename Value>
Value waitForChange(const std::atomic<Value>& value, Value old) {
  for (int spin = 0; spin < 2000; ++spin) {
    const Value now = value.load(std::memory_order_acquire);
    if (now != old) return now;
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
  value.wait(old, std::memory_order_acquire);
  return value.load(std::memory_order_acquire);
}

}  // namespace

Team::Team(int threads) : threads_(std::max(1, threads)) {}

void Team::startHelpers() {
  try {
    while (static_cast<int>(helpers_.size()) + 1 < threads_) helpers_.emplace_back([this] { help(); });
  } catch (const std::system_error&) {  // no more threads to be had: those that are there do the work
  }
}

Team::~Team() {
  closing_ = true;
  round_.fetch_add(1);
  round_.notify_all();
  for (std::thread& helper : helpers_) helper.join();
}

void Team::help() {
  std::uint32_t seen = 0;
  while (true) {
    std::uint32_t now = seen;
    while (now == seen) now = waitForChange(round_, seen);
    seen = now;
    if (closing_) return;
    if (!enter()) continue;
    work();
    leave();
  }
}

bool Team::enter() {
  std::uint32_t gate = gate_.load(std::memory_order_acquire);
  while ((gate & kOpen) != 0)
    if (gate_.compare_exchange_weak(gate, gate + 1, std::memory_order_acq_rel, std::memory_order_acquire))
      return true;
  return false;
}

void Team::leave() {
  if (gate_.fetch_sub(1, std::memory_order_acq_rel) == 1) gate_.notify_one();
}

void Team::work() {
  while (true) {
    const std::int64_t mine = next_.fetch_add(1, std::memory_order_relaxed);
    if (mine >= tasks_) return;
    try {
      (*task_)(mine);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      next_ = tasks_;
    }
  }
}

void Team::run(std::int64_t tasks, const std::function<void(std::int64_t)>& task) {
  if (tasks <= 0) return;
  task_ = &task;
  tasks_ = tasks;
  next_ = 0;
  const bool alone = threads_ == 1 || tasks == 1;
  if (!alone) {
    gate_.store(kOpen, std::memory_order_release);
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
    startHelpers();
  }
  work();
  if (!alone)
    for (std::uint32_t inside = gate_.fetch_and(~kOpen) & ~kOpen; inside != 0;)
      inside = waitForChange(gate_, inside);
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void Team::blocks(std::int64_t n, std::int64_t grain,
                  const std::function<void(std::int64_t, std::int64_t)>& body) {
  run((n + grain - 1) / grain,
      [&](std::int64_t block) { body(block * grain, std::min(n, (block + 1) * grain)); });
}

}  // namespace discern
