#include "core/imaging/sample.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/data/no_picture.h"
#include "core/imaging/degrade.h"

namespace discern::imaging {

#define KIND(file, function) data::GroupKind function();
#include "core/imaging/group_kinds.def"
#undef KIND

namespace {

Registry<data::GroupKind>& all() {
#define KIND(file, function) function(),
  static Registry<data::GroupKind> registry("kind", {
#include "core/imaging/group_kinds.def"
                                                    });
#undef KIND
  return registry;
}

cv::Mat frameOf(const cv::Mat& sample, const data::Shape& shape, int frame) {
  return sample.rowRange(frame * shape.height, (frame + 1) * shape.height);
}

cv::Mat loadClean(const data::GroupKind& kind, const data::ImageRef& sample, const data::Shape& shape,
                  const std::filesystem::path& root) {
  cv::Mat pixels = kind.load(sample, shape, root);
  if (pixels.type() != CV_8UC3 || pixels.rows != shape.rows() || pixels.cols != shape.width)
    fail("{}: the {} came as {} x {} pixels, {} were expected; this is a fault of the kind '{}'", sample.file,
         kind.sample.one, pixels.rows, pixels.cols, toString(shape), kind.name);
  return pixels;
}

}  // namespace

const Registry<data::GroupKind>& groupKinds() { return all(); }

void registerGroupKind(data::GroupKind kind) { all().add(std::move(kind)); }

const data::GroupKind& findGroupKind(std::string_view name) {
  return name.empty() ? *all().begin() : all().find(std::string(name));
}

cv::Mat loadSample(const data::GroupKind& kind, const data::ImageRef& sample, const data::Shape& shape,
                   const std::filesystem::path& root) {
  constexpr int kMost = 4096;
  if (!data::hasPicture(sample)) throw Error(data::noPictureProblem(sample));
  if (shape.height < 1 || shape.width < 1 || shape.frames < 1 || shape.height > kMost ||
      shape.width > kMost || shape.frames > kMost)
    fail("{} of a {}: 1 to {} a side were expected", toString(shape), kind.sample.one, kMost);
  if (sample.degradation.kind == data::DegradationKind::None) return loadClean(kind, sample, shape, root);
  const bool grows = shape.width >= kind.shape.width;
  const data::Shape own = grows ? shape : data::Shape{kind.shape.height, kind.shape.width, shape.frames};
  cv::Mat pixels = loadClean(kind, sample, own, root);
  for (int frame = 0; frame < own.frames; ++frame)
    // A copy: OpenCV's filters look beyond the edges of a part, into the frames above and below.
    degrade(frameOf(pixels, own, frame).clone(), sample.degradation).copyTo(frameOf(pixels, own, frame));
  return resized(pixels, own, shape);
}

cv::Mat resized(const cv::Mat& sample, const data::Shape& from, const data::Shape& to) {
  if (from == to) return sample;
  if (from.frames != to.frames) fail("a sample of {} cannot be made one of {}", toString(from), toString(to));
  const bool shrinks = from.height >= to.height && from.width >= to.width;
  cv::Mat result(to.rows(), to.width, sample.type());
  for (int frame = 0; frame < to.frames; ++frame)
    cv::resize(frameOf(sample, from, frame), frameOf(result, to, frame), {to.width, to.height}, 0, 0,
               shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return result;
}

cv::Mat loadPicture(const data::GroupKind& kind, const data::ImageRef& sample, int side,
                    const std::filesystem::path& root) {
  const auto& own = kind.shape;
  data::Shape shape = own.at(own.height <= own.width ? side : std::max(1, side * own.width / own.height));
  shape.height = std::clamp(shape.height, 1, side);
  return frameOf(loadSample(kind, sample, shape, root), shape, shape.frames / 2).clone();
}

}  // namespace discern::imaging
