#include "core/evaluation/identification.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/evaluation/cut.h"
#include "core/evaluation/row_rank.h"
#include "core/evaluation/verification.h"

namespace discern::evaluation {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr std::int64_t kProbesATile = 16, kRowsATile = 64;

// Sixteen running sums, which the compiler keeps in vector registers; the order of additions is always the
// same, so that equal rows have equal cosines.
float dotProduct(const float* a, const float* b, std::int64_t n) {
  std::array<float, 16> sums{};
  std::int64_t i = 0;
  for (; i + 16 <= n; i += 16)
    for (std::size_t lane = 0; lane < 16; ++lane)
      sums[lane] += a[i + static_cast<std::int64_t>(lane)] * b[i + static_cast<std::int64_t>(lane)];
  for (std::size_t lane = 0; i < n; ++i, ++lane) sums[lane] += a[i] * b[i];
  for (std::size_t half = 8; half > 0; half /= 2)
    for (std::size_t lane = 0; lane < half; ++lane) sums[lane] += sums[lane + half];
  return sums[0];
}

void checkRows(data::MatrixView rows, std::span<const int> identities, const char* what) {
  if (static_cast<std::int64_t>(identities.size()) != rows.rows)
    fail("identification got {} {} features and {} identities; give one identity a row", rows.rows, what,
         identities.size());
  for (std::int64_t r = 0; r < rows.rows; ++r)
    if (!data::isFinite(rows.row(r)))
      fail("{} feature {} is not finite; leave out images without a usable feature", what, r);
}

// Gallery rows, normalised, with identities renumbered 0 .. n - 1 in the order of their first row.
struct Gallery {
  data::Matrix rows;
  std::vector<int> slot;      // of each row
  std::vector<int> identity;  // of each slot
  std::unordered_map<int, int> slotOf;

  Gallery(data::MatrixView features, std::span<const int> identities) : rows(features.rows, features.cols) {
    std::copy_n(features.values, rows.values.size(), rows.values.begin());
    for (std::int64_t r = 0; r < rows.rows; ++r) {
      data::normalise(rows.row(r));
      const int who = identities[static_cast<std::size_t>(r)];
      if (who < 0) fail("gallery feature {} has identity {}; everybody in a gallery is known", r, who);
      const auto [at, fresh] = slotOf.emplace(who, static_cast<int>(identity.size()));
      if (fresh) identity.push_back(who);
      slot.push_back(at->second);
    }
  }
};

Match toMatch(const Gallery& gallery, std::span<const float> scores, int identity) {
  Match match;
  const auto best = std::max_element(scores.begin(), scores.end());  // the first of equal ones
  match.best = *best;
  match.bestIdentity = gallery.identity[static_cast<std::size_t>(best - scores.begin())];
  const auto own = identity < 0 ? gallery.slotOf.end() : gallery.slotOf.find(identity);
  if (own == gallery.slotOf.end()) return match;
  match.own = scores[static_cast<std::size_t>(own->second)];
  match.rank = static_cast<int>(
      std::count_if(scores.begin(), scores.end(), [&](float score) { return score >= match.own; }));
  return match;
}

// Probes [begin, end): the highest score of each identity, a tile of gallery rows at a time so that it is
// read from memory once for several probes.
void searchTile(const Gallery& gallery, data::MatrixView probes, std::span<const int> identities,
                std::int64_t begin, std::int64_t end, std::vector<Match>& matches) {
  data::Matrix tile(end - begin, probes.cols);
  std::copy_n(probes.values + begin * probes.cols, tile.values.size(), tile.values.begin());
  for (std::int64_t p = 0; p < tile.rows; ++p) data::normalise(tile.row(p));
  data::Matrix best(tile.rows, static_cast<std::int64_t>(gallery.identity.size()), -kInfinity);
  for (std::int64_t first = 0; first < gallery.rows.rows; first += kRowsATile) {
    const std::int64_t last = std::min(first + kRowsATile, gallery.rows.rows);
    for (std::int64_t p = 0; p < tile.rows; ++p) {
      const auto scores = best.row(p);
      for (std::int64_t r = first; r < last; ++r) {
        float& score = scores[static_cast<std::size_t>(gallery.slot[static_cast<std::size_t>(r)])];
        score = std::max(score, dotProduct(tile.row(p).data(), gallery.rows.row(r).data(), tile.cols));
      }
    }
  }
  for (std::int64_t p = 0; p < tile.rows; ++p)
    matches[static_cast<std::size_t>(begin + p)] =
        toMatch(gallery, best.row(p), identities[static_cast<std::size_t>(begin + p)]);
}

RowRank toRank(std::span<const float> scores, std::span<const int> identities, int identity) {
  std::vector<float> own, others;
  if (identity >= 0)
    for (std::size_t r = 0; r < scores.size(); ++r)
      (identities[r] == identity ? own : others).push_back(scores[r]);
  return rowRank(std::move(own), std::move(others), PrecisionRule::Trapezoid);
}

void checkSearch(data::MatrixView gallery, std::span<const int> galleryIdentities, data::MatrixView probes,
                 std::span<const int> probeIdentities) {
  if (gallery.rows == 0) fail("the gallery is empty; give at least one feature to search in");
  if (probes.rows > 0 && gallery.cols != probes.cols)
    fail("gallery features have {} numbers and probe features {}; extract both with the same model",
         gallery.cols, probes.cols);
  checkRows(gallery, galleryIdentities, "gallery");
  checkRows(probes, probeIdentities, "probe");
}

void checkRank(int k) {
  if (k < 1) fail("rank {} was asked for; ranks start at 1", k);
}

// Ranks from 1; 0: not in the gallery.
std::vector<double> cmcOf(std::span<const int> ranks, int maxRank) {
  checkRank(maxRank);
  std::vector<std::int64_t> atRank(static_cast<std::size_t>(maxRank), 0);
  std::int64_t probes = 0;
  for (const int rank : ranks) {
    if (rank == 0) continue;
    ++probes;
    if (rank <= maxRank) ++atRank[static_cast<std::size_t>(rank - 1)];
  }
  std::vector<double> curve;
  std::int64_t found = 0;
  for (const std::int64_t count : atRank) {
    found += count;
    curve.push_back(probes == 0 ? kNaN : static_cast<double>(found) / static_cast<double>(probes));
  }
  return curve;
}

}  // namespace

std::vector<Match> identify(data::MatrixView gallery, std::span<const int> galleryIdentities,
                            data::MatrixView probes, std::span<const int> probeIdentities) {
  checkSearch(gallery, galleryIdentities, probes, probeIdentities);
  const Gallery rows(gallery, galleryIdentities);
  std::vector<Match> matches(static_cast<std::size_t>(probes.rows));
  parallelFor(probes.rows, kProbesATile, [&](std::int64_t begin, std::int64_t end) {
    searchTile(rows, probes, probeIdentities, begin, end, matches);
  });
  return matches;
}

std::vector<RowRank> rankRows(data::MatrixView gallery, std::span<const int> galleryIdentities,
                              data::MatrixView probes, std::span<const int> probeIdentities) {
  checkSearch(gallery, galleryIdentities, probes, probeIdentities);
  const Gallery rows(gallery, galleryIdentities);
  std::vector<RowRank> ranks(static_cast<std::size_t>(probes.rows));
  parallelFor(probes.rows, 1, [&](std::int64_t begin, std::int64_t end) {
    std::vector<float> scores(static_cast<std::size_t>(gallery.rows));
    for (std::int64_t p = begin; p < end; ++p) {
      std::vector<float> probe(probes.row(p).begin(), probes.row(p).end());
      data::normalise(probe);
      for (std::int64_t r = 0; r < gallery.rows; ++r)
        scores[static_cast<std::size_t>(r)] = dotProduct(probe.data(), rows.rows.row(r).data(), probes.cols);
      ranks[static_cast<std::size_t>(p)] =
          toRank(scores, galleryIdentities, probeIdentities[static_cast<std::size_t>(p)]);
    }
  });
  return ranks;
}

std::vector<double> cmc(std::span<const Match> matches, int maxRank) {
  std::vector<int> ranks;
  for (const Match& match : matches) ranks.push_back(match.rank);
  return cmcOf(ranks, maxRank);
}

std::vector<double> cmc(std::span<const RowRank> ranks, int maxRank) {
  std::vector<int> first;
  for (const RowRank& rank : ranks) first.push_back(rank.first);
  return cmcOf(first, maxRank);
}

RankSummary summarise(std::span<const RowRank> ranks, int maxRank) {
  RankSummary summary;
  for (const RowRank& rank : ranks) {
    if (rank.first == 0) continue;
    ++summary.queries;
    summary.meanPrecision += rank.averagePrecision;
  }
  summary.meanPrecision =
      summary.queries > 0 ? summary.meanPrecision / static_cast<double>(summary.queries) : kNaN;
  summary.cmc = cmc(ranks, maxRank);
  return summary;
}

double rankRate(std::span<const Match> matches, int k) { return cmc(matches, k).back(); }

std::vector<GroupRate> rankRateByGroup(std::span<const Match> matches, std::span<const int> group, int k) {
  checkRank(k);
  if (group.size() != matches.size())
    fail("{} probes came with {} groups; give one group a probe", matches.size(), group.size());
  struct Count {
    std::int64_t probes = 0, found = 0;
  };
  std::map<int, Count> counts;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (matches[i].rank == 0) continue;
    Count& count = counts[group[i]];
    ++count.probes;
    count.found += matches[i].rank <= k ? 1 : 0;
  }
  std::vector<GroupRate> rates;
  for (const auto& [number, count] : counts)
    rates.push_back(
        {number, count.probes, static_cast<double>(count.found) / static_cast<double>(count.probes)});
  return rates;
}

std::vector<TpirAtFpir> tpirAtFpir(std::span<const Match> matches, std::span<const double> fpirs) {
  std::vector<float> strangers;
  std::vector<float> first;  // scores of those with rank 1
  std::size_t known = 0;
  for (const Match& match : matches) {
    if (match.rank == 0) strangers.push_back(match.best);
    known += match.rank > 0 ? 1 : 0;
    if (match.rank == 1) first.push_back(match.own);
  }
  if (strangers.empty()) fail("no probe is a stranger to the gallery; an open-set rate needs some that are");
  if (known == 0)
    fail("every probe is a stranger to the gallery; an open-set rate needs some that are in it");
  std::sort(strangers.begin(), strangers.end(), std::greater<>());
  const auto n = static_cast<std::int64_t>(strangers.size());
  float lowest = strangers.back();
  for (const float score : first) lowest = std::min(lowest, score);
  std::vector<TpirAtFpir> points;
  for (const double fpir : fpirs) {
    const std::int64_t allowed = allowedFalseAccepts(fpir, n);
    TpirAtFpir point;
    point.fpir = fpir;
    point.threshold = lowest;
    if (allowed < n)
      point.threshold = std::nextafter(strangers[static_cast<std::size_t>(allowed)], kInfinity);
    const auto reach = [&](float score) { return score >= point.threshold; };
    point.actualFpir = static_cast<double>(std::count_if(strangers.begin(), strangers.end(), reach)) /
                       static_cast<double>(n);
    point.tpir =
        static_cast<double>(std::count_if(first.begin(), first.end(), reach)) / static_cast<double>(known);
    point.supported = supports(n, fpir);
    points.push_back(point);
  }
  return points;
}

double topKError(data::MatrixView scores, std::span<const int> labels, int k) {
  checkRank(k);
  if (static_cast<std::int64_t>(labels.size()) != scores.rows)
    fail("{} rows of class scores came with {} labels; give one label a row", scores.rows, labels.size());
  std::int64_t wrong = 0;
  for (std::int64_t r = 0; r < scores.rows; ++r) {
    const int label = labels[static_cast<std::size_t>(r)];
    if (label < 0 || label >= scores.cols)
      fail("row {} has label {}, but there are {} classes, from 0", r, label, scores.cols);
    const auto row = scores.row(r);
    const float own = row[static_cast<std::size_t>(label)];
    // Written so that a NaN on either side counts against the true class; the class itself is no rival.
    const auto above = std::count_if(row.begin(), row.end(), [&](float other) { return !(other < own); }) - 1;
    wrong += above >= k ? 1 : 0;
  }
  return scores.rows == 0 ? kNaN : static_cast<double>(wrong) / static_cast<double>(scores.rows);
}

}  // namespace discern::evaluation
