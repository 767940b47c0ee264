// Which CUDA devices there are, by name.
#pragma once

#include <string>
#include <vector>

namespace discern::networks {

// Those that this LibTorch sees, the one that is used first; empty: it sees none.
std::vector<std::string> cudaDevices();

}  // namespace discern::networks
