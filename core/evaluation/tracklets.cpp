#include "core/evaluation/tracklets.h"

#include <array>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/evaluation/row_rank.h"

namespace discern::evaluation {
namespace {

// Summed in double: two tracklets of one walk may lie nearer to each other than a float's square can tell. In
// eight sums, which the compiler keeps in vector registers.
float nearness(std::span<const float> a, std::span<const float> b) {
  std::array<double, 8> sums{};
  std::size_t i = 0;
  const auto add = [&](std::size_t lane, std::size_t at) {
    const double d = static_cast<double>(a[at]) - static_cast<double>(b[at]);
    sums[lane] += d * d;
  };
  for (; i + sums.size() <= a.size(); i += sums.size())
    for (std::size_t lane = 0; lane < sums.size(); ++lane) add(lane, i + lane);
  for (std::size_t lane = 0; i < a.size(); ++i, ++lane) add(lane, i);
  return static_cast<float>(-std::sqrt(std::accumulate(sums.begin(), sums.end(), 0.0)));
}

void check(data::MatrixView rows, std::span<const Sighting> seen, const char* what) {
  if (static_cast<std::int64_t>(seen.size()) != rows.rows)
    fail("a search got {} {} features and {} sightings; give one a row", rows.rows, what, seen.size());
  for (std::int64_t r = 0; r < rows.rows; ++r)
    if (!data::isFinite(rows.row(r)))
      fail("{} feature {} is not finite; leave out tracklets without a usable feature", what, r);
}

}  // namespace

TrackletRanks rankTracklets(data::MatrixView gallery, std::span<const Sighting> gallerySeen,
                            std::span<const unsigned char> galleryIsQuery, data::MatrixView queries,
                            std::span<const Sighting> querySeen) {
  if (gallery.rows == 0) fail("the gallery is empty; give at least one tracklet to search in");
  if (queries.rows > 0 && gallery.cols != queries.cols)
    fail("gallery features have {} numbers and query features {}; extract both with the same model",
         gallery.cols, queries.cols);
  check(gallery, gallerySeen, "gallery");
  check(queries, querySeen, "query");
  if (galleryIsQuery.size() != gallerySeen.size())
    fail("a search got {} gallery features and {} marks of queries; give one a row", gallery.rows,
         galleryIsQuery.size());
  for (std::size_t q = 0; q < querySeen.size(); ++q)
    if (querySeen[q].person < 0 || querySeen[q].camera < 0)
      fail("query {} is of {}; a known person seen by a known camera was expected", q,
           querySeen[q].person < 0 ? "nobody" : "no camera");

  const auto count = static_cast<std::size_t>(queries.rows);
  TrackletRanks ranks{std::vector<RowRank>(count), std::vector<RowRank>(count)};
  parallelFor(queries.rows, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t q = begin; q < end; ++q) {
      const auto at = static_cast<std::size_t>(q);
      const Sighting& query = querySeen[at];
      std::vector<float> own, others, ownOut, othersOut;  // Out: without queries
      for (std::size_t g = 0; g < gallerySeen.size(); ++g) {
        const Sighting& seen = gallerySeen[g];
        const bool same = seen.person == query.person;
        if (seen.person < 0 || (same && seen.camera == query.camera)) continue;
        const float score = nearness(queries.row(q), gallery.row(static_cast<std::int64_t>(g)));
        (same ? own : others).push_back(score);
        if (!galleryIsQuery[g]) (same ? ownOut : othersOut).push_back(score);
      }
      ranks.mars[at] = rowRank(std::move(own), std::move(others), PrecisionRule::Trapezoid);
      ranks.step[at] = rowRank(std::move(ownOut), std::move(othersOut), PrecisionRule::Step);
    }
  });
  return ranks;
}

}  // namespace discern::evaluation
