// Rank correlation of a predicted score with the true one, globally and inside identities.
#pragma once

#include <span>

namespace discern::evaluation {

double spearman(std::span<const float> a, std::span<const float> b);  // ties get mean ranks; NaN below 2 points or no spread
struct WithinResult {
  double mean = 0;     // over identities with at least `minimum` finite pairs
  int identities = 0;
};
WithinResult spearmanWithin(std::span<const float> a, std::span<const float> b, std::span<const int> identity, int minimum = 5);
// Area under the ROC of `score` separating flagged from unflagged (flagged expected lower). NaN when a side is empty.
double separationAuc(std::span<const float> score, std::span<const unsigned char> flagged);

}  // namespace discern::evaluation
