// The classification heads that core/networks makes, by name. Free of LibTorch.
#pragma once

#include <limits>
#include <string>

#include "core/base/registry.h"

namespace discern::catalog {

struct HeadInfo {
  std::string name;
  std::string help = {};    // one line
  std::string margin = {};  // what it does with the margin: "adds it to the angle"; empty: it has none
  // Margins that it takes, least <= margin < below, and the one where nobody says: as its paper has it.
  double least = 0, below = std::numeric_limits<double>::infinity(), usual = 0;
  // The factor of its cosines where nobody says; 0: the length of the feature itself, which it takes too.
  double scale = 64;
  bool annealed = false;  // begins without a margin and comes to it step by step, where it is asked to
  bool bias = false;      // one number a class is added
};

// Those of heads.def. Another one is registered with networks::registerHead.
Registry<HeadInfo>& heads();

}  // namespace discern::catalog
