// HMDB-51: short trimmed videos in a folder for each action; of each action a list says which are of a
// split's two parts.
#include <algorithm>

#include "core/base/error.h"
#include "datasets/labelled_videos.h"
#include "datasets/person_tracks.h"
#include "datasets/video_lists.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr const char* kLists = "testTrainMulti_7030_splits";
constexpr std::string_view kEnding = "_test_split";

fs::path listsOf(const fs::path& path) {
  std::error_code code;
  for (const fs::path& folder : {path / kLists, path / "splits", path}) {
    if (!fs::is_directory(folder, code)) continue;
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".txt" &&
          entry.path().stem().string().find(kEnding) != std::string::npos)
        return folder;
  }
  return {};
}

// "video.avi 1": 1 is trained on, 2 tested, 0 neither.
void readList(const fs::path& file, const std::string& action, const LoadOptions& options,
              const FilesByStem& files, VideoSet& set) {
  for (const ListLine& line : linesOf(file)) {
    const auto blank = line.text.rfind(' ');
    const std::string use = blank == std::string::npos ? "" : line.text.substr(blank + 1);
    if (use != "0" && use != "1" && use != "2")
      fail("{}:{}: '{}' was found; video.avi and 0, 1 (trained on) or 2 (tested) were expected",
           file.string(), line.number, line.text);
    if (use == "0" || !asksForPart(options, use == "1" ? "train" : "test")) continue;
    const fs::path video(line.text.substr(0, line.text.find_last_not_of(' ', blank) + 1));
    const std::string stem = video.stem().string();
    set.videos.push_back({stem, action, files.find(stem), use == "2", {}, file, std::to_string(line.number)});
  }
}

data::Dataset loadHmdb51(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const fs::path lists = listsOf(path);
  if (lists.empty())
    fail("{}: holds no {} with files like wave_test_split1.txt; check the path", path.string(), kLists);
  const std::string ending = fmt::format("{}{}", kEnding, splitOf(options));
  std::vector<fs::path> chosen;
  for (const auto& entry : fs::directory_iterator(lists))
    if (entry.path().extension() == ".txt" && entry.path().stem().string().ends_with(ending))
      chosen.push_back(entry.path());
  if (chosen.empty()) fail("{}: holds no file like wave{}.txt; choose another split", lists.string(), ending);
  std::ranges::sort(chosen);
  const FilesByStem files(path, progress);
  VideoSet set;
  for (const fs::path& file : chosen) {
    const std::string stem = file.stem().string();
    readList(file, stem.substr(0, stem.size() - ending.size()), options, files, set);
  }
  return toDataset(std::move(set), path, options, progress);
}

}  // namespace

Format hmdb51Format() {
  return {.name = "hmdb-51",
          .title = "HMDB-51",
          .help =
              "HMDB-51: a folder of videos for each action, and testTrainMulti_7030_splits with a list of "
              "each action",
          .example =
              "SET/wave/20060723sfjffbartsinger_wave_f_cm_np1_ba_med_0.avi\n"
              "SET/testTrainMulti_7030_splits/wave_test_split1.txt",
          .matches = [](const fs::path& path) { return fs::is_directory(path) && !listsOf(path).empty(); },
          .load = loadHmdb51,
          .options = videoOptions(splitOptions()),
          .kind = kClipKind};
}

}  // namespace discern::datasets
