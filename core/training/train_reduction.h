// A student recognising N given people: everything up to the mimic layer is frozen, the reduction after it
// and a new N-way softmax are trained (SKD, UCCS experiment).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/matrix.h"

namespace discern::training {

struct ReductionOptions {
  std::string checkpoint{};  // student whose identity layer is the start; empty: Xavier
  int identityDims = 128;    // of the reduction when there is no checkpoint
  int epochs = 60, batch = 256;
  double learningRate = 0.1;  // cosine schedule
  double momentum = 0.9, weightDecay = 5e-4;
  std::uint64_t seed = 1;
};

struct ReductionData {
  data::MatrixView train,
      test;  // mimic features, one row a face, D columns (output "mimic" of the base model)
  std::span<const int> trainLabel, testLabel;  // 0 .. classes - 1
  int classes = 0;
};

struct ReductionResult {
  std::vector<std::array<int, 5>>
      predictions;                          // of the test rows, best first; -1 where there are fewer classes
  double top1Error = 0, top5Error = 0;      // shares of the test rows
  double trainLoss = 0, trainAccuracy = 0;  // of the last epoch
};

// Features that are not finite are left out of training and count as errors in the test
// (predictions -1). Seconds for some ten thousand rows, so it does not resume; throws
// Cancelled. Metric "train/loss" an epoch. Throws Error naming what does not fit: rows
// and labels, another D than the checkpoint's, a class without a training row.
ReductionResult trainReduction(const ReductionOptions& options, const ReductionData& data,
                               Progress& progress);

}  // namespace discern::training
