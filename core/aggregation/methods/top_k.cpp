#include <algorithm>
#include <numeric>

#include "core/aggregation/methods.h"

namespace discern::aggregation {
namespace {

// Indices by score, the best first; of equal ones the earlier.
std::vector<std::size_t> byScore(std::span<const float> scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return better(scores[a], scores[b]); });
  return order;
}

}  // namespace

MethodInfo top1Method() {
  return {.name = "top-1",
          .help = "the best score's sample; of equal scores the earlier",
          .needs = MethodInfo::Needs::Scores,
          .weights = [](const Group& group, const Options&) { return onFirst(byScore(group.scores), 1); },
          .kept = [](std::int64_t size, std::span<const float>,
                     const Options&) { return std::min<std::int64_t>(1, size); }};
}

MethodInfo topKMethod() {
  return {.name = "top-k",
          .help = "equal, on the k best scores; of equal scores the earlier sample",
          .needs = MethodInfo::Needs::Scores,
          .takesK = true,
          .weights =
              [](const Group& group, const Options& options) {
                return onFirst(byScore(group.scores), static_cast<std::size_t>(options.k));
              },
          .kept = keptAtMostK};
}

}  // namespace discern::aggregation
