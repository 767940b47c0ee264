// Training on a project's images, and predictions of what was trained.
#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/image_ref.h"
#include "core/project/project.h"
#include "core/training/feature_head.h"
#include "core/training/train_base.h"
#include "core/training/train_ddnet.h"

namespace discern::pipeline {

// Small sets have few bad images: every training image also gives some degraded copies, which go through the
// base model too, so that a copy's target is its own true D-score.
struct CopyOptions {
  int copies = 1;                            // of each image
  std::vector<data::DegradationKind> kinds;  // empty: all
  double minStrength = 0.2, maxStrength = 1.0;
};

struct TrainHeadOptions {
  std::string scores = "dscore";  // its features and options make the targets
  std::string name = "head";      // checkpoints/NAME.json
  CopyOptions copies;
  std::uint64_t seed = 1;      // of copies and folds
  std::string device = "cpu";  // of the base model
  int batch = 32;
};
struct TrainHeadResult {
  training::FeatureHeadFit fit;
  std::int64_t originals = 0, copies = 0;
};
// A linear map of the base model's feature (training/feature_head.h).
TrainHeadResult trainHead(project::Project& project, const TrainHeadOptions& options, Progress& progress);

struct TrainDdnetOptions {
  training::DdnetOptions training;
  std::string scores = "dscore";  // its features and options make the targets
  std::string name = "ddnet";     // of the network: checkpoints/NAME.safetensors
  CopyOptions copies;
  // A head of this project, or its file: DDNet learns what it says of every image instead of the image's own
  // score, and of the pool's images, which have none, too.
  std::string teacher;
  int batch = 32;  // of the base model
};

struct TrainDdnetResult {
  training::DdnetResult training;
  training::NetworkCost cost;
  double milliseconds = 0;
  std::int64_t originals = 0, copies = 0, ofPool = 0;
  double mean = 0, sigma = 0;  // of the ratio over originals and copies: the network's scale
};

TrainDdnetResult trainDdnet(project::Project& project, const TrainDdnetOptions& options, Progress& progress);

struct TrainBaseOptions {
  training::BaseOptions training;
  std::string name = "base";
  int minImages = 2;  // identities with fewer are left out
};
struct TrainBaseResult {
  training::BaseResult training;
  training::NetworkCost cost;
  int classes = 0;
  std::int64_t images = 0;
};
TrainBaseResult trainBase(project::Project& project, const TrainBaseOptions& options, Progress& progress);

struct PredictOptions {
  std::string model = "ddnet";     // a DDNet or head of this project, or its file
  std::string name = "predicted";  // of the score table
  std::string device = "cpu";
  int batch = 64;
};
struct PredictResult {
  std::string name;
  std::int64_t images = 0, failed = 0;
  double imagesPerSecond = 0;
};
// By a DDNet from pixels; by a head from the features, in this project, of the model that it was fitted on.
PredictResult predict(project::Project& project, const PredictOptions& options, Progress& progress);

}  // namespace discern::pipeline
