// One open video and where it stands; one thread at a time (video.cpp keeps them).
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <opencv2/videoio.hpp>

namespace discern::imaging {

// Which contents a name stood for.
struct FileStamp {
  dev_t device = 0;
  ino_t node = 0;
  std::int64_t size = 0, changed = 0;  // bytes; nanoseconds
  bool operator==(const FileStamp&) const = default;
};
FileStamp stampOf(const std::filesystem::path& file);  // throws Error: no plain file

class VideoReader {
 public:
  // cameBack: seconds that somebody came back in another video. Throws Error (video.h).
  VideoReader(std::filesystem::path file, const FileStamp& stamp, double cameBack = 0);

  const std::filesystem::path& file() const { return file_; }
  const FileStamp& stamp() const { return stamp_; }
  // Frames between from() and at() are there; those to kAhead seconds on are reached by decoding forward.
  static constexpr double kAhead = 10;
  double at() const { return shown_.pixels.empty() ? next_.time : shown_.time; }
  double from() const { return behind_.empty() ? at() : behind_.front().time; }
  // How far somebody came back at most, if by less than kAhead: clips that overlap. So much of what it went
  // past is kept, where that is not too large.
  double cameBack() const { return cameBack_; }
  bool remembers() const { return !behind_.empty(); }

  cv::Mat at(double time);  // throws Error: it ends before, or cannot be decoded
  // Goes to the end, once. `frames`: how many there are, 0 where not all were decoded.
  struct End {
    double last = 0;  // seconds
    std::int64_t frames = 0;
  };
  End end();

  // What the header says; 0: nothing.
  double rate() const { return rate_; }
  std::int64_t frames() const { return frames_; }
  cv::Size size();

 private:
  struct Frame {
    double time = 0;
    cv::Mat pixels;  // empty: passed without being looked at
  };
  // What OpenCV throws, or a lack of memory, becomes an Error that names the file.
  template <typename Work>
  auto guarded(Work work);
  cv::Mat frameAt(double time);
  const Frame* remembered(double time) const;
  bool isWorthKeeping() const;
  void forget();
  End findEnd();
  void checkSize(cv::Size pixels) const;
  void open();
  void go(double time);  // so that next_ is shown at `time` or before
  bool grab();           // next_
  void step(bool look);  // next_ becomes shown_
  bool endsTooEarly() const;

  std::filesystem::path file_;
  FileStamp stamp_;
  cv::VideoCapture capture_;
  double rate_ = 0;
  std::int64_t frames_ = 0;
  double step_ = 0;      // between the last two frames
  double gap_ = 0;       // the longest so far
  double settle_ = 0;    // seconds of frames after a jump that are not to be trusted
  bool mayJump_ = true;  // false: it jumps to wrong places
  bool jumped_ = false;  // since it was opened
  bool ended_ = false;
  std::int64_t passed_ = 0;  // frames since it was opened or jumped
  Frame shown_, next_;
  double cameBack_ = 0;
  std::deque<Frame> behind_;  // before shown_, one after the other, all with pixels
  std::size_t bytesBehind_ = 0;
};

extern std::atomic<std::int64_t> gDecodedFrames;

}  // namespace discern::imaging
