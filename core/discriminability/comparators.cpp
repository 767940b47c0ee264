#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/discriminability/dscore.h"
#include "core/discriminability/normalise.h"

namespace discern::discriminability {
namespace {
// Role of a sample: that of its identity; Out when it has none.
std::vector<Part> partOfSamples(std::span<const int> identity, std::span<const Part> part) {
  std::vector<Part> result(identity.size(), Part::Out);
  for (std::size_t i = 0; i < identity.size(); ++i) {
    if (identity[i] < -1 || identity[i] >= static_cast<int>(part.size()))
      fail("sample {} has the identity {}, but there are {}; number the identities from 0", i, identity[i],
           part.size());
    if (identity[i] >= 0) result[i] = part[identity[i]];
  }
  return result;
}
}  // namespace

void normaliseRatios(data::ScoreTable& table, std::span<const int> identity, std::span<const Part> part,
                     std::span<const unsigned char> votes) {
  if (!votes.empty() && votes.size() != identity.size())
    fail("{}: {} votes were given for {} samples; give one for each", table.method, votes.size(),
         identity.size());
  const std::vector<Part> role = partOfSamples(identity, part);
  const auto scored = [&](std::size_t i) { return table.status[i] == data::ScoreStatus::Scored; };
  std::vector<std::size_t> counted, all;
  for (std::size_t i = 0; i < role.size(); ++i) {
    if (!scored(i)) continue;
    all.push_back(i);
    if (role[i] == Part::Train && (votes.empty() || votes[i] != 0)) counted.push_back(i);
  }
  if (counted.empty()) counted = std::move(all);

  const auto n = static_cast<double>(std::max<std::size_t>(1, counted.size()));
  double sum = 0, squares = 0;
  for (const std::size_t i : counted) sum += table.ratio[i];
  table.mean = sum / n;
  for (const std::size_t i : counted) squares += std::pow(table.ratio[i] - table.mean, 2);
  table.sigma = std::sqrt(squares / n);
  // Equal ratios differ by float rounding; that is no spread.
  if (table.sigma <= 1e-6 * std::abs(table.mean)) table.sigma = 0;

  for (std::size_t i = 0; i < role.size(); ++i) {
    if (!scored(i)) continue;
    const double z = table.sigma > 0 ? (table.ratio[i] - table.mean) / table.sigma : 0.0;
    // Far outliers would round to 0 or 1, which lie outside the open interval.
    table.score[i] = std::clamp(static_cast<float>(1.0 / (1.0 + std::exp(-z))), 1e-7F, 1.0F - 1e-7F);
  }
}

data::ScoreTable normaliseComparator(std::string method, std::span<const float> raw,
                                     std::span<const int> identity, std::span<const Part> part,
                                     std::span<const unsigned char> votes) {
  if (raw.size() != identity.size())
    fail("{}: {} values were given for {} samples; give one for each", method, raw.size(), identity.size());
  const std::vector<Part> role = partOfSamples(identity, part);
  data::ScoreTable table;
  table.method = std::move(method);
  table.resize(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (role[i] != Part::Train && role[i] != Part::Test) continue;
    table.status[i] = std::isfinite(raw[i]) ? data::ScoreStatus::Scored : data::ScoreStatus::NotFinite;
    if (std::isfinite(raw[i])) table.ratio[i] = raw[i];
  }
  normaliseRatios(table, identity, part, votes);
  return table;
}

std::vector<float> featureNorms(data::MatrixView features) {
  std::vector<float> norms(static_cast<std::size_t>(features.rows));
  parallelFor(features.rows, 4096, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) norms[i] = static_cast<float>(data::norm(features.row(i)));
  });
  return norms;
}

data::ScoreTable crFiqaRatio(const data::ScoreTable& dscore, std::span<const int> identity,
                             std::span<const Part> part, std::span<const unsigned char> votes) {
  if (dscore.status.size() != identity.size())
    fail("crfiqa: the scores of {} samples were given for {} identity labels; give one for each",
         dscore.status.size(), identity.size());
  data::ScoreTable table = dscore;
  table.method = "crfiqa";
  for (std::size_t i = 0; i < table.status.size(); ++i)
    if (table.status[i] == data::ScoreStatus::Scored)
      table.ratio[i] = static_cast<float>(dscore.own[i] / (dscore.hardest[i] + 1.0 + 1e-9));
  normaliseRatios(table, identity, part, votes);
  return table;
}

}  // namespace discern::discriminability
