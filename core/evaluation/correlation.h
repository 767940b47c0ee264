// Rank correlation of a predicted score with the true one, globally and inside identities.
#pragma once

#include <span>

namespace discern::evaluation {

// Ties get mean ranks; pairs with a value that is not finite
// are left out; NaN below 2 points or without spread.
double spearman(std::span<const float> a, std::span<const float> b);
struct WithinResult {
  double mean = 0;  // over identities with at least `minimum` finite pairs and some spread; NaN without any
  int identities = 0;
};
// identity: per pair; negative: none, left out.
WithinResult spearmanWithin(std::span<const float> a, std::span<const float> b, std::span<const int> identity,
                            int minimum = 5);
// Area under the ROC of `score` separating flagged from unflagged (flagged expected lower), ties half. Scores
// that are not finite are left out. NaN when a side is empty.
double separationAuc(std::span<const float> score, std::span<const unsigned char> flagged);

}  // namespace discern::evaluation
