#include "core/training/triplet.h"

#include <algorithm>
#include <map>

#include "core/base/rng.h"

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
  std::map<int, std::vector<std::int64_t>> faces;
  for (std::size_t i = 0; i < label.size(); ++i) faces[label[i]].push_back(static_cast<std::int64_t>(i));
  Rng rng(mixSeed(mixSeed(seed, "identity batches"), static_cast<std::uint64_t>(epoch)));
  std::vector<std::vector<std::int64_t>> pieces;
  for (auto& [id, members] : faces) {
    rng.shuffle(members);
    for (std::size_t begin = 0; begin < members.size(); begin += static_cast<std::size_t>(perIdentity)) {
      const std::size_t end = std::min(members.size(), begin + static_cast<std::size_t>(perIdentity));
      pieces.emplace_back(members.begin() + static_cast<std::ptrdiff_t>(begin),
                          members.begin() + static_cast<std::ptrdiff_t>(end));
    }
  }
  rng.shuffle(pieces);
  const std::size_t count = std::max<std::size_t>(
      1, (label.size() + static_cast<std::size_t>(batch) - 1) / static_cast<std::size_t>(batch));
  std::vector<std::vector<std::int64_t>> batches(count);
  std::size_t done = 0;
  for (const auto& piece : pieces) {
    auto& into = batches[std::min(count - 1, done * count / label.size())];
    into.insert(into.end(), piece.begin(), piece.end());
    done += piece.size();
  }
  std::erase_if(batches, [](const auto& one) { return one.empty(); });
  return batches;
}

}  // namespace discern::training
