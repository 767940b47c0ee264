// The first two principal components, which t-SNE starts from.
#pragma once

#include <cstdint>

#include "core/embedding/nearest.h"

namespace discern::embedding {

// Scores of the points (N x 2, double) on the two directions of largest variance, by randomised subspace
// iteration (Halko et al. 2011) with eight vectors. Signs: the coordinate of largest magnitude of a direction
// is positive. A direction without variance gives zeros.
std::vector<double> principalScores(const Prepared& prepared, std::uint64_t seed, Team& team);

}  // namespace discern::embedding
