#include "core/aggregation/methods.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/aggregation/names.h"
#include "core/base/error.h"

namespace discern::aggregation {

#define AGGREGATION(file, method, function) MethodInfo function();
#include "core/aggregation/methods.def"
#undef AGGREGATION

namespace {

// In the order of Method.
Registry<MethodInfo>& all() {
#define AGGREGATION(file, method, function) function(),
  static Registry<MethodInfo> registry("aggregation", {
#include "core/aggregation/methods.def"
                                                      });
#undef AGGREGATION
  return registry;
}

// "Top_1" and "top1" are "top-1".
std::string plain(std::string_view text) {
  std::string result;
  for (const char c : text)
    if (c != '-' && c != '_') result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

}  // namespace

const Registry<MethodInfo>& methods() { return all(); }

const MethodInfo& infoOf(Method method) { return all().begin()[static_cast<int>(method)]; }

Method registerMethod(MethodInfo info) {
  all().add(std::move(info));
  return static_cast<Method>(all().size() - 1);
}

const char* toString(MethodInfo::Needs needs) {
  switch (needs) {
    case MethodInfo::Needs::Scores:
      return "scores";
    case MethodInfo::Needs::DetectorScores:
      return "a detector's scores";
    case MethodInfo::Needs::Norms:
      return "norms";
    case MethodInfo::Needs::Media:
      return "media";
    case MethodInfo::Needs::Network:
      return "a trained aggregator";
    case MethodInfo::Needs::Nothing:
      break;
  }
  return "-";
}

const char* toString(Method method) { return infoOf(method).name.c_str(); }

Method parseMethod(std::string_view text) {
  for (const Method method : allMethods())
    if (plain(toString(method)) == plain(text)) return method;
  all().find(std::string(text));  // throws what there is
  return Method::Average;
}

const char* toString(Rescale rescale) { return nameOf(rescale); }
Rescale parseRescale(std::string_view text) { return parseName<Rescale>(text, "way to rescale"); }

std::vector<Method> allMethods() {
  std::vector<Method> list(all().size());
  for (std::size_t i = 0; i < list.size(); ++i) list[i] = static_cast<Method>(i);
  return list;
}

bool usesScores(Method method) {
  const auto needs = infoOf(method).needs;
  return needs == MethodInfo::Needs::Scores || needs == MethodInfo::Needs::DetectorScores;
}

std::string labelOf(const Options& options) {
  const MethodInfo& info = infoOf(options.method);
  if (info.takesThreshold) return fmt::format("{} rescale={}", info.name, toString(options.rescale));
  if (info.takesK && info.name.ends_with('k'))
    return info.name.substr(0, info.name.size() - 1) + std::to_string(options.k);
  return info.name;
}

std::int64_t keptOf(std::int64_t size, std::span<const float> scores, const Options& options) {
  const auto kept = infoOf(options.method).kept;
  return kept ? kept(size, scores, options) : size;
}

bool rescales(const Options& options, std::int64_t kept, float low, float high) {
  if (options.rescale != Rescale::Auto) return options.rescale == Rescale::On;
  return kept >= options.autoMinimum &&
         static_cast<double>(high) - static_cast<double>(low) >= options.autoSpread;
}

bool better(float a, float b) {
  if (!std::isfinite(a)) return false;
  return !std::isfinite(b) || a > b;
}

std::vector<double> normalised(std::vector<double> weights) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(sum > 0)) return std::vector<double>(weights.size(), 1.0 / static_cast<double>(weights.size()));
  for (double& w : weights) w /= sum;
  return weights;
}

std::vector<double> onFirst(std::span<const std::size_t> order, std::size_t k) {
  std::vector<double> weights(order.size(), 0.0);
  for (std::size_t i = 0; i < std::min(k, order.size()); ++i) weights[order[i]] = 1;
  return normalised(std::move(weights));
}

std::vector<double> toDirections(const Group& group) {
  std::vector<double> factors;
  for (const auto row : group.rows) factors.push_back(1.0 / static_cast<float>(data::norm(row)));
  return factors;
}

std::vector<double> weightedSum(const Group& group, std::span<const double> weights) {
  std::vector<double> sum(group.rows[0].size(), 0.0);
  for (std::size_t i = 0; i < group.size; ++i) {
    const double weight = weights[i] * group.factors[i];
    if (weight == 0) continue;
    for (std::size_t j = 0; j < sum.size(); ++j) sum[j] += weight * group.rows[i][j];
  }
  return sum;
}

std::int64_t keptAtMostK(std::int64_t size, std::span<const float>, const Options& options) {
  return std::min<std::int64_t>(options.k, size);
}

void requireNotNegative(std::span<const float> scores) {
  for (const float score : scores)
    if (std::isfinite(score) && score < 0)
      fail("score {} is negative, but a weight cannot be; give scores between 0 and 1", score);
}

std::vector<double> weightsOf(const Group& group, const Options& options) {
  if (group.size == 0) return {};
  const MethodInfo& info = infoOf(options.method);
  const std::size_t n = group.size;
  if (usesScores(options.method) && group.scores.size() != n)
    fail("{} needs one score per sample, but {} samples came with {} scores", info.name, n,
         group.scores.size());
  if (info.needs == MethodInfo::Needs::Norms && group.norms.size() != n)
    fail("{} needs one norm per sample, but {} samples came with {} norms", info.name, n, group.norms.size());
  if (info.takesK && options.k < 1) fail("k is {}, but {} keeps at least 1 sample", options.k, info.name);
  if (!info.weights)
    fail("{} is no weighted mean, so its samples have no weights; use another aggregation", info.name);
  if (info.byFeatures && (group.rows.size() != n || group.factors.size() != n))
    fail("{} weighs samples by their features, which were not given", info.name);
  return info.weights(group, options);
}

std::vector<double> weights(std::span<const float> scores, std::span<const float> norms,
                            const Options& options) {
  return weightsOf({.size = std::max(scores.size(), norms.size()), .scores = scores, .norms = norms},
                   options);
}

}  // namespace discern::aggregation
