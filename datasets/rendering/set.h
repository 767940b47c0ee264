// A folder of rendered people, and the truth about every image of it.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/progress.h"
#include "core/data/dataset.h"

namespace discern::rendering {

struct SyntheticOptions {
  int identities = 40;
  int imagesPerIdentity = 30;
  double badShare = 0.25;     // of the images get one or two heavy nuisances
  double labelErrors = 0.02;  // of the images show somebody else of the set
  int size = 112;             // pixels, 32 .. 512
  std::uint64_t seed = 1;
  int firstIdentity = 0;  // person i is a function of (seed, firstIdentity + i): disjoint ranges share nobody
};

// Writes folder/<0001>/<000.jpg>, truth.csv (a row an image: path, true and filed identity, badness, every
// nuisance) and truth.json (the options), into FOLDER.tmp, renamed when whole. The same options give the same
// bytes on any number of threads. Samples carry the truth as JSON in `nuisance` and files under `folder`.
// Throws Error (folder exists, bad option, disk) or Cancelled, and then leaves nothing behind.
data::Dataset generateSyntheticFaces(const SyntheticOptions& options, const std::filesystem::path& folder,
                                     Progress& progress);

// Whether `folder` was written by generateSyntheticFaces (with these very options).
bool isSyntheticFaces(const std::filesystem::path& folder);
bool isMadeWith(const std::filesystem::path& folder, const SyntheticOptions& options);
// The same Dataset as generateSyntheticFaces gave, from the folder's truth.csv.
data::Dataset loadSyntheticFaces(const std::filesystem::path& folder);

}  // namespace discern::rendering
