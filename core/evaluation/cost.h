// What an aggregation costs: DDNet on all samples, the base model on those that are kept (on all, where the
// scores are told from its features).
#pragma once

#include <cstdint>
#include <limits>

namespace discern::evaluation {

// Multiply-accumulates: a FLOP count of the literature is twice as large.
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
