// The mimic layer of a student, fitted to a teacher's features by least squares: what gradient descent would
// need many epochs for, since the layer starts in directions that have nothing to do with the teacher's.
#pragma once

#include <opencv2/core/mat.hpp>

#include "core/networks/student.h"

namespace discern::training {

class MimicFit {
 public:
  // ridge: of the mean variance of what the layer sees. Directions in which faces hardly differ would get
  // large weights, and the layers before them large gradients.
  explicit MimicFit(int dims, double ridge = 0.01);
  // pooled: N x 32 (Student::pooled), targets: N x D.
  void add(const torch::Tensor& pooled, const torch::Tensor& targets);
  // Ridge regression with an intercept becomes the mimic layer. The identity layer is solved so that the
  // network's output stays what it was: exactly (up to the ridge) where the new layer has full rank, D >= 32;
  // otherwise as near as it can be. Nothing happens without faces.
  void apply(networks::Student& student) const;

 private:
  cv::Mat squares_, products_;  // of (pooled, 1) with itself and with the targets, float64
  double ridge_, faces_ = 0;
};

}  // namespace discern::training
