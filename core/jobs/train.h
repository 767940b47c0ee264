// train-ddnet, train-head, train-aggregator, train-base, and predict by what the first two made.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/device.h"
#include "core/base/field.h"
#include "core/data/image_ref.h"
#include "core/training/aggregator_options.h"
#include "core/training/options.h"

namespace discern::jobs {

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
  std::uint64_t seed = 1;       // of copies and folds
  Device device = Device::Cpu;  // of the base model
  int batch = 32;
  bool replace = false;  // what is finished under that name
};
const Fields<TrainHeadOptions>& trainHeadFields();

struct TrainAggregatorOptions {
  training::AggregatorOptions training;
  std::string features;  // empty: the newest
  std::string name;      // checkpoints/NAME.safetensors; empty: the architecture's
  CopyOptions copies;
  Device device = Device::Cpu;  // of the base model, as of TrainHeadOptions
  int batch = 32;
  bool replace = false;  // what is finished under that name
};
const Fields<TrainAggregatorOptions>& trainAggregatorFields();

// What the mean and the deviation of the ratio, from which a target follows, are taken over.
enum class TargetScale { Copies, Originals };
inline const auto& namesOf(TargetScale) {
  static constexpr std::array<Named<TargetScale>, 2> kNames{
      {{TargetScale::Copies, "copies", "Over originals and degraded copies: the scale is the network's own"},
       {TargetScale::Originals, "originals", "Over the training set's own images, as published"}}};
  return kNames;
}

struct TrainDdnetOptions {
  training::DdnetOptions training;
  std::string scores = "dscore";  // its features and options make the targets
  std::string name = "ddnet";     // of the network: checkpoints/NAME.safetensors
  CopyOptions copies;
  TargetScale scale = TargetScale::Copies;
  // A head of this project, or its file: DDNet learns what it says of every image instead of the image's own
  // score, and of the pool's images, which have none, too.
  std::string teacher;
  int batch = 32;        // of the base model
  bool replace = false;  // what is finished under that name
};
const Fields<TrainDdnetOptions>& trainDdnetFields();

struct TrainBaseOptions {
  training::BaseOptions training;
  std::string name = "base";
  int minImages = 2;     // identities with fewer are left out
  bool replace = false;  // what is finished under that name
};
const Fields<TrainBaseOptions>& trainBaseFields();

struct PredictOptions {
  std::string model = "ddnet";     // a DDNet or head of this project, or its file
  std::string name = "predicted";  // of the score table
  Device device = Device::Cpu;
  int batch = 64;
};
const Fields<PredictOptions>& predictFields();

}  // namespace discern::jobs
