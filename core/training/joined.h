// A step of several ranks as if one had made it: who does what of the batch, the joined outputs that the loss
// sees, batch norms over the joined batch. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/portion.h"
#include "core/training/face_loader.h"
#include "core/training/ranks.h"

namespace discern::training {

std::vector<std::int64_t> ownPart(const std::vector<std::int64_t>& all, const Ranks& ranks);
// The values of all parts in each of them; NaN: of no part.
void joinParts(std::vector<float>& values, Ranks& ranks);

// Of one step. Made by all ranks at once.
class JoinedBatch {
 public:
  // planned: the whole batch, of which `own` is what this rank could read of its part. stop: it was asked to.
  JoinedBatch(Ranks& ranks, const std::vector<std::int64_t>& planned, const FaceBatch& own, bool stop);

  const std::vector<std::int64_t>& faces() const { return faces_; }  // of all ranks, in the plan's order
  const std::vector<std::int64_t>& unreadable() const { return unreadable_; }
  bool stops() const { return stops_; }  // some rank was asked to

  // What a network says of the faces, from what it says of each rank's own; its gradient goes back to each.
  // Of the loss L of these every rank takes the gradient of L / ranks: summed over the ranks, the gradients
  // are those of L, before and behind the joint.
  std::vector<torch::Tensor> outputs(
      const std::function<std::vector<torch::Tensor>(const FaceBatch& own)>& network) const;

 private:
  Ranks& ranks_;
  const FaceBatch& own_;
  Portion part_;              // of the plan
  std::int64_t planned_ = 0;  // faces of the plan
  torch::Tensor places_;      // of faces_ in the plan
  std::vector<std::int64_t> faces_, unreadable_;
  bool stops_ = false;
};

// While it lives, every batch norm that trains in this thread takes mean and variance over all ranks, forward
// and backward, whatever network it is in (Ioffe and Szegedy 2015 on the joined batch).
class JoinedNorms {
 public:
  explicit JoinedNorms(Ranks& ranks);
  ~JoinedNorms();
  JoinedNorms(const JoinedNorms&) = delete;
  JoinedNorms& operator=(const JoinedNorms&) = delete;
};

}  // namespace discern::training
