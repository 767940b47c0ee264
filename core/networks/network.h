// The networks of this project by name. Includes LibTorch: only
// networks, training and features/internal may include it.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/device.h"
#include "core/data/group_kind.h"

namespace discern::networks {

// Input: NetworkOptions::shape(), N x 3 x S x S, float32 in plain (contiguous) layout, made by the recipe
// networkRecipe() (our own networks: RGB, (x - 127.5) / 127.5). Output: N x 1 in (0, 1) for a DDNet, N x dims
// (not normalised) for a recogniser, N x identityDims for a student.
struct Network : torch::nn::Module {
  virtual torch::Tensor forward(const torch::Tensor& input) = 0;
};

struct NetworkOptions {
  int size = 112;  // pixels across; the heads of recognisers are tied to it, a DDNet takes any
  // Channel multiplier (mobilefacenet, resnet50, networks of clips), rounded to multiples of 8.
  double width = 1.0;
  int dims = 512;          // of the feature (recognisers); of the mimic layer (student)
  int identityDims = 128;  // of the identity layer (student)
  // Of the initial weights: Kaiming for convolutions, Xavier for linear layers; all Xavier for a student.
  std::uint64_t seed = 1;
  int height = 0;      // pixels; 0: as many as across
  double dropout = 0;  // share of what the last linear layer sees that is dropped in training
  int frames = 1;      // more: the input is N x 3 x frames x height x size
  // The feature is the last average itself, as imported networks have it that were published with a
  // classifier behind it; dims is then the average's (0: whatever it has).
  bool average = false;

  data::Shape shape() const { return {height > 0 ? height : size, size, frames}; }
};

NetworkOptions inShape(NetworkOptions options, const data::Shape& shape);

// Throws Error: an unknown name (lists the known ones), a size under 16, a width, size or dims out of range
// or not that of a network whose are fixed, a shape that is not square for a network that takes only squares,
// one frame for a network of clips, several for another.
std::shared_ptr<Network> makeNetwork(const std::string& name, const NetworkOptions& options = {});
// Those of core/catalog/networks.def, and what a program registered
// itself (registration.h). catalog::networks() says more about them.
std::vector<std::string> networkNames();
// "ddnet" (predicts a score), "base" (a recogniser) or "student".
// Throws Error as makeNetwork does, the two below too.
std::string networkKind(const std::string& name);
// Name of the recipe (features/recipe.h) that makes this network's input.
std::string networkRecipe(const std::string& name);
// The options of the published network for the teachers (size and dims), the usual frames of a network of
// clips, the defaults for the others.
NetworkOptions usualOptions(const std::string& name);

// Throws Error for CUDA when this LibTorch lacks it or sees no device.
torch::Device findDevice(Device device);

// Called before heavy work; cheap. LibTorch takes threadCount() threads, and the allocator keeps what it was
// given back: by default each large tensor is a fresh mapping, whose page faults cost a third of the time.
void prepareCpu();

}  // namespace discern::networks
