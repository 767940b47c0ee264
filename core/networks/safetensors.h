// Named tensors in the safetensors format: the length of a JSON header in eight bytes, the header, the
// values. Nothing in such a file can run. Python's package `safetensors` reads and writes it too.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>

#include "core/networks/safetensors_header.h"

namespace discern::networks {

struct Safetensors {
  TensorMetadata metadata;                       // of the header, "__metadata__"
  std::map<std::string, torch::Tensor> tensors;  // on the CPU, contiguous, each with memory of its own
};

// Throws Error naming the file, and the tensor where it is about one: no such file, cut off, a header that is
// no JSON or is nested or large beyond need, a type that is not known (floats of 16 to 64 bits, bfloat16,
// signed integers, U8), values outside of the file, that overlap or leave gaps, or that are not of the size
// their shape says. Memory is taken only for what the file really holds.
Safetensors loadSafetensors(const std::filesystem::path& file);

// Atomically, byte for byte as Python's package orders and pads it. Throws Error: a type that the format does
// not have here, a disk that is full.
void saveSafetensors(const std::filesystem::path& file, const Safetensors& contents);

}  // namespace discern::networks
