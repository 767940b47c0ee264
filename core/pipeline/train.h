// Training on a project's images, and predictions of what was trained.
#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/image_ref.h"
#include "core/jobs/train.h"
#include "core/project/project.h"
#include "core/training/feature_head.h"
#include "core/training/train_base.h"
#include "core/training/train_ddnet.h"

namespace discern::pipeline {

using jobs::CopyOptions;

using jobs::TrainHeadOptions;
struct TrainHeadResult {
  training::FeatureHeadFit fit;
  std::int64_t originals = 0, copies = 0;
};
// A linear map of the base model's feature (training/feature_head.h).
TrainHeadResult trainHead(project::Project& project, const TrainHeadOptions& options, Progress& progress);

using jobs::TrainDdnetOptions;

struct TrainDdnetResult {
  training::DdnetResult training;
  training::NetworkCost cost;
  double milliseconds = 0;
  std::int64_t originals = 0, copies = 0, ofPool = 0;
  double mean = 0, sigma = 0;  // of the ratio over originals and copies: the network's scale
};

TrainDdnetResult trainDdnet(project::Project& project, const TrainDdnetOptions& options, Progress& progress);

using jobs::TrainBaseOptions;
struct TrainBaseResult {
  training::BaseResult training;
  training::NetworkCost cost;
  int classes = 0;
  std::int64_t images = 0;
};
TrainBaseResult trainBase(project::Project& project, const TrainBaseOptions& options, Progress& progress);

using jobs::PredictOptions;
struct PredictResult {
  std::string name;
  std::int64_t images = 0, failed = 0;
  double imagesPerSecond = 0;
};
// By a DDNet from pixels; by a head from the features, in this project, of the model that it was fitted on.
PredictResult predict(project::Project& project, const PredictOptions& options, Progress& progress);

}  // namespace discern::pipeline
