// By a small network that was trained to tell which samples of a group to look at.
#include <algorithm>
#include <cmath>

#include "core/aggregation/group_network.h"

namespace discern::aggregation {
namespace {

std::vector<double> byAttention(const Group& group, const Options& options) {
  const auto& network = networkOf(options, std::ssize(group.rows[0]));
  std::vector<double> weights = attentionOf(network, group);
  const double most = *std::ranges::max_element(weights);
  for (double& w : weights) w = std::exp(w - most);
  return normalised(std::move(weights));
}

}  // namespace

MethodInfo attentionMethod() {
  return {.name = "attention",
          .help = "the softmax of what a trained aggregator tells of each sample, of features of length 1",
          .needs = MethodInfo::Needs::Network,
          .byFeatures = true,
          .directions = true,
          .weights = byAttention};
}

}  // namespace discern::aggregation
