#include "core/evaluation/row_rank.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace discern::evaluation {

RowRank rowRank(std::vector<float> own, std::vector<float> others, PrecisionRule rule) {
  if (own.empty()) return {0, std::numeric_limits<double>::quiet_NaN()};
  std::ranges::sort(own, std::greater<>());
  std::ranges::sort(others, std::greater<>());
  RowRank rank;
  std::size_t before = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    while (before < others.size() && others[before] >= own[i]) ++before;
    const std::size_t at = before + i + 1;
    if (i == 0) rank.first = static_cast<int>(at);
    const double precision = static_cast<double>(i + 1) / static_cast<double>(at);
    const double precisionBefore = at == 1 ? 1.0 : static_cast<double>(i) / static_cast<double>(at - 1);
    rank.averagePrecision += rule == PrecisionRule::Step ? precision : (precisionBefore + precision) / 2;
  }
  rank.averagePrecision /= static_cast<double>(own.size());
  return rank;
}

}  // namespace discern::evaluation
