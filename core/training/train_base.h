// Training a recogniser with a margin head (ArcFace, CosFace, SphereFace).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/training/faces.h"

namespace discern::training {

struct BaseOptions {
  std::string architecture =
      "mobilefacenet";  // mobilefacenet | iresnet18 | iresnet34 | iresnet50 | iresnet100
  double width = 1.0;   // channel multiplier (mobilefacenet)
  int dims = 512;
  int size = 112;
  std::string head = "arcface";  // arcface | cosface | sphereface | softmax
  double scale = 32, margin = 0.4;
  int epochs = 10;
  int batch = 128;
  double learningRate = 0.1;
  double warmup = 1;                // epochs
  std::string schedule = "cosine";  // cosine | step
  std::vector<int> steps = {6, 8};  // epochs at which step divides by 10
  double momentum = 0.9, weightDecay = 5e-4;
  bool flip = true;            // random mirror
  bool augment = false;        // mild seeded crop, blur, brightness: for sets without natural variety
  bool mixedPrecision = true;  // on CUDA only
  std::uint64_t seed = 1;
  std::string device = "cpu";
  int checkpointSeconds = 60;
  int maxSteps = 0;  // 0: no limit (tests)
};

struct BaseData {
  FaceSource faces;
  std::vector<int> label;  // 0 .. classes - 1
  int classes = 0;
};

struct BaseResult {
  int epochs = 0;
  double trainLoss = 0, trainAccuracy = 0;
  double imagesPerSecond = 0;
};

// Writes `checkpoint` atomically: weights without the head, architecture, dims, size
// and recipe in it; loads anywhere a base model does. Same cancelling and resuming
// as trainDdnet. Metrics: "train/loss", "train/accuracy", "train/learning_rate".
BaseResult trainBase(const BaseOptions& options, const BaseData& data,
                     const std::filesystem::path& checkpoint, Progress& progress);

}  // namespace discern::training
