// The loop that all trainings share: epochs, schedule, progress, stopping and going on bit for bit.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/rng.h"
#include "core/training/face_loader.h"
#include "core/training/sgd.h"

namespace discern::training {

// What a task remembers beside the weights (sums of the running
// epoch, the best epoch); stopped and resumed with them.
struct Memory {
  std::map<std::string, double> numbers;
  std::map<std::string, torch::Tensor> tensors;
};

struct Task {
  std::string fingerprint;  // of options and data (the images' is added): a state with another is not resumed
  std::shared_ptr<torch::nn::Module> module;  // all that learns, on the device; stays in training mode
  Schedule schedule;                          // stepsPerEpoch is filled in by the loop
  double momentum = 0.9, weightDecay = 5e-4;
  double clip = 5;  // of a step's gradients, their common norm; 0: as they are
  std::uint64_t seed = 1;
  bool flip = true;      // random mirror
  bool augment = false;  // mild crop, blur and brightness
  // What the network sees in that epoch instead of the stored faces; flip and augment are not used then.
  std::function<Drawing(int epoch)> drawing;
  std::string stage = "train";   // name of the progress
  std::int64_t stepsBefore = 0;  // of an earlier stage: the curves' steps go on from there
  int checkpointSeconds = 60;
  std::int64_t maxSteps = 0;  // 0: none

  // Batches of face indices of an epoch: a pure function of the epoch, always of the same number.
  std::function<std::vector<std::vector<std::int64_t>>(int epoch)> plan;
  // What the network says of normalised images, rows of each; of several ranks each is asked about its part.
  std::function<std::vector<torch::Tensor>(const torch::Tensor& images,
                                           const std::vector<std::int64_t>& faces)>
      outputs;
  // The loss of a batch of at least two faces by their outputs, a scalar with a gradient. Of several ranks
  // each takes it of the whole batch, so that it is what one process would have had.
  std::function<torch::Tensor(const std::vector<torch::Tensor>& outputs,
                              const std::vector<std::int64_t>& faces, Memory& memory)>
      loss;
  // After the last batch of an epoch. May throw Cancelled, and must not have changed `memory` then.
  std::function<void(int epoch, double trainLoss, Memory& memory)> epochEnded;
};

struct LoopResult {
  int epochs = 0;        // finished, those of earlier runs included
  double trainLoss = 0;  // mean over the last epoch
  double imagesPerSecond = 0;
  Memory memory;
};

// `state`: the file to resume from and to write; the caller removes it when its checkpoint is safe. Metrics
// "train/loss" and "train/learning_rate". Throws Cancelled after writing the state; Error when no face can be
// read or the loss diverges. ranks: of a training that several processes do, all with the same task; the
// first alone writes the state, which all must see.
LoopResult runLoop(const Task& task, FaceStore& store, torch::Device device,
                   const std::filesystem::path& state, Progress& progress, Ranks* ranks = nullptr);

std::filesystem::path statePath(const std::filesystem::path& checkpoint);
// Chains the bytes of a vector into a hash: fingerprints of data.
template <typename T>
std::uint64_t hashOf(const std::vector<T>& values, std::uint64_t seed = 0) {
  return mixSeed(seed, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
}

}  // namespace discern::training
