// Videos of a second or so, for tests.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

namespace discern::test {

inline constexpr int kTinyRate = 10;  // frames a second

// Frame i is grey of the level 2 i + 20, with a white bar at the left and a black one at the right edge.
inline void writeVideo(const std::filesystem::path& file, double seconds, cv::Size size = {48, 32}) {
  std::filesystem::create_directories(file.parent_path());
  const bool avi = file.extension() == ".avi";
  cv::VideoWriter writer(
      file.string(), cv::CAP_FFMPEG,
      avi ? cv::VideoWriter::fourcc('M', 'J', 'P', 'G') : cv::VideoWriter::fourcc('m', 'p', '4', 'v'),
      kTinyRate, size);
  ASSERT_TRUE(writer.isOpened()) << file;
  for (int i = 0; i < static_cast<int>(seconds * kTinyRate + 0.5); ++i) {
    cv::Mat frame(size, CV_8UC3, cv::Scalar::all(2.0 * i + 20));
    frame.colRange(0, 4).setTo(cv::Scalar::all(255));
    frame.colRange(size.width - 4, size.width).setTo(cv::Scalar::all(0));
    writer.write(frame);
  }
}

}  // namespace discern::test
