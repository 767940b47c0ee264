// PRID 2011: walks of persons past two cameras; the first 200 numbers of both are the same persons.
#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/data/csv.h"
#include "datasets/image_files.h"
#include "datasets/person_tracks.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr int kOfBoth = 200;

// The folder with cam_a and cam_b.
fs::path camerasOf(const fs::path& path) {
  std::error_code code;
  for (const fs::path& folder :
       {path / "multi_shot", path / "prid_2011" / "multi_shot", path / "single_shot", path})
    if (fs::is_directory(folder / "cam_a", code) && fs::is_directory(folder / "cam_b", code)) return folder;
  return {};
}

int numberOf(const std::string& name) {
  const std::string digits = name.starts_with("person_") ? name.substr(7) : "";
  if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos)
    return 0;
  return std::stoi(digits);
}

// Frames of each person, by number; of a single shot one.
std::map<int, std::vector<std::string>> walksOf(const fs::path& camera, TrackSet& set) {
  std::map<int, std::vector<std::string>> walks;
  for (const auto& entry : fs::directory_iterator(camera)) {
    const fs::path& path = entry.path();
    const bool isFolder = entry.is_directory();
    if (path.filename().string().starts_with('.') || (!isFolder && !hasImageExtension(path))) continue;
    const int number = numberOf(isFolder ? path.filename().string() : path.stem().string());
    if (number == 0) {
      set.problems.push_back({path.string(), "is no name like person_0001; it was left out"});
      continue;
    }
    auto& frames = walks[number];
    if (isFolder)
      for (const fs::path& image : imagesBelow(path, false)) frames.push_back(image.string());
    else
      frames.push_back(path.string());
    if (frames.empty())
      set.problems.push_back({path.string(), "holds no frame, so this camera did not see the person"});
  }
  std::erase_if(walks, [](const auto& walk) { return walk.second.empty(); });
  return walks;
}

int leastFrames(const LoadOptions& options) {
  const auto given = options.extra.find("frames");
  if (given == options.extra.end()) return 0;
  const auto number = data::csvNumber(given->second, ',');
  if (!number || *number < 1 || *number > 1e6)
    fail("option frames: '{}' was given; a number of frames was expected", given->second);
  return static_cast<int>(*number);
}

data::Dataset loadPrid(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const fs::path cameras = camerasOf(path);
  if (cameras.empty())
    fail("{}: holds no multi_shot/cam_a and multi_shot/cam_b; check the path", path.string());
  const int least = leastFrames(options);
  TrackSet set;
  const auto a = walksOf(cameras / "cam_a", set), b = walksOf(cameras / "cam_b", set);
  const auto isLong = [&](const auto& walks, int number) {
    const auto at = walks.find(number);
    return at != walks.end() && std::ssize(at->second) >= least;
  };
  std::size_t left = 0;
  for (const int camera : {1, 2})
    for (const auto& [number, frames] : camera == 1 ? a : b) {
      const bool ofBoth = number <= kOfBoth && a.contains(number) && b.contains(number);
      if (least > 0 && !(number <= kOfBoth && isLong(a, number) && isLong(b, number))) {
        ++left;
        continue;
      }
      // Beyond the persons of both, equal numbers are different persons.
      const std::string person = number <= kOfBoth
                                     ? fmt::format("person_{:04}", number)
                                     : fmt::format("person_{:04} of cam_{}", number, camera == 1 ? 'a' : 'b');
      set.tracks.push_back({fmt::format("person_{:04} cam_{}", number, camera == 1 ? 'a' : 'b'), person,
                            camera, frames, camera == 2, camera == 1 && ofBoth});
    }
  if (left > 0)
    set.problems.push_back(
        {cameras.string(), fmt::format("{} walks were left out, of persons whom not both cameras have in {} "
                                       "frames",
                                       left, least)});
  return toDataset(std::move(set), cameras, options, progress);
}

}  // namespace

Format prid2011Format() {
  return {.name = "prid-2011",
          .title = "PRID 2011",
          .help =
              "PRID 2011: multi_shot/cam_a and cam_b with a folder for each person, whose first 200 are the "
              "same; those of camera a whom b has too are searched for (query) among all of b (gallery)",
          .example = "SET/multi_shot/cam_a/person_0001/0001.png\nSET/multi_shot/cam_b/person_0001/0001.png",
          .matches = [](const fs::path& path) { return fs::is_directory(path) && !camerasOf(path).empty(); },
          .load = loadPrid,
          .options = {{"frames", "NUMBER", "only persons whom both cameras have in so many frames"}},
          .kind = kTrackletKind};
}

}  // namespace discern::datasets
