// A detector with a planted truth: an SCRFD of 64 x 64 pixels that takes a green block of 8 x 8 at a multiple
// of 8 for a small face and a red block of 16 x 16 at a multiple of 16 for one twice as large.
#pragma once

#include <fstream>
#include <opencv2/imgproc.hpp>
#include <string>

#include "core/data/image_ref.h"
#include "tests/core/detection/tiny_onnx.h"

namespace discern::test {

constexpr int kToySide = 64;
inline const std::vector<float> kToyPoints = {-0.25F, 0, 1.25F, 0, 0.5F, 0.75F, -0.1F, 1.5F, 1.1F, 1.5F};

// Of the block at (x, y): its box reaches one side to the left and above and two to the right and below.
inline cv::Rect2f toyBox(float x, float y, float side) { return {x - side, y - side, 3 * side, 3 * side}; }
inline data::Landmarks toyLandmarks(float x, float y, float side) {
  data::Landmarks points;
  for (std::size_t k = 0; k < points.size(); ++k)
    points[k] = {x + kToyPoints[2 * k] * side, y + kToyPoints[2 * k + 1] * side};
  return points;
}

// `landmarks`: as an output; without, its boxes alone.
inline std::string toyDetector(bool landmarks = true) {
  TinyOnnx onnx(3, kToySide, kToySide);
  for (const int side : {8, 16, 32}) {
    const auto pixels = static_cast<std::size_t>(side * side);
    std::vector<float> colour(3 * pixels,
                              0);  // RGB: the colour's channel counts, the others count against it
    for (std::size_t k = 0; k < colour.size() && side < 32; ++k) {
      const bool isMeant = k / pixels == (side == 8 ? 1U : 0U);
      colour[k] = (isMeant ? 1.0F : -1.0F) / static_cast<float>(pixels);
    }
    const std::vector<float> none(10 * 3 * pixels, 0);
    const std::string stride = std::to_string(side);
    onnx.rowsOfConvolution("score_" + stride, side, colour, {0}, 1);
    onnx.rowsOfConvolution("bbox_" + stride, side, {none.begin(), none.begin() + 4 * 3 * side * side},
                           {1, 1, 2, 2}, 4);
    if (landmarks) onnx.rowsOfConvolution("kps_" + stride, side, none, kToyPoints, 10);
  }
  return onnx.file();
}

// With the recipe beside it that hands pixels over as 0 .. 1.
inline std::string writeToyDetector(const std::string& file, bool landmarks = true) {
  std::ofstream(file, std::ios::binary) << toyDetector(landmarks);
  std::ofstream(file.substr(0, file.rfind('.')) + ".toml") << "mean = 0\nstd = 255\n";
  return file;
}

inline cv::Mat toyPhotograph() { return cv::Mat::zeros(kToySide, kToySide, CV_8UC3); }
inline void plantSmall(cv::Mat& photograph, int x, int y) {
  cv::rectangle(photograph, cv::Rect(x, y, 8, 8), {0, 255, 0}, cv::FILLED);
}
inline void plantLarge(cv::Mat& photograph, int x, int y) {
  cv::rectangle(photograph, cv::Rect(x, y, 16, 16), {0, 0, 255}, cv::FILLED);
}

}  // namespace discern::test
