#include "core/detection/opencv_detectors.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <opencv2/core/version.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::detection {
namespace {
namespace fs = std::filesystem;
constexpr std::int64_t kMostBytes = 64 << 20;
constexpr double kStep = 1.1;   // from one size of face to the next
constexpr int kNeighbours = 5;  // that a face must be found by
constexpr int kLeastSide = 20;  // pixels; what the cascades were trained on

class Cascade final : public Detector {
 public:
  explicit Cascade(const std::string& file) {
    if (PlainFile(file).size() > kMostBytes) fail("{}: is too large for a cascade", file);
    bool good = false;
    try {
      good = cascade_.load(file);
    } catch (const cv::Exception&) {
    }
    if (!good)
      fail("{}: is no cascade that OpenCV reads; a face detector (.onnx or .xml) was expected", file);
  }

  std::vector<Face> find(const cv::Mat& photograph) override {
    cv::Mat grey;
    cv::cvtColor(photograph, grey, cv::COLOR_BGR2GRAY);
    cv::equalizeHist(grey, grey);
    std::vector<cv::Rect> boxes;
    std::vector<int> levels;
    std::vector<double> weights;
    cascade_.detectMultiScale(grey, boxes, levels, weights, kStep, kNeighbours, 0, {kLeastSide, kLeastSide},
                              {}, true);
    std::vector<Face> faces;
    for (std::size_t i = 0; i < boxes.size(); ++i)
      faces.push_back({cv::Rect2f(boxes[i]), static_cast<float>(1 / (1 + std::exp(-weights[i]))), {}});
    return suppress(std::move(faces), 0.3);
  }
  Kind kind() const override { return Kind::Cascade; }
  std::string recipe() const override { return "cascade"; }

 private:
  cv::CascadeClassifier cascade_;
};

class OldYuNet final : public Detector {
 public:
  OldYuNet(const std::string& file, const Recipe& recipe) : file_(file), recipe_(recipe) {
    try {
      detector_ =
          cv::FaceDetectorYN::create(file, "", {recipe.width, recipe.height},
                                     static_cast<float>(recipe.score), static_cast<float>(recipe.overlap));
    } catch (const cv::Exception& e) {
      fail("{}: OpenCV cannot read this YuNet ({})", file, e.err.substr(0, 160));
    }
  }

  std::vector<Face> find(const cv::Mat& photograph) override {
    const float scale =
        std::min({1.0F, static_cast<float>(recipe_.width) / static_cast<float>(photograph.cols),
                  static_cast<float>(recipe_.height) / static_cast<float>(photograph.rows)});
    cv::Mat seen, rows;
    cv::resize(photograph, seen, {}, scale, scale, scale < 0.5F ? cv::INTER_AREA : cv::INTER_LINEAR);
    try {
      detector_->setInputSize(seen.size());
      detector_->detect(seen, rows);
    } catch (const cv::Exception& e) {
      fail("{}: this YuNet cannot take a photograph of {} x {} pixels ({})", file_, seen.cols, seen.rows,
           e.err.substr(0, 160));
    }
    std::vector<Face> faces;
    for (int i = 0; i < rows.rows; ++i) {  // x, y, width, height, five points, score
      const float* v = rows.ptr<float>(i);
      data::Landmarks points;
      for (std::size_t k = 0; k < points.size(); ++k)
        points[k] = {v[4 + 2 * k] / scale, v[5 + 2 * k] / scale};
      faces.push_back({{v[0] / scale, v[1] / scale, v[2] / scale, v[3] / scale}, v[14], points});
    }
    std::ranges::stable_sort(faces, std::greater(), &Face::score);
    return faces;
  }
  Kind kind() const override { return Kind::OldYuNet; }
  std::string recipe() const override { return toJson(recipe_); }

 private:
  std::string file_;
  Recipe recipe_;
  cv::Ptr<cv::FaceDetectorYN> detector_;
};

}  // namespace

std::optional<std::string> cascadeFile() {
  for (const char* folder : {"/usr/share/opencv4", "/usr/local/share/opencv4", "/usr/share/opencv"}) {
    const fs::path file = fs::path(folder) / "haarcascades/haarcascade_frontalface_default.xml";
    std::error_code code;
    if (fs::is_regular_file(file, code)) return file.string();
  }
  return std::nullopt;
}

std::unique_ptr<Detector> openCascade(const std::string& file) { return std::make_unique<Cascade>(file); }

std::unique_ptr<Detector> openOldYuNet(const std::string& file, const Recipe& recipe) {
#if CV_VERSION_MAJOR > 4 || CV_VERSION_MINOR >= 8
  fail("{}: is a YuNet of 2022, which OpenCV {} reads no more; take one of 2023 or later", file, CV_VERSION);
#else
  return std::make_unique<OldYuNet>(file, recipe);
#endif
}

}  // namespace discern::detection
