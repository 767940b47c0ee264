// What the searches for rows (identification.h, tracklets.h) share: a probe's rank and precision from scores.
#pragma once

#include <vector>

#include "core/evaluation/identification.h"

namespace discern::evaluation {

enum class PrecisionRule { Trapezoid, Step };  // Step: the mean of the precision at each own row

// own, others: scores of the gallery's rows, higher is nearer. Of equal ones the others come first.
RowRank rowRank(std::vector<float> own, std::vector<float> others, PrecisionRule rule);

}  // namespace discern::evaluation
