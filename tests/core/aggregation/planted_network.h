// Aggregators of random weights, for methods that need one.
#pragma once

#include <memory>

#include "core/aggregation/group_network.h"
#include "core/base/rng.h"

namespace discern::aggregation {

inline GroupNetwork plantedNetwork(NetworkKind kind, std::int64_t dims, std::int64_t hidden,
                                   std::uint64_t seed = 1, float scale = 1.5F) {
  GroupNetwork network{kind, dims, hidden, scale, {}, {}, {}, {}, {}, {}};
  Rng rng(seed);
  for (const auto& part : partsOf(network)) {
    part.values->resize(static_cast<std::size_t>(part.rows * part.cols));
    for (float& v : *part.values) v = static_cast<float>(0.5 * rng.normal());
  }
  return network;
}

// With one of the kind that the method needs, if it needs one.
inline Options withNetwork(Options options, std::int64_t dims) {
  for (const NetworkKind kind : {NetworkKind::Attention, NetworkKind::Rnn})
    if (methodOf(kind) == options.method)
      options.network = std::make_shared<GroupNetwork>(plantedNetwork(kind, dims, 3));
  return options;
}

}  // namespace discern::aggregation
