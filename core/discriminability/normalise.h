// From ratios to scores: one place for the D-score and everything compared with it.
#pragma once

#include <span>

#include "core/data/score_table.h"
#include "core/discriminability/dscore.h"

namespace discern::discriminability {

// Sets mean and sigma (population) from the scored, voting Train samples, or from all scored ones when there
// is none, and score = sigmoid((ratio - mean) / sigma) of every scored sample; sigma = 0 gives 0.5. Throws
// Error on a bad label.
void normaliseRatios(data::ScoreTable& table, std::span<const int> identity, std::span<const Part> part,
                     std::span<const unsigned char> votes);

}  // namespace discern::discriminability
