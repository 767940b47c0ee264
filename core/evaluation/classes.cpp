#include "core/evaluation/classes.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/evaluation/identification.h"

namespace discern::evaluation {
namespace {

constexpr std::int64_t kRows = 64;  // of a block

// `score(feature, class)` of all.
template <class Score>
data::Matrix scoresOf(data::MatrixView features, std::int64_t classes, const Score& score) {
  data::Matrix scores(features.rows, classes);
  parallelFor(features.rows, kRows, [&](std::int64_t begin, std::int64_t end) {
    for (auto r = begin; r < end; ++r)
      for (std::int64_t c = 0; c < classes; ++c)
        scores.row(r)[static_cast<std::size_t>(c)] = static_cast<float>(score(features.row(r), c));
  });
  return scores;
}

void checkLengths(data::MatrixView features, data::MatrixView classes) {
  if (features.cols != classes.cols)
    fail("features have {} numbers and classes {}; take both from the same model", features.cols,
         classes.cols);
}

}  // namespace

data::Matrix centroidScores(data::MatrixView features, data::MatrixView centroids) {
  checkLengths(features, centroids);
  std::vector<bool> seen;
  for (std::int64_t c = 0; c < centroids.rows; ++c) seen.push_back(data::norm(centroids.row(c)) > 0);
  return scoresOf(features, centroids.rows, [&](std::span<const float> feature, std::int64_t c) {
    return seen[static_cast<std::size_t>(c)] ? data::cosine(feature, centroids.row(c))
                                             : -std::numeric_limits<double>::infinity();
  });
}

data::Matrix layerScores(data::MatrixView features, data::MatrixView weight, std::span<const float> bias,
                         bool cosines) {
  checkLengths(features, weight);
  if (!bias.empty() && static_cast<std::int64_t>(bias.size()) != weight.rows)
    fail("a layer of {} classes came with {} biases", weight.rows, bias.size());
  return scoresOf(features, weight.rows, [&](std::span<const float> feature, std::int64_t c) {
    const double score = cosines ? data::cosine(feature, weight.row(c)) : data::dot(feature, weight.row(c));
    return score + (bias.empty() ? 0 : bias[static_cast<std::size_t>(c)]);
  });
}

ClassAccuracy classAccuracy(data::MatrixView scores, std::span<const int> labels) {
  ClassAccuracy result;
  result.top1 = 1 - topKError(scores, labels, 1);
  result.top5 = 1 - topKError(scores, labels, 5);
  result.mean = (result.top1 + result.top5) / 2;
  double sum = 0;
  int classes = 0;
  for (int c = 0; c < scores.cols; ++c) {
    data::Matrix own(0, scores.cols);
    for (std::int64_t r = 0; r < scores.rows; ++r)
      if (labels[static_cast<std::size_t>(r)] == c) {
        own.values.insert(own.values.end(), scores.row(r).begin(), scores.row(r).end());
        ++own.rows;
      }
    if (own.rows == 0) continue;
    sum += 1 - topKError(own.view(), std::vector<int>(static_cast<std::size_t>(own.rows), c), 1);
    ++classes;
  }
  result.perClass = classes > 0 ? sum / classes : std::numeric_limits<double>::quiet_NaN();
  return result;
}

}  // namespace discern::evaluation
