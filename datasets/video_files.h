// What the adapters of videos share: which frames of a file become samples. Nothing is decoded but the end of
// each, to see whether it is there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/imaging/video.h"
#include "datasets/registry.h"

namespace discern::datasets {

struct VideoSampling {
  double fps = 2;  // frames taken from a second of video; never more than it has
  int most = 0;    // of one video, evenly spread over all of it; 0: as many as there are
};
// Of the options "fps" and "most". Throws Error.
VideoSampling videoSampling(const LoadOptions& options);
std::vector<FormatOption> videoSamplingOptions();

// Every video file of a folder and the folders in it, in the order of their paths; what is hidden is
// nobody's. Links to folders are followed, each folder once. Throws Cancelled.
std::vector<std::filesystem::path> videosBelow(const std::filesystem::path& root, Progress& progress);
bool isHidden(const std::filesystem::path& path);  // ".Trash"

struct ProbedVideo {
  imaging::VideoInfo info;
  std::string problem;  // why it cannot be read, one sentence; empty: it can
};
// Looks at each of them, from several threads; one unit of the stage that was started a video. What is found
// is kept in options.foundSoFar, and of a file that has not changed since not looked for again. Throws
// Cancelled.
std::vector<ProbedVideo> probeVideos(const std::vector<std::filesystem::path>& files,
                                     const LoadOptions& options, Progress& progress);

struct VideoFrames {
  std::vector<double> times;  // seconds, ascending (data::Moment)
  std::string problem;        // why there are none, or what is missing of them; empty: it looks sound
};
// Of many files, as probeVideos looks at them.
std::vector<VideoFrames> framesOf(const std::vector<std::filesystem::path>& files,
                                  const VideoSampling& sampling, const LoadOptions& options,
                                  Progress& progress);

}  // namespace discern::datasets
