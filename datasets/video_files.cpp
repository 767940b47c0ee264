#include "datasets/video_files.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/data/csv.h"
#include "core/imaging/video.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

double numberOf(const LoadOptions& options, const char* key, double least, double most, double otherwise) {
  const auto given = options.extra.find(key);
  if (given == options.extra.end()) return otherwise;
  const auto number = data::csvNumber(given->second, ',');
  if (!number || !(*number >= least && *number <= most))
    fail("option {}: '{}' was given; a number from {} to {} was expected", key, given->second, least, most);
  return *number;
}

std::vector<double> timesOf(const imaging::VideoInfo& video, const VideoSampling& sampling) {
  // A frame more often than it changes would be the same one again.
  const double rate = std::min(sampling.fps, video.rate);
  const auto count = std::max<std::int64_t>(1, std::llround(std::ceil(video.seconds * rate - 1e-6)));
  const std::int64_t taken = sampling.most > 0 ? std::min<std::int64_t>(count, sampling.most) : count;
  std::vector<double> times;
  for (std::int64_t i = 0; i < taken; ++i)
    times.push_back(static_cast<double>(taken > 1 ? i * (count - 1) / (taken - 1) : 0) / rate);
  return times;
}

}  // namespace

VideoSampling videoSampling(const LoadOptions& options) {
  VideoSampling sampling;
  sampling.fps = numberOf(options, "fps", 0.001, 60, sampling.fps);
  sampling.most = static_cast<int>(numberOf(options, "most", 1, 1e6, sampling.most));
  return sampling;
}

std::vector<FormatOption> videoSamplingOptions() {
  return {{"fps", "NUMBER", "frames taken from each second of a video (2)"},
          {"most", "NUMBER", "frames of one video, evenly spread over it (all that fps takes)"}};
}

bool isHidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

std::vector<fs::path> videosBelow(const fs::path& root, Progress& progress) {
  std::vector<fs::path> files;
  std::set<fs::path> seen, linked{root};  // links are followed last: a folder is known by its own path
  while (!linked.empty()) {
    const fs::path folder = *linked.begin();
    linked.erase(linked.begin());
    std::error_code code;
    const fs::path real = fs::canonical(folder, code);
    if (code || !seen.insert(real).second) continue;
    for (auto at = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied);
         at != fs::recursive_directory_iterator(); ++at) {
      progress.throwIfStopped();
      if (isHidden(at->path())) {
        at.disable_recursion_pending();
      } else if (!at->is_directory(code)) {
        if (imaging::isVideoFile(at->path())) files.push_back(at->path());
      } else if (at->is_symlink(code)) {
        linked.insert(at->path());
      } else if (const fs::path place = fs::canonical(at->path(), code); code || !seen.insert(place).second) {
        at.disable_recursion_pending();
      }
    }
  }
  std::ranges::sort(files);
  return files;
}

VideoFrames framesOf(const fs::path& file, const VideoSampling& sampling) {
  VideoFrames frames;
  try {
    const auto video = imaging::probeVideo(file);
    frames.times = timesOf(video, sampling);
    if (video.announcedSeconds > video.seconds + std::max(1.0, 0.02 * video.announcedSeconds))
      frames.problem = fmt::format("ends after {:.1f} of {:.1f} s; the frames until there are taken",
                                   video.seconds, video.announcedSeconds);
  } catch (const Error& e) {
    frames.problem = e.what();
    if (const std::string name = file.string() + ": "; frames.problem.starts_with(name))
      frames.problem.erase(0, name.size());
    frames.problem += "; the video was left out";
  }
  return frames;
}

void eachVideo(std::size_t count, Progress& progress, const std::function<void(std::size_t video)>& look) {
  parallelFor(static_cast<std::int64_t>(count), 1, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      progress.throwIfStopped();
      look(i);
      progress.advance();
    }
  });
  progress.finish();
}

std::vector<VideoFrames> framesOf(const std::vector<fs::path>& files, const VideoSampling& sampling,
                                  Progress& progress) {
  std::vector<VideoFrames> all(files.size());
  progress.start("reading videos", static_cast<std::int64_t>(files.size()));
  eachVideo(files.size(), progress, [&](std::size_t i) { all[i] = framesOf(files[i], sampling); });
  return all;
}

}  // namespace discern::datasets
