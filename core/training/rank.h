// Rank correlation inside identities, for choosing the best epoch.
#pragma once

#include <vector>

namespace discern::training {

// Mean over identities of Spearman's correlation of `score` and `target` (ties get mean ranks), over
// identities with at least `minimum` finite pairs and some spread in the target; one without spread in the
// score counts 0. NaN when there is none.
double meanSpearmanWithin(const std::vector<float>& score, const std::vector<float>& target,
                          const std::vector<int>& identity, int minimum);

// The same with the minimum of evaluation/correlation.h, 5, or the largest identity's number of pairs where
// none has 5.
double meanSpearmanWithin(const std::vector<float>& score, const std::vector<float>& target,
                          const std::vector<int>& identity);

}  // namespace discern::training
