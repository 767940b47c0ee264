#include <algorithm>
#include <numeric>
#include <utility>

#include "core/aggregation/methods.h"

namespace discern::aggregation {
namespace {

std::vector<double> onBest(const Group& group, std::size_t k) {
  std::vector<double> weights(group.size, 0.0);
  for (const std::size_t i : bestOf(group.scores, k)) weights[i] = 1;
  return normalised(std::move(weights));
}

}  // namespace

std::vector<std::size_t> bestOf(std::span<const float> scores, std::size_t k) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return better(scores[a], scores[b]); });
  order.resize(std::min(k, order.size()));
  return order;
}

MethodInfo top1Method() {
  return {.name = "top-1",
          .help = "the best score's sample; of equal scores the earlier",
          .needs = MethodInfo::Needs::Scores,
          .weights = [](const Group& group, const Options&) { return onBest(group, 1); },
          .kept = [](std::int64_t size, std::span<const float>,
                     const Options&) { return std::min<std::int64_t>(1, size); }};
}

MethodInfo topKMethod() {
  return {
      .name = "top-k",
      .help = "equal, on the k best scores; of equal scores the earlier sample",
      .needs = MethodInfo::Needs::Scores,
      .takesK = true,
      .weights = [](const Group& group,
                    const Options& options) { return onBest(group, static_cast<std::size_t>(options.k)); },
      .kept = keptAtMostK};
}

}  // namespace discern::aggregation
