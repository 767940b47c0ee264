// Training on a project's images, and predictions of what was trained.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/train.h"
#include "core/project/project.h"
#include "core/results/scores.h"
#include "core/results/training.h"
#include "core/training/feature_head.h"
#include "core/training/train_ddnet.h"

namespace discern::pipeline {

using jobs::CopyOptions;

using jobs::TrainHeadOptions;
struct TrainHeadResult : results::TrainHeadResult {
  training::FeatureHeadFit fit;
};
// A linear map of the base model's feature (training/feature_head.h).
TrainHeadResult trainHead(project::Project& project, const TrainHeadOptions& options, Progress& progress);

using jobs::TrainDdnetOptions;
struct TrainDdnetResult : results::TrainDdnetResult {
  training::DdnetResult training;
};
// ranks, here and in trainBase: of several processes that train it together. All but the first only read the
// project; of what they return, the training's numbers are told alone.
TrainDdnetResult trainDdnet(project::Project& project, const TrainDdnetOptions& options, Progress& progress,
                            training::Ranks* ranks = nullptr);

using jobs::TrainBaseOptions;
using results::TrainBaseResult;
TrainBaseResult trainBase(project::Project& project, const TrainBaseOptions& options, Progress& progress,
                          training::Ranks* ranks = nullptr);

using jobs::PredictOptions;
using results::PredictResult;
// By a DDNet from pixels; by a head from the features, in this project, of the model that it was fitted on.
PredictResult predict(project::Project& project, const PredictOptions& options, Progress& progress);

}  // namespace discern::pipeline
