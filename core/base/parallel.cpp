#include "core/base/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace discern {
namespace {
std::atomic<int> configured{0};

int availableProcessors() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1U, std::thread::hardware_concurrency());
}
}  // namespace

int threadCount() {
  const int threads = configured;
  return threads > 0 ? threads : availableProcessors();
}

void setThreadCount(int threads) { configured = threads; }

void parallelFor(std::int64_t n, std::int64_t grain,
                 const std::function<void(std::int64_t, std::int64_t)>& body) {
  if (n <= 0) return;
  grain = std::max<std::int64_t>(1, grain);
  const std::int64_t blocks = (n + grain - 1) / grain;
  std::atomic<std::int64_t> nextBlock{0};
  std::atomic<bool> failed{false};
  std::exception_ptr failure;
  std::mutex mutex;
  const auto work = [&] {
    while (!failed) {
      const std::int64_t block = nextBlock++;
      if (block >= blocks) return;
      try {
        body(block * grain, std::min(n, (block + 1) * grain));
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failed.exchange(true)) failure = std::current_exception();
      }
    }
  };
  const auto helpers = std::min<std::int64_t>(threadCount(), blocks) - 1;
  {
    std::vector<std::jthread> threads;
    for (std::int64_t i = 0; i < helpers; ++i) threads.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace discern
