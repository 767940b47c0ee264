// By a recurrent network that was trained to read a group's samples in their order.
#include "core/aggregation/group_network.h"

namespace discern::aggregation {
namespace {

std::vector<double> byRnn(const Group& group, const Options& options) {
  return readInOrder(networkOf(options, std::ssize(group.rows[0])), group);
}

}  // namespace

MethodInfo rnnMethod() {
  return {.name = "rnn",
          .help =
              "the mean of features of length 1, and what a trained aggregator reads in the samples' "
              "order; no weighted mean",
          .needs = MethodInfo::Needs::Network,
          .directions = true,
          .combine = byRnn};
}

}  // namespace discern::aggregation
