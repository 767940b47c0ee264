// The mean of those samples that look like the mean of all, by their directions.
#include <cmath>

#include "core/aggregation/methods.h"

namespace discern::aggregation {
namespace {

std::vector<double> nearTheMean(const Group& group, const Options& options) {
  const auto factors = toDirections(group);
  Group directions = group;
  directions.factors = factors;
  const auto mean = weightedSum(directions, std::vector<double>(group.size, 1.0));
  double meanSquares = 0;
  for (const double v : mean) meanSquares += v * v;
  std::vector<double> weights;
  for (const auto row : group.rows) {
    double dot = 0, squares = 0;
    for (std::size_t j = 0; j < mean.size(); ++j) {
      dot += mean[j] * row[j];
      squares += static_cast<double>(row[j]) * row[j];
    }
    weights.push_back(dot >= options.minCosine * std::sqrt(meanSquares * squares) ? 1.0 : 0.0);
  }
  return normalised(std::move(weights));
}

}  // namespace

MethodInfo twoPassMeanMethod() {
  return {.name = "two-pass-mean",
          .help =
              "equal, on the samples whose cosine with the mean of all is at least min-cosine; on all where "
              "none is",
          .byFeatures = true,
          .weights = nearTheMean};
}

}  // namespace discern::aggregation
