// t-SNE (van der Maaten and Hinton 2008): points of many dimensions as a map of two.
#pragma once

#include <cstdint>
#include <functional>

#include "core/base/progress.h"
#include "core/data/matrix.h"

namespace discern::embedding {

struct TsneOptions {
  double perplexity = 30;
  int iterations = 1000;
  double learningRate = 0;  // 0: max(N / exaggeration / 4, 50), as scikit-learn's "auto"
  double exaggeration = 12;
  int exaggerationIterations = 250;
  int exactLimit = 20'000;  // up to so many points the repulsion is exact, beyond it is approximated
  std::uint64_t seed = 1;
  int threads = 0;       // 0: threadCount()
  int reportEvery = 50;  // iterations between two calls of the sink
};

struct TsneResult {
  data::Matrix map;  // N x 2
  double kl = 0;     // Kullback-Leibler divergence, nats
  int iterations = 0;
};

// layout: N x 2, valid during the call; called from the calling thread.
using LayoutSink = std::function<void(int iteration, double kl, data::MatrixView layout)>;

// points: N x d, finite. Deterministic from the seed, whatever the number of threads. Perplexity above (N - 1) / 3 is
// lowered to it. Throws Error (fewer than 4 points, not finite), Cancelled (between iterations).
TsneResult tsne(data::MatrixView points, const TsneOptions& options, Progress& progress, const LayoutSink& sink = {});

}  // namespace discern::embedding
