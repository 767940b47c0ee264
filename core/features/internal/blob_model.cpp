#include "core/features/internal/blob_model.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/features/internal/model_frames.h"

namespace discern::features {
namespace {
// Input value of every 8-bit pixel value, per channel of the model.
using Tables = std::array<std::array<float, 256>, 3>;

Tables makeTables(const Recipe& recipe) {
  Tables tables;
  for (std::size_t c = 0; c < 3; ++c)
    for (int v = 0; v < 256; ++v) tables[c][v] = (static_cast<float>(v) - recipe.mean[c]) / recipe.std[c];
  return tables;
}

void fillOne(const Tables& tables, bool rgb, bool mirrored, const cv::Mat& face, float* out) {
  const int width = face.cols;
  const std::int64_t plane = std::int64_t{face.rows} * width;
  for (int y = 0; y < face.rows; ++y) {
    const unsigned char* line = face.ptr<unsigned char>(y);
    for (int x = 0; x < width; ++x) {
      const unsigned char* bgr = line + 3 * (mirrored ? width - 1 - x : x);
      float* pixel = out + std::int64_t{y} * width + x;
      for (int c = 0; c < 3; ++c) pixel[c * plane] = tables[c][bgr[rgb ? 2 - c : c]];
    }
  }
}
}  // namespace

std::vector<float> makeBlob(const Recipe& recipe, const std::vector<cv::Mat>& faces, bool mirrored) {
  const data::Shape shape = recipe.shape();
  for (const cv::Mat& face : faces)
    if (face.type() != CV_8UC3 || face.rows != shape.rows() || face.cols != shape.width)
      fail(
          "a sample is {} pixels high and {} wide with {} channels, but the recipe {} expects {} and {} with "
          "3; resize it first",
          face.rows, face.cols, face.channels(), recipe.name, shape.rows(), shape.width);
  const Tables tables = makeTables(recipe);
  const auto each = static_cast<std::size_t>(3 * shape.pixels());
  std::vector<float> blob(faces.size() * each);
  parallelFor(static_cast<std::int64_t>(faces.size()), 16, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i)
      fillOne(tables, recipe.rgb, mirrored, faces[i], blob.data() + i * each);
  });
  return blob;
}

data::Matrix BlobModel::extractAs(const Recipe& recipe, const std::vector<cv::Mat>& faces) {
  const auto n = static_cast<std::int64_t>(faces.size());
  if (n == 0) return data::Matrix(0, dims());
  if (recipe.shape() != recipe_.shape())
    fail("the model was opened for {}, so it cannot be run by the recipe {} for {}",
         toString(recipe_.shape()), recipe.name, toString(recipe.shape()));
  data::Matrix features = forward(makeBlob(recipe, faces, false), n);
  if (recipe.flip) {
    const data::Matrix mirrored = forward(makeBlob(recipe, faces, true), n);
    std::ranges::transform(features.values, mirrored.values, features.values.begin(), std::plus());
  }
  return features;
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (const std::int64_t d : shape) text += (text.empty() ? "" : " x ") + (d < 0 ? "N" : std::to_string(d));
  return text;
}

int vectorLength(const std::string& model, const std::vector<std::int64_t>& shape, const std::string& hint) {
  std::int64_t length = 1;
  int longDimensions = 0;
  for (const std::int64_t d : shape) {
    if (d == 1) continue;
    length = d;
    ++longDimensions;
  }
  if (longDimensions != 1 || length < 2)
    fail("{}: the output for one image is {}, expected one vector of at least two numbers; {}", model,
         shape.empty() ? "a single number" : shapeText(shape), hint);
  if (length > kMostDims)
    fail("{}: gives {} numbers for one image, at most {} were expected; {}", model, length, kMostDims, hint);
  return static_cast<int>(length);
}

}  // namespace discern::features
