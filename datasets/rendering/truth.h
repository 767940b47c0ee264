// truth.csv of a folder of synthetic faces: a row an image, read back without loss.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "datasets/rendering/face.h"

namespace discern::rendering {

struct TruthRow {
  std::string path;           // relative to the folder, '/' between
  std::string trueIdentity;   // who the image shows
  std::string filedIdentity;  // whose folder it is in
  Nuisance nuisance;
};

inline constexpr const char* kTruthFile = "truth.csv";

std::string truthCsv(const std::vector<TruthRow>& rows);
std::vector<TruthRow> readTruth(const std::filesystem::path& csv);

// Identities are the filed ones, sorted by name; a row an image, in order; files under `folder`.
data::Dataset truthDataset(const std::vector<TruthRow>& rows, const std::filesystem::path& folder);

}  // namespace discern::rendering
