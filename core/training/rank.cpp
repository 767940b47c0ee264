#include "core/training/rank.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace discern::training {
namespace {

constexpr int kRankMinimum = 5;

std::vector<double> ranks(const std::vector<float>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> rank(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    for (std::size_t i = begin; i < end; ++i) rank[order[i]] = static_cast<double>(begin + end - 1) / 2;
    begin = end;
  }
  return rank;
}

struct Moments {
  double ab = 0, aa = 0, bb = 0;
};

Moments moments(const std::vector<double>& a, const std::vector<double>& b) {
  const double middle = static_cast<double>(a.size() - 1) / 2;  // mean of any ranking
  Moments m;
  for (std::size_t i = 0; i < a.size(); ++i) {
    m.ab += (a[i] - middle) * (b[i] - middle);
    m.aa += (a[i] - middle) * (a[i] - middle);
    m.bb += (b[i] - middle) * (b[i] - middle);
  }
  return m;
}

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
    const auto m = moments(ranks(group.first), ranks(group.second));
    if (m.bb == 0) continue;
    sum += m.aa > 0 ? m.ab / std::sqrt(m.aa * m.bb) : 0;
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
