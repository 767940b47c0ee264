// MARS: boxes of tracked persons, whose tracklets the lists in info/ tell.
#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "datasets/mat_file.h"
#include "datasets/person_tracks.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

struct Half {
  const char *part, *folder, *names, *tracks, *variable;
};
constexpr Half kTrain{"train", "bbox_train", "train_name.txt", "tracks_train_info.mat", "track_train_info"};
constexpr Half kTest{"test", "bbox_test", "test_name.txt", "tracks_test_info.mat", "track_test_info"};
constexpr const char* kQueries = "query_IDX.mat";

fs::path rootOf(const fs::path& path) {
  std::error_code code;
  for (const fs::path& root : {path, path / "MARS", path / "mars"})
    if (fs::is_directory(root / "info", code) &&
        (fs::is_directory(root / kTest.folder, code) || fs::is_directory(root / kTrain.folder, code)))
      return root;
  return {};
}

fs::path required(const fs::path& info, const char* name, const char* says) {
  if (std::error_code code; !fs::is_regular_file(info / name, code))
    fail("{}: is missing; it says {}", (info / name).string(), says);
  return info / name;
}

std::vector<std::string> readNames(const fs::path& file) {
  std::vector<std::string> names;
  const std::string text = readFile(file);
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    std::string name = text.substr(at, end - at);
    if (name.ends_with('\r')) name.pop_back();
    names.push_back(std::move(name));
    at = end + 1;
  }
  return names;
}

// What the name of a frame begins with: "00-1C2T" of junk that camera 2 saw.
std::string beginningOf(std::int64_t person, std::int64_t camera) {
  return fmt::format("{}C{}T", person < 0 ? "00-1" : fmt::format("{:04}", person), camera);
}

class Reader {
 public:
  Reader(const Half& half, const fs::path& root, TrackSet& set)
      : half_(half),
        info_(root / "info"),
        folder_(root / half.folder),
        nameFile_(required(info_, half.names, "which frames there are")),
        names_(readNames(nameFile_)),
        listed_(names_.size(), 0),
        set_(set) {}

  // Their places in the set, in the list's order.
  std::vector<std::size_t> read() {
    const fs::path list = required(info_, half_.tracks, "which frames are a tracklet, and whose");
    const auto columns = MatFile(list).columns(half_.variable, 4);
    const auto table = static_cast<int>(set_.tables.size());
    set_.tables.push_back(list);
    std::vector<std::size_t> tracks;
    for (std::size_t row = 0; row < columns[0].size(); ++row) {
      tracks.push_back(set_.tracks.size());
      Track track = readRow(columns[0][row], columns[1][row], columns[2][row], columns[3][row],
                            fmt::format("{}:{}", list.string(), row + 1));
      if (!taken_.insert(track.name).second)  // one that was cut in two
        taken_.insert(track.name += fmt::format("#{}", row + 1));
      if (track.person == kDistractor) track.person += track.name;
      track.place = {table, static_cast<int>(row) + 1};
      set_.tracks.push_back(std::move(track));
    }
    tellUnlisted(list);
    return tracks;
  }

 private:
  // Where the lists of names and of tracklets disagree without contradicting each other.
  void tellUnlisted(const fs::path& list) const {
    std::size_t left = 0, shared = 0, firstLeft = 0;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      shared += listed_[i] > 1 ? 1 : 0;
      if (listed_[i] > 0 || names_[i].empty()) continue;
      if (left++ == 0) firstLeft = i;
    }
    if (left > 0)
      set_.problems.push_back(
          {nameFile_.string(),
           fmt::format("{} of its frames, '{}' first, are in no tracklet of {} and were left "
                       "out",
                       left, names_[firstLeft], list.filename().string())});
    if (shared > 0)
      set_.problems.push_back(
          {list.string(), fmt::format("{} frames are in more than one tracklet and count in each", shared)});
  }

  Track readRow(std::int64_t first, std::int64_t last, std::int64_t person, std::int64_t camera,
                const std::string& where) {
    if (first < 1 || last < first || last > std::ssize(names_))
      fail("{}: frames {} to {} were found; places 1 to {} in {} were expected", where, first, last,
           names_.size(), nameFile_.string());
    if (person < -1 || person > 9999 || camera < 1 || camera > 9)
      fail("{}: person {} and camera {} were found; -1 to 9999 and 1 to 9 were expected", where, person,
           camera);
    const std::string beginning = beginningOf(person, camera);
    Track track;
    track.camera = static_cast<int>(camera);
    for (std::int64_t i = first; i <= last; ++i) {
      const std::string& name = names_[static_cast<std::size_t>(i - 1)];
      if (!name.starts_with(beginning) || fs::path(name).has_parent_path())
        fail("{}: frame {} of {} is '{}'; a name like {}0001F001.jpg was expected", where, i,
             nameFile_.string(), name, beginning);
      ++listed_[static_cast<std::size_t>(i - 1)];
      track.frames.push_back((folder_ / name.substr(0, 4) / name).string());
    }
    const std::string& name = names_[static_cast<std::size_t>(first - 1)];
    track.name = name.substr(0, name.find('F'));
    if (person >= 0) track.person = person == 0 ? kDistractor : name.substr(0, 4);
    return track;
  }

  const Half& half_;
  const fs::path info_, folder_, nameFile_;
  const std::vector<std::string> names_;
  std::vector<int> listed_;  // in how many tracklets each is
  TrackSet& set_;
  std::set<std::string> taken_;
};

void markQueries(const fs::path& file, const std::vector<std::size_t>& tracks, TrackSet& set) {
  const auto queries = MatFile(file).wholes("query_IDX");
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (queries[i] < 1 || queries[i] > std::ssize(tracks))
      fail("{}: query {} is tracklet {}; 1 to {} were expected", file.string(), i + 1, queries[i],
           tracks.size());
    Track& track = set.tracks[tracks[static_cast<std::size_t>(queries[i] - 1)]];
    if (track.person.empty() || track.person.starts_with(kDistractor))
      fail("{}: query {} is {}, {}; a person was expected", file.string(), i + 1, track.name,
           track.person.empty() ? "which is junk" : "a distractor");
    track.query = true;
  }
}

data::Dataset loadMars(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const fs::path root = rootOf(path);
  if (root.empty()) fail("{}: holds no info beside bbox_train or bbox_test; check the path", path.string());
  TrackSet set;
  std::error_code code;
  for (const Half* half : {&kTrain, &kTest}) {
    if (!asksForPart(options, half->part)) continue;
    if (!fs::is_directory(root / half->folder, code)) {
      set.problems.push_back({(root / half->folder).string(),
                              fmt::format("is missing, so the {} half was not read", half->part)});
      continue;
    }
    const auto tracks = Reader(*half, root, set).read();
    if (half != &kTest) continue;
    for (const std::size_t t : tracks) set.tracks[t].gallery = true;
    markQueries(required(root / "info", kQueries, "which tracklets are searched for"), tracks, set);
  }
  return toDataset(std::move(set), root, options, progress);
}

}  // namespace

Format marsFormat() {
  return {.name = "mars",
          .title = "MARS",
          .help =
              "MARS: bbox_train and bbox_test with the lists in info; a distractor (0000) is an identity of "
              "its own, junk (00-1) is left out; protocols gallery and query for a search, and pairs of them",
          .example =
              "SET/bbox_train/0001/0001C1T0001F001.jpg\nSET/bbox_test/0002/0002C1T0001F001.jpg\n"
              "SET/info/train_name.txt\nSET/info/test_name.txt\nSET/info/tracks_train_info.mat\n"
              "SET/info/tracks_test_info.mat\nSET/info/query_IDX.mat",
          .matches = [](const fs::path& path) { return fs::is_directory(path) && !rootOf(path).empty(); },
          .load = loadMars,
          .options = {{"part", "train|test", "that half alone; both are read without it"}},
          .kind = kTrackletKind};
}

}  // namespace discern::datasets
