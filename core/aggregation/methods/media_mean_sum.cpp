// How InsightFace's IJB scripts make a template's feature: with the detector's score, as they usually do, and
// without.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/aggregation/methods.h"

namespace discern::aggregation {
namespace {

// Sum over media of the mean within a medium; `scores`, where there are any, times the features.
std::vector<double> sumOfMediaMeans(const Group& group, std::span<const float> scores) {
  const auto medium = [&](std::size_t i) { return group.media.empty() ? -1 : group.media[i]; };
  std::unordered_map<int, int> count;
  for (std::size_t i = 0; i < group.size; ++i) ++count[medium(i)];
  std::vector<double> sum(group.rows[0].size(), 0.0);
  for (std::size_t i = 0; i < group.size; ++i) {
    double weight = group.factors[i] / (medium(i) < 0 ? 1 : count[medium(i)]);
    if (!scores.empty()) weight *= std::isfinite(scores[i]) ? std::max(0.0F, scores[i]) : 0.0F;
    for (std::size_t j = 0; j < sum.size(); ++j) sum[j] += weight * group.rows[i][j];
  }
  return sum;
}

}  // namespace

MethodInfo mediaMeanSumMethod() {
  return {
      .name = "media-mean-sum",
      .help =
          "mean within a medium, then sum over media, always of features as they are, whatever lengths says "
          "(InsightFace's IJB); unknown media stand alone",
      .needs = MethodInfo::Needs::Media,
      .rawFeatures = true,
      .combine = [](const Group& group, const Options&) { return sumOfMediaMeans(group, {}); }};
}

MethodInfo insightFaceMethod() {
  return {.name = "insightface-ijb",
          .help =
              "the detector's raw score times the feature, mean within a medium, then sum over media, as "
              "InsightFace's IJB scripts do: always of features as they are, whatever lengths says; with the "
              "mirrored face added where the features were extracted with flip",
          .needs = MethodInfo::Needs::DetectorScores,
          .rawFeatures = true,
          .combine = [](const Group& group, const Options&) { return sumOfMediaMeans(group, group.scores); }};
}

}  // namespace discern::aggregation
