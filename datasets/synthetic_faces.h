// Faces rendered from a parametric 3-D head: people who
// never lived, with the truth about every image on file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/dataset.h"

namespace discern::datasets {

// Everything about an image that is not the person. Defaults are a clean frontal portrait.
struct Nuisance {
  float yaw = 0, pitch = 0, roll = 0;  // degrees; towards the image's right, up, clockwise
  float lightX = 0, lightY = 0.4F;     // direction of the key light: -1 left / below .. 1 right / above
  float ambient = 0.5F;                // share of light that comes from everywhere
  float lightWarmth = 0;               // -1 blue .. 1 orange
  float smile = 0, mouthOpen = 0, eyesClosed = 0, browRaise = 0;  // 0 .. 1
  int glasses = 0;                                                // 0 none, 1 clear, 2 sun
  bool mask = false;
  float occlusion = 0;                    // share of the visible face that a hand or hat covers
  int occluder = 1;                       // 1 hand, 2 hat; only when occlusion > 0
  float blur = 0;                         // sigma of a Gaussian, pixels of a 112-pixel face
  float motionBlur = 0, motionAngle = 0;  // length in such pixels, degrees
  float noise = 0;                        // sigma, 8-bit levels
  float resolution = 112;                 // pixels across before it was enlarged; 112: full
  float exposure = 1;                     // gain in linear light
  int jpeg = 95;                          // quality it is stored with

  // Which heavy conditions hold: "blur", "occlusion", "pose", "darkness", "resolution", "noise".
  std::vector<std::string> badness() const;
  bool heavy() const { return !badness().empty(); }
};

struct SyntheticOptions {
  int identities = 40;
  int imagesPerIdentity = 30;
  double badShare = 0.25;     // of the images get one or two heavy nuisances
  double labelErrors = 0.02;  // of the images show somebody else of the set
  int size = 112;             // pixels, 32 .. 512
  std::uint64_t seed = 1;
  int firstIdentity = 0;  // person i is a function of (seed, firstIdentity + i): disjoint ranges share nobody
};

// One person, modelled once (some 50 ms) and rendered often. Immutable, so threads may share it.
class FaceRenderer {
 public:
  explicit FaceRenderer(std::uint64_t identitySeed);
  ~FaceRenderer();
  FaceRenderer(FaceRenderer&&) noexcept;

  // 8-bit BGR, size x size, aligned by the five points' similarity to the 112-pixel template (scaled); turned
  // heads may be enlarged by a third at most. JPEG is left to whoever stores it. `imageSeed` decides
  // background, gaze, noise and where a hand comes from.
  cv::Mat render(const Nuisance& nuisance, std::uint64_t imageSeed, int size = 112) const;

 private:
  struct Model;
  std::unique_ptr<const Model> model_;
};

// FaceRenderer for a single image.
cv::Mat renderFace(std::uint64_t identitySeed, const Nuisance& nuisance, std::uint64_t imageSeed,
                   int size = 112);

// The person behind index `firstIdentity + i` of a seed.
std::uint64_t syntheticIdentitySeed(std::uint64_t seed, int index);

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

}  // namespace discern::datasets
