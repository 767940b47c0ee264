// The loops that t-SNE spends its time in, compiled once for each instruction set (core/base/simd.h). Arrays
// are 64-byte aligned unless a comment says otherwise.
#pragma once

#include <cstdint>

#include "core/embedding/affinities.h"
#include "core/embedding/layout.h"
#include "core/embedding/nearest.h"

namespace discern::embedding {

// Rows [begin, end) of the attraction: force = sum over neighbours of p / (1 + |d|^2) d.
struct Pull {
  const Affinities* p;
  const float* map;  // x0 y0 x1 y1 ...
  Plane* force;
  std::int64_t begin, end;
};
void pull(Pull& t);

constexpr std::int64_t kTileRows = 4;  // points whose forces stay in registers

// Rows [rowBegin, rowEnd) against columns [colBegin, colEnd), multiples of 4 and 16. Each pair is computed
// once and pushes both ends, except on the diagonal (rows = columns), where every ordered pair comes by and
// pushes its row only.
struct Tile {
  const float* x;
  const float* y;
  const float* real;    // 1 for a point, 0 for padding
  const float* number;  // of the point in its block: none is pushed by itself
  std::int64_t rowBegin, rowEnd, colBegin, colEnd;
  float* rowX;  // 16 lanes a row of the block
  float* rowY;
  float* colX;  // by point
  float* colY;
  bool diagonal, padded;
  double z;  // sum of q over the tile's pairs
};
void tile(Tile& t);

// One stage of Stockham's self-sorting transform (the order comes right by itself, stage after stage):
//   out[q + s (r p + k)] = w^(p k) sum_j in[q + s (p + groups j)] exp(-2 pi i j k / r),  q < s, k < r, p <
//   groups.
struct Butterflies {
  const float* re;
  const float* im;
  float* outRe;
  float* outIm;
  const float* cosine;
  const float* sine;
  int radix;
  std::int64_t groups, stride;  // stride in floats: lanes included
};
void butterflies(Butterflies& t);

constexpr std::int64_t kPanel = 32;  // points of a packed panel: panel[dimension][point]

// out[rows x 32] += the product of rows of a panel and a whole panel, over `depth` dimensions.
struct Product {
  const float* rows;
  const float* panel;
  float* out;  // 32 x 32
  std::int64_t depth;
};
void product(Product& t);

// Of the distances of one row to a panel: which are below the bound?
struct Below {
  const float* dot;   // 32
  const float* norm;  // of the panel's points
  float ownNorm, bound;
  float distance[kPanel];
  bool any;
};
void below(Below& t);

// squared = the squared distance of a and b times scale.
struct Difference {
  const float* a;
  const float* b;
  float scale;
  std::int64_t dims;
  float squared;
};
void difference(Difference& t);

constexpr std::int64_t kVectors = 8;

// project: scores[row] = x[row] . basis; spread: sum += x[row] (outer) scores[row]; x[row] = (point - mean)
// scale.
struct Pass {
  const Prepared* prepared;
  std::int64_t begin, end;
  const float* basis;  // dims x 8
  float* scores;       // points x 8
  float* sum;          // dims x 8

  float at(std::int64_t i, std::int64_t k) const {
    return (0.5F * prepared->points.values[i * prepared->points.cols + k] - 0.5F * prepared->mean[k]) *
           (2 * prepared->scale);
  }
};
void project(Pass& t);
void spread(Pass& t);

}  // namespace discern::embedding
