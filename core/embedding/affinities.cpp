#include "core/embedding/affinities.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace discern::embedding {

double calibrate(std::span<const float> squaredDistances, double perplexity, std::span<double> weights) {
  const auto n = static_cast<std::int64_t>(squaredDistances.size());
  const double nearest = squaredDistances[0], farthest = squaredDistances[n - 1];
  const double target = std::log(perplexity);
  double mean = 0;
  for (const float d : squaredDistances) mean += (d - nearest) / static_cast<double>(n);
  double logBeta = mean > 0 ? -std::log(mean) : 0;
  double low = -std::numeric_limits<double>::infinity(), high = -low;
  for (int step = 0; step < 100; ++step) {
    const double beta = std::exp(logBeta);
    double sum = 0, first = 0, second = 0;
    for (std::int64_t k = 0; k < n; ++k) {
      const double d = squaredDistances[k] - nearest;
      const double w = std::exp(-beta * d);
      weights[k] = w;
      sum += w;
      first += w * d;
      second += w * d * d;
    }
    const double average = first / sum;
    const double error = std::log(sum) + beta * average - target;
    if (std::abs(error) < 1e-6 || farthest <= nearest) break;
    (error > 0 ? low : high) = logBeta;
    // dH / d ln(beta) = -beta^2 Var(d2)
    const double slope = -beta * beta * (second / sum - average * average);
    double next = logBeta - error / std::min(slope, -1e-12);
    next = std::clamp(next, logBeta - 3, logBeta + 3);
    if (next <= low || next >= high) next = (low + high) / 2;
    if (std::abs(next) > 500 || next == logBeta) break;  // ties at the nearest: no beta reaches the target
    logBeta = next;
  }
  double sum = 0;
  for (std::int64_t k = 0; k < n; ++k) sum += weights[k];
  for (std::int64_t k = 0; k < n; ++k) weights[k] /= sum;
  return std::exp(logBeta);
}

namespace {

struct Entry {
  std::int32_t column;
  float p;
};

// Two lists by ascending column as one; the same column twice adds up. Calls out(column, p).
template <typename Out>
void mergeRow(std::span<const Entry> a, std::span<const Entry> b, Out out) {
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (j == b.size() || (i < a.size() && a[i].column < b[j].column)) {
      out(a[i].column, a[i].p), ++i;
    } else if (i == a.size() || b[j].column < a[i].column) {
      out(b[j].column, b[j].p), ++j;
    } else {
      out(a[i].column, a[i].p + b[j].p), ++i, ++j;
    }
  }
}

}  // namespace

Affinities affinities(const Neighbours& neighbours, double perplexity, Team& team) {
  const std::int64_t n = neighbours.points, k = neighbours.k;
  std::vector<Entry> own(n * k);
  team.blocks(n, 64, [&](std::int64_t begin, std::int64_t end) {
    std::vector<double> weights(k);
    for (std::int64_t i = begin; i < end; ++i) {
      calibrate(neighbours.distances(i), perplexity, weights);
      Entry* row = &own[i * k];
      for (std::int64_t e = 0; e < k; ++e)
        row[e] = {neighbours.index[i * k + e],
                  static_cast<float>(weights[e] / (2.0 * static_cast<double>(n)))};
      std::sort(row, row + k, [](const Entry& a, const Entry& b) { return a.column < b.column; });
    }
  });

  std::vector<std::int64_t> back(n + 1, 0);  // the transpose, by counting
  for (const Entry& e : own) ++back[e.column + 1];
  for (std::int64_t i = 0; i < n; ++i) back[i + 1] += back[i];
  std::vector<Entry> transposed(n * k);
  std::vector<std::int64_t> at(back.begin(), back.end() - 1);
  for (std::int64_t i = 0; i < n; ++i)
    for (std::int64_t e = i * k; e < (i + 1) * k; ++e)
      transposed[at[own[e].column]++] = {static_cast<std::int32_t>(i), own[e].p};

  const auto bothRows = [&](std::int64_t i, auto out) {
    mergeRow({&own[i * k], static_cast<std::size_t>(k)},
             {transposed.data() + back[i], static_cast<std::size_t>(back[i + 1] - back[i])}, out);
  };
  Affinities result;
  result.points = n;
  result.rowStart.assign(n + 1, 0);
  team.blocks(n, 256, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      std::size_t count = 0;
      bothRows(i, [&](std::int32_t, float) { ++count; });
      result.rowStart[i + 1] = static_cast<std::int64_t>(roundUp(count, 16));
    }
  });
  for (std::int64_t i = 0; i < n; ++i) result.rowStart[i + 1] += result.rowStart[i];
  result.column.resize(result.rowStart[n]);
  result.p.resize(result.rowStart[n]);
  team.blocks(n, 256, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      std::int64_t e = result.rowStart[i];
      bothRows(i, [&](std::int32_t column, float p) { result.column[e] = column, result.p[e++] = p; });
      for (; e < result.rowStart[i + 1]; ++e) result.column[e] = static_cast<std::int32_t>(i);
    }
  });
  return result;
}

}  // namespace discern::embedding
