// Training a recogniser with a margin head (ArcFace, CosFace, SphereFace).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/training/faces.h"
#include "core/training/options.h"
#include "core/training/together.h"

namespace discern::training {

struct BaseData {
  FaceSource faces;
  std::vector<int> label;  // 0 .. classes - 1
  int classes = 0;
  std::vector<std::string> names = {};  // of the classes; without them the head is not kept
};

inline constexpr std::int64_t kLargestHead = 1 << 20;

struct BaseResult {
  int epochs = 0;
  double trainLoss = 0, trainAccuracy = 0;
  double imagesPerSecond = 0;
};

// Writes `checkpoint` atomically: weights, architecture, dims, size and recipe in it; loads anywhere a base
// model does. A head of up to kLargestHead numbers is kept beside them (LoadedNetwork::extras: head.weight
// and, where it has one, head.bias), and the metadata has the classes' names (class_names). Same cancelling
// and resuming as trainDdnet. Metrics: "train/loss", "train/accuracy", "train/learning_rate". ranks: of
// several processes that train it together; what is dropped (dropout) is then drawn by each for its own
// faces.
BaseResult trainBase(const BaseOptions& options, const BaseData& data,
                     const std::filesystem::path& checkpoint, Progress& progress, Ranks* ranks = nullptr);

}  // namespace discern::training
