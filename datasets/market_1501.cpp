// Market-1501: boxes of persons in three folders, whose names say who and which camera; each is a tracklet of
// one frame.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

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
constexpr std::array<Part, 3> kParts{{{"bounding_box_train", "train", false, false},
                                      {"bounding_box_test", "test", true, false},
                                      {"query", "test", false, true}}};

fs::path rootOf(const fs::path& path) {
  std::error_code code;
  for (const fs::path& root : {path, path / "Market-1501-v15.09.15"})
    if (fs::is_directory(root / "bounding_box_train", code) ||
        (fs::is_directory(root / "bounding_box_test", code) && fs::is_directory(root / "query", code)))
      return root;
  return {};
}

struct Seen {
  std::string person;
  int camera = 0;
};
// 0002_c1s1_000451_03.jpg, -1_c1s1_000401_03.jpg
std::optional<Seen> seenIn(const std::string& name) {
  const auto isDigit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  const auto end = name.find("_c");
  if (end == std::string::npos || end == 0 || end + 2 >= name.size() || !isDigit(name[end + 2])) return {};
  Seen seen{name.substr(0, end), name[end + 2] - '0'};
  const std::string digits = seen.person.substr(seen.person[0] == '-' ? 1 : 0);
  if (digits.empty() || !std::ranges::all_of(digits, isDigit) || seen.camera == 0) return {};
  return seen;
}

data::Dataset loadMarket(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const fs::path root = rootOf(path);
  if (root.empty())
    fail("{}: holds no bounding_box_train, and no bounding_box_test beside query; check the path",
         path.string());
  TrackSet set;
  std::size_t strange = 0;
  std::string firstStrange;
  for (const Part& part : kParts) {
    if (!asksForPart(options, part.part)) continue;
    const fs::path folder = root / part.folder;
    if (std::error_code code; !fs::is_directory(folder, code)) {
      set.problems.push_back({folder.string(), "is missing, so its images were not read"});
      continue;
    }
    for (const fs::path& image : imagesBelow(folder, false)) {
      const std::string name = image.stem().string();
      const auto seen = seenIn(name);
      if (!seen) {
        if (strange++ == 0) firstStrange = image.string();
        continue;
      }
      Track track;
      track.name = (part.query ? "query " : "") + name;
      if (seen->person[0] != '-') track.person = seen->person;
      if (seen->person == "0000") track.person = kDistractor + name;
      track.camera = seen->camera;
      track.frames = {image.string()};
      track.gallery = part.gallery;
      track.query = part.query;
      set.tracks.push_back(std::move(track));
    }
  }
  if (strange > 0)
    set.problems.push_back(
        {firstStrange, fmt::format("is no name like 0002_c1s1_000451_03.jpg; {} images with such names were "
                                   "left out",
                                   strange)});
  return toDataset(std::move(set), root, options, progress);
}

}  // namespace

Format market1501Format() {
  return {.name = "market-1501",
          .title = "Market-1501",
          .help =
              "Market-1501: bounding_box_train, bounding_box_test and query; each box is a tracklet of one "
              "frame, a distractor (0000) an identity of its own, junk (-1) left out; protocols gallery, "
              "query and pairs",
          .example =
              "SET/bounding_box_train/0002_c1s1_000451_03.jpg\n"
              "SET/bounding_box_test/0003_c1s1_000151_01.jpg\nSET/query/0003_c2s1_000051_00.jpg",
          .matches = [](const fs::path& path) { return fs::is_directory(path) && !rootOf(path).empty(); },
          .load = loadMarket,
          .options = {{"part", "train|test", "that half alone; both are read without it"}},
          .kind = kTrackletKind};
}

}  // namespace discern::datasets
