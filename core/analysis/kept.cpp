#include "core/analysis/kept.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/aggregation/methods.h"
#include "core/analysis/percentiles.h"

namespace discern::analysis {

std::vector<std::vector<int>> groupsOf(const data::Protocol& protocol) {
  std::vector<std::vector<int>> groups;
  for (const auto& t : protocol.templates) groups.push_back(t.samples);
  return groups;
}

std::vector<std::vector<int>> keptOf(std::vector<std::vector<int>> groups, std::span<const float> scores,
                                     double threshold) {
  const auto score = [&](int s) { return scores[static_cast<std::size_t>(s)]; };
  const auto known = [&](int s) { return std::isfinite(score(s)); };
  const auto worse = [&](int a, int b) {
    return known(a) && known(b) ? score(a) < score(b) : !known(a) && known(b);
  };
  for (auto& group : groups) {
    if (std::ranges::none_of(group, known)) continue;
    const int best = *std::ranges::max_element(group, worse);
    if (score(best) > threshold)
      std::erase_if(group, [&](int s) { return !known(s) || !(score(s) > threshold); });
    else
      group = {best};
  }
  return groups;
}

std::vector<Use> usesOf(const data::Protocol* protocol, std::span<const float> scores, double threshold) {
  std::vector<Use> uses;
  for (const float score : scores)
    uses.push_back(!std::isfinite(score) ? Use::Unknown : score > threshold ? Use::Kept : Use::Dropped);
  if (protocol == nullptr) return uses;
  const auto at = [&](int sample) -> Use& { return uses[static_cast<std::size_t>(sample)]; };
  const auto groups = groupsOf(*protocol);
  for (const auto& group : groups)
    for (const int sample : group) at(sample) = Use::Dropped;
  for (const auto& group : keptOf(groups, scores, threshold))
    for (const int sample : group) at(sample) = Use::Kept;
  return uses;
}

double keptShare(const data::Protocol& protocol, std::span<const float> scores,
                 const aggregation::Options& options) {
  std::int64_t total = 0;
  std::int64_t kept = 0;
  std::vector<float> own;
  for (const auto& t : protocol.templates) {
    own.clear();
    if (!scores.empty())
      for (const int s : t.samples) own.push_back(scores[static_cast<std::size_t>(s)]);
    const auto n = static_cast<std::int64_t>(t.samples.size());
    total += n;
    kept += aggregation::keptOf(n, own, options);
  }
  return total == 0 ? 1 : static_cast<double>(kept) / static_cast<double>(total);
}

std::vector<float> leavingOf(std::span<const int> group, std::span<const float> scores) {
  constexpr float kNever = std::numeric_limits<float>::infinity();
  std::vector<float> leaving;
  for (const int sample : group) {
    const float score = scores[static_cast<std::size_t>(sample)];
    leaving.push_back(std::isfinite(score) ? score : -kNever);
  }
  const auto best = std::ranges::max_element(leaving);
  if (best == leaving.end()) return leaving;
  if (*best == -kNever) std::ranges::fill(leaving, kNever);
  *best = kNever;
  return leaving;
}

std::vector<float> leavingThresholds(const data::Protocol& protocol, std::span<const float> scores) {
  std::vector<float> leaving;
  for (const auto& group : protocol.templates) {
    const auto own = leavingOf(group.samples, scores);
    leaving.insert(leaving.end(), own.begin(), own.end());
  }
  std::sort(leaving.begin(), leaving.end());
  return leaving;
}

std::vector<float> scoresInTemplates(const data::Protocol& protocol, std::span<const float> scores) {
  std::vector<float> used;
  for (const auto& t : protocol.templates)
    for (const int s : t.samples) used.push_back(scores[static_cast<std::size_t>(s)]);
  return sortedFinite(used);
}

}  // namespace discern::analysis
