#include "datasets/labelled_videos.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/data/csv.h"
#include "datasets/import_options.h"
#include "datasets/video_files.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr double kClipSeconds = 64.0 / 30;  // SlowFast's window
constexpr double kShortest = 0.05, kLongest = 3600;
constexpr double kEarly = 0.5;  // seconds that are missing and not worth a word
constexpr std::size_t kMostListed = 1000;
constexpr std::size_t kRight = 20, kWrong = 20;  // of each video's pairs

double secondsOf(const LoadOptions& options, const char* key, double otherwise) {
  const auto given = options.extra.find(key);
  if (given == options.extra.end()) return otherwise;
  const auto seconds = data::csvNumber(given->second, ',');
  if (!seconds || *seconds < kShortest || *seconds > kLongest)
    fail("option {}: '{}' was given; {} to {} seconds were expected", key, given->second, kShortest,
         kLongest);
  return *seconds;
}

// What stands of each name first; others of that name go, with a word.
void leaveOutRepeated(VideoSet& set) {
  std::map<std::string, std::string> labelOf;
  std::erase_if(set.videos, [&](const LabelledVideo& video) {
    const auto [first, fresh] = labelOf.emplace(video.name, video.label);
    if (fresh) return false;
    set.problems.push_back({fmt::format("{}:{}", video.table.string(), video.row),
                            first->second == video.label
                                ? fmt::format("'{}' is listed more than once; it counts once", video.name)
                                : fmt::format("'{}' is listed under {} and under {}; the first counts",
                                              video.name, first->second, video.label)});
    return true;
  });
}

void leaveOutAbsent(VideoSet& set) {
  std::map<fs::path, std::vector<std::string>> absent;
  std::map<fs::path, std::size_t> listed;
  for (const auto& video : set.videos) {
    ++listed[video.table];
    if (video.file.empty()) absent[video.table].push_back(video.name);
  }
  std::erase_if(set.videos, [](const LabelledVideo& video) { return video.file.empty(); });
  for (const auto& [table, names] : absent)
    set.problems.push_back(
        {table.string(),
         fmt::format("{} of the {} videos it names are not there and were left out, the first: "
                     "{}",
                     names.size(), listed[table], names.front())});
}

std::vector<ProbedVideo> probe(const std::vector<LabelledVideo>& videos, const LoadOptions& options,
                               Progress& progress) {
  std::vector<fs::path> files;
  for (const LabelledVideo& video : videos) files.push_back(video.file);
  progress.start("looking at videos", std::ssize(files));
  return probeVideos(files, options, progress);
}

// The share of a clip that lies in stretches, which may overlap.
double shareIn(const data::Moment& clip, std::vector<Stretch> stretches) {
  std::ranges::sort(stretches, {}, &Stretch::begin);
  double covered = 0, from = clip.time;
  for (const Stretch& one : stretches) {
    const double begin = std::max(from, one.begin), end = std::min(clip.time + clip.seconds, one.end);
    if (end <= begin) continue;
    covered += end - begin;
    from = end;
  }
  return std::clamp(covered / clip.seconds, 0.0, 1.0);
}

// Each video against the next ones of its action, and against others at even distances, from another place on
// for each. A pair is told once.
void addPairs(data::Protocol& protocol) {
  const auto& videos = protocol.templates;
  const std::size_t count = videos.size();
  std::map<int, std::vector<int>> ofAction;
  for (std::size_t v = 0; v < count; ++v) ofAction[videos[v].identity].push_back(static_cast<int>(v));
  for (const auto& [action, same] : ofAction)
    for (std::size_t a = 0; a < same.size(); ++a)
      for (std::size_t b = a + 1; b < std::min(same.size(), a + 1 + kRight); ++b)
        protocol.pairs.push_back({same[a], same[b], true});
  std::set<std::pair<std::size_t, std::size_t>> told;
  const std::size_t few = std::min(kWrong, count - 1);
  for (std::size_t v = 0; v < count; ++v)
    for (std::size_t k = 0; k < few; ++k) {
      const std::size_t other = (v + 1 + k * (count - 1) / few) % count;
      if (videos[v].identity != videos[other].identity && told.insert(std::minmax(v, other)).second)
        protocol.pairs.push_back({static_cast<int>(v), static_cast<int>(other), false});
    }
}

void addProtocols(data::Protocol videos, data::Dataset& dataset) {
  if (videos.templates.empty()) return;
  data::Protocol pairs = videos;
  pairs.name = "pairs";
  addPairs(pairs);
  dataset.protocols.push_back(std::move(videos));
  if (!pairs.pairs.empty()) dataset.protocols.push_back(std::move(pairs));
}

void addClips(const LabelledVideo& video, double duration, double seconds, double every, int identity,
              data::Protocol& tested, data::Dataset& dataset) {
  data::Template clips{video.name, identity, {}};
  for (const data::Moment& moment : clipsOf(duration, seconds, every)) {
    data::Sample sample;
    sample.image.file = video.file.string();
    sample.image.moment = moment;
    sample.identity = identity;
    sample.media = video.name;
    if (!video.actions.empty())
      sample.nuisance = fmt::format(R"({{"action":{:.3g}}})", shareIn(moment, video.actions));
    clips.samples.push_back(static_cast<int>(dataset.samples.size()));
    dataset.samples.push_back(std::move(sample));
  }
  if (video.tested) tested.templates.push_back(std::move(clips));
}

}  // namespace

std::vector<data::Moment> clipsOf(double duration, double seconds, double every) {
  constexpr double kSlack = 1e-6, kMost = 1e6;
  if (duration <= seconds) return {{0, duration}};
  if (duration / every > kMost)
    fail("option every: {:g} was given; a video of {:.0f} s would be more than a million clips, so give more",
         every, duration);
  std::vector<data::Moment> clips;
  for (std::size_t i = 0;; ++i) {
    const double begin = static_cast<double>(i) * every;
    if (begin + seconds > duration + kSlack) return clips;
    clips.push_back({begin, seconds});
  }
}

std::vector<FormatOption> videoOptions(std::vector<FormatOption> own) {
  own.push_back({"seconds", "SECONDS", "length of a clip; 2.13 without it, 64 frames at 30 a second"});
  own.push_back(
      {"every", "SECONDS", "from the beginning of a clip to that of the next; its length without it"});
  return own;
}

FilesByStem::FilesByStem(const fs::path& root, Progress& progress) {
  std::error_code ignored;
  for (const fs::path& file : videosBelow(root, progress))
    if (fs::is_regular_file(file, ignored)) files_.emplace(file.stem().string(), file);
}

fs::path FilesByStem::find(const std::string& stem) const {
  const auto found = files_.find(stem);
  return found == files_.end() ? fs::path() : found->second;
}

data::Dataset toDataset(VideoSet set, const fs::path& root, const LoadOptions& options, Progress& progress) {
  const double seconds = secondsOf(options, "seconds", kClipSeconds);
  const double every = secondsOf(options, "every", seconds);
  leaveOutRepeated(set);
  leaveOutAbsent(set);
  data::Dataset dataset;
  std::map<std::string, int> identityOf;
  for (const auto& video : set.videos)
    if (identityOf.emplace(video.label, static_cast<int>(dataset.identities.size())).second)
      dataset.identities.push_back(video.label);
  std::erase_if(set.videos, [&](const LabelledVideo& video) { return !isWanted(options, video.label); });
  const auto probed = probe(set.videos, options, progress);
  dataset.problems = std::move(set.problems);
  data::Protocol tested{"videos", {}, {}, 0};
  std::size_t damaged = 0, early = 0;
  const auto list = [&](std::size_t count, const LabelledVideo& video, std::string what) {
    if (count <= kMostListed) dataset.problems.push_back({video.file.string(), std::move(what)});
  };
  for (std::size_t i = 0; i < set.videos.size(); ++i) {
    const LabelledVideo& video = set.videos[i];
    const auto& [info, problem] = probed[i];
    if (!problem.empty()) {
      list(++damaged, video, problem + "; the video was left out");
      continue;
    }
    if (info.announcedSeconds > info.seconds + kEarly)
      list(++early, video,
           fmt::format("ends early: {:.1f} of {:.1f} seconds are there; these count", info.seconds,
                       info.announcedSeconds));
    addClips(video, info.seconds, seconds, every, identityOf.at(video.label), tested, dataset);
  }
  if (damaged + early > 0)
    dataset.problems.push_back(
        {root.string(), fmt::format("of {} videos {} were left out because they cannot be read, and {} end "
                                    "early; the first {} of each are listed",
                                    set.videos.size(), damaged, early, kMostListed)});
  addProtocols(std::move(tested), dataset);
  return dataset;
}

}  // namespace discern::datasets
