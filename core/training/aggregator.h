// Aggregators by attention and by a recurrent network (aggregation/group_network.h), trained on a frozen base
// model's features: softmax over the identities with batch-hard triplets, as Gao and Nevatia (2018) train
// theirs, on groups drawn from training identities.
//
// Both begin as the plain mean. Which epoch is kept, the mean itself (epoch 0) among them, is chosen by the
// triplet loss on identities that were held out, which the softmax never saw.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/aggregation/group_network.h"
#include "core/base/progress.h"
#include "core/data/matrix.h"
#include "core/training/aggregator_options.h"

namespace discern::training {

// What groups are drawn from.
struct AggregatorData {
  data::MatrixView features;  // N x D; rows that are not finite or zero are never drawn
  // Pieces of one identity each, whose samples are in order: its media, or all that it has. A sample is a
  // list of rows that show it, the original and its degraded copies, of which one is drawn each time.
  struct Piece {
    int identity = 0;
    std::vector<std::vector<std::int64_t>> samples;
  };
  std::vector<Piece> pieces;
  bool runs = false;  // a group is a run of neighbouring samples; else any of the piece, in its order
};

struct AggregatorFit {
  aggregation::GroupNetwork network;
  std::int64_t groups = 0;  // of an epoch
  int identities = 0, heldOut = 0;
  int epochs = 0, bestEpoch = 0;  // 0: no epoch is better than the plain mean
  // Batch-hard triplet loss on groups of the identities held out, of the kept epoch and of the plain mean;
  // NaN where none were.
  double validationLoss = 0, meanLoss = 0;
};

// Throws Error (no identity with two groups, fewer than two identities), Cancelled.
AggregatorFit trainAggregator(const AggregatorData& data, const AggregatorOptions& options,
                              Progress& progress);

inline constexpr const char* kAggregatorFormat = "discern aggregator 1";
// What is in its file.
struct TrainedAggregator {
  aggregation::GroupNetwork network;
  std::string model, recipe;  // what made the features that it was trained on, as FeatureHead
};
// In the safetensors format, atomically. optionsJson: for whoever reads the file.
void saveAggregator(const std::filesystem::path& file, const TrainedAggregator& aggregator,
                    const std::string& optionsJson);
// Knows no LibTorch. Throws Error naming the file: of another format, cut off, of parts that do not fit, or
// with a number that is not finite.
TrainedAggregator loadAggregator(const std::filesystem::path& file);

}  // namespace discern::training
