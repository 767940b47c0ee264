// Which faces a DDNet trains on, which are held out, and in which order they come.
#pragma once

#include <vector>

#include "core/base/rng.h"
#include "core/training/train_ddnet.h"

namespace discern::training {

struct DdnetSplit {
  std::vector<std::int64_t> train;       // faces with something to learn
  std::vector<std::int64_t> validation;  // faces with a target; identities are whole on one side
};
// What each face is trained towards: what its teacher says, else its target, else NaN.
std::vector<float> lessonsOf(const DdnetData& data);

// Throws Error naming what is wrong with the options or the data.
void checkDdnet(const DdnetOptions& options, const DdnetData& data);
// Seeded. One identity alone is not held out; with two and more at least one is, and one is left, if the
// share is not 0.
DdnetSplit splitDdnet(const DdnetOptions& options, const DdnetData& data);
// Batches of one epoch, shuffled, of nearly equal sizes up to options.batch (or 3). With a ranking term faces
// of an identity come in fours, so that a batch has pairs to rank.
std::vector<std::vector<std::int64_t>> planDdnet(const DdnetOptions& options, const DdnetData& data,
                                                 const std::vector<std::int64_t>& faces, int epoch);

// As many batches as it takes, all of nearly the same size, none of a single face: every face counts in every
// epoch.
std::vector<std::vector<std::int64_t>> evenBatches(const std::vector<std::int64_t>& faces, int batch);
// The faces in pieces of at most `chunk` of one identity, those in random order. identity: of every face.
std::vector<std::int64_t> chunkedByIdentity(const std::vector<int>& identity,
                                            const std::vector<std::int64_t>& faces, int chunk, Rng& rng);

// One epoch's batches from any faces: shuffled by the seed and the epoch.
std::vector<std::vector<std::int64_t>> shuffledBatches(std::vector<std::int64_t> faces, int batch,
                                                       std::uint64_t seed, int epoch);

}  // namespace discern::training
