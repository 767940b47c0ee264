// Clips of videos: frames of a short while in which somebody does something, recognised together in videos.
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/data/group_kind.h"
#include "core/imaging/crop.h"
#include "core/imaging/video.h"

namespace discern::imaging {
namespace {

const data::Moment& momentOf(const data::ImageRef& clip) {
  if (!clip.moment)
    fail("{}: when in it the clip is was not said, but a clip lies in a video; import the set again",
         clip.file);
  return *clip.moment;
}

// The short side made as long as asked for, and the middle of the long one.
cv::Mat middleOf(const cv::Mat& frame, cv::Size size) {
  const double scale =
      std::max(static_cast<double>(size.width) / frame.cols, static_cast<double>(size.height) / frame.rows);
  const cv::Size whole(std::max(size.width, cvRound(scale * frame.cols)),
                       std::max(size.height, cvRound(scale * frame.rows)));
  cv::Mat resized;
  cv::resize(frame, resized, whole, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  return resized(cv::Rect({(whole.width - size.width) / 2, (whole.height - size.height) / 2}, size));
}

// As many frames as a network asks for, evenly over the clip's time.
cv::Mat loadClip(const data::ImageRef& clip, const data::Shape& shape, const std::filesystem::path& root) {
  const data::Moment& moment = momentOf(clip);
  std::vector<double> times;
  for (int i = 0; i < shape.frames; ++i) times.push_back(moment.time + i * moment.seconds / shape.frames);
  cv::Mat all(shape.rows(), shape.width, CV_8UC3);
  // One by one: a clip of large frames would fill the memory.
  framesAt(root / clip.file, times, [&](std::size_t i, const cv::Mat& frame) {
    const int row = static_cast<int>(i) * shape.height;
    middleOf(cropped(frame, clip), {shape.width, shape.height}).copyTo(all.rowRange(row, row + shape.height));
  });
  return all;
}

// The frame in its middle.
cv::Mat storedFrame(const data::ImageRef& clip, const std::filesystem::path& root) {
  const data::Moment& moment = momentOf(clip);
  return framesAt(root / clip.file, std::vector{moment.time + moment.seconds / 2}).front();
}

}  // namespace

// 32 frames: every second one of SlowFast's window of 64 at 30 a second.
data::GroupKind clipKind() {
  return {.name = "clip",
          .help = "clips of videos in which somebody does something, recognised together in videos",
          .sample = {"clip", "clips"},
          .subject = {"action", "actions"},
          .group = {"video", "videos"},
          .identity = {"action", "actions"},
          .shape = {112, 112, 32},
          .areClasses = true,
          .load = loadClip,
          .stored = storedFrame};
}

}  // namespace discern::imaging
