// The D-score straight from its definition, in double precision
// and by plain loops: what the engine is tested against.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/base/rng.h"
#include "core/discriminability/dscore.h"

namespace discern::discriminability::oracle {

using Vector = std::vector<double>;

inline double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}
inline Vector unit(Vector v) {
  const double length = std::sqrt(dot(v, v));
  for (double& x : v) x /= length;
  return v;
}
inline Vector unit(std::span<const float> v) { return unit(Vector(v.begin(), v.end())); }
inline double distance(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return std::sqrt(sum);
}

struct Row {
  bool scored = false;
  double own = 0, hardest = 0, ratio = 0, score = 0;
  int hardestIdentity = -1;
  // How often the length of the sum of the others the sample itself is long: rounding of the sum, of which
  // leave-one-out takes it away, grows by that.
  double dominance = 1;
};

inline bool usable(std::span<const float> row) {
  bool zero = true;
  for (const float v : row) {
    if (!std::isfinite(v)) return false;
    zero = zero && v == 0;
  }
  return !zero;
}

inline bool voting(const ScoreInput& in, std::int64_t i) { return in.votes.empty() || in.votes[i] != 0; }

// Mean of the identity's features without sample `without` (-1: none), to unit length.
inline Vector centroid(const ScoreInput& in, int identity, std::int64_t without,
                       data::Lengths lengths = data::Lengths::Unit, double* length = nullptr) {
  Vector sum(static_cast<std::size_t>(in.features.cols));
  for (std::int64_t i = 0; i < in.features.rows; ++i) {
    if (in.identity[i] != identity || i == without || !usable(in.features.row(i)) || !voting(in, i)) continue;
    const auto raw = in.features.row(i);
    const Vector f = lengths == data::Lengths::Raw ? Vector(raw.begin(), raw.end()) : unit(raw);
    for (std::size_t k = 0; k < f.size(); ++k) sum[k] += f[k];
  }
  if (length != nullptr) *length = std::sqrt(dot(sum, sum));
  return unit(sum);
}

inline std::vector<Row> score(const ScoreInput& in, const ScoreOptions& options) {
  std::vector<Row> rows(static_cast<std::size_t>(in.features.rows));
  std::vector<int> count(static_cast<std::size_t>(in.identities));
  for (std::int64_t i = 0; i < in.features.rows; ++i)
    if (in.identity[i] >= 0 && usable(in.features.row(i)) && voting(in, i)) ++count[in.identity[i]];
  std::vector<Vector> centre(static_cast<std::size_t>(in.identities));
  for (int c = 0; c < in.identities; ++c)
    if (count[c] > 0) centre[c] = centroid(in, c, -1, options.lengths);
  const bool cosine = options.metric == Metric::Cosine;
  for (std::int64_t i = 0; i < in.features.rows; ++i) {
    const int id = in.identity[i];
    if (id < 0 || !usable(in.features.row(i)) || count[id] < 2) continue;
    const Part part = in.part[id];
    if (part != Part::Train && part != Part::Test) continue;
    const Vector f = unit(in.features.row(i));
    double best = -std::numeric_limits<double>::infinity();
    const auto offer = [&](const Vector& c, int name) {
      const double closeness = cosine ? dot(f, c) : -distance(f, c);
      if (closeness <= best) return;
      best = closeness;
      rows[i].hardestIdentity = name;
    };
    for (int c = 0; c < in.identities; ++c) {
      const bool seen = in.part[c] == Part::Train || in.part[c] == Part::Pool ||
                        (in.part[c] == Part::Test && part == Part::Test);
      if (c != id && seen && count[c] > 0) offer(centre[c], c);
    }
    for (std::int64_t k = 0; k < in.extraNegatives.rows; ++k)
      if (usable(in.extraNegatives.row(k))) offer(unit(in.extraNegatives.row(k)), -1);
    if (std::isinf(best)) continue;
    double rest = 0;
    const Vector own = options.leaveOneOut ? centroid(in, id, i, options.lengths, &rest) : centre[id];
    Row& row = rows[i];
    if (options.leaveOneOut && options.lengths == data::Lengths::Raw && voting(in, i))
      row.dominance = std::max(1.0, data::norm(in.features.row(i)) / rest);
    row.scored = true;
    row.own = cosine ? dot(f, own) : distance(f, own);
    row.hardest = cosine ? best : -best;
    row.ratio = cosine ? row.own / std::max(options.floor, row.hardest)
                       : row.hardest / std::max(options.floor, row.own);
  }
  Vector ratios;
  for (const bool trainOnly : {true, false}) {
    if (!ratios.empty()) break;
    for (std::int64_t i = 0; i < in.features.rows; ++i)
      if (rows[i].scored && (!trainOnly || (in.part[in.identity[i]] == Part::Train && voting(in, i))))
        ratios.push_back(rows[i].ratio);
  }
  double mean = 0, variance = 0;
  for (const double r : ratios) mean += r / static_cast<double>(ratios.size());
  for (const double r : ratios) variance += (r - mean) * (r - mean) / static_cast<double>(ratios.size());
  for (Row& row : rows) row.score = 1 / (1 + std::exp(-(row.ratio - mean) / std::sqrt(variance)));
  return rows;
}

// A random set: identity directions plus noise, sizes 1 .. largest, parts in turn.
struct RandomSet {
  data::Matrix features;
  std::vector<int> identity;
  std::vector<Part> part;
  data::Matrix extra;
  std::vector<unsigned char> votes;

  ScoreInput input() const {
    return {features.view(), identity, part, static_cast<int>(part.size()), votes, extra.view()};
  }
};

inline RandomSet randomSet(std::uint64_t seed, int identities, int largest, int dims, double noise,
                           int extra = 0) {
  Rng rng(seed);
  RandomSet set;
  data::Matrix directions(identities, dims);
  for (float& v : directions.values) v = static_cast<float>(rng.normal());
  const Part parts[] = {Part::Train, Part::Test, Part::Train, Part::Pool, Part::Out};
  for (int c = 0; c < identities; ++c) {
    set.part.push_back(parts[c % 5]);
    const auto size = 1 + rng.below(largest);
    for (std::int64_t k = 0; k < size; ++k) set.identity.push_back(c);
  }
  rng.shuffle(set.identity);
  set.features = data::Matrix(static_cast<std::int64_t>(set.identity.size()), dims);
  for (std::int64_t i = 0; i < set.features.rows; ++i) {
    const auto scale = static_cast<float>(rng.uniform(0.1, 20));
    for (int k = 0; k < dims; ++k)
      set.features.row(i)[k] =
          scale * (directions.row(set.identity[i])[k] + static_cast<float>(noise * rng.normal()));
  }
  set.extra = data::Matrix(extra, dims);
  for (float& v : set.extra.values) v = static_cast<float>(rng.normal());
  return set;
}

}  // namespace discern::discriminability::oracle
