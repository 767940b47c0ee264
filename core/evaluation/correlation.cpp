#include "core/evaluation/correlation.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <vector>

#include "core/base/error.h"
#include "core/data/rank_correlation.h"

namespace discern::evaluation {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

void requireEqual(std::size_t a, std::size_t b, const char* what) {
  if (a != b) fail("{}: {} values against {}; both sides must have the same length", what, a, b);
}

struct Paired {
  std::vector<float> a, b;
  double spearman() const { return data::rankCorrelation(a, b); }
};

}  // namespace

double spearman(std::span<const float> a, std::span<const float> b) {
  requireEqual(a.size(), b.size(), "rank correlation");
  Paired finite;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isfinite(a[i]) || !std::isfinite(b[i])) continue;
    finite.a.push_back(a[i]);
    finite.b.push_back(b[i]);
  }
  return finite.spearman();
}

WithinResult spearmanWithin(std::span<const float> a, std::span<const float> b, std::span<const int> identity,
                            int minimum) {
  requireEqual(a.size(), b.size(), "rank correlation within identities");
  requireEqual(a.size(), identity.size(), "rank correlation within identities");
  std::map<int, Paired> groups;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (identity[i] < 0 || !std::isfinite(a[i]) || !std::isfinite(b[i])) continue;
    groups[identity[i]].a.push_back(a[i]);
    groups[identity[i]].b.push_back(b[i]);
  }
  WithinResult result;
  double sum = 0;
  for (const auto& [id, group] : groups) {
    if (static_cast<int>(group.a.size()) < minimum) continue;
    const double rho = group.spearman();
    if (std::isnan(rho)) continue;
    sum += rho;
    ++result.identities;
  }
  result.mean = result.identities > 0 ? sum / result.identities : kNaN;
  return result;
}

double separationAuc(std::span<const float> score, std::span<const unsigned char> flagged) {
  requireEqual(score.size(), flagged.size(), "separation");
  std::vector<float> values;
  std::vector<bool> low;
  for (std::size_t i = 0; i < score.size(); ++i) {
    if (!std::isfinite(score[i])) continue;
    values.push_back(score[i]);
    low.push_back(flagged[i] != 0);
  }
  const auto ranks = data::meanRanks(values);
  double count = 0, rankSum = 0;  // of the unflagged
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (low[i]) continue;
    count += 1;
    rankSum += ranks[i];
  }
  const double others = static_cast<double>(values.size()) - count;
  if (count == 0 || others == 0) return kNaN;
  return (rankSum - count * (count + 1) / 2) / (count * others);  // Mann-Whitney
}

}  // namespace discern::evaluation
