// The images a network learns the D-score from, and what they should get.
#pragma once

#include <string>
#include <vector>

#include "core/pipeline/train.h"

namespace discern::pipeline {

struct TrainingSet {
  std::vector<data::ImageRef> images;  // originals of training identities with a score, then their copies
  std::vector<int> identity;
  std::vector<unsigned char> clean;  // 1: an original
  std::vector<float> target;         // D-scores on the set's own scale; NaN: none
  data::Matrix features;             // of the base model, a row an image
  double mean = 0, sigma = 1;        // of the ratio, over what the scale is taken of
  std::int64_t originals = 0;
  std::vector<int> samples;  // of the originals of a feature set: which ones of the project
  std::string featureTable;
  std::vector<std::string> departures;  // of the targets from what DDL published (departures.h)
};

// device, batch: of the base model that looks at the copies; their features are kept under `name` (copies.h).
// pixels: only images that have a picture. scale: of the targets. Throws Error (not a D-score table, no
// scored training image).
TrainingSet readTrainingSet(const project::Project& project, const std::string& scores,
                            const CopyOptions& copies, std::uint64_t seed, const std::string& name,
                            Device device, int batch, Progress& progress, bool pixels = false,
                            jobs::TargetScale scale = jobs::TargetScale::Copies);

// Every image of a training identity with a feature in `table`, and copies as above, without targets. Throws
// Error (there is none).
TrainingSet readFeatureSet(const project::Project& project, const std::string& table,
                           const CopyOptions& copies, std::uint64_t seed, const std::string& name,
                           Device device, int batch, Progress& progress);

// Images of the pool and as many copies of each, behind the others, without targets. Returns how many images.
std::int64_t addUnlabelled(TrainingSet& set, const project::Project& project, const CopyOptions& copies,
                           std::uint64_t seed, const std::string& name, Device device, int batch,
                           Progress& progress);

// A head of this project, or in a file. Throws Error.
training::FeatureHead openHead(const project::Project& project, const std::string& name);
// Whether a feature table was made by the model and recipe that the head was fitted on.
bool fits(const project::Project& project, const training::FeatureHead& head,
          const project::FeatureTableRow& table);
// The newest such table. Throws Error that says how to make one.
std::string featuresFor(const project::Project& project, const training::FeatureHead& head,
                        const std::string& name);

}  // namespace discern::pipeline
