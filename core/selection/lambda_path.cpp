#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/selection/class_path.h"
#include "core/selection/class_weights.h"
#include "core/selection/selection.h"

namespace discern::selection {

LambdaPath lambdaPath(const SelectionInput& input, const PathOptions& options, Progress& progress) {
  const Classes classes = classesOf(input);
  LambdaPath path;
  path.enters.assign(static_cast<std::size_t>(input.features.rows), std::numeric_limits<double>::quiet_NaN());
  // The largest first: a thread that starts one of them last would keep the others waiting.
  std::vector<int> turn(static_cast<std::size_t>(input.identities));
  std::iota(turn.begin(), turn.end(), 0);
  std::ranges::stable_sort(turn, std::greater(), [&](int c) { return classes.members(c).size(); });

  progress.start("Lambda path", input.identities);
  std::atomic<std::size_t> next{0};
  std::atomic<std::int64_t> clamped{0}, pairs{0};
  const auto work = [&](std::int64_t, std::int64_t) {
    ClassWeights weights;
    ClassPath classPath;
    std::vector<double> enters;
    std::size_t following = next++;
    while (following < turn.size()) {
      const std::size_t k = std::exchange(following, next++);
      progress.throwIfStopped();
      weights.load(
          input, classes.members(turn[k]),
          following < turn.size() ? classes.members(turn[following]) : std::span<const std::int64_t>());
      const auto n = static_cast<std::int64_t>(weights.size());
      enters.resize(weights.size());
      classPath.compute(weights.others(), weights.pairs(), enters);
      for (std::int64_t i = 0; i < n; ++i) path.enters[weights.members()[i]] = enters[i];
      pairs += n * (n - 1) / 2;
      clamped += weights.clamped();
      progress.advance(1);
    }
  };
  parallelFor(options.threads > 0 ? options.threads : threadCount(), 1, work);
  progress.finish();
  path.pairs = pairs;
  path.clampedPairs = clamped;
  return path;
}

CountCurve countCurve(std::span<const double> enters) {
  std::vector<double> finite;
  std::ranges::copy_if(enters, std::back_inserter(finite), [](double e) { return std::isfinite(e); });
  std::ranges::sort(finite);
  CountCurve curve;
  for (std::size_t i = 0; i < finite.size(); ++i) {
    if (i + 1 < finite.size() && finite[i + 1] == finite[i]) continue;
    curve.lambda.push_back(0 - finite[i]);
    curve.kept.push_back(static_cast<std::int64_t>(i) + 1);
  }
  return curve;
}

}  // namespace discern::selection
