// DukeMTMC-VideoReID: a folder for each part, person and tracklet.
#include <algorithm>
#include <array>
#include <cctype>

#include "core/base/error.h"
#include "datasets/image_files.h"
#include "datasets/person_tracks.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

struct Part {
  const char *folder, *part;
  bool gallery, query;
};
constexpr std::array<Part, 3> kParts{
    {{"train", "train", false, false}, {"gallery", "test", true, false}, {"query", "test", false, true}}};

std::vector<fs::path> foldersOf(const fs::path& folder) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_directory() && !entry.path().filename().string().starts_with('.'))
      folders.push_back(entry.path());
  std::ranges::sort(folders);
  return folders;
}

// The number behind the first such letter that has one: 6 of 0001_C6_F0099_X30823.jpg and
// 0001C6F0099X30823.jpg for C; 0: there is none.
int numberBehind(const std::string& name, char letter) {
  const auto isDigit = [&](std::size_t i) {
    return i < name.size() && std::isdigit(static_cast<unsigned char>(name[i])) != 0;
  };
  for (std::size_t at = name.find(letter); at != std::string::npos; at = name.find(letter, at + 1)) {
    int number = 0;
    for (std::size_t i = at + 1; isDigit(i) && number < 100'000; ++i) number = 10 * number + name[i] - '0';
    if (isDigit(at + 1)) return number;
  }
  return 0;
}

fs::path rootOf(const fs::path& path) {
  const auto camera = [](const fs::path& part) {
    try {
      for (const fs::path& person : foldersOf(part))
        for (const fs::path& track : foldersOf(person))
          for (const fs::path& image : imagesBelow(track, false))
            return numberBehind(image.stem().string(), 'C');
    } catch (const fs::filesystem_error&) {  // who reads it says so
    }
    return 0;
  };
  std::error_code code;
  for (const fs::path& root : {path, path / "DukeMTMC-VideoReID"})
    for (const Part& part : kParts)
      if (fs::is_directory(root / part.folder, code) && camera(root / part.folder) > 0) return root;
  return {};
}

// Frames that the numbers in their names leave a gap for.
int gapsIn(const std::vector<fs::path>& images) {
  std::vector<int> numbers;
  for (const fs::path& image : images)
    if (const int number = numberBehind(image.stem().string(), 'F'); number > 0) numbers.push_back(number);
  if (numbers.size() < 2) return 0;
  const auto [first, last] = std::ranges::minmax(numbers);
  return std::max(0, last - first + 1 - static_cast<int>(numbers.size()));
}

void addTrack(const Part& part, const std::string& person, const fs::path& folder, TrackSet& set) {
  const auto images = imagesBelow(folder, false);
  const int camera = images.empty() ? 0 : numberBehind(images.front().stem().string(), 'C');
  if (camera == 0) {
    set.problems.push_back(
        {folder.string(),
         "holds no image with a name like 0001_C6_F0099_X30823.jpg, which says the camera; "
         "the tracklet was left out"});
    return;
  }
  if (const int gaps = gapsIn(images); gaps > 0)
    set.problems.push_back({folder.string(), fmt::format("{} frames between its first and its last are "
                                                         "missing; the tracklet has those that are there",
                                                         gaps)});
  Track track{fmt::format("{}{} {}", part.query ? "query " : "", person, folder.filename().string()),
              person,
              camera,
              {},
              part.gallery,
              part.query};
  for (const fs::path& image : images) track.frames.push_back(image.string());
  set.tracks.push_back(std::move(track));
}

data::Dataset loadDuke(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const fs::path root = rootOf(path);
  if (root.empty())
    fail("{}: holds no train, query or gallery with a folder for each person and tracklet; check the path",
         path.string());
  TrackSet set;
  for (const Part& part : kParts) {
    if (!asksForPart(options, part.part)) continue;
    if (std::error_code code; !fs::is_directory(root / part.folder, code)) {
      set.problems.push_back({(root / part.folder).string(), "is missing, so its tracklets were not read"});
      continue;
    }
    for (const fs::path& person : foldersOf(root / part.folder))
      for (const fs::path& track : foldersOf(person)) addTrack(part, person.filename().string(), track, set);
  }
  return toDataset(std::move(set), root, options, progress);
}

}  // namespace

Format dukeVideoFormat() {
  return {.name = "duke-video",
          .title = "DukeMTMC-VideoReID",
          .help =
              "DukeMTMC-VideoReID: train, query and gallery, each with a folder for a person and in it one "
              "for a tracklet; protocols gallery, query and pairs",
          .example =
              "SET/train/0001/0001/0001_C6_F0001_X30823.jpg\n"
              "SET/query/0002/0002/0002_C1_F0001_X30823.jpg\n"
              "SET/gallery/0002/0003/0002_C2_F0001_X30823.jpg",
          .matches = [](const fs::path& path) { return fs::is_directory(path) && !rootOf(path).empty(); },
          .load = loadDuke,
          .options = {{"part", "train|test", "that half alone; both are read without it"}},
          .kind = kTrackletKind};
}

}  // namespace discern::datasets
