// What is told of a number that each fold gives.
#pragma once

#include <span>

namespace discern::evaluation {

struct FoldMean {
  double mean = 0;
  double deviation = 0;  // with folds - 1
  double error = 0;      // standard error of the mean: deviation / sqrt(folds)
};
// Of two folds or more.
FoldMean meanOverFolds(std::span<const double> folds);

}  // namespace discern::evaluation
