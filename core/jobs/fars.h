// FARs at which true accept rates are told.
#pragma once

#include <algorithm>
#include <vector>

namespace discern::jobs {

// `fars` in their order, and that of the operating point among them.
inline std::vector<double> withFar(std::vector<double> fars, double far) {
  if (std::ranges::find(fars, far) != fars.end()) return fars;
  fars.push_back(far);
  std::ranges::sort(fars);
  return fars;
}

}  // namespace discern::jobs
