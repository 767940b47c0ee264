// A folder that lives as long as the test, and the face whose features NumPy computed.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <opencv2/core/mat.hpp>
#include <string>

namespace discern::features {

class Scratch {
 public:
  Scratch()
      : folder_(std::filesystem::temp_directory_path() / ("discern_features_" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~Scratch() { std::filesystem::remove_all(folder_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string write(const std::string& name, std::string_view contents) const {
    std::ofstream(folder_ / name, std::ios::binary) << contents;
    return (folder_ / name).string();
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
};

inline std::string golden(const std::string& name) {
  return (std::filesystem::path(DISCERN_SOURCE_DIR) / "tests/golden" / name).string();
}

// tests/golden/make_tiny_onnx.py draws the same one at size 8.
inline cv::Mat formulaFace(int size, int shift = 0) {
  cv::Mat face(size, size, CV_8UC3);
  for (int y = 0; y < size; ++y)
    for (int x = 0; x < size; ++x)
      for (int c = 0; c < 3; ++c)
        face.ptr<unsigned char>(y)[3 * x + c] =
            static_cast<unsigned char>((37 * y + 11 * x + 71 * c + 5 * x * y + shift) % 256);
  return face;
}

}  // namespace discern::features
