#include <algorithm>
#include <cmath>
#include <limits>

#include "core/selection/class_path.h"
#include "core/selection/each_class.h"
#include "core/selection/selection.h"

namespace discern::selection {

LambdaPath lambdaPath(const SelectionInput& input, const PathOptions& options, Progress& progress) {
  LambdaPath path;
  path.enters.assign(static_cast<std::size_t>(input.features.rows), std::numeric_limits<double>::quiet_NaN());
  progress.start("Lambda path", input.identities);
  const auto counts = eachClass(input, options.threads, progress, [&]() -> ClassWork {
    return [&path, classPath = ClassPath(),
            enters = std::vector<double>()](const ClassWeights& weights) mutable {
      enters.resize(weights.size());
      classPath.compute(weights.others(), weights.pairs(), enters);
      for (std::size_t i = 0; i < weights.size(); ++i) path.enters[weights.members()[i]] = enters[i];
    };
  });
  path.pairs = counts.pairs;
  path.clampedPairs = counts.clamped;
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
