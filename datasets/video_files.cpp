#include "datasets/video_files.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/found_lines.h"
#include "core/base/parallel.h"
#include "core/data/csv.h"

namespace discern::datasets {
namespace fs = std::filesystem;
using nlohmann::json;
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

VideoFrames framesIn(const fs::path& file, const ProbedVideo& probed, const VideoSampling& sampling) {
  VideoFrames frames;
  if (probed.problem.empty()) {
    const auto& video = probed.info;
    frames.times = timesOf(video, sampling);
    if (video.announcedSeconds > video.seconds + std::max(1.0, 0.02 * video.announcedSeconds))
      frames.problem = fmt::format("ends after {:.1f} of {:.1f} s; the frames until there are taken",
                                   video.seconds, video.announcedSeconds);
  } else {
    frames.problem = probed.problem;
    if (const std::string name = file.string() + ": "; frames.problem.starts_with(name))
      frames.problem.erase(0, name.size());
    frames.problem += "; the video was left out";
  }
  return frames;
}

constexpr const char* kProbedAs = "videos 1";  // another one once imaging::probeVideo finds something else

// Of a video as it is now.
std::string keyOf(const fs::path& file) { return fmt::format("{}|{}", sizeAndTime(file), file.string()); }

json toJson(const imaging::VideoInfo& info) {
  return json::array({info.seconds, info.rate, info.frames, info.width, info.height, info.announcedSeconds});
}

// Nothing, too, where what was kept cannot be of a video.
std::optional<imaging::VideoInfo> knownOf(const fs::path& file, const FoundLines& found) {
  if (found.isEmpty()) return std::nullopt;
  const json kept = found.find(keyOf(file));
  if (kept.is_discarded()) return std::nullopt;
  imaging::VideoInfo info;
  try {
    info = {.seconds = kept.at(0).get<double>(),
            .rate = kept.at(1).get<double>(),
            .frames = kept.at(2).get<std::int64_t>(),
            .width = kept.at(3).get<int>(),
            .height = kept.at(4).get<int>(),
            .announcedSeconds = kept.at(5).get<double>()};
  } catch (const json::exception&) {
    return std::nullopt;
  }
  if (!(info.seconds > 0 && info.rate > 0 && info.frames > 0)) return std::nullopt;
  return info;
}

// One that cannot be read is looked at again next time: that may have had a reason of the moment.
ProbedVideo probe(const fs::path& file, FoundLines& found) {
  ProbedVideo probed;
  const std::string key = keyOf(file);  // before it is read
  try {
    probed.info = imaging::probeVideo(file);
    found.add(key, toJson(probed.info));
  } catch (const Error& e) {
    probed.problem = e.what();
  }
  return probed;
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

std::vector<ProbedVideo> probeVideos(const std::vector<fs::path>& files, const LoadOptions& options,
                                     Progress& progress) {
  const fs::path kept = files.empty() ? fs::path() : options.foundSoFar;
  if (!kept.empty()) fs::create_directories(kept.parent_path());
  FoundLines found(kept, kProbedAs);
  std::vector<ProbedVideo> probed(files.size());
  std::vector<std::size_t> todo;
  for (std::size_t i = 0; i < files.size(); ++i)
    if (const auto known = knownOf(files[i], found))
      probed[i].info = *known;
    else
      todo.push_back(i);
  if (const std::size_t before = files.size() - todo.size(); before > 0) {
    progress.resumeAt(static_cast<std::int64_t>(before));
    progress.note(fmt::format("Going on after {} of {} videos.", before, files.size()));
  }
  parallelFor(std::ssize(todo), 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t k = begin; k < end; ++k) {
      progress.throwIfStopped();
      const std::size_t i = todo[static_cast<std::size_t>(k)];
      probed[i] = probe(files[i], found);
      progress.advance();
    }
  });
  progress.finish();
  return probed;
}

std::vector<VideoFrames> framesOf(const std::vector<fs::path>& files, const VideoSampling& sampling,
                                  const LoadOptions& options, Progress& progress) {
  std::vector<VideoFrames> all;
  progress.start("reading videos", std::ssize(files));
  const auto probed = probeVideos(files, options, progress);
  for (std::size_t i = 0; i < files.size(); ++i) all.push_back(framesIn(files[i], probed[i], sampling));
  return all;
}

}  // namespace discern::datasets
