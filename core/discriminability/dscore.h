// Discriminability scores (DDL): how close an image is to its own identity's centroid against
// the identity it is most confused with.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/device.h"
#include "core/base/progress.h"
#include "core/data/lengths.h"
#include "core/data/matrix.h"
#include "core/data/part.h"
#include "core/data/score_table.h"

namespace discern::discriminability {

enum class Metric { Cosine, Euclidean };
inline const auto& namesOf(Metric) {
  static constexpr std::array<Named<Metric>, 2> kNames{
      {{Metric::Cosine, "cosine"}, {Metric::Euclidean, "euclidean"}}};
  return kNames;
}

struct ScoreOptions {
  Metric metric = Metric::Cosine;
  bool leaveOneOut = false;                     // an image does not vote for its own centroid
  data::Lengths lengths = data::Lengths::Unit;  // of the features whose mean a centroid is
  double floor = 0.05;  // the hardest negative's cosine is at least this: a cosine <= 0 would flip the order
  int tileRows = 1024, tileCols = 1024;
  Device device = Device::Cpu;
  bool others = false;       // ScoreOutput::others too, from the same pass over the products
  double nearlySame = 0.38;  // centroid cosine below which `probablySame` never lists two identities
};

using data::Part;

struct ScoreOutput;

struct ScoreInput {
  data::MatrixView features;      // N x d
  std::span<const int> identity;  // N, 0-based, dense enough to index
  std::span<const Part> part;     // per identity. Train: negatives are Train + Pool. Test: negatives are all.
  int identities = 0;
  // N or empty. 0: scored, but no part of its identity's centroid,
  // of mean and sigma, or of `probablySame` (degraded copies).
  std::span<const unsigned char> votes;
  data::MatrixView extraNegatives;  // optional centroids of another set, K x d
  // N or empty: only what compares these images with the centroids is done. The others of the output have
  // their status and no numbers, and what is told of the whole set (mean, sigma, probablySame) is not.
  std::span<const unsigned char> wanted = {};
  // Or: those comparisons, made before by parts; the same features, labels and options give them here.
  const ScoreOutput* compared = nullptr;
};

struct SamePerson {
  int a = -1, b = -1;     // identities
  double cosine = 0;      // of their centroids
  double deviations = 0;  // that it stands out from those with everybody else; 0: too few identities
};

struct ScoreOutput {
  data::ScoreTable table;  // ratio normalised by mean and sigma over the Train samples
  // Largest cosine first, at most 1000. Listed are pairs, not both in the pool (who harm nobody there), each
  // the other's nearest centroid (or far beyond the limit: a third name), whose cosine is at least nearlySame
  // and stands out from both one's cosines with everybody else by so many deviations that chance would give
  // one such pair in the whole set. A cosine alone does not travel between models, nor from centroids of many
  // images to those of one. Measured: of seven people hidden in a pool of 3,554 names all were found (five at
  // 0.65 to 0.91, two single images at 0.48 and 0.39), with four false alarms. With fewer than ten
  // identities: cosine of at least 0.6.
  std::vector<SamePerson> probablySame;
  // Over scored, voting samples: close together = the recipe looks wrong.
  double ownMean = 0, hardestMean = 0;
  // With ScoreOptions::others, else empty: per sample the summed cosine to all centroids that could have been
  // its hardest negative, negative ones as 0 (SKD's u_i); NaN where there is no score.
  std::vector<float> others;
  std::int64_t othersCount = 0;      // how many centroids that were, for a Train sample
  std::int64_t othersCountTest = 0;  // and for a Test sample, which sees the other Test identities too
};

// Cosine: ratio_i = cos(f_i, C_own) / max(floor, max_{n != own} cos(f_i, C_n)).
// C is the mean of the identity's features (of unit length, or raw: ScoreOptions::lengths).
// Euclidean: ratio_i = min_{n != own} |f_i - C_n| / max(floor, |f_i - C_own|), features and centroids of unit
// length. score = sigmoid((ratio - mean) / sigma). `hardest` is kept unfloored; its identity is -1 for an
// extra negative. In tiles: memory does not grow with N x K. Edges (ScoreStatus): one (voting) sample, one
// identity, NaN, zero; sigma = 0 -> 0.5; without a scored voting Train sample, mean and sigma come from all
// scored ones. Throws Error (lengths, labels, options out of range), Cancelled.
ScoreOutput score(const ScoreInput& input, const ScoreOptions& options, Progress& progress);

// Comparators through the same table: the raw value per sample
// becomes `ratio`, normalised over the voting Train samples.
data::ScoreTable normaliseComparator(std::string method, std::span<const float> raw,
                                     std::span<const int> identity, std::span<const Part> part,
                                     std::span<const unsigned char> votes = {});
std::vector<float> featureNorms(data::MatrixView features);
// CR-FIQA's ratio: cos(own) / (max cos(other) + 1 + eps), from a table of cosines.
data::ScoreTable crFiqaRatio(const data::ScoreTable& dscore, std::span<const int> identity,
                             std::span<const Part> part, std::span<const unsigned char> votes = {});

// L2-normalised identity centroids, identities x d (zero row: no usable sample).
data::Matrix centroids(data::MatrixView features, std::span<const int> identity, int identities);

}  // namespace discern::discriminability
