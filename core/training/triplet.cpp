#include "core/training/triplet.h"

#include <numeric>

#include "core/base/rng.h"
#include "core/training/ddnet_data.h"

namespace discern::training {

torch::Tensor batchHardTriplets(const torch::Tensor& features, const torch::Tensor& labels, double margin) {
  const auto squares = features.square().sum(1, true);
  const auto squared = squares + squares.t() - 2 * features.matmul(features.t());
  const auto distance = squared.clamp_min(1e-12).sqrt();  // the root's slope is infinite at zero
  const auto same = labels.unsqueeze(0) == labels.unsqueeze(1);
  const auto self = torch::eye(labels.size(0), torch::TensorOptions(torch::kBool).device(labels.device()));
  const auto partners = same & ~self;
  const auto farthest = distance.masked_fill(~partners, -1).amax(1);
  const auto nearest = distance.masked_fill(same, 1e9).amin(1);
  const auto anchors = partners.any(1) & (~same).any(1);
  const auto losses = (margin + farthest - nearest).clamp_min(0).masked_select(anchors);
  return losses.numel() > 0 ? losses.mean() : 0 * features.sum();
}

std::vector<std::vector<std::int64_t>> identityBatches(const std::vector<int>& label, int perIdentity,
                                                       int batch, std::uint64_t seed, int epoch) {
  std::vector<std::int64_t> faces(label.size());
  std::iota(faces.begin(), faces.end(), 0);
  Rng rng(mixSeed(mixSeed(seed, "identity batches"), static_cast<std::uint64_t>(epoch)));
  return evenBatches(chunkedByIdentity(label, faces, perIdentity, rng), batch);
}

}  // namespace discern::training
