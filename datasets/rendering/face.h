// Faces rendered from a parametric 3-D head: people who never lived.
#pragma once

#include <cstdint>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

namespace discern::rendering {

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
  int usualGlasses() const;  // what this person wears on most days, as Nuisance::glasses

 private:
  struct Model;
  std::unique_ptr<const Model> model_;
};

// FaceRenderer for a single image.
cv::Mat renderFace(std::uint64_t identitySeed, const Nuisance& nuisance, std::uint64_t imageSeed,
                   int size = 112);

// The person behind index `index` of a seed.
std::uint64_t syntheticIdentitySeed(std::uint64_t seed, int index);

}  // namespace discern::rendering
