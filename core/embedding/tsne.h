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
  // 0: max(N / exaggeration / 4, 50), as scikit-learn's "auto", but at most N / 4: the map of fewer than 200
  // points would fly apart.
  double learningRate = 0;
  double exaggeration = 12;
  int exaggerationIterations = 250;
  int exactLimit = 8'000;  // beyond so many points repulsion may be interpolated, where that is faster
  std::uint64_t seed = 1;
  int threads = 0;       // 0: threadCount()
  int reportEvery = 50;  // iterations between two calls of the sink
};

struct TsneResult {
  data::Matrix map;  // N x 2
  // Kullback-Leibler divergence, nats: the sum of p_ij ln(p_ij / q_ij) over the pairs with p_ij > 0, which
  // are neighbours one way or the other (3 perplexity + 1 of each point); q_ij is normalised over all pairs.
  // As scikit-learn and openTSNE report it. Never of exaggerated p.
  double kl = 0;
  int iterations = 0;
};

// layout: N x 2 after so many iterations, valid during the call; called from the calling thread at 0,
// reportEvery, 2 reportEvery ... and at the end. kl as in TsneResult.
using LayoutSink = std::function<void(int iteration, double kl, data::MatrixView layout)>;

// Neighbours are exact, the start is the first two principal components with a little noise, exaggeration,
// momentum (0.5, then 0.8) and gains as in scikit-learn. Memory: about twice the points, and for each 2 KB at
// perplexity 30. points: N x d, finite; equal points are welcome. Deterministic from the seed, whatever the
// number of threads (another instruction set rounds otherwise). Perplexity above (N - 1) / 3 is lowered to
// it. Throws Error (fewer than 4 points, not finite), Cancelled (between iterations).
TsneResult tsne(data::MatrixView points, const TsneOptions& options, Progress& progress,
                const LayoutSink& sink = {});

}  // namespace discern::embedding
