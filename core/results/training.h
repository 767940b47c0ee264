// What trainings leave, and what a trained head or DDNet says of the scores that it learned.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace discern::results {

// Losses, accuracies and rank correlations where nothing was held out or can be told.
inline constexpr double kUntold = std::numeric_limits<double>::quiet_NaN();

struct TrainBaseResult {
  static constexpr const char* kJob = "train-base";
  std::string name;
  int classes = 0;
  std::int64_t images = 0;
  int epochs = 0;
  double trainLoss = kUntold, trainAccuracy = kUntold;
  double imagesPerSecond = 0, macs = 0, parameters = 0;
};

struct TrainDdnetResult {
  static constexpr const char* kJob = "train-ddnet";
  std::string name;
  int epochs = 0, bestEpoch = 0;
  double trainLoss = kUntold, validationLoss = kUntold;
  double validationSpearman = kUntold,
         validationSpearmanClean = kUntold;  // within identities; of clean images alone
  std::int64_t originals = 0, copies = 0, ofPool = 0;
  double imagesPerSecond = 0, macs = 0, flops = 0, parameters = 0, milliseconds = 0;
  double mean = kUntold, sigma = kUntold;  // of the ratio: the scale of the targets
  std::string published;                   // how far this is what DDL published
};

struct TrainHeadResult {
  static constexpr const char* kJob = "train-head";
  std::string name;
  std::int64_t originals = 0, copies = 0, dims = 0;
  double ridge = 0;
  double validationSpearman = kUntold, validationSpearmanClean = kUntold;
};

struct TrainAggregatorResult {
  static constexpr const char* kJob = "train-aggregator";
  std::string name, architecture, features;
  std::string groups;  // what they were drawn from: "identity" or "media"
  std::int64_t originals = 0, copies = 0, dims = 0;
  int identities = 0, heldOut = 0;
  int epochs = 0, bestEpoch = 0;                        // 0: the plain mean was not surpassed
  double validationLoss = kUntold, meanLoss = kUntold;  // of the kept epoch and of the plain mean
  double macs = 0, parameters = 0;
};

// Beside the options of a stored DDNet or head (models.options): what its scores were made of.
struct LearnedScores {
  std::string features;                       // the feature table; of a head that which it reads
  double mean = 0, sigma = 0;                 // of the ratio over originals and copies: the network's scale
  std::optional<double> ridge;                // of a head
  std::optional<nlohmann::json> teacherHead;  // of a DDNet that a head taught: that head, whole
};

template <class V>
void describe(V& v, TrainBaseResult& r) {
  v("model", r.name);
  v("classes", r.classes);
  v("images", r.images);
  v("epochs", r.epochs);
  v("train_loss", r.trainLoss);
  v("train_accuracy", r.trainAccuracy);
  v("images_per_second", r.imagesPerSecond);
  v("macs", r.macs);
  v("parameters", r.parameters);
}
template <class V>
void describe(V& v, TrainDdnetResult& r) {
  v("model", r.name);
  v("epochs", r.epochs);
  v("best_epoch", r.bestEpoch);
  v("train_loss", r.trainLoss);
  v("validation_loss", r.validationLoss);
  v("validation_spearman", r.validationSpearman);
  v("validation_spearman_clean", r.validationSpearmanClean);
  v("originals", r.originals);
  v("copies", r.copies);
  v("of_pool", r.ofPool);
  v("images_per_second", r.imagesPerSecond);
  v("macs", r.macs);
  v("flops", r.flops);
  v("parameters", r.parameters);
  v("ms", r.milliseconds);
  v("mean", r.mean);
  v("sigma", r.sigma);
  v.ifAny("published", r.published);
}
template <class V>
void describe(V& v, TrainHeadResult& r) {
  v("model", r.name);
  v("originals", r.originals);
  v("copies", r.copies);
  v("ridge", r.ridge);
  v("validation_spearman", r.validationSpearman);
  v("validation_spearman_clean", r.validationSpearmanClean);
  v("dims", r.dims);
}
template <class V>
void describe(V& v, TrainAggregatorResult& r) {
  v("model", r.name);
  v("architecture", r.architecture);
  v("features", r.features);
  v("groups", r.groups);
  v("originals", r.originals);
  v("copies", r.copies);
  v("dims", r.dims);
  v("identities", r.identities);
  v("held_out", r.heldOut);
  v("epochs", r.epochs);
  v("best_epoch", r.bestEpoch);
  v("validation_loss", r.validationLoss);
  v("mean_loss", r.meanLoss);
  v("macs", r.macs);
  v("parameters", r.parameters);
}
template <class V>
void describe(V& v, LearnedScores& r) {
  v("features", r.features);
  v("mean", r.mean);
  v("sigma", r.sigma);
  v.ifAny("ridge", r.ridge);
  v.ifAny("teacher_head", r.teacherHead);
}

}  // namespace discern::results
