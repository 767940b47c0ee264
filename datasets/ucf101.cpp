// UCF-101: short trimmed videos in a folder for each action, and three splits of them into two parts.
#include "core/base/error.h"
#include "core/data/csv.h"
#include "datasets/labelled_videos.h"
#include "datasets/person_tracks.h"
#include "datasets/video_lists.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr const char* kLists = "ucfTrainTestlist";

fs::path listsOf(const fs::path& path) {
  std::error_code code;
  for (const fs::path& folder : {path / kLists, path})
    if (fs::is_regular_file(folder / "trainlist01.txt", code) ||
        fs::is_regular_file(folder / "testlist01.txt", code))
      return folder;
  return {};
}

// "ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01.avi 1" of the list to train on; that to test on names no number.
void readList(const fs::path& file, bool tested, const FilesByStem& files, VideoSet& set) {
  for (const ListLine& line : linesOf(file)) {
    std::string_view name = line.text;
    if (const auto blank = name.rfind(' '); blank != std::string_view::npos) {
      const auto number = data::csvNumber(name.substr(blank + 1), ',');
      if (!number)
        fail("{}:{}: '{}' was found; Action/video.avi and the action's number were expected", file.string(),
             line.number, line.text);
      name = name.substr(0, name.find_last_not_of(' ', blank) + 1);
    }
    const fs::path video(name);
    const std::string action = video.parent_path().string();
    if (action.empty() || video.parent_path().has_parent_path() || action == "..")
      fail("{}:{}: '{}' was found; Action/video.avi was expected", file.string(), line.number, line.text);
    const std::string stem = video.stem().string();
    set.videos.push_back({stem, action, files.find(stem), tested, {}, file, std::to_string(line.number)});
  }
}

data::Dataset loadUcf101(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const fs::path lists = listsOf(path);
  if (lists.empty())
    fail("{}: holds no {} with trainlist01.txt and testlist01.txt; check the path", path.string(), kLists);
  const int split = splitOf(options);
  const FilesByStem files(path, progress);
  VideoSet set;
  for (const bool tested : {false, true}) {
    if (!asksForPart(options, tested ? "test" : "train")) continue;
    const fs::path file = lists / fmt::format("{}list{:02}.txt", tested ? "test" : "train", split);
    if (std::error_code code; !fs::is_regular_file(file, code))
      fail("{}: is missing; it says which videos are {}", file.string(), tested ? "tested" : "trained on");
    readList(file, tested, files, set);
  }
  return toDataset(std::move(set), path, options, progress);
}

}  // namespace

Format ucf101Format() {
  return {.name = "ucf-101",
          .title = "UCF-101",
          .help =
              "UCF-101: a folder of videos for each action, and ucfTrainTestlist with trainlist01.txt and "
              "testlist01.txt",
          .example =
              "SET/UCF-101/Archery/v_Archery_g01_c01.avi\nSET/ucfTrainTestlist/classInd.txt\n"
              "SET/ucfTrainTestlist/trainlist01.txt\nSET/ucfTrainTestlist/testlist01.txt",
          .matches = [](const fs::path& path) { return fs::is_directory(path) && !listsOf(path).empty(); },
          .load = loadUcf101,
          .options = videoOptions(splitOptions()),
          .kind = kClipKind};
}

}  // namespace discern::datasets
