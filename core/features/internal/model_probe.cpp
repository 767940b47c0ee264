#include "core/features/internal/model_probe.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core/mat.hpp>

#include "core/base/error.h"

namespace discern::features {
namespace {

constexpr double kSame = 1e-3;      // of the largest number
constexpr double kConstant = 1e-6;  // less is no difference between two faces

cv::Mat picture(const data::Shape& shape, int kind) {
  cv::Mat face(shape.rows(), shape.width, CV_8UC3);
  for (int y = 0; y < face.rows; ++y)
    for (int x = 0; x < face.cols; ++x)
      for (int c = 0; c < 3; ++c) {
        const double u = static_cast<double>(x) / face.cols - 0.5,
                     v = static_cast<double>(y) / face.rows - 0.5;
        const double light = 140 + 30 * c - 60 * (u * u + v * v) * (kind + 1) +
                             55 * std::sin((9 + 4 * kind) * u + c) * std::cos((7 - kind) * v + kind);
        face.ptr<unsigned char>(y)[3 * x + c] = static_cast<unsigned char>(std::clamp(light, 0.0, 255.0));
      }
  return face;
}

double difference(std::span<const float> a, std::span<const float> b) {
  double most = 0, largest = 1e-30;
  for (std::size_t k = 0; k < a.size(); ++k) {
    most = std::max(most, std::abs(static_cast<double>(a[k]) - b[k]));
    largest = std::max(largest, std::abs(static_cast<double>(a[k])));
  }
  return most / largest;
}

}  // namespace

std::vector<float> probeFaces(const Recipe& recipe) {
  const data::Shape shape = recipe.shape();
  return makeBlob(recipe, {picture(shape, 0), picture(shape, 1), picture(shape, 2)}, false);
}

void checkFeatures(const std::string& file, BlobModel& model) {
  const std::vector<float> blob = probeFaces(model.recipe());
  const std::vector<float> one(blob.begin(), blob.begin() + static_cast<std::ptrdiff_t>(blob.size() / 3));
  const data::Matrix alone = model.forward(one, 1), again = model.forward(one, 1),
                     all = model.forward(blob, 3);
  bool finite = false;
  for (std::int64_t i = 0; i < 3; ++i) finite = finite || data::isFinite(all.row(i));
  if (!finite)
    fail("{}: gives no finite numbers for any face; check the recipe's scale, or export the model in float32",
         file);
  if (!data::isFinite(alone.row(0))) return;  // of some pictures alone: each is told where it is met
  if (difference(alone.row(0), again.row(0)) > kSame)
    fail(
        "{}: gives the same face another feature the second time; it was exported in training mode, export "
        "it after "
        "model.eval()",
        file);
  if (difference(alone.row(0), all.row(0)) > kSame)
    fail(
        "{}: gives a face another feature when others are beside it; it was exported in training mode, "
        "export it "
        "after model.eval()",
        file);
  if (data::isFinite(all.row(1)) && data::isFinite(all.row(2)) &&
      difference(all.row(0), all.row(1)) < kConstant && difference(all.row(0), all.row(2)) < kConstant)
    fail(
        "{}: gives every face the same feature; check the recipe, or choose another output with output_layer "
        "of the "
        "recipe",
        file);
}

}  // namespace discern::features
