// What pulls neighbours together, and how well a map does.
#pragma once

#include "core/embedding/affinities.h"
#include "core/embedding/layout.h"

namespace discern::embedding {

// force_i = sum_j p_ij q_ij (y_i - y_j) over the stored pairs, q_ij = 1 / (1 + |y_i - y_j|^2).
void attraction(const Affinities& p, const Layout& layout, Team& team, Plane& force);

// Sum of p_ij ln(p_ij Z / q_ij) over the stored pairs, nats; z = sum of q over all ordered pairs.
double klDivergence(const Affinities& p, const Layout& layout, double z, Team& team);

}  // namespace discern::embedding
