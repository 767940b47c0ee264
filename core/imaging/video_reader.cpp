#include "core/imaging/video_reader.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <string>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/imaging/image.h"

namespace discern::imaging {
namespace fs = std::filesystem;

std::atomic<std::int64_t> gDecodedFrames{0};

namespace {

// FFmpeg prints what it thinks of a damaged file. OpenCV reads this when it opens its first video; it is set
// before there are threads.
[[maybe_unused]] const int kQuiet = ::setenv("OPENCV_FFMPEG_LOGLEVEL", "-8", 0);

constexpr double kTick = 0.001;                         // time stamps of Matroska are whole milliseconds
constexpr std::size_t kBehind = std::size_t{64} << 20;  // bytes of frames that were gone past
// One damaged packet is one failure; at the end of the file each costs nothing.
constexpr int kMostFailures = 2000;

bool isTransport(std::string_view start) {  // packets of 188 bytes, or of 192 with a time in front
  const auto syncs = [&](std::size_t at, std::size_t packet) {
    return start.size() > at + packet && start[at] == 'G' && start[at + packet] == 'G';
  };
  return syncs(0, 188) || syncs(4, 192);
}

bool hasBoxes(std::string_view start) {  // MP4, MOV, 3GP
  constexpr std::array<std::string_view, 7> kFirst{"ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"};
  return start.size() >= 8 && std::ranges::find(kFirst, start.substr(4, 4)) != kFirst.end();
}

// By the first bytes. FFmpeg would read play lists, too, which make it open other files and addresses.
bool isContainer(std::string_view start) {
  using namespace std::string_view_literals;
  for (const auto signature :
       {"\x1A\x45\xDF\xA3"sv, "FLV"sv, "OggS"sv, "\x30\x26\xB2\x75"sv, "\0\0\x01\xBA"sv, "\0\0\x01\xB3"sv})
    if (start.starts_with(signature)) return true;
  if (start.starts_with("RIFF") && start.size() >= 12) return start.substr(8, 3) == "AVI";
  return hasBoxes(start) || isTransport(start);
}

// MP4 and MOV: the table of frames is a box "moov", often the last one, so that a file that is cut off lacks
// it.
bool lacksTable(const fs::path& file) {
  const PlainFile in(file);
  for (std::int64_t at = 0; at + 8 <= in.size();) {
    unsigned char head[16] = {};
    in.read(at, reinterpret_cast<char*>(head), sizeof head);
    const auto number = [&](int from, int bytes) {
      std::uint64_t value = 0;
      for (int i = 0; i < bytes; ++i) value = value << 8 | head[from + i];
      return value;
    };
    const std::string_view name(reinterpret_cast<const char*>(head) + 4, 4);
    if (name == "moov") return false;
    const std::uint64_t length = number(0, 4) == 1 ? number(8, 8) : number(0, 4);
    if (length < 8 || length > static_cast<std::uint64_t>(in.size() - at)) return true;
    at += static_cast<std::int64_t>(length);
  }
  return true;
}

void refuseWhatIsNone(const fs::path& file) {
  const std::string start = readStart(file, 400);
  if (start.empty()) fail("{}: is empty; a video was expected, fetch it again", file.string());
  if (!isContainer(start))
    fail(
        "{}: is no video of a kind that is read (MP4, MOV, MKV, WebM, AVI, MPEG, FLV, WMV, Ogg); convert it "
        "with ffmpeg",
        file.string());
}

[[noreturn]] void failToOpen(const fs::path& file) {
  if (hasBoxes(readStart(file, 12)) && lacksTable(file))
    fail("{}: is cut off, its table of frames is missing; fetch it again", file.string());
  fail(
      "{}: has no pictures that can be decoded, sound alone or nothing; a video was expected, check the file",
      file.string());
}

}  // namespace

FileStamp stampOf(const fs::path& file) {
  requirePlainFile(file);
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) fail("{}: is gone; was it moved meanwhile?", file.string());
  return {info.st_dev, info.st_ino, info.st_size,
          std::int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec};
}

template <typename Work>
auto VideoReader::guarded(Work work) {
  std::string why;
  try {
    return work();
  } catch (const Error&) {
    throw;
  } catch (const cv::Exception& e) {
    why = e.err;
  } catch (const std::exception& e) {  // bad_alloc
    why = e.what();
  }
  forget();
  passed_ = 0;  // so that the next who asks begins anew
  fail("{}: cannot be decoded ({}); it is damaged or too large, convert it with ffmpeg", file_.string(), why);
}

VideoReader::VideoReader(fs::path file, const FileStamp& stamp, double cameBack)
    : file_(std::move(file)), stamp_(stamp), cameBack_(cameBack) {
  refuseWhatIsNone(file_);
  guarded([this] { open(); });
  rate_ = capture_.get(cv::CAP_PROP_FPS);
  if (!std::isfinite(rate_) || rate_ <= 0 || rate_ > 1000) rate_ = 0;
  const double frames = capture_.get(cv::CAP_PROP_FRAME_COUNT);
  frames_ = frames > 0 && frames < 1e9 ? static_cast<std::int64_t>(frames) : 0;
  step_ = gap_ = rate_ > 0 ? 1 / rate_ : 0.04;
  // A transport stream has no list of key frames: jumps end between two of them.
  if (isTransport(readStart(file_, 400))) settle_ = 12;
  checkSize(size());
}

void VideoReader::checkSize(cv::Size pixels) const {
  if (std::int64_t{pixels.width} * pixels.height > DecodeLimits{}.maxPixels)
    fail("{}: its frames have {} x {} pixels, more than the {} million that are decoded; make it smaller",
         file_.string(), pixels.width, pixels.height, DecodeLimits{}.maxPixels / 1'000'000);
}

cv::Size VideoReader::size() {
  return {static_cast<int>(capture_.get(cv::CAP_PROP_FRAME_WIDTH)),
          static_cast<int>(capture_.get(cv::CAP_PROP_FRAME_HEIGHT))};
}

void VideoReader::open() {
  // An absolute path: FFmpeg takes "concat:a" and "http://..." for something else than a file's name.
  if (!capture_.open(fs::absolute(file_).string(), cv::CAP_FFMPEG)) failToOpen(file_);
  forget();
  ended_ = jumped_ = false;
  passed_ = 0;
}

void VideoReader::forget() {
  shown_ = next_ = {};
  behind_.clear();
}

bool VideoReader::grab() {
  for (int failures = 0; failures < kMostFailures; ++failures) {
    if (!capture_.grab()) continue;
    ++gDecodedFrames;
    double time = capture_.get(cv::CAP_PROP_POS_MSEC) / 1000;
    // The first is the beginning, whatever its decoding time says. OpenCV 4.6 knows no time of those that the
    // decoder still holds when the file is at its end.
    if (passed_ == 0 && !jumped_)
      time = 0;
    else if (passed_ > 0 && !(time > next_.time))
      time = next_.time + step_;
    if (passed_++ > 0) {
      step_ = time - next_.time;
      gap_ = std::max(gap_, step_);
    }
    next_ = {time, {}};
    return true;
  }
  return false;
}

void VideoReader::step(bool look) {
  const bool keeps = isWorthKeeping();
  if ((look || keeps) && next_.pixels.empty() && !capture_.retrieve(next_.pixels))
    next_.pixels = shown_.pixels;
  checkSize(next_.pixels.size());  // it may change on the way
  if (keeps && !shown_.pixels.empty()) {
    behind_.push_back(shown_);
    while (shown_.time - behind_.front().time > cameBack_ + 2 * gap_) behind_.pop_front();
  } else {
    behind_.clear();
  }
  shown_ = next_;
  ended_ = !grab();
}

bool VideoReader::isWorthKeeping() const {
  if (cameBack_ <= 0) return false;
  const auto& pixels = next_.pixels.empty() ? shown_.pixels : next_.pixels;
  const double frames = cameBack_ / std::max(step_, kTick) + 3;
  return frames * static_cast<double>(pixels.total() * pixels.elemSize()) <= static_cast<double>(kBehind);
}

const VideoReader::Frame* VideoReader::remembered(double time) const {
  if (behind_.empty() || time < behind_.front().time || time >= shown_.time) return nullptr;
  const auto after = std::ranges::upper_bound(behind_, time, {}, &Frame::time);
  return &*std::prev(after);
}

void VideoReader::go(double time) {
  constexpr double kWorthIt = 1;  // seconds: decoding them is as cheap as jumping
  // A little before the end, because OpenCV gives no times there.
  const double last = frames_ > 0 && rate_ > 0 ? static_cast<double>(frames_) / rate_ - 2 : 0;
  for (double back = settle_ + gap_; mayJump_; back = back * 4 + 1) {
    const double to = std::min(time, last) - back;
    if (to < kWorthIt) break;
    jumped_ = true;
    capture_.set(cv::CAP_PROP_POS_MSEC, to * 1000);
    forget();
    passed_ = 0;
    ended_ = !grab();
    if (!ended_ && next_.time > 0 && next_.time <= time) {
      while (!ended_ && next_.time < to + settle_ && next_.time + gap_ < time) step(true);
      return;
    }
  }
  open();
  ended_ = !grab();
  if (ended_)
    fail("{}: none of its frames can be decoded; it is damaged or of an unknown kind, convert it with ffmpeg",
         file_.string());
}

// After a jump OpenCV counts frames by the mean rate and stops when it has counted as many as there are, and
// where the rate varies that is too early; and the end of a file that is cut off is not to be jumped to.
bool VideoReader::endsTooEarly() const {
  const bool byCount = capture_.get(cv::CAP_PROP_POS_FRAMES) > capture_.get(cv::CAP_PROP_FRAME_COUNT);
  const double announced = rate_ > 0 ? static_cast<double>(frames_) / rate_ : 0;
  return jumped_ && (byCount || shown_.time + std::max(0.5, 3 * gap_) < announced);
}

cv::Mat VideoReader::at(double time) {
  return guarded([this, time] { return frameAt(time); });
}

VideoReader::End VideoReader::end() {
  return guarded([this] { return findEnd(); });
}

cv::Mat VideoReader::frameAt(double time) {
  time = std::max(time, 0.0) + kTick;
  if (const Frame* frame = remembered(time)) return frame->pixels;
  if (time < from() && time + kAhead > at()) cameBack_ = std::max(cameBack_, at() - time);
  if (passed_ == 0 || time < from() || (!ended_ && time > next_.time + kAhead + settle_)) go(time);
  // Which frame is the last before `time` is known only when the next is there, and then it is too late to
  // look at it; so look at those that may be it. Where the gap is longer than any before, once more.
  for (bool all = false;;) {
    while (!ended_ && next_.time <= time) step(all || next_.time + gap_ * 1.01 > time - 2 * kTick);
    if (ended_ && endsTooEarly()) {
      mayJump_ = false;
      go(time);
      continue;
    }
    if (!shown_.pixels.empty()) break;
    if (all)
      fail("{}: its frame at {:.2f} s cannot be decoded; convert it with ffmpeg", file_.string(), time);
    all = true;
    go(time);
  }
  if (ended_ && time > shown_.time + std::max(1.0, 3 * gap_))
    fail("{}: ends at {:.1f} s, but its frame at {:.1f} s was asked for; was it cut off? Fetch it again",
         file_.string(), shown_.time, time);
  return shown_.pixels;
}

VideoReader::End VideoReader::findEnd() {
  go(frames_ > 0 && rate_ > 0 ? static_cast<double>(frames_) / rate_ : 0);
  while (!ended_) step(false);
  if (endsTooEarly()) {
    mayJump_ = false;
    go(0);
    while (!ended_) step(false);
  }
  return {shown_.time, jumped_ ? 0 : passed_};
}

}  // namespace discern::imaging
