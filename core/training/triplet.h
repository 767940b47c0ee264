// Batch-hard triplets (Hermans et al. 2017), and the batches that they need. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace discern::training {

// Mean over the anchors of max(0, margin + farthest of the same label - nearest of another), Euclidean
// distances. features: N x D; labels: N. Anchors without a partner or without another identity take no part;
// zero, with a gradient, where none is left.
torch::Tensor batchHardTriplets(const torch::Tensor& features, const torch::Tensor& labels, double margin);

// One epoch's batches: every face once, at most `perIdentity` of one identity side by side, such pieces in
// random order; nearly equal sizes of at most `batch` (or 3), none of a single face.
std::vector<std::vector<std::int64_t>> identityBatches(const std::vector<int>& label, int perIdentity,
                                                       int batch, std::uint64_t seed, int epoch);

}  // namespace discern::training
