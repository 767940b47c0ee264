// What an aggregation is: its name, what it needs, how it weighs or combines a group.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/aggregation/aggregate.h"
#include "core/base/registry.h"

namespace discern::aggregation {

// One group, its samples without a usable feature left out.
struct Group {
  std::size_t size = 0;
  std::span<const float> scores, norms;  // size, or empty; a score may be NaN
  // Only for a method that combines itself or weighs by the features: the rows, what each is multiplied by,
  // and its medium (negative: of its own, for nobody knows it).
  std::span<const std::span<const float>> rows = {};
  std::span<const double> factors = {};
  std::span<const int> media = {};
};

struct MethodInfo {
  enum class Needs { Nothing, Scores, DetectorScores, Norms, Media, Network };

  std::string name;
  std::string help;              // one line: the weights
  Needs needs = Needs::Nothing;  // without it, the method is not offered
  bool takesK = false;           // Options::k; its name ends in k, which a table replaces by the number
  bool takesThreshold = false;   // Options::threshold, which a sweep moves, and Options::rescale
  bool byFeatures = false;       // its weights come from Group::rows and factors
  // It is what it is on features as they are: Options::normaliseFeatures has no part.
  bool rawFeatures = false;
  bool directions = false;  // on features of length 1, likewise
  bool drawnFirst = false;  // where many curves would hide each other
  // Weights of a group's samples; `normalised` makes them sum to 1. Null: it is no weighted mean but combines
  // the rows itself.
  std::vector<double> (*weights)(const Group& group, const Options& options) = nullptr;
  std::vector<double> (*combine)(const Group& group, const Options& options) = nullptr;
  // How many samples it uses; null: all. scores: one a sample, or empty.
  std::int64_t (*kept)(std::int64_t size, std::span<const float> scores, const Options& options) = nullptr;
};

const char* toString(MethodInfo::Needs needs);  // "scores"; Nothing: "-"

const Registry<MethodInfo>& methods();  // those of methods.def, and registered ones
const MethodInfo& infoOf(Method method);
// An aggregation of a program's own, before its threads start; throws Error when the name is taken.
Method registerMethod(MethodInfo info);
std::string labelOf(const Options& options);                                // "top-3", "ddl rescale=off"
std::vector<double> weightsOf(const Group& group, const Options& options);  // as weights(), for any size
// Of a group of `size` samples those that are used.
std::int64_t keptOf(std::int64_t size, std::span<const float> scores, const Options& options);

// What top-k takes of a group, by one score a sample: the places of the k best, or of all where there are
// fewer, the best first; of equal scores the earlier, and what is not finite last.
std::vector<std::size_t> bestOf(std::span<const float> scores, std::size_t k);

// For the methods' files.
bool better(float a, float b);  // larger is better; what is not finite is worse than everything
// To the sum 1; if all are zero, equal ones.
std::vector<double> normalised(std::vector<double> weights);
void requireNotNegative(std::span<const float> scores);  // throws Error
// Equal weights on the first k of `order`.
std::vector<double> onFirst(std::span<const std::size_t> order, std::size_t k);
// Of a method that judges samples by their directions alone: what makes each row one of length 1.
std::vector<double> toDirections(const Group& group);
// Of a method that weighs by features: sum of weight x factor x row.
std::vector<double> weightedSum(const Group& group, std::span<const double> weights);
std::int64_t keptAtMostK(std::int64_t size, std::span<const float> scores, const Options& options);

}  // namespace discern::aggregation
