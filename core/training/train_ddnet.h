// Training the network that predicts the D-score from pixels (DDL, section 3.2).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/matrix.h"
#include "core/training/faces.h"
#include "core/training/options.h"
#include "core/training/together.h"

namespace discern::training {

struct DdnetData {
  FaceSource faces;
  std::vector<float> target;  // true D-score in (0, 1); NaN: there is none
  // What a teacher (FeatureHead) says of the face, learned instead of the target where there is one; may be
  // empty. Faces with neither are not used, and only targets are ever measured against.
  std::vector<float> taught;
  std::vector<int> identity;
  std::vector<unsigned char> clean;  // 1: an original, 0: a degraded copy; may be empty (all clean)
  data::MatrixView features;  // of the base model, a row for each face (directions count); may be empty
};

struct DdnetResult {
  int epochs = 0, bestEpoch = 0;
  double trainLoss = 0, validationLoss = 0;
  double validationSpearman = 0;       // mean within identities, all held-out images
  double validationSpearmanClean = 0;  // clean ones alone
  std::int64_t images = 0, dropped = 0, validationImages = 0;
  double imagesPerSecond = 0;
};

// Writes `checkpoint` (atomically; a state for resuming beside it, removed at the end). Metrics:
// "train/loss", "train/learning_rate", "validation/loss", "validation/spearman", "validation/spearman_clean".
// Held-out losses are the paper's, of targets, whatever is learned. Loss: 1/(2N) sum (d' - d)^2, or
// DdnetOptions::loss. Stopped: throws Cancelled after writing the state; the next call with equal options
// goes on from it, bit for bit on the CPU. ranks: of several processes that train it together.
DdnetResult trainDdnet(const DdnetOptions& options, const DdnetData& data,
                       const std::filesystem::path& checkpoint, Progress& progress, Ranks* ranks = nullptr);

struct NetworkCost {
  double macs = 0;        // multiply-accumulates of convolutions and linear layers
  double flops = 0;       // 2 per MAC, plus element-wise work (batch norm, activations, additions), bias
  double parameters = 0;  // trainable
};
// Of a checkpoint for a sample of `shape`, or any architecture name of networks/; width as in BaseOptions.
// Throws Error that lists the names.
NetworkCost networkCost(const std::string& checkpointOrArchitecture, const data::Shape& shape,
                        double width = 1.0, int dims = 512);
inline NetworkCost networkCost(const std::string& checkpointOrArchitecture, int size = 112,
                               double width = 1.0, int dims = 512) {
  return networkCost(checkpointOrArchitecture, data::Shape{size, size, 1}, width, dims);
}
// Median milliseconds per image of a checkpoint (or an
// untrained network of that name) at `batch`, on this machine.
double measureMilliseconds(const std::string& checkpointOrArchitecture, const data::Shape& shape, int batch,
                           Device device);

}  // namespace discern::training
