#include "core/detection/decode.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"

namespace discern::detection {
namespace {

constexpr std::array<int, 3> kStrides{8, 16, 32};

using Outputs = std::vector<cv::Mat>;

// Those with so many columns, the finest stride first.
Outputs withColumns(std::span<const cv::Mat> outputs, int columns) {
  Outputs found;
  for (const cv::Mat& output : outputs)
    if (output.cols == columns) found.push_back(output);
  std::ranges::stable_sort(found, [](const cv::Mat& a, const cv::Mat& b) { return a.rows > b.rows; });
  return found;
}

[[noreturn]] void failShapes(const std::string& model, const Recipe& recipe) {
  fail(
      "{}: its outputs do not fit a {} of {} x {} pixels; name kind, width and height in a .toml file beside "
      "it",
      model, nameOf(recipe.kind), recipe.width, recipe.height);
}

cv::Rect2f between(float left, float top, float right, float bottom) {
  return {left, top, right - left, bottom - top};
}

bool isUsable(const Face& face) {
  const auto& b = face.box;
  return std::isfinite(b.x) && std::isfinite(b.y) && std::isfinite(b.width) && std::isfinite(b.height) &&
         std::isfinite(face.score) && b.width >= 1 && b.height >= 1 && b.width < 1e6F && b.height < 1e6F;
}

void keep(std::vector<Face>& faces, Face face) {
  if (isUsable(face)) faces.push_back(std::move(face));
}

std::vector<Face> ultraFace(const Recipe& recipe, std::span<const cv::Mat> outputs,
                            const std::string& model) {
  const Outputs scores = withColumns(outputs, 2), boxes = withColumns(outputs, 4);
  if (scores.size() != 1 || boxes.size() != 1 || scores[0].rows != boxes[0].rows) failShapes(model, recipe);
  const auto w = static_cast<float>(recipe.width), h = static_cast<float>(recipe.height);
  std::vector<Face> faces;
  for (int i = 0; i < scores[0].rows; ++i) {
    const float score = scores[0].at<float>(i, 1);
    const float* box = boxes[0].ptr<float>(i);
    if (score > recipe.score)
      keep(faces, {between(box[0] * w, box[1] * h, box[2] * w, box[3] * h), score, {}});
  }
  return faces;
}

// Offsets in strides from the place of an anchor.
data::Landmarks landmarksFrom(const float* values, float x, float y, float unit) {
  data::Landmarks points;
  for (std::size_t k = 0; k < points.size(); ++k)
    points[k] = {x + values[2 * k] * unit, y + values[2 * k + 1] * unit};
  return points;
}

// SCRFD's and YuNet's of one stride: `score(row)` and `box(row, x, y)` of the cell's upper left corner.
template <class Score, class Box>
void readStride(const Recipe& recipe, int stride, int rows, const cv::Mat* landmarks,
                const std::string& model, const Score& score, const Box& box, std::vector<Face>& faces) {
  const int across = (recipe.width + stride - 1) / stride, down = (recipe.height + stride - 1) / stride;
  const int anchors = across * down > 0 ? rows / (across * down) : 0;
  if (anchors < 1 || anchors > 2 || rows != anchors * across * down) failShapes(model, recipe);
  for (int row = 0; row < rows; ++row) {
    const float s = score(row);
    if (!(s > recipe.score)) continue;
    const int cell = row / anchors;
    const auto x = static_cast<float>(cell % across * stride), y = static_cast<float>(cell / across * stride);
    Face face{box(row, x, y), s, {}};
    if (landmarks)
      face.landmarks = landmarksFrom(landmarks->ptr<float>(row), x, y, static_cast<float>(stride));
    keep(faces, std::move(face));
  }
}

std::vector<Face> strided(const Recipe& recipe, std::span<const cv::Mat> outputs, const std::string& model) {
  const bool isYuNet = recipe.kind == Kind::YuNet;
  const Outputs scores = withColumns(outputs, 1), boxes = withColumns(outputs, 4),
                points = withColumns(outputs, 10);
  const std::size_t each = isYuNet ? 2 : 1;  // class and object
  if (scores.size() != 3 * each || boxes.size() != 3 || (!points.empty() && points.size() != 3))
    failShapes(model, recipe);
  std::vector<Face> faces;
  for (std::size_t k = 0; k < kStrides.size(); ++k) {
    const auto s = static_cast<float>(kStrides[k]);
    const int rows = boxes[k].rows;
    for (std::size_t j = 0; j < each; ++j)
      if (scores[each * k + j].rows != rows) failShapes(model, recipe);
    if (!points.empty() && points[k].rows != rows) failShapes(model, recipe);
    const auto score = [&](int row) {
      const float first = scores[each * k].at<float>(row);
      if (!isYuNet) return first;
      return std::sqrt(std::clamp(first, 0.0F, 1.0F) *
                       std::clamp(scores[each * k + 1].at<float>(row), 0.0F, 1.0F));
    };
    const auto box = [&](int row, float x, float y) {
      const float* b = boxes[k].ptr<float>(row);
      if (!isYuNet) return between(x - b[0] * s, y - b[1] * s, x + b[2] * s, y + b[3] * s);
      const float w = std::exp(b[2]) * s, h = std::exp(b[3]) * s;
      return cv::Rect2f(x + b[0] * s - w / 2, y + b[1] * s - h / 2, w, h);
    };
    readStride(recipe, kStrides[k], rows, points.empty() ? nullptr : &points[k], model, score, box, faces);
  }
  return faces;
}

std::vector<Face> priors(const Recipe& recipe, std::span<const cv::Mat> outputs, const std::string& model) {
  const Outputs scores = withColumns(outputs, 2), boxes = withColumns(outputs, 4),
                points = withColumns(outputs, 10);
  if (scores.size() != 1 || boxes.size() != 1 || points.size() > 1 || scores[0].rows != boxes[0].rows ||
      (!points.empty() && points[0].rows != boxes[0].rows))
    failShapes(model, recipe);
  std::vector<Face> faces;
  int row = 0;
  for (std::size_t k = 0; k < kStrides.size(); ++k) {
    const int stride = kStrides[k];
    const int across = (recipe.width + stride - 1) / stride, down = (recipe.height + stride - 1) / stride;
    if (row + across * down * 2 > boxes[0].rows) failShapes(model, recipe);
    for (int cell = 0; cell < across * down; ++cell) {
      for (int anchor = 0; anchor < 2; ++anchor, ++row) {
        const float score = scores[0].at<float>(row, 1);
        if (!(score > recipe.score)) continue;
        const auto side = static_cast<float>(16 << (2 * k + static_cast<std::size_t>(anchor)));
        const float x = (static_cast<float>(cell % across) + 0.5F) * static_cast<float>(stride);
        const float y = (static_cast<float>(cell / across) + 0.5F) * static_cast<float>(stride);
        const float* b = boxes[0].ptr<float>(row);
        const float w = side * std::exp(0.2F * b[2]), h = side * std::exp(0.2F * b[3]);
        Face face{{x + 0.1F * side * b[0] - w / 2, y + 0.1F * side * b[1] - h / 2, w, h}, score, {}};
        if (!points.empty()) face.landmarks = landmarksFrom(points[0].ptr<float>(row), x, y, 0.1F * side);
        keep(faces, std::move(face));
      }
    }
  }
  if (row != boxes[0].rows) failShapes(model, recipe);
  return faces;
}

}  // namespace

std::vector<Face> decodeFaces(const Recipe& recipe, std::span<const cv::Mat> outputs,
                              const std::string& model) {
  switch (recipe.kind) {
    case Kind::UltraFace:
      return ultraFace(recipe, outputs, model);
    case Kind::Strided:
    case Kind::YuNet:
      return strided(recipe, outputs, model);
    case Kind::Priors:
      return priors(recipe, outputs, model);
    case Kind::OldYuNet:
    case Kind::Cascade:
    case Kind::Landmarks:
      break;
  }
  fail("{}: a {} is not decoded here", model, nameOf(recipe.kind));
}

}  // namespace discern::detection
