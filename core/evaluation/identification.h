// 1:N identification: closed-set CMC and rank-k, open-set TPIR at FPIR, per-condition rates, and the top-k
// error of a classifier.
//
// Ties never help. A probe's rank is 1 + the number of other identities that score at least as high as its
// own, so a model that gives everybody one score has rank N, not 1; a probe whose own identity ties for the
// first place is not identified.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/data/matrix.h"

namespace discern::evaluation {

// What the search found for one probe. Scores are cosines; an identity with several gallery rows scores with
// its best one.
struct Match {
  int rank = 0;    // of its own identity, from 1; 0: that identity is not in the gallery (an open-set probe)
  float own = 0;   // score of its own identity; meaningless when rank is 0
  float best = 0;  // the highest score of any identity
  int bestIdentity = -1;  // who that was; of tied ones the identity of the earliest gallery row
};

// gallery, probes: rows x D, need not be normalised (a zero row has cosine 0 with everybody); identities: one
// a row, any numbers >= 0. A probe with identity -1 is a stranger. In parallel; the result does not depend on
// the number of threads. Throws Error on an empty gallery, different D, or a row that is not finite.
std::vector<Match> identify(data::MatrixView gallery, std::span<const int> galleryIdentities,
                            data::MatrixView probes, std::span<const int> probeIdentities);

// cmc[k - 1]: share of the probes in the gallery whose rank is at most k, k = 1 .. maxRank. All NaN when no
// probe is in the gallery.
std::vector<double> cmc(std::span<const Match> matches, int maxRank);
double rankRate(std::span<const Match> matches, int k);  // one point of it

// A probe against every row of the gallery, as TinyFace ranks: not an identity but an image or a template.
struct RowRank {
  int first = 0;  // of the first row of its own identity, from 1, other rows of that score counted before it;
                  // 0: there is none
  // Area under precision over recall by the trapezoid rule, as Oxford's buildings have it: a step from i - 1
  // to i own rows found, the last at rank r, adds ((i - 1) / (r - 1) + i / r) / 2 of a row, and the first 0 /
  // 0 = 1. NaN without an own row.
  double averagePrecision = 0;
};
// As identify(): the same arguments, errors and ties.
std::vector<RowRank> rankRows(data::MatrixView gallery, std::span<const int> galleryIdentities,
                              data::MatrixView probes, std::span<const int> probeIdentities);
// cmc() of them.
std::vector<double> cmc(std::span<const RowRank> ranks, int maxRank);

// Means over the queries that have a right row.
struct RankSummary {
  std::int64_t queries = 0;      // that have one
  double meanPrecision = 0;      // mAP; NaN without any
  std::vector<double> cmc = {};  // share found at rank k + 1 or better
};
RankSummary summarise(std::span<const RowRank> ranks, int maxRank);

struct GroupRate {
  int group = 0;
  std::int64_t probes = 0;  // those in the gallery
  double rate = 0;          // share of them with rank <= k
};
// rankRate for each group of probes (SCface: its distance), in increasing order of group. group: one a match.
// The total over all is rankRate(matches, k).
std::vector<GroupRate> rankRateByGroup(std::span<const Match> matches, std::span<const int> group, int k);

struct TpirAtFpir {
  double fpir = 0;         // asked for
  double tpir = 0;         // share of probes in the gallery with rank 1 and own >= threshold
  double threshold = 0;    // the lowest with FPIR <= fpir: a probe is named when its best score is >= it
  double actualFpir = 0;   // share of strangers whose best score is >= threshold
  bool supported = false;  // by the strangers: supports() of verification.h
};
// Open set: probes whose identity is not in the gallery are the strangers. Throws Error when there are no
// strangers or no others, or fpir is no share.
std::vector<TpirAtFpir> tpirAtFpir(std::span<const Match> matches,
                                   std::span<const double> fpirs = std::vector<double>{0.01, 0.1});

// Share of rows whose true class is not among the k highest scores. scores: samples x classes (any monotone
// score); label: column of the truth. A tied or NaN score of another class counts as higher than the true
// one's, and a NaN of the true class as lowest. Throws Error when k < 1 or a label is no column.
double topKError(data::MatrixView scores, std::span<const int> labels, int k);

}  // namespace discern::evaluation
