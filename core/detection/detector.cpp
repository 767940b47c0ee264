#include "core/detection/detector.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/detection/decode.h"
#include "core/detection/network.h"
#include "core/detection/opencv_detectors.h"
#include "core/onnx/read_graph.h"

namespace discern::detection {
namespace {

// The photograph as a network sees it, and how many of its pixels are one of the photograph.
struct Fitted {
  cv::Mat picture;
  float x = 1, y = 1;
};

Fitted fit(const cv::Mat& photograph, const Recipe& recipe) {
  Fitted fitted;
  fitted.x = static_cast<float>(recipe.width) / static_cast<float>(photograph.cols);
  fitted.y = static_cast<float>(recipe.height) / static_cast<float>(photograph.rows);
  if (!recipe.stretch) fitted.x = fitted.y = std::min(fitted.x, fitted.y);
  const auto side = [](int length, float scale) {
    return std::max(1, static_cast<int>(std::lround(static_cast<float>(length) * scale)));
  };
  const cv::Size size(std::min(recipe.width, side(photograph.cols, fitted.x)),
                      std::min(recipe.height, side(photograph.rows, fitted.y)));
  const bool shrinks = fitted.x < 0.5F && fitted.y < 0.5F;  // bilinear would skip pixels
  cv::Mat resized;
  cv::resize(photograph, resized, size, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  if (resized.cols == recipe.width && resized.rows == recipe.height) {
    fitted.picture = resized;
    return fitted;
  }
  fitted.picture = cv::Mat::zeros(recipe.height, recipe.width, CV_8UC3);
  resized.copyTo(fitted.picture(cv::Rect({}, size)));
  return fitted;
}

class NetworkDetector final : public Detector {
 public:
  explicit NetworkDetector(const std::string& model) : network_(model) {}

  std::vector<Face> find(const cv::Mat& photograph) override {
    const Recipe& recipe = network_.recipe();
    const Fitted fitted = fit(photograph, recipe);
    auto faces = suppress(decodeFaces(recipe, network_.run(fitted.picture), network_.file()), recipe.overlap);
    for (Face& face : faces) {
      face.box = {face.box.x / fitted.x, face.box.y / fitted.y, face.box.width / fitted.x,
                  face.box.height / fitted.y};
      if (!face.landmarks) continue;
      for (auto& p : *face.landmarks) p = {p.x / fitted.x, p.y / fitted.y};
    }
    return faces;
  }
  Kind kind() const override { return network_.recipe().kind; }
  std::string recipe() const override { return toJson(network_.recipe()); }

 private:
  Network network_;
};

}  // namespace

std::unique_ptr<Detector> openDetector(const std::string& model) {
  if (model == kCascade) {
    const auto file = cascadeFile();
    if (!file)
      fail(
          "cascade: OpenCV's data files are not installed (Debian: opencv-data); install them, or name the "
          "file of a face detector");
    return openCascade(*file);
  }
  const std::string start = readStart(model, 512);
  if (start.find("<opencv_storage") != start.npos || start.starts_with("<?xml")) return openCascade(model);
  const auto graph = onnx::readGraph(readFile(model));
  if (graph && graph->problem.empty() && recipeOf(model, *graph).kind == Kind::OldYuNet)
    return openOldYuNet(model, recipeOf(model, *graph));
  return std::make_unique<NetworkDetector>(model);
}

struct LandmarkModel::Impl {
  explicit Impl(const std::string& file) : network(file, Kind::Landmarks) {}
  Network network;
};

LandmarkModel::LandmarkModel(const std::string& file) : impl_(std::make_unique<Impl>(file)) {
  const Recipe& recipe = impl_->network.recipe();
  find(cv::Mat::zeros(recipe.height, recipe.width, CV_8UC3), {0, 0, 8, 8});
}
LandmarkModel::~LandmarkModel() = default;
std::string LandmarkModel::recipe() const { return toJson(impl_->network.recipe()); }

data::Landmarks LandmarkModel::find(const cv::Mat& photograph, const cv::Rect2f& box) {
  const auto whole = [](float v) { return static_cast<int>(std::lround(std::clamp(v, -1e6F, 1e6F))); };
  cv::Rect place(whole(box.x), whole(box.y), 0, 0);
  place.width = std::max(1, whole(box.x + box.width) - place.x);
  place.height = std::max(1, whole(box.y + box.height) - place.y);
  place &= cv::Rect({}, photograph.size());
  if (place.empty()) fail("the face lies outside of its photograph");
  const Recipe& recipe = impl_->network.recipe();
  cv::Mat cut;
  cv::resize(photograph(place), cut, {recipe.width, recipe.height}, 0, 0, cv::INTER_LINEAR);
  const auto outputs = impl_->network.run(cut);
  for (const cv::Mat& output : outputs) {
    if (output.total() != 10 && output.total() != 136) continue;
    auto points = fiveOf({output.ptr<float>(), output.ptr<float>() + output.total()});
    for (auto& p : points)
      p = {static_cast<float>(place.x) + p.x * static_cast<float>(place.width),
           static_cast<float>(place.y) + p.y * static_cast<float>(place.height)};
    return points;
  }
  fail("{}: gives no 68 and no five points; another landmark model was expected", impl_->network.file());
}

data::Landmarks fiveOf(const std::vector<float>& points) {
  const auto mean = [&](std::size_t first, std::size_t last) {
    data::Point p;
    for (std::size_t i = first; i <= last; ++i) p = {p.x + points[2 * i], p.y + points[2 * i + 1]};
    const auto count = static_cast<float>(last - first + 1);
    return data::Point{p.x / count, p.y / count};
  };
  if (points.size() == 10) return {mean(0, 0), mean(1, 1), mean(2, 2), mean(3, 3), mean(4, 4)};
  return {mean(36, 41), mean(42, 47), mean(30, 30), mean(48, 48), mean(54, 54)};
}

}  // namespace discern::detection
