// What a grid of charges does to its own nodes, by FFT.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/base/simd.h"
#include "core/base/team.h"
#include "core/embedding/fft.h"
#include "core/embedding/node_grid.h"

namespace discern::embedding {

// Charges come from points through cubic B-splines, and fields are read through them. With the kernel z / (1
// + |z|^2)^2, whose x and y are the real and imaginary part of one complex grid; its transform is kept until
// the grid changes. Charges are real and what is wanted is two real fields: one transform there, one back.
class Convolution {
 public:
  explicit Convolution(Team& team) : team_(team) {}

  static constexpr std::int64_t kReach = 4;
  using NearEnergy = std::array<std::array<double, kReach>, kReach>;

  void prepare(const NodeGrid& grid);

  // K, sharpened, between nodes that lie c and r < 4 apart along the axes.
  const NearEnergy& nearEnergy() const { return near_; }

  // charges, fieldX and fieldY: nodes x stride. Returns the sum over all pairs of nodes (a node with itself
  // included) of charge K charge, K = 1 / (1 + |z|^2), by Parseval's theorem without a transform of its own.
  double convolve(const AlignedVector<float>& charges, AlignedVector<float>& fieldX,
                  AlignedVector<float>& fieldY);

 private:
  // Work space that a task borrows: as many as there are threads come into being.
  template <typename Body>
  void withBuffer(const Body& body);
  void multiply(std::int64_t block);
  std::pair<float, float> kernelAt(std::int64_t c, std::int64_t r, bool energy) const;
  std::vector<float> sharpening() const;
  void measureNear();
  void transformKernel(bool energy, AlignedVector<float>& re, AlignedVector<float>* im);

  Team& team_;
  NodeGrid grid_;
  Fft fft_{16};
  std::mutex mutex_;
  std::vector<std::unique_ptr<Fft::Buffer>> free_;
  AlignedVector<float> spectrumRe_, spectrumIm_,
      energy_;                                // of the kernels: [16 frequencies of axis 0][of axis 1][lane]
  AlignedVector<float> middleRe_, middleIm_;  // between the axes: frequency of axis 0 x node of axis 1
  NearEnergy near_{};
  std::vector<double> z_;
};

}  // namespace discern::embedding
