// iLIDS-VID: sequences of 300 persons by two cameras, and ten splits of them in halves.
#include <algorithm>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/data/csv.h"
#include "datasets/image_files.h"
#include "datasets/mat_file.h"
#include "datasets/person_tracks.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr const char* kSplits = "train_test_splits_ilidsvid.mat";
constexpr const char* kSplitFolder = "train-test people splits";

// The folder with cam1 and cam2.
fs::path sequencesOf(const fs::path& path) {
  std::error_code code;
  for (const fs::path& folder : {path / "sequences", path / "i-LIDS-VID" / "sequences", path})
    if (fs::is_directory(folder / "cam1", code) && fs::is_directory(folder / "cam2", code)) return folder;
  return {};
}

std::vector<std::string> personsOf(const fs::path& sequences) {
  std::set<std::string> persons;
  for (const char* camera : {"cam1", "cam2"})
    for (const auto& entry : fs::directory_iterator(sequences / camera))
      if (entry.is_directory() && !entry.path().filename().string().starts_with('.'))
        persons.insert(entry.path().filename().string());
  return {persons.begin(), persons.end()};
}

fs::path splitFile(const fs::path& sequences) {
  for (fs::path folder = sequences; folder != folder.parent_path(); folder = folder.parent_path()) {
    std::error_code code;
    for (const fs::path& file : {folder / kSplitFolder / kSplits, folder / kSplits})
      if (fs::is_regular_file(file, code)) return file;
    if (folder == sequences.parent_path().parent_path()) break;
  }
  fail("{}: is missing; it says who is tested in a split",
       (sequences.parent_path().parent_path() / kSplitFolder / kSplits).string());
}

// The persons of a part of split `number`: a row of ls_set has the places of all in the sorted list, the
// first half of them tested.
std::set<std::string> drawn(const std::vector<std::string>& persons, const fs::path& file, int number,
                            bool train) {
  const auto columns = MatFile(file).columns("ls_set", persons.size());
  const auto splits = columns.empty() ? 0 : std::ssize(columns[0]);
  if (number < 1 || number > splits)
    fail("option split: {} was given; {} has splits 1 to {}", number, file.string(), splits);
  std::set<std::string> half;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    const std::int64_t place = columns[i][static_cast<std::size_t>(number - 1)];
    if (place < 1 || place > std::ssize(persons))
      fail("{}: split {} names person {} of {}; check that every sequence is there", file.string(), number,
           place, persons.size());
    if ((i >= persons.size() / 2) == train) half.insert(persons[static_cast<std::size_t>(place - 1)]);
  }
  return half;
}

data::Dataset loadIlidsVid(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const fs::path sequences = sequencesOf(path);
  if (sequences.empty())
    fail("{}: holds no sequences/cam1 and sequences/cam2; check the path", path.string());
  const auto persons = personsOf(sequences);
  std::optional<std::set<std::string>> wanted;
  const auto split = options.extra.find("split"), part = options.extra.find("part");
  if ((split == options.extra.end()) != (part == options.extra.end()))
    fail("options split and part belong together: the split's number, and train or test");
  if (split != options.extra.end()) {
    const auto number = data::csvNumber(split->second, ',');
    if (!number || *number != static_cast<int>(*number))
      fail("option split: '{}' was given; the number of a split was expected", split->second);
    wanted = drawn(persons, splitFile(sequences), static_cast<int>(*number), asksForPart(options, "train"));
  }
  TrackSet set;
  for (const std::string& person : persons) {
    if (wanted && !wanted->contains(person)) continue;
    for (const int camera : {1, 2}) {
      const fs::path folder = sequences / fmt::format("cam{}", camera) / person;
      std::error_code code;
      Track track{fmt::format("{} cam{}", person, camera), person, camera, {}, camera == 2, camera == 1};
      if (fs::is_directory(folder, code))
        for (const fs::path& image : imagesBelow(folder, false)) track.frames.push_back(image.string());
      if (track.frames.empty())
        set.problems.push_back({folder.string(), "holds no frame, so this camera did not see the person"});
      else
        set.tracks.push_back(std::move(track));
    }
  }
  return toDataset(std::move(set), sequences, options, progress);
}

}  // namespace

Format ilidsVidFormat() {
  return {.name = "ilids-vid",
          .title = "iLIDS-VID",
          .help =
              "iLIDS-VID: sequences/cam1 and cam2 with a folder for each person; those of camera 1 are "
              "searched for (query) among those of camera 2 (gallery)",
          .example =
              "SET/sequences/cam1/person001/cam1_person001_00317.png\n"
              "SET/sequences/cam2/person001/cam2_person001_00213.png",
          .matches =
              [](const fs::path& path) {
                const fs::path sequences = fs::is_directory(path) ? sequencesOf(path) : fs::path();
                if (sequences.empty()) return false;
                const auto persons = personsOf(sequences);
                return !persons.empty() && persons.front().starts_with("person");
              },
          .load = loadIlidsVid,
          .options = {{"split", "NUMBER", "1 to 10 of the set's own splits, with part"},
                      {"part", "train|test", "that half of the split's persons"}},
          .kind = kTrackletKind};
}

}  // namespace discern::datasets
