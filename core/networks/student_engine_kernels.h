// Internal to StudentEngine: the loops, compiled once for each instruction set (core/base/simd.h).
#pragma once

#include <cstddef>
#include <vector>

namespace discern::networks::student {

// Channels lie in blocks of 16: activations are [block][y][x][face of the group][16].
constexpr int kBlock = 16;
// Faces that pass a layer together; 1 or this. Faces of a group share their weights' way through the caches,
// and at the border all of them skip the same taps.
constexpr int kGroup = 6;

struct Convolution {
  int inBlocks = 0, outBlocks = 0;
  int side = 0;    // pixels, of the input and of the output before pooling
  int kernel = 3;  // 1 or 3
  bool pool = false;
  // The first convolution: [vector of output channels][in][ky][kx][lane]; the others:
  // [tile of output channels][input block][ky][kx][input channel][channel of the tile].
  const float* weight = nullptr;
  const float* bias = nullptr;
};

struct Linear {
  int in = 0, out = 0;
  const float* weight = nullptr;  // [tile][in][channel of the tile], the last tile padded
  const float* bias = nullptr;    // padded likewise
};

struct Kernels {
  // Floats in a vector. A tile of output channels is two
  // vectors, or one where two do not divide the channels.
  int lanes;
  // 3x3 on 3 planes with a border of one zero pixel, ReLU, max-pool. `out` is one face of a group.
  void (*first)(const Convolution& layer, const float* planes, float* out, int outGroup);
  // Bias, ReLU and the pool, if any. One face may be written into a group; otherwise the groups are equal.
  void (*convolve)(const Convolution& layer, const float* in, int inGroup, float* out, int outGroup);
  // out: faces x layer.out, of any alignment.
  void (*linear)(const Linear& layer, const float* in, int faces, float* out);
};

const Kernels& kernels();                        // the widest that this processor has
std::vector<const Kernels*> availableKernels();  // all it has, the narrowest first

}  // namespace discern::networks::student
