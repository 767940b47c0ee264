// MARS's protocol written a second time, after the benchmark's own script and after the list of hits that
// others keep: nothing of it is Discern's. Slow.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <set>
#include <vector>

#include "core/data/matrix.h"
#include "core/evaluation/tracklets.h"

namespace discern::evaluation::second {

struct Search {
  data::Matrix gallery, queries;
  std::vector<Sighting> gallerySeen, querySeen;
  std::vector<unsigned char> isQuery;
};

inline double distance(const Search& s, std::int64_t q, std::int64_t g) {
  double sum = 0;
  for (std::int64_t c = 0; c < s.gallery.cols; ++c)
    sum += std::pow(static_cast<double>(s.queries.row(q)[static_cast<std::size_t>(c)]) -
                        s.gallery.row(g)[static_cast<std::size_t>(c)],
                    2);
  return std::sqrt(sum);
}
inline std::vector<int> sorted(const Search& s, std::int64_t q) {
  std::vector<int> order(s.gallerySeen.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](int g) { return distance(s, q, g); });
  return order;
}

struct Told {
  double meanPrecision = 0;
  std::vector<double> cmc;
};

// The benchmark's own walk down the sorted list, with sets of right and of junk places and running recall.
inline Told benchmarkWalk(const Search& s, int ranks) {
  Told told{0, std::vector<double>(static_cast<std::size_t>(ranks), 0.0)};
  int counted = 0;
  for (std::int64_t q = 0; q < s.queries.rows; ++q) {
    const Sighting& query = s.querySeen[static_cast<std::size_t>(q)];
    std::set<int> good, junk;
    for (int g = 0; g < std::ssize(s.gallerySeen); ++g) {
      const Sighting& seen = s.gallerySeen[static_cast<std::size_t>(g)];
      if (seen.person == -1) junk.insert(g);
      if (seen.person == query.person) (seen.camera == query.camera ? junk : good).insert(g);
    }
    if (good.empty()) continue;
    ++counted;
    double oldRecall = 0, oldPrecision = 1, area = 0, found = 0;
    int walked = 0;
    bool met = false;
    for (const int g : sorted(s, q)) {
      if (junk.contains(g)) continue;
      if (good.contains(g)) {
        if (!met)
          for (int k = walked; k < ranks; ++k) told.cmc[static_cast<std::size_t>(k)] += 1;
        met = true;
        found += 1;
      }
      const double recall = found / static_cast<double>(good.size()), precision = found / (walked + 1);
      area += (recall - oldRecall) * ((oldPrecision + precision) / 2);
      oldRecall = recall;
      oldPrecision = precision;
      ++walked;
    }
    told.meanPrecision += area;
  }
  told.meanPrecision /= counted;
  for (double& share : told.cmc) share /= counted;
  return told;
}

// The other convention, over a list of hits: queries out, cumulative hits over places.
inline Told listOfHits(const Search& s, int ranks) {
  Told told{0, std::vector<double>(static_cast<std::size_t>(ranks), 0.0)};
  int counted = 0;
  for (std::int64_t q = 0; q < s.queries.rows; ++q) {
    const Sighting& query = s.querySeen[static_cast<std::size_t>(q)];
    std::vector<int> hits;
    for (const int g : sorted(s, q)) {
      const Sighting& seen = s.gallerySeen[static_cast<std::size_t>(g)];
      const bool removed = seen.person == -1 || s.isQuery[static_cast<std::size_t>(g)] != 0 ||
                           (seen.person == query.person && seen.camera == query.camera);
      if (!removed) hits.push_back(seen.person == query.person ? 1 : 0);
    }
    const int right = std::accumulate(hits.begin(), hits.end(), 0);
    if (right == 0) continue;
    ++counted;
    int sum = 0;
    double precisions = 0;
    for (std::size_t i = 0; i < hits.size(); ++i) {
      sum += hits[i];
      if (hits[i]) precisions += static_cast<double>(sum) / static_cast<double>(i + 1);
      if (i < told.cmc.size()) told.cmc[i] += sum > 0 ? 1 : 0;
    }
    told.meanPrecision += precisions / right;
  }
  told.meanPrecision /= counted;
  for (double& share : told.cmc) share /= counted;
  return told;
}

}  // namespace discern::evaluation::second
