// Persons walking through the views of cameras: upright boxes of a tracker, recognised together in tracklets.
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/data/group_kind.h"
#include "core/imaging/crop.h"
#include "core/imaging/image.h"

namespace discern::imaging {
namespace {

// The whole box, as re-identification resizes it, whatever its form was.
cv::Mat loadPerson(const data::ImageRef& frame, const data::Shape& shape, const std::filesystem::path& root) {
  if (shape.frames != 1)
    fail("a frame of a tracklet is one picture, so it cannot be loaded as {}", toString(shape));
  const cv::Mat box = cropped(loadImage(frame, root), frame);
  const bool shrinks = box.cols >= shape.width && box.rows >= shape.height;
  cv::Mat person;
  cv::resize(box, person, {shape.width, shape.height}, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return person;
}

}  // namespace

data::GroupKind trackletKind() {
  return {.name = "tracklet",
          .help = "boxes around walking persons, recognised together in tracklets",
          .sample = {"frame", "frames"},
          .subject = {"person", "persons"},
          .group = {"tracklet", "tracklets"},
          .identity = {"identity", "identities"},
          .shape = {224, 112, 1},
          .load = loadPerson,
          .stored = loadImage};
}

}  // namespace discern::imaging
