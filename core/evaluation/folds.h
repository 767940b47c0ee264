// What is told of a number that each fold gives.
#pragma once

#include <span>

namespace discern::evaluation {

struct FoldMean {
  double mean = 0;
  double error = 0;  // standard error of the mean: sd / sqrt(folds), the deviation with folds - 1
};
// Of two folds or more.
FoldMean meanOverFolds(std::span<const double> folds);

}  // namespace discern::evaluation
