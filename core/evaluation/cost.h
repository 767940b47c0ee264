// What an aggregation costs: DDNet on all samples, the base model on those that are kept.
#pragma once

#include <cstdint>

namespace discern::evaluation {

struct CostModel {
  double baseMacs = 0, baseMilliseconds = 0;    // per image
  double ddnetMacs = 0, ddnetMilliseconds = 0;  // per image; 0 when scores are free
};

struct Cost {
  double macs = 0, milliseconds = 0;
  double share = 1;  // of running the base model on everything
};
Cost cost(const CostModel& model, std::int64_t samples, std::int64_t kept, bool usesScores = true);

}  // namespace discern::evaluation
