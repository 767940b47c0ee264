// An ONNX file of a detector or a landmark model, read by OpenCV dnn. One a thread.
#pragma once

#include <opencv2/core/mat.hpp>
#include <opencv2/dnn.hpp>
#include <string>
#include <vector>

#include "core/detection/recipe.h"

namespace discern::detection {

class Network {
 public:
  // `meant`: the kind, where it is not to be guessed. Throws Error: no whole ONNX file, not of a known kind,
  // or nothing that OpenCV can read.
  explicit Network(const std::string& file, std::optional<Kind> meant = {});

  const std::string& file() const { return file_; }
  const Recipe& recipe() const { return recipe_; }
  int channels() const { return channels_; }  // 3, or 1: grey
  // `picture`: 8-bit BGR of recipe().width x height. Returns the outputs in the graph's order, each a matrix
  // of float32 whose columns are the output's last dimension.
  std::vector<cv::Mat> run(const cv::Mat& picture);

 private:
  std::string file_;
  Recipe recipe_;
  int channels_ = 3;
  std::vector<std::string> outputs_;
  cv::dnn::Net net_;
};

}  // namespace discern::detection
