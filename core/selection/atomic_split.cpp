#include "core/selection/atomic_split.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace discern::selection {
namespace {
constexpr double kTolerance = 1e-12;  // of the weight: what counts as entering earlier
constexpr int kSteps = 40, kFewSteps = 5;
}  // namespace

bool AtomicSplit::isAtomic(const Candidate& t) {
  prepare(t);
  if (t.n < 2 || weight_ <= 0) return true;
  if (provenByLaplacian(t)) {
    ++counts_.byLaplacian;
    return true;
  }
  // A few steps prove most sets; in these a part that enters earlier would be looked for in vain.
  for (const int steps : {kFewSteps, kSteps}) {
    if (provenByClipping(t, steps)) {
      ++counts_.byClipping;
      return true;
    }
    if (entersEarlierInOrderOfX(t)) return false;
  }
  ++counts_.flows;
  maximumFlow(t);
  std::stable_partition(order_.begin(), order_.end(), [&](std::size_t i) { return level_[i] >= 0; });
  if (largestViolation(t) <= kTolerance * weight_) return true;
  ++counts_.splitByFlow;
  return false;
}

void AtomicSplit::prepare(const Candidate& t) {
  const std::size_t width = padded(t.n);
  for (auto* v : {&wanted_, &inverse_, &x_, &rest_, &scaled_, &direction_, &product_}) v->assign(width, 0.0);
  double u = 0;
  weight_ = 0;
  for (std::size_t i = 0; i < t.n; ++i) {
    u += t.u[i];
    weight_ += t.base[i] + t.degree[i] / 2;
    inverse_[i] = t.degree[i] > 0 ? 1 / t.degree[i] : 0;
  }
  const double mu = u / weight_;
  for (std::size_t i = 0; i < t.n; ++i) wanted_[i] = t.u[i] / mu - t.base[i];
}

bool AtomicSplit::provenByLaplacian(const Candidate& t) {
  const std::size_t width = padded(t.n);
  double along = 0;  // residual . preconditioned residual
  for (std::size_t i = 0; i < t.n; ++i) {
    rest_[i] = wanted_[i] - t.degree[i] / 2;
    direction_[i] = rest_[i] * inverse_[i];
    along += rest_[i] * direction_[i];
  }
  for (int k = 0; k < kSteps; ++k) {
    const double curvature =
        kernels().laplacian(t.pairs, t.degree.data(), direction_.data(), product_.data(), width);
    if (curvature > 0) {
      const double before = along;
      along = kernels().step(along / curvature, direction_.data(), product_.data(), inverse_.data(),
                             x_.data(), rest_.data(), scaled_.data(), width);
      for (std::size_t i = 0; i < width; ++i) direction_[i] = scaled_[i] + along / before * direction_[i];
    }
    double lowest = x_[0], highest = x_[0], error = std::abs(scaled_[0]);
    for (std::size_t i = 1; i < t.n; ++i) {
      lowest = std::min(lowest, x_[i]);
      highest = std::max(highest, x_[i]);
      error = std::max(error, std::abs(scaled_[i]));
    }
    if (highest - lowest <= 0.5) {
      chooseHubs(t.n);
      if (isRoutable(t)) return true;
    }
    // Nearly solved (scaled_ is about the error of x) and still too wide; or, without curvature, solved.
    if (!(curvature > 0) || error < 1e-2 * (highest - lowest - 0.5)) return false;
  }
  return false;
}

// Jacobi's iteration for the clipped shares, whose loads grow with x as well.
bool AtomicSplit::provenByClipping(const Candidate& t, int steps) {
  const std::size_t width = padded(t.n);
  for (auto* v : {&roughX_, &roughLoad_, &roughOpen_}) v->assign(width, 0.0F);
  for (int k = 0; k < steps; ++k) {
    for (std::size_t i = 0; i < t.n; ++i) roughX_[i] = static_cast<float>(x_[i]);
    kernels().roughLoads(t.pairs, roughX_.data(), roughLoad_.data(), roughOpen_.data(), width);
    for (std::size_t i = 0; i < t.n; ++i) {
      rest_[i] = wanted_[i] - roughLoad_[i];
      if (!std::isfinite(rest_[i])) return false;  // beyond single precision: x_ stays as it was
    }
    if (k % 4 == 0) chooseHubs(t.n);
    if (isRoutable(t)) {  // single precision only says when it is worth looking closely
      kernels().loads(t.pairs, x_.data(), product_.data(), direction_.data(), width);
      for (std::size_t i = 0; i < t.n; ++i) rest_[i] = wanted_[i] - product_[i];
      if (isRoutable(t)) return true;
    }
    for (std::size_t i = 0; i < t.n; ++i)
      if (t.degree[i] > 0) x_[i] += rest_[i] / std::max<double>(roughOpen_[i], 0.2 * t.degree[i]);
  }
  return false;
}

void AtomicSplit::chooseHubs(std::size_t n) {
  const auto [lowest, highest] = std::minmax_element(x_.begin(), x_.begin() + static_cast<std::ptrdiff_t>(n));
  middle_ = (*lowest + *highest) / 2;
  std::array<double, 3> distance;
  distance.fill(std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t h = 0; h < hub_.size(); ++h) {
      const double away = std::abs(x_[i] - middle_ - 0.4 * (static_cast<double>(h) - 1));
      if (away >= distance[h]) continue;
      distance[h] = away;
      hub_[h] = i;
    }
}

// What the loads lack after a few steps, rest_, is moved exactly over the pairs with one of the hubs, and
// between these, if the pairs have room: then there are shares that give the loads asked for.
bool AtomicSplit::isRoutable(const Candidate& t) const {
  const std::size_t width = padded(t.n);
  const double exact = 1e-15 * weight_;
  // Whether `to` can have `amount` more (or less, if negative) of its pair with `from`.
  const auto hasRoom = [&](std::size_t to, std::size_t from, double amount) {
    const double share = std::clamp(0.5 + x_[to] - x_[from], 0.0, 1.0);
    return std::abs(amount) <= t.pairs[from * width + to] * (amount > 0 ? 1 - share : share);
  };
  std::array<double, 3> moved{};
  for (std::size_t i = 0; i < t.n; ++i) {
    if (i == hub_[0] || i == hub_[1] || i == hub_[2] || std::abs(rest_[i]) <= exact) continue;
    const double side = x_[i] - middle_;
    const std::size_t h = 1 + std::size_t{side > 0.3} - std::size_t{side < -0.3};
    if (!hasRoom(i, hub_[h], rest_[i])) return false;
    moved[h] += rest_[i];
  }
  for (const std::size_t h : {0, 2}) {
    if (hub_[h] == hub_[1]) continue;
    const double amount = rest_[hub_[h]] + moved[h];
    if (std::abs(amount) > exact && !hasRoom(hub_[h], hub_[1], amount)) return false;
  }
  return true;
}

// A small x asks for less load: such samples, together, may enter earlier.
bool AtomicSplit::entersEarlierInOrderOfX(const Candidate& t) {
  order_.resize(t.n);
  std::iota(order_.begin(), order_.end(), 0);
  std::ranges::stable_sort(order_, {}, [&](std::size_t i) { return x_[i]; });
  if (largestViolation(t) <= kTolerance * weight_) return false;
  ++counts_.bySweep;
  return true;
}

// Largest weight - u / mu over the prefixes of order_: above 0, that prefix enters earlier than T.
double AtomicSplit::largestViolation(const Candidate& t) {
  const std::size_t width = padded(t.n);
  gain_.resize(t.n);
  linked_.resize(width);
  kernels().gains(t.pairs, order_.data(), t.n, gain_.data(), linked_.data(), width);
  double largest = 0, sum = 0;
  for (std::size_t p = 0; p < t.n; ++p) {
    sum += gain_[p] - wanted_[order_[p]];
    largest = std::max(largest, sum);
  }
  return largest;
}

// Shares w_ij (1/2 + x_i - x_j), clipped to the pair. One end's is computed and the other's is what remains,
// so that no rounding creates or loses weight.
void AtomicSplit::shareOut(const Candidate& t) {
  const std::size_t n = t.n, width = padded(n);
  share_.assign(n * n, 0.0);
  surplus_.resize(n);
  double largest = 0;
  for (std::size_t i = 0; i < n; ++i) surplus_[i] = -wanted_[i];
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 1; j < n; ++j) {
      const double w = t.pairs[i * width + j];
      const double mine = w * std::clamp(0.5 + x_[i] - x_[j], 0.0, 1.0);
      share_[i * n + j] = mine;
      share_[j * n + i] = w - mine;
      surplus_[i] += mine;
      surplus_[j] += w - mine;
      largest = std::max(largest, w);
    }
  tinyShare_ = 1e-15 * largest;
  tinySurplus_ = 0.1 * kTolerance * weight_ / static_cast<double>(n);
}

// Distances from the samples with a surplus, along pairs that hold a share to give away; -1: out of reach.
// Stops behind the first distance at which load is needed; false: none is in reach.
bool AtomicSplit::levelsReachNeed(std::size_t n) {
  level_.assign(n, -1);
  queue_.clear();
  for (std::size_t i = 0; i < n; ++i)
    if (surplus_[i] > tinySurplus_) {
      level_[i] = 0;
      queue_.push_back(i);
    }
  int reached = -1;
  for (std::size_t head = 0; head < queue_.size(); ++head) {
    const std::size_t i = queue_[head];
    if (reached >= 0 && level_[i] >= reached) break;
    for (std::size_t j = 0; j < n; ++j) {
      if (level_[j] >= 0 || share_[i * n + j] <= tinyShare_) continue;
      level_[j] = level_[i] + 1;
      queue_.push_back(j);
      if (reached < 0 && surplus_[j] < -tinySurplus_) reached = level_[j];
    }
  }
  return reached >= 0;
}

// Moves at most `limit` from a sample towards need, each step one level up; returns what arrived.
double AtomicSplit::push(std::size_t from, double limit, std::size_t n) {
  double moved = 0;
  if (surplus_[from] < 0) {
    moved = std::min(limit, -surplus_[from]);
    surplus_[from] += moved;
  }
  for (std::size_t& to = next_[from]; to < n && moved < limit; ++to) {
    if (level_[to] != level_[from] + 1 || share_[from * n + to] <= tinyShare_) continue;
    const double arrived = push(to, std::min(limit - moved, share_[from * n + to]), n);
    share_[from * n + to] -= arrived;
    share_[to * n + from] += arrived;
    moved += arrived;
    if (moved >= limit) break;  // this pair may have more to give
  }
  return moved;
}

// Dinic's algorithm on the n samples; afterwards level_ marks what the remaining surplus reaches.
void AtomicSplit::maximumFlow(const Candidate& t) {
  shareOut(t);
  while (levelsReachNeed(t.n)) {
    next_.assign(t.n, 0);
    for (std::size_t i = 0; i < t.n; ++i)
      if (level_[i] == 0) surplus_[i] -= push(i, surplus_[i], t.n);
  }
}

}  // namespace discern::selection
