#include <unordered_map>

#include "core/aggregation/methods.h"

namespace discern::aggregation {

MethodInfo mediaMeanSumMethod() {
  return {
      .name = "media-mean-sum",
      .help =
          "mean within a medium, then sum over media (InsightFace's IJB, with raw features); unknown media "
          "stand alone",
      .needs = MethodInfo::Needs::Media,
      .combine = [](const Group& group, const Options&) {
        const auto medium = [&](std::size_t i) { return group.media.empty() ? -1 : group.media[i]; };
        std::unordered_map<int, int> count;
        for (std::size_t i = 0; i < group.size; ++i) ++count[medium(i)];
        std::vector<double> sum(group.rows[0].size(), 0.0);
        for (std::size_t i = 0; i < group.size; ++i) {
          const double weight = group.factors[i] / (medium(i) < 0 ? 1 : count[medium(i)]);
          for (std::size_t j = 0; j < sum.size(); ++j) sum[j] += weight * group.rows[i][j];
        }
        return sum;
      }};
}

}  // namespace discern::aggregation
