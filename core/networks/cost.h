// What one image costs a network, counted from the operations it really runs.
#pragma once

#include "core/networks/network.h"

namespace discern::networks {

struct Cost {
  double macs = 0;  // multiply-accumulates of convolutions and linear layers, without bias
  double flops =
      0;  // 2 a MAC; 1 an output for a bias; batch norm 2, activation 1, addition 1, pooling 1 an element
  double parameters = 0;  // trainable (a fixed scale and running statistics do not count)
};

// Runs one sample of that shape through the network in evaluation mode (on
// its own device) and listens to LibTorch's operations, so any network can
// be asked. Two FLOPs a MAC: papers that print "FLOPs" often mean MACs.
Cost countCost(Network& network, const data::Shape& shape);
inline Cost countCost(Network& network, int size) { return countCost(network, {size, size, 1}); }

}  // namespace discern::networks
