// The losses of a student, batch by batch. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include <cstdint>

#include "core/training/options.h"

namespace discern::training {

// The faces of a batch that have a role: their places in it, and what they are to become.
struct StudentPart {
  torch::Tensor places, wanted;
  bool empty() const { return places.numel() == 0; }
};

// SKD, equation 4, as a mean over the part's faces. Scaled targets: an output of zero has about 1/2 for any
// teacher.
torch::Tensor regressionLoss(const torch::Tensor& mimic, const StudentPart& part, StudentTarget target);

// What a mean over `counted` of a batch's faces counts for in the loss of the batch. Equation 6 is a sum over
// the faces, of which those that were not selected have no regression: of a batch, that is the sum of each
// part over all its faces, and AsIs, the published loss, takes it so. The others add mean to mean, by which a
// batch with few selected faces pulls as hard towards the teacher as one of them alone.
double shareOf(StudentTarget target, std::int64_t counted, std::int64_t faces);

}  // namespace discern::training
