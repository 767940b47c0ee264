// Group features -> one feature: DDL's discriminability-weighted
// mean and the baselines it is measured against.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/matrix.h"

namespace discern::aggregation {

// Those of methods.def; methods.h says all about each. Registered ones (registerMethod) come behind them.
enum class Method : int {
#define AGGREGATION(file, method, function) method,
#include "core/aggregation/methods.def"
#undef AGGREGATION
};
const char* toString(Method method);
Method parseMethod(std::string_view text);  // throws Error that lists them
std::vector<Method> allMethods();
bool usesScores(Method method);  // needs one number a sample: a score, or what a detector said

enum class Rescale { Off, On, Auto };  // Auto: on when the group is large enough and its scores spread enough
const char* toString(Rescale rescale);
Rescale parseRescale(std::string_view text);

struct GroupNetwork;

struct Options {
  Method method = Method::Ddl;
  double threshold = 0.15;  // Ddl: keep score > threshold; if none passes, keep the best one
  Rescale rescale = Rescale::Auto;
  int k = 3;               // TopK, RandomK, UniformK
  double trim = 0.15;      // TrimmedMean: share of the samples that are dropped, rounded down
  double minCosine = 0.3;  // TwoPassMean: with the mean of all; what is below is dropped
  std::uint64_t seed = 1;  // RandomK: mixed with the index of the group
  // L2-normalise each feature before combining (NormWeighted
  // then weights by its norm; off, by its norm squared). MediaMeanSum and InsightFace never do.
  bool normaliseFeatures = true;
  // Auto rescales when at least this many samples are kept and (max - min) of their scores reaches
  // autoSpread. Values chosen by measurement, see docs/benchmarks.md.
  int autoMinimum = 2;
  double autoSpread = 0.1;
  std::shared_ptr<const GroupNetwork> network;  // Attention, Rnn: the trained one (group_network.h)
};

// Auto's decision for `kept` samples whose scores span [low, high]; On and Off decide by themselves.
bool rescales(const Options& options, std::int64_t kept, float low, float high);

// Weights of one group's n samples, summing to 1, for every method that is a weighted mean (not Max,
// MediaMeanSum). scores: n, in (0, 1); NaN scores count as the lowest. norms: n, may be empty unless
// NormWeighted. n = 1 or all kept scores equal -> plain mean of the kept. A group without any finite score:
// nothing is known, so Ddl keeps everything and takes the plain mean. Equal scores: the earlier sample is the
// better one (Top1, TopK, best one). Throws Error on a negative score (Ddl, ScoreWeighted), k < 1, and for
// methods that are no weighted mean or weigh by the features themselves (MethodInfo::byFeatures).
std::vector<double> weights(std::span<const float> scores, std::span<const float> norms,
                            const Options& options);

// One L2-normalised row per group. features: N x d; groups: sample indices; scores: N (may be empty where the
// method needs none); media: N ids (MediaMeanSum only, may be empty: every sample its own medium). Samples
// whose feature is not finite or zero are skipped; a group with none left becomes a zero row.
data::Matrix aggregate(data::MatrixView features, const std::vector<std::vector<int>>& groups,
                       std::span<const float> scores, const Options& options,
                       std::span<const int> media = {});

// The same on features that are already of unit length; norms: N lengths they had (0: the sample is skipped).
data::Matrix aggregateUnit(data::MatrixView unit, std::span<const float> norms,
                           const std::vector<std::vector<int>>& groups, std::span<const float> scores,
                           const Options& options, std::span<const int> media = {});

}  // namespace discern::aggregation
