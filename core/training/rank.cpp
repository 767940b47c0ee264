#include "core/training/rank.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/data/rank_correlation.h"

namespace discern::training {
namespace {

constexpr int kRankMinimum = 5;

}  // namespace

double meanSpearmanWithin(const std::vector<float>& score, const std::vector<float>& target,
                          const std::vector<int>& identity, int minimum) {
  std::map<int, std::pair<std::vector<float>, std::vector<float>>> groups;
  for (std::size_t i = 0; i < score.size(); ++i) {
    if (!std::isfinite(score[i]) || !std::isfinite(target[i])) continue;
    groups[identity[i]].first.push_back(score[i]);
    groups[identity[i]].second.push_back(target[i]);
  }
  double sum = 0;
  int counted = 0;
  for (const auto& [id, group] : groups) {
    if (static_cast<int>(group.first.size()) < std::max(2, minimum)) continue;
    const auto [least, most] = std::ranges::minmax(group.second);
    if (least == most) continue;
    const double rho = data::rankCorrelation(group.first, group.second);
    sum += std::isnan(rho) ? 0 : rho;  // no spread in the score
    ++counted;
  }
  return counted > 0 ? sum / counted : std::numeric_limits<double>::quiet_NaN();
}

double meanSpearmanWithin(const std::vector<float>& score, const std::vector<float>& target,
                          const std::vector<int>& identity) {
  std::map<int, int> perIdentity;
  int largest = 0;
  for (std::size_t i = 0; i < score.size(); ++i)
    if (std::isfinite(score[i]) && std::isfinite(target[i]))
      largest = std::max(largest, ++perIdentity[identity[i]]);
  return meanSpearmanWithin(score, target, identity, std::min(kRankMinimum, largest));
}

}  // namespace discern::training
