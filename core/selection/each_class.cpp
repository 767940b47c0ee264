#include "core/selection/each_class.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <utility>
#include <vector>

#include "core/base/parallel.h"

namespace discern::selection {

PairCounts eachClass(const SelectionInput& input, int threads, Progress& progress,
                     const std::function<ClassWork()>& make) {
  const Classes classes = classesOf(input);
  // The largest first: a thread that starts one of them last would keep the others waiting.
  std::vector<int> turn(static_cast<std::size_t>(input.identities));
  std::iota(turn.begin(), turn.end(), 0);
  std::ranges::stable_sort(turn, std::greater(), [&](int c) { return classes.members(c).size(); });

  std::atomic<std::size_t> next{0};
  std::atomic<std::int64_t> clamped{0}, pairs{0};
  const auto work = [&](std::int64_t, std::int64_t) {
    const ClassWork each = make();
    ClassWeights weights;
    std::size_t following = next++;
    while (following < turn.size()) {
      const std::size_t k = std::exchange(following, next++);
      progress.throwIfStopped();
      weights.load(
          input, classes.members(turn[k]),
          following < turn.size() ? classes.members(turn[following]) : std::span<const std::int64_t>());
      each(weights);
      const auto n = static_cast<std::int64_t>(weights.size());
      pairs += n * (n - 1) / 2;
      clamped += weights.clamped();
      progress.advance(1);
    }
  };
  parallelFor(threads > 0 ? threads : threadCount(), 1, work);
  progress.finish();
  return {pairs, clamped};
}

}  // namespace discern::selection
