// ActivityNet: untrimmed videos, of which a JSON file says what is done in them and when.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"
#include "datasets/labelled_videos.h"
#include "datasets/person_tracks.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {
using nlohmann::json;

constexpr std::size_t kLooked = 1 << 16;

// The releases' file has its version in its name: activity_net.v1-2.min.json.
fs::path annotationsOf(const fs::path& path) {
  std::error_code code;
  std::vector<fs::path> files;
  for (const fs::path& folder : {path, path / "annotations"}) {
    if (!fs::is_directory(folder, code)) continue;
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".json" && entry.is_regular_file(code)) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  for (const fs::path& file : files)
    if (file.filename().string().starts_with("activity_net") ||
        readStart(file, kLooked).find("\"database\"") != std::string::npos)
      return file;
  return {};
}

struct Annotated {
  std::string label;  // the one that most seconds have, of equal ones the first by name; empty: none
  std::size_t labels = 0;
  std::vector<Stretch> actions;  // of that label
};

class Reader {
 public:
  Reader(fs::path file, VideoSet& set) : file_(std::move(file)), set_(set) {}

  void read(const FilesByStem& files, const LoadOptions& options) {
    const json all = parseJson(readFile(file_), file_.string());
    const auto database = all.is_object() ? all.find("database") : all.end();
    if (!all.is_object() || database == all.end() || !database->is_object())
      fail("{}: an object 'database' with an object for each video was expected", file_.string());
    const std::map<std::string, std::string> parts{
        {"training", "train"}, {"validation", "validation"}, {"testing", "test"}};
    for (const auto& [id, video] : database->items()) {
      const std::string subset = jsonText(video, "subset");
      const auto part = parts.find(subset);
      if (part == parts.end())
        failAt(id, fmt::format("its subset is '{}'; training, validation or testing was expected", subset));
      if (!asksForPart(options, part->second, kThreeParts)) continue;
      const Annotated found = annotationsOf(id, video);
      if (found.label.empty()) {
        ++unlabelled_;
        continue;
      }
      several_ += found.labels > 1 ? 1 : 0;
      fs::path place = files.find("v_" + id);
      if (place.empty()) place = files.find(id);
      set_.videos.push_back({id, found.label, place, subset != "training", found.actions, file_, id});
    }
    tellOdd();
  }

 private:
  [[noreturn]] void failAt(const std::string& id, const std::string& what) const {
    fail("{}: video '{}': {}", file_.string(), id, what);
  }

  Annotated annotationsOf(const std::string& id, const json& video) {
    Annotated result;
    const auto list = video.find("annotations");
    if (list == video.end()) return result;
    if (!list->is_array()) failAt(id, "a list 'annotations' was expected");
    std::map<std::string, std::vector<Stretch>> byLabel;
    for (const json& one : *list) {
      const std::string label = jsonText(one, "label");
      if (label.empty()) failAt(id, "an annotation has no label; the name of an action was expected");
      auto& stretches = byLabel[label];
      const auto segment = one.find("segment");
      if (segment == one.end()) continue;
      if (!segment->is_array() || segment->size() != 2 || !(*segment)[0].is_number() ||
          !(*segment)[1].is_number())
        failAt(id,
               fmt::format("the segment {} was found; two numbers, begin and end in seconds, were expected",
                           segment->dump().substr(0, 80)));
      const Stretch stretch{(*segment)[0].get<double>(), (*segment)[1].get<double>()};
      if (stretch.begin < 0 || stretch.end <= stretch.begin)
        ++odd_;
      else
        stretches.push_back(stretch);
    }
    double longest = -1;
    for (auto& [label, stretches] : byLabel) {
      double seconds = 0;
      for (const Stretch& one : stretches) seconds += one.end - one.begin;
      if (seconds <= longest) continue;
      longest = seconds;
      result.label = label;
      result.actions = stretches;
    }
    result.labels = byLabel.size();
    return result;
  }

  void tellOdd() {
    const auto tell = [&](std::size_t count, const char* what) {
      if (count > 0) set_.problems.push_back({file_.string(), fmt::format("{} {}", count, what)});
    };
    tell(unlabelled_,
         "videos have no annotation and were left out; the labels of the part 'testing' are not public");
    tell(several_, "videos show several actions; each counts for the one that it shows longest");
    tell(odd_, "segments end before they begin, and were passed over");
  }

  const fs::path file_;
  VideoSet& set_;
  std::size_t unlabelled_ = 0, several_ = 0, odd_ = 0;
};

data::Dataset loadActivityNet(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const fs::path annotations = annotationsOf(path);
  if (annotations.empty())
    fail("{}: holds no file like activity_net.v1-2.min.json, which says what videos show; check the path",
         path.string());
  VideoSet set;
  Reader(annotations, set).read(FilesByStem(path, progress), options);
  return toDataset(std::move(set), path, options, progress);
}

}  // namespace

Format activityNetFormat() {
  return {
      .name = "activitynet",
      .title = "ActivityNet",
      .help =
          "ActivityNet: untrimmed videos anywhere in the folder, and the JSON file that says what they "
          "show; its subsets training and testing are the parts train and test",
      .example = "SET/activity_net.v1-2.min.json\nSET/train/v_AbCdEfGhIjK.mp4\nSET/val/v_0123456789a.mkv",
      .matches = [](const fs::path& path) { return fs::is_directory(path) && !annotationsOf(path).empty(); },
      .load = loadActivityNet,
      .options =
          videoOptions({{"part", "train|validation|test", "that part alone; all are read without it"}}),
      .kind = kClipKind};
}

}  // namespace discern::datasets
