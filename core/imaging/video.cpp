#include "core/imaging/video.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/imaging/video_reader.h"

namespace discern::imaging {
namespace fs = std::filesystem;
namespace {

struct Slot {
  fs::path file;
  FileStamp stamp;
  double from = 0, at = 0;  // what it has; where it stands, or is going to
  bool busy = true;
  std::unique_ptr<VideoReader> reader;
};
using Place = std::list<Slot>::iterator;

// Readers that stay open, for all threads together: each holds its decoder's pictures, some tens of
// megabytes, and of frames that it remembers 64 at most.
class Readers {
 public:
  // The reader that is at `time` soonest, this thread's until giveBack. One that is busy is waited for, and
  // of those who wait for it the earliest time goes first: threads that share a video's samples decode it
  // once.
  Place take(const fs::path& file, const FileStamp& stamp, double time) {
    std::unique_lock lock(mutex_);
    const auto mine = waiting_.insert({file, time});
    for (;; changed_.wait(lock)) {
      if (mustWait(file, stamp, time)) continue;
      const auto place = choose(file, stamp, time);
      if (place == slots_.end()) continue;
      place->busy = true;
      const bool has = place->reader && place->reader->remembers() && comesBy(*place, time);
      if (!has) place->from = time;
      place->at = has ? std::max(place->at, time) : time;
      slots_.splice(slots_.begin(), slots_, place);
      waiting_.erase(mine);
      changed_.notify_all();
      return place;
    }
  }

  void giveBack(Place place) {
    const std::lock_guard lock(mutex_);
    if (place->reader) {
      cameBack_ = std::max(cameBack_.load(), place->reader->cameBack());
      place->busy = false;
      place->from = place->reader->from();
      place->at = place->reader->at();
    } else {  // it could not be opened
      slots_.erase(place);
    }
    changed_.notify_all();
  }

  // Where somebody came back in one video, others will in the next.
  double cameBack() const { return cameBack_; }

 private:
  static bool comesBy(const Slot& slot, double time) {
    return time >= slot.from && time <= slot.at + VideoReader::kAhead;
  }

  bool mustWait(const fs::path& file, const FileStamp& stamp, double time) const {
    const auto earlier = waiting_.lower_bound({file, time - VideoReader::kAhead});
    if (earlier != waiting_.end() && earlier->first == file && earlier->second < time) return true;
    return std::any_of(slots_.begin(), slots_.end(), [&](const Slot& slot) {
      return slot.busy && slot.file == file && slot.stamp == stamp && comesBy(slot, time);
    });
  }

  // end(): all are busy.
  Place choose(const fs::path& file, const FileStamp& stamp, double time) {
    slots_.remove_if(
        [&](const Slot& slot) { return !slot.busy && slot.file == file && slot.stamp != stamp; });
    Place best = slots_.end(), oldest = slots_.end(), same = slots_.end();
    int ofFile = 0;
    for (auto slot = slots_.begin(); slot != slots_.end(); ++slot) {
      ofFile += slot->file == file;
      if (slot->busy) continue;
      oldest = slot;
      if (slot->file != file) continue;
      same = slot;
      if (comesBy(*slot, time) && (best == slots_.end() || slot->at > best->at)) best = slot;
    }
    if (best != slots_.end()) return best;
    // Two of a file serve who goes through it and who jumps about in it.
    if (ofFile >= 2 && same != slots_.end()) return same;
    const auto most = static_cast<std::size_t>(std::clamp(threadCount(), 2, 6));
    if (slots_.size() >= most) {
      if (oldest == slots_.end()) return oldest;
      slots_.erase(oldest);
    }
    slots_.push_front({file, stamp, time, time, true, nullptr});
    return slots_.begin();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Slot> slots_;  // the one used last first
  std::multiset<std::pair<fs::path, double>> waiting_;
  std::atomic<double> cameBack_ = 0;
};

// Never destroyed: a thread may still decode when the program ends.
Readers& readers() {
  static auto& all = *new Readers;
  return all;
}

class Lease {
 public:
  Lease(const fs::path& file, const FileStamp& stamp, double time)
      : place_(readers().take(file, stamp, time)) {}
  ~Lease() { readers().giveBack(place_); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  cv::Mat at(double time) {
    if (!place_->reader)
      place_->reader = std::make_unique<VideoReader>(place_->file, place_->stamp, readers().cameBack());
    return place_->reader->at(time);
  }

 private:
  Place place_;
};

// The frames that were asked for last: every face of a photograph wants the same one.
class Recent {
 public:
  std::optional<cv::Mat> find(const fs::path& file, const FileStamp& stamp, double time) {
    const std::lock_guard lock(mutex_);
    for (const Kept& kept : kept_)
      if (kept.time == time && kept.stamp == stamp && kept.file == file) return kept.frame;
    return {};
  }
  void add(const fs::path& file, const FileStamp& stamp, double time, const cv::Mat& frame) {
    const std::lock_guard lock(mutex_);
    kept_[next_++ % kept_.size()] = {file, stamp, time, frame};
  }

 private:
  struct Kept {
    fs::path file;
    FileStamp stamp;
    double time = -1;
    cv::Mat frame;
  };
  std::mutex mutex_;
  std::array<Kept, 8> kept_;
  std::size_t next_ = 0;
};

Recent& recent() {
  static auto& frames = *new Recent;
  return frames;
}

// One damaged time stamp makes a short video years long.
bool isPlausible(double seconds, std::int64_t frames) {
  constexpr double kHour = 3600, kMost = 31 * 24 * kHour, kLongestFrame = 60;
  return seconds <= kMost && (seconds <= kHour || seconds <= kLongestFrame * static_cast<double>(frames));
}

}  // namespace

bool isVideoFile(const fs::path& file) {
  constexpr std::array kEndings{".mp4",  ".m4v", ".mov",  ".mkv", ".webm", ".avi", ".ts", ".mts",
                                ".m2ts", ".mpg", ".mpeg", ".flv", ".wmv",  ".ogv", ".3gp"};
  std::string ending = file.extension().string();
  for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

VideoInfo probeVideo(const fs::path& file) {
  const FileStamp stamp = stampOf(file);
  VideoReader reader(file, stamp);
  const auto [last, counted] = reader.end();
  const cv::Size size = reader.size();
  VideoInfo info{.width = size.width, .height = size.height};
  const double announced = reader.rate() > 0 ? static_cast<double>(reader.frames()) / reader.rate() : 0;
  info.frames = counted > 0 ? counted : reader.frames();
  // The last is shown as long as one is on average.
  const double gap = info.frames > 1 ? last / static_cast<double>(info.frames - 1) : 0.04;
  info.seconds = last + (reader.rate() > 0 ? 1 / reader.rate() : gap);
  if (!isPlausible(info.seconds, info.frames))
    fail(
        "{}: its last time stamp is at {:.0f} s, too late for its {} frames; it is damaged, convert it with "
        "ffmpeg",
        file.string(), info.seconds, info.frames);
  info.rate = static_cast<double>(info.frames) / info.seconds;
  info.announcedSeconds = announced;
  return info;
}

std::vector<cv::Mat> framesAt(const fs::path& file, std::span<const double> times) {
  std::vector<cv::Mat> frames;
  // Whoever gets them may write into them.
  framesAt(file, times, [&](std::size_t, const cv::Mat& frame) { frames.push_back(frame.clone()); });
  return frames;
}

void framesAt(const fs::path& file, std::span<const double> times,
              const std::function<void(std::size_t, const cv::Mat&)>& take) {
  if (times.empty()) return;
  const FileStamp stamp = stampOf(file);
  std::unique_ptr<Lease> lease;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double time = times[i];
    auto frame = recent().find(file, stamp, time);
    if (!frame) {
      if (!lease) lease = std::make_unique<Lease>(file, stamp, time);
      frame = lease->at(time);
      recent().add(file, stamp, time, *frame);
    }
    take(i, *frame);
  }
  if (stampOf(file) != stamp)
    fail("{}: changed while it was read; run again when it is complete", file.string());
}

std::int64_t decodedFrames() { return gDecodedFrames; }

}  // namespace discern::imaging
