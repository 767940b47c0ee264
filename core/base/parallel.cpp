#include "core/base/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "core/base/team.h"

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
  Team(static_cast<int>(std::min<std::int64_t>(threadCount(), blocks))).blocks(n, grain, body);
}

}  // namespace discern
