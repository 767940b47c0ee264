// The networks of this project by name. Includes LibTorch: only networks, training and features/internal may
// include it.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace discern::networks {

// Input: N x 3 x S x S float32, RGB, (x - 127.5) / 127.5, plain (contiguous) layout.
// Output: N x 1 in (0, 1) for a DDNet, N x dims (not normalised) for a recogniser.
struct Network : torch::nn::Module {
  virtual torch::Tensor forward(const torch::Tensor& input) = 0;
};

struct NetworkOptions {
  int size = 112;          // pixels a side; the heads of recognisers are tied to it, a DDNet takes any
  double width = 1.0;      // channel multiplier (mobilefacenet), rounded to multiples of 8
  int dims = 512;          // of the feature (recognisers)
  std::uint64_t seed = 1;  // of the initial weights (Kaiming for convolutions, Xavier for linear layers)
};

// Throws Error: an unknown name (lists the known ones), a size under 16, a width or dims out of range.
std::shared_ptr<Network> makeNetwork(const std::string& name, const NetworkOptions& options = {});
// ddnet-r18 ddnet-r34 ddnet-full iresnet18 iresnet34 iresnet50 iresnet100 mobilefacenet
std::vector<std::string> networkNames();
// "ddnet" (predicts a score) or "base" (a recogniser). Throws Error as makeNetwork does.
std::string networkKind(const std::string& name);

// "cpu", or "cuda" when this LibTorch has it and a device is there. Throws Error otherwise.
torch::Device findDevice(const std::string& name);

// Called before heavy work; cheap. LibTorch takes threadCount() threads, and the allocator keeps what it was
// given back: by default each large tensor is a fresh mapping, whose page faults cost a third of the time.
void prepareCpu();

}  // namespace discern::networks
