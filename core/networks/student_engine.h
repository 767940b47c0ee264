// The student network without LibTorch, for one CPU thread at a time: batch norm folded into the
// convolutions, and for identity features the two linear layers after the pooling (no nonlinearity between
// them) merged into one.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace discern::networks {

// Ten convolutions (ReLU after each, padding keeps the size), 2x2 max-pools after the first, fourth and
// seventh, global average pool, linear to the teacher's width (mimic), linear to the identity layer.
struct StudentWeights {
  struct Convolution {
    int in = 0, out = 0, kernel = 0;  // kernel 1 or 3
    std::vector<float> weight;        // out x in x kernel x kernel, batch norm folded
    std::vector<float> bias;          // out
  };
  int size = 16;    // pixels a side: 16, 32, 64, 96
  int dims = 4096;  // D, of the mimic layer
  int identityDims = 128;
  std::array<Convolution, 10> convolutions;
  std::vector<float> mimicWeight, mimicBias;        // D x 32, D
  std::vector<float> identityWeight, identityBias;  // identityDims x D, identityDims
};

enum class StudentOutput { Mimic, Identity };

class StudentEngine {
 public:
  // The weights are copied; mimic features need no identity layer. lanes: floats that are computed side by
  // side, one of supportedLanes(), 0 for the most; results differ by rounding only. Throws Error naming the
  // first shape that does not fit, or lanes that this processor lacks.
  StudentEngine(const StudentWeights& weights, StudentOutput output, int lanes = 0);
  ~StudentEngine();
  StudentEngine(StudentEngine&&) noexcept;
  StudentEngine& operator=(StudentEngine&&) noexcept;

  int size() const;
  int dims() const;                          // of the output
  int lanes() const;                         // never 0
  static std::vector<int> supportedLanes();  // 4 always, then 8 and 16 where the processor has them

  std::int64_t weightBytes() const;
  // What run() needs beside input, output and weights. Each
  // thread that calls keeps the most it needed so far.
  std::int64_t workspaceBytes(std::int64_t n) const;

  // input: n x 3 x size x size float32, RGB, (x - 127.5) / 127.5. out: n x dims(). Re-entrant: several
  // threads may call one engine, each call runs in its own thread only. A face's result does not depend on
  // the others beside it.
  void run(const float* input, std::int64_t n, float* out) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace discern::networks
