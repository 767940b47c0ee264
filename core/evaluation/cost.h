// What an aggregation costs: DDNet on all samples, the base model on those that are kept (on all, where the
// scores are told from its features).
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "core/base/names.h"

namespace discern::evaluation {

// How compute is told. Literature says FLOPs for both: DDL's 81.9 M of DDNet are operations, its 11 G of
// IResNet-100 multiply-accumulates.
enum class ComputeCount { Macs, Operations };
inline const auto& namesOf(ComputeCount) {
  static constexpr std::array<Named<ComputeCount>, 2> kNames{
      {{ComputeCount::Macs, "macs", "Multiply-accumulates"},
       {ComputeCount::Operations, "operations", "Operations: two a multiply-accumulate"}}};
  return kNames;
}
inline double countedAs(ComputeCount count, double macs) {
  return count == ComputeCount::Operations ? 2 * macs : macs;
}
// "MACs" or "FLOPs"
inline const char* unitOf(ComputeCount count) { return count == ComputeCount::Operations ? "FLOPs" : "MACs"; }

// Multiply-accumulates: a count of operations is twice as large.
struct CostModel {
  double baseMacs = 0, baseMilliseconds = 0;    // per image
  double ddnetMacs = 0, ddnetMilliseconds = 0;  // per image, of what tells the scores; 0: free, NaN: unknown
  bool scoresNeedBase = false;                  // the base model has seen every image before any is dropped

  bool operator==(const CostModel& other) const;  // an unknown cost equals another
};

struct Cost {
  double macs = 0;
  double milliseconds = std::numeric_limits<double>::quiet_NaN();  // NaN: the base model's are not stated
  // Of running the base model on everything: in MACs when they are stated, else in milliseconds, else
  // kept/samples; NaN when scores were used and what they cost is unknown.
  double share = 1;
};
// What scoring one image costs, as a share of the base model's cost on it (0 when the base model's is not
// stated, NaN when its own is not known).
double scoringShare(const CostModel& model);
Cost cost(const CostModel& model, std::int64_t samples, std::int64_t kept, bool usesScores = true);

}  // namespace discern::evaluation
