// Videos whose frames say which they are: the number in eight columns, the lowest bit at the left.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <opencv2/core.hpp>
#include <opencv2/videoio.hpp>
#include <string>

#include "core/base/files.h"

namespace discern::imaging {

constexpr int kNumberBits = 8;

inline cv::Mat numbered(int number, cv::Size size = {128, 48}) {
  cv::Mat frame(size, CV_8UC3, cv::Scalar::all(0));
  const int column = size.width / kNumberBits;
  for (int bit = 0; bit < kNumberBits; ++bit)
    if ((number >> bit & 1) != 0)
      frame.colRange(bit * column, (bit + 1) * column).setTo(cv::Scalar::all(255));
  return frame;
}

inline int numberIn(const cv::Mat& frame) {
  int number = 0;
  const int column = frame.cols / kNumberBits;
  for (int bit = 0; bit < kNumberBits; ++bit)
    if (cv::mean(frame.colRange(bit * column + column / 4, (bit + 1) * column - column / 4))[0] > 127)
      number |= 1 << bit;
  return number;
}

// Frames 0 .. count - 1; the file's ending chooses the container.
inline void writeNumbered(const std::filesystem::path& file, int count, double rate,
                          const char* codec = "mp4v", int first = 0) {
  std::filesystem::create_directories(file.parent_path());
  cv::VideoWriter writer(file.string(), cv::CAP_FFMPEG,
                         cv::VideoWriter::fourcc(codec[0], codec[1], codec[2], codec[3]), rate, {128, 48});
  ASSERT_TRUE(writer.isOpened()) << file;
  for (int i = 0; i < count; ++i) writer.write(numbered(first + i));
}

inline std::filesystem::path goldenVideo(const std::string& name) {
  return std::filesystem::path(DISCERN_SOURCE_DIR) / "tests/golden/videos" / name;
}

}  // namespace discern::imaging
