// Videos of faces: identity/video.mp4. Frames of each become samples, and each video a template. Nothing is
// unpacked: a frame is decoded whenever it is read.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/imaging/video.h"
#include "datasets/image_files.h"
#include "datasets/registry.h"
#include "datasets/video_files.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

bool isVideo(const fs::directory_entry& entry) {
  std::error_code ignored;
  return imaging::isVideoFile(entry.path()) && !entry.is_directory(ignored);
}

// "anna/walk" of SET/anna/walk.mp4; the ending stays where two differ in nothing else.
std::vector<std::string> namesOf(const std::vector<fs::path>& files, const fs::path& root) {
  std::vector<std::string> names;
  std::map<std::string, int> count;
  for (const fs::path& file : files) {
    fs::path name = file == root ? file.filename() : file.lexically_relative(root);
    names.push_back(name.replace_extension().generic_string());
    ++count[names.back()];
  }
  for (std::size_t i = 0; i < files.size(); ++i)
    if (count[names[i]] > 1) names[i] += files[i].extension().string();
  return names;
}

// The first folder below the root; of a video that lies in the root, its own name.
std::string identityOf(const std::string& name) { return name.substr(0, name.find('/')); }

// Each two videos once, as long as that is not too many to be of use.
void pairAll(data::Protocol& protocol) {
  constexpr int kMostPaired = 600;
  const auto count = static_cast<int>(protocol.templates.size());
  if (count > kMostPaired) return;
  for (int a = 0; a < count; ++a)
    for (int b = a + 1; b < count; ++b)
      protocol.pairs.push_back({a, b,
                                protocol.templates[static_cast<std::size_t>(a)].identity ==
                                    protocol.templates[static_cast<std::size_t>(b)].identity,
                                -1});
}

data::Dataset loadVideos(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const VideoSampling sampling = videoSampling(options);
  const auto files = fs::is_directory(path) ? videosBelow(path, progress) : std::vector<fs::path>{path};
  if (files.empty())
    fail(
        "{}: holds no videos (mp4, mov, mkv, webm, avi, ...); a folder per identity was expected, with the "
        "identity's videos inside",
        path.string());
  const auto names = namesOf(files, path);
  const auto frames = framesOf(files, sampling, options, progress);
  data::Dataset dataset;
  data::Protocol protocol{"videos", {}, {}, 0};
  std::map<std::string, int> identities;
  std::set<std::string> flat;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!frames[i].problem.empty()) dataset.problems.push_back({files[i].string(), frames[i].problem});
    const std::string who = identityOf(names[i]);
    if (who == names[i]) flat.insert(who);
    const auto [at, fresh] = identities.emplace(who, static_cast<int>(dataset.identities.size()));
    if (fresh) dataset.identities.push_back(who);
    if (frames[i].times.empty()) continue;
    data::Template video{names[i], at->second, {}};
    for (const double time : frames[i].times) {
      data::Sample sample;
      sample.image.file = files[i].string();
      sample.image.moment = data::Moment{time, 0};
      sample.identity = at->second;
      sample.media = names[i];
      video.samples.push_back(static_cast<int>(dataset.samples.size()));
      dataset.samples.push_back(std::move(sample));
    }
    protocol.templates.push_back(std::move(video));
  }
  if (!flat.empty() && fs::is_directory(path))
    dataset.problems.push_back(
        {path.string(), fmt::format("{} of its videos lie in no identity's folder; each of them counts as an "
                                    "identity of its own, such as {}",
                                    flat.size(), *flat.begin())});
  pairAll(protocol);
  dataset.protocols.push_back(std::move(protocol));
  return dataset;
}

// Whether there are videos and no images, without walking through all of a large set.
bool holdsVideos(const fs::path& path) {
  std::error_code code;
  if (fs::is_regular_file(path, code)) return imaging::isVideoFile(path);
  if (!fs::is_directory(path, code)) return false;
  int looked = 0;
  bool any = false;
  constexpr int kMostLooked = 2000;
  const auto options =
      fs::directory_options::skip_permission_denied | fs::directory_options::follow_directory_symlink;
  for (auto at = fs::recursive_directory_iterator(path, options, code);
       at != fs::recursive_directory_iterator() && looked++ < kMostLooked; at.increment(code)) {
    if (code || hasImageExtension(at->path())) return false;
    if (isHidden(at->path()))
      at.disable_recursion_pending();
    else
      any = any || isVideo(*at);
  }
  return any;
}

}  // namespace

Format videosFormat() {
  return {.name = "videos",
          .title = "videos, a folder for each identity",
          .help =
              "a folder per identity, with its videos inside (mp4, mov, mkv, webm, avi, ...), or one video; "
              "frames of them are the images, each video is a template of the protocol videos",
          .example = "SET/anna/door-1.mp4\nSET/anna/door-2.mp4\nSET/ben/hall.mkv",
          .matches = holdsVideos,
          .load = loadVideos,
          .options = videoSamplingOptions(),
          .files = {"*.mp4", "*.mov", "*.mkv", "*.webm", "*.avi"}};
}

}  // namespace discern::datasets
