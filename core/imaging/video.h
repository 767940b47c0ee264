// Frames of videos, by their time stamps; OpenCV's reader (FFmpeg) decodes them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <opencv2/core/mat.hpp>
#include <span>
#include <vector>

namespace discern::imaging {

// Of what can be decoded, whatever the file's header says. Times count from the first frame.
struct VideoInfo {
  double seconds = 0;           // until the last frame is no longer shown
  double rate = 0;              // frames a second, on average
  std::int64_t frames = 0;      // of a file that ends early: those that are there
  int width = 0, height = 0;    // turned upright
  double announcedSeconds = 0;  // what the header says, 0: nothing; more than `seconds`: the file ends early
};

// By the name's ending alone: mp4, m4v, mov, mkv, webm, avi, ts, mts, m2ts, mpg, mpeg, flv, wmv, ogv, 3gp.
bool isVideoFile(const std::filesystem::path& file);

// Decodes the end of the file alone, and all of one that ends early. Throws Error, one sentence: empty, no
// video, sound alone, cut off before its first frame, longer than its frames can fill, no plain file.
VideoInfo probeVideo(const std::filesystem::path& file);

// For each of `times` (ascending, seconds, to a millisecond) the frame that is shown then, 8-bit BGR, turned
// upright; of a frame that is damaged the one before. What lies ahead is decoded forward once: readers stay
// open (a few, for all threads), and whoever asks for what one of them will come by waits for it; far jumps
// go by key frames. Once somebody has come back a little way, as clips that overlap do, each keeps as much
// of what it went past, if that is no more than 64 MB. Throws Error: as probeVideo, or that the video ends
// before, or that it changed meanwhile.
std::vector<cv::Mat> framesAt(const std::filesystem::path& file, std::span<const double> times);
// Hands each to `take` as it comes, so that they are not all held at once. It is shared: take reads it, and
// asks for no other frame.
void framesAt(const std::filesystem::path& file, std::span<const double> times,
              const std::function<void(std::size_t i, const cv::Mat& frame)>& take);

// How many frames have been decoded in this process, for tests: nothing is decoded twice.
std::int64_t decodedFrames();

}  // namespace discern::imaging
