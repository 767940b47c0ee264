// Finds faces in a photograph.
#pragma once

#include <memory>
#include <opencv2/core/mat.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/detection/face.h"
#include "core/detection/recipe.h"

namespace discern::detection {

// One a thread.
class Detector {
 public:
  virtual ~Detector() = default;
  // photograph: 8-bit BGR. Faces in its pixels, the best score first.
  virtual std::vector<Face> find(const cv::Mat& photograph) = 0;
  virtual Kind kind() const = 0;
  virtual std::string recipe() const = 0;  // for a fingerprint
};

// OpenCV's own detector of frontal faces, which comes with its data files and needs no model; a poor choice:
// it misses turned and small faces, finds some where there are none, and gives no landmarks.
inline constexpr const char* kCascade = "cascade";

// model: an ONNX file (recipe.h), a cascade (.xml), or kCascade. Throws Error.
std::unique_ptr<Detector> openDetector(const std::string& model);
// The file behind kCascade; nothing when OpenCV's data files are not installed.
std::optional<std::string> cascadeFile();

// Five landmarks of a face from its box.
class LandmarkModel {
 public:
  // An ONNX file that takes the box cut out of the photograph, stretched to its input, and gives 68 points
  // (eyes are the means of 36-41 and 42-47, nose 30, mouth 48 and 54) or five, in 0 .. 1 of the box. Grey
  // or RGB, x / 256; MODEL.toml beside it says otherwise. Throws Error.
  explicit LandmarkModel(const std::string& file);
  ~LandmarkModel();
  data::Landmarks find(const cv::Mat& photograph, const cv::Rect2f& box);
  std::string recipe() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The mean of a face's 68 points, or five as they are; `points` x, y in turn, 136 or 10 numbers.
data::Landmarks fiveOf(const std::vector<float>& points);

}  // namespace discern::detection
