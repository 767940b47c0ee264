#include "core/aggregation/weights.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/aggregation/aggregate.h"
#include "core/aggregation/names.h"
#include "core/base/error.h"
#include "core/base/rng.h"

namespace discern::aggregation {
namespace {

constexpr std::array<std::pair<Method, const char*>, 9> kMethods{{
    {Method::Average, "average"},
    {Method::Max, "max"},
    {Method::Top1, "top-1"},
    {Method::TopK, "top-k"},
    {Method::NormWeighted, "norm-weighted"},
    {Method::ScoreWeighted, "score-weighted"},
    {Method::RandomK, "random-k"},
    {Method::Ddl, "ddl"},
    {Method::MediaMeanSum, "media-mean-sum"},
}};

// "Top_1" and "top1" are "top-1".
std::string plain(std::string_view text) {
  std::string result;
  for (const char c : text)
    if (c != '-' && c != '_') result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

template <typename Table>
auto parse(const Table& table, std::string_view text, const char* what) {
  std::string names;
  for (const auto& [value, name] : table) {
    if (plain(name) == plain(text)) return value;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  fail("'{}' is no {}; use one of: {}", text, what, names);
}

template <typename Table, typename Value>
const char* nameOf(const Table& table, Value value) {
  for (const auto& [entry, name] : table)
    if (entry == value) return name;
  return "?";
}

// Larger is better; what is not finite is worse than everything.
bool better(float a, float b) {
  if (!std::isfinite(a)) return false;
  return !std::isfinite(b) || a > b;
}

// Equal weights that sum to 1; if all are zero, of everything.
std::vector<double> normalised(std::vector<double> weights) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(sum > 0)) return std::vector<double>(weights.size(), 1.0 / static_cast<double>(weights.size()));
  for (double& w : weights) w /= sum;
  return weights;
}

// Indices of the k best scores; of equal ones the earlier.
std::vector<double> topK(std::span<const float> scores, std::size_t k) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return better(scores[a], scores[b]); });
  std::vector<double> weights(scores.size(), 0.0);
  for (std::size_t i = 0; i < std::min(k, order.size()); ++i) weights[order[i]] = 1;
  return normalised(std::move(weights));
}

std::vector<double> randomK(std::size_t n, std::size_t k, std::uint64_t seed) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  Rng(seed).shuffle(order);
  std::vector<double> weights(n, 0.0);
  for (std::size_t i = 0; i < std::min(k, n); ++i) weights[order[i]] = 1;
  return normalised(std::move(weights));
}

void requireNotNegative(std::span<const float> scores) {
  for (const float score : scores)
    if (std::isfinite(score) && score < 0)
      fail("score {} is negative, but a weight cannot be; give scores between 0 and 1", score);
}

std::vector<double> scoreWeighted(std::span<const float> scores) {
  requireNotNegative(scores);
  std::vector<double> weights;
  for (const float score : scores) weights.push_back(std::isfinite(score) ? score : 0.0);
  return normalised(std::move(weights));
}

std::vector<double> ddl(std::span<const float> scores, const Options& options) {
  requireNotNegative(scores);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (std::isfinite(scores[i]) && scores[i] > options.threshold) kept.push_back(i);
  std::vector<double> weights(scores.size(), 0.0);
  if (kept.empty()) {
    const auto best =
        std::max_element(scores.begin(), scores.end(), [](float a, float b) { return better(b, a); });
    if (std::isfinite(*best)) weights[static_cast<std::size_t>(best - scores.begin())] = 1;
    return normalised(std::move(weights));
  }
  float low = scores[kept[0]], high = low;
  for (const std::size_t i : kept) {
    low = std::min(low, scores[i]);
    high = std::max(high, scores[i]);
  }
  // D'' = K D' + B of DDL with K = 1 / (high - low), B = -low K; K cancels when the weights are normalised.
  const bool rescaled = rescales(options, static_cast<std::int64_t>(kept.size()), low, high);
  for (const std::size_t i : kept)
    weights[i] = low == high ? 1.0 : static_cast<double>(scores[i]) - (rescaled ? low : 0.0);
  return normalised(std::move(weights));
}

}  // namespace

const char* toString(Method method) { return nameOf(kMethods, method); }
const char* toString(Rescale rescale) { return discern::nameOf(rescale); }
Method parseMethod(std::string_view text) { return parse(kMethods, text, "aggregation"); }
Rescale parseRescale(std::string_view text) { return parseName<Rescale>(text, "way to rescale"); }

const std::vector<Method>& allMethods() {
  static const std::vector<Method> methods = [] {
    std::vector<Method> all;
    for (const auto& [method, name] : kMethods) all.push_back(method);
    return all;
  }();
  return methods;
}

bool usesScores(Method method) {
  return method == Method::Top1 || method == Method::TopK || method == Method::ScoreWeighted ||
         method == Method::Ddl;
}

bool rescales(const Options& options, std::int64_t kept, float low, float high) {
  if (options.rescale != Rescale::Auto) return options.rescale == Rescale::On;
  return kept >= options.autoMinimum &&
         static_cast<double>(high) - static_cast<double>(low) >= options.autoSpread;
}

std::vector<double> weightsOf(std::size_t n, std::span<const float> scores, std::span<const float> norms,
                              const Options& options) {
  if (n == 0) return {};
  const Method method = options.method;
  if (usesScores(method) && scores.size() != n)
    fail("{} needs one score per sample, but {} samples came with {} scores", toString(method), n,
         scores.size());
  if (method == Method::NormWeighted && norms.size() != n)
    fail("norm-weighted needs one norm per sample, but {} samples came with {} norms", n, norms.size());
  if ((method == Method::TopK || method == Method::RandomK) && options.k < 1)
    fail("k is {}, but {} keeps at least 1 sample", options.k, toString(method));
  const auto k = static_cast<std::size_t>(std::max(1, options.k));
  switch (method) {
    case Method::Average:
      return normalised(std::vector<double>(n, 1.0));
    case Method::Top1:
      return topK(scores, 1);
    case Method::TopK:
      return topK(scores, k);
    case Method::NormWeighted:
      return normalised({norms.begin(), norms.end()});
    case Method::ScoreWeighted:
      return scoreWeighted(scores);
    case Method::RandomK:
      return randomK(n, k, options.seed);
    case Method::Ddl:
      return ddl(scores, options);
    case Method::Max:
    case Method::MediaMeanSum:
      break;
  }
  fail("{} is no weighted mean, so its samples have no weights; use another aggregation", toString(method));
}

std::vector<double> weights(std::span<const float> scores, std::span<const float> norms,
                            const Options& options) {
  return weightsOf(std::max(scores.size(), norms.size()), scores, norms, options);
}

}  // namespace discern::aggregation
