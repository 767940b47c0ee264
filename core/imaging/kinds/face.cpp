// Faces, recognised together in templates.
#include "core/base/error.h"
#include "core/data/group_kind.h"
#include "core/imaging/image.h"

namespace discern::imaging {
namespace {

// Where a network takes an oblong, it is the middle of the square: 112 x 96 is how such faces are aligned.
cv::Mat loadOblong(const data::ImageRef& face, const data::Shape& shape, const std::filesystem::path& root) {
  if (shape.frames != 1) fail("a face is one image, so it cannot be loaded as {}", toString(shape));
  const int side = std::max(shape.height, shape.width);
  const cv::Mat square = loadFace(face, side, root);
  if (shape.height == shape.width) return square;
  return square(cv::Rect((side - shape.width) / 2, (side - shape.height) / 2, shape.width, shape.height))
      .clone();
}

}  // namespace

data::GroupKind faceKind() {
  return {.name = "face",
          .help = "photographs of faces, recognised together in templates",
          .sample = {"image", "images"},
          .subject = {"face", "faces"},
          .group = {"template", "templates"},
          .identity = {"identity", "identities"},
          .shape = {112, 112, 1},
          .load = loadOblong,
          .stored = loadImage};
}

}  // namespace discern::imaging
