#include "core/evaluation/cost.h"

#include <cmath>

namespace discern::evaluation {

bool CostModel::operator==(const CostModel& other) const {
  const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  return same(baseMacs, other.baseMacs) && same(baseMilliseconds, other.baseMilliseconds) &&
         same(ddnetMacs, other.ddnetMacs) && same(ddnetMilliseconds, other.ddnetMilliseconds) &&
         scoresNeedBase == other.scoresNeedBase;
}

double scoringShare(const CostModel& model) {
  if (model.baseMacs > 0 && !std::isnan(model.ddnetMacs)) return model.ddnetMacs / model.baseMacs;
  if (model.baseMilliseconds > 0) return model.ddnetMilliseconds / model.baseMilliseconds;
  return std::isnan(model.ddnetMacs) ? model.ddnetMacs : 0;
}

Cost cost(const CostModel& model, std::int64_t samples, std::int64_t kept, bool usesScores) {
  const auto all = static_cast<double>(samples);
  const double some = usesScores && model.scoresNeedBase ? all : static_cast<double>(kept);
  Cost result;
  result.macs = some * model.baseMacs + (usesScores ? all * model.ddnetMacs : 0);
  if (model.baseMilliseconds > 0)
    result.milliseconds = some * model.baseMilliseconds + (usesScores ? all * model.ddnetMilliseconds : 0);
  if (samples > 0) result.share = some / all + (usesScores ? scoringShare(model) : 0);
  return result;
}

}  // namespace discern::evaluation
