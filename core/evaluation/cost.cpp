#include "core/evaluation/cost.h"

namespace discern::evaluation {

double scoringShare(const CostModel& model) {
  if (model.baseMacs > 0) return model.ddnetMacs / model.baseMacs;
  if (model.baseMilliseconds > 0) return model.ddnetMilliseconds / model.baseMilliseconds;
  return 0;
}

Cost cost(const CostModel& model, std::int64_t samples, std::int64_t kept, bool usesScores) {
  const auto all = static_cast<double>(samples);
  const double some = usesScores && model.scoresNeedBase ? all : static_cast<double>(kept);
  const double scored = usesScores ? all : 0;
  Cost result;
  result.macs = some * model.baseMacs + scored * model.ddnetMacs;
  result.milliseconds = some * model.baseMilliseconds + scored * model.ddnetMilliseconds;
  if (samples > 0) result.share = some / all + (usesScores ? scoringShare(model) : 0);
  return result;
}

}  // namespace discern::evaluation
