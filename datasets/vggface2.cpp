// VGGFace2: train/n000002/0001_01.jpg; bb_landmark/loose_bb_train.csv and loose_landmark_train.csv say where
// the face is, identity_meta.csv who it is.
#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "datasets/face_protocol.h"
#include "datasets/image_files.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::array<const char*, 2> kSets = {"train", "test"};

bool isClass(const std::string& name) {
  return name.size() == 7 && name[0] == 'n' &&
         std::all_of(name.begin() + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<fs::path> classesIn(const fs::path& folder) {
  std::vector<fs::path> classes;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code))
    if (isClass(entry.path().filename().string()) && entry.is_directory(code))
      classes.push_back(entry.path());
  std::ranges::sort(classes);
  return classes;
}

struct Set {
  std::string name;  // train; empty: the folder itself
  fs::path folder;
};
std::vector<Set> findSets(const fs::path& path) {
  std::vector<Set> sets;
  for (const char* name : kSets)
    if (!classesIn(path / name).empty()) sets.push_back({name, path / name});
  if (sets.empty() && !classesIn(path).empty()) {
    const std::string name = path.filename().string();
    sets.push_back({std::ranges::find(kSets, name) != kSets.end() ? name : std::string(), path});
  }
  return sets;
}

std::optional<fs::path> findTable(const fs::path& root, const std::string& name) {
  for (const fs::path& folder : {root / "bb_landmark", root / "meta", root})
    if (std::error_code code; fs::is_regular_file(folder / name, code)) return folder / name;
  return std::nullopt;
}

// n000001 -> 14th_Dalai_Lama.
std::unordered_map<std::string, std::string> readNames(const fs::path& file) {
  std::unordered_map<std::string, std::string> names;
  TableReader table(file);
  const int id = table.column("Class_ID"), name = table.column("Name");
  while (table.next())
    if (!names.emplace(table.text(id), table.text(name)).second)
      fail("{}: the class {} is listed twice", table.where(), table.text(id));
  return names;
}

// Reads a table whose first column names the image, n000002/0001_01 without its extension, and gives each of
// its rows that is of a face to `take`.
template <class Take>
void readPlaces(const fs::path& file, const std::unordered_map<std::string, std::size_t>& faceOf,
                const std::vector<std::string>& columns, data::Dataset& notes, Progress& progress,
                const Take& take) {
  TableReader table(file);
  const int name = table.column("NAME_ID");
  std::vector<int> at;
  for (const std::string& column : columns) at.push_back(table.column(column));
  std::vector<bool> taken(faceOf.size(), false);
  std::size_t unknown = 0;
  while (table.next()) {
    if (table.line() % 4096 == 0) progress.throwIfStopped();
    std::vector<double> numbers;
    for (const int column : at) numbers.push_back(table.pixels(column));
    const auto face = faceOf.find(table.text(name));
    if (face == faceOf.end()) {
      ++unknown;
      continue;
    }
    if (taken[face->second]) fail("{}: {} is listed twice", table.where(), table.text(name));
    taken[face->second] = true;
    take(face->second, numbers);
  }
  if (unknown > 0)
    notes.problems.push_back(
        {file.string(), fmt::format("{} of its rows name an image that is not there", unknown)});
}

data::Dataset loadVggFace2(const fs::path& path, const LoadOptions& options, Progress& progress) {
  auto sets = findSets(path);
  if (const auto given = options.extra.find("set"); given != options.extra.end())
    std::erase_if(sets, [&](const Set& set) { return set.name != given->second; });
  if (sets.empty())
    fail("{}: holds no folder such as train/n000002{}; check the path", path.string(),
         options.extra.contains("set") ? " of the set that option set names" : "");
  const fs::path root = sets.front().folder == path ? path.parent_path() : path;
  std::unordered_map<std::string, std::string> names;
  if (const auto file = findTable(root, "identity_meta.csv")) names = readNames(*file);
  FaceTable table;
  std::unordered_map<std::string, std::size_t> faceOf;
  data::Dataset notes;
  for (const Set& set : sets) {
    const std::size_t first = table.faces.size();
    faceOf.clear();
    for (const fs::path& folder : classesIn(set.folder)) {
      progress.throwIfStopped();
      const std::string id = folder.filename().string();
      const auto named = names.find(id);
      const int identity = table.identity(named == names.end() ? id : id + " " + named->second);
      for (const fs::path& image : imagesBelow(folder, false)) {
        faceOf.emplace(id + "/" + image.stem().string(), table.faces.size() - first);
        Face face{{0, 0}, identity, {}};
        face.sample.image.file = image.string();
        if (!set.name.empty()) face.sample.nuisance = fmt::format(R"({{"set":"{}"}})", set.name);
        table.faces.push_back(std::move(face));
      }
    }
    const auto tableOf = [&](const char* what) {
      return findTable(root, fmt::format("loose_{}_{}.csv", what, set.name));
    };
    if (const auto file = tableOf("bb"))
      readPlaces(*file, faceOf, {"X", "Y", "W", "H"}, notes, progress,
                 [&](std::size_t face, const std::vector<double>& v) {
                   table.faces[first + face].sample.image.crop = toRect(v[0], v[1], v[2], v[3]);
                 });
    if (const auto file = tableOf("landmark"))
      readPlaces(*file, faceOf, {"P1X", "P1Y", "P2X", "P2Y", "P3X", "P3Y", "P4X", "P4Y", "P5X", "P5Y"}, notes,
                 progress, [&](std::size_t face, const std::vector<double>& v) {
                   data::Landmarks points;
                   for (std::size_t i = 0; i < points.size(); ++i)
                     points[i] = {static_cast<float>(v[2 * i]), static_cast<float>(v[2 * i + 1])};
                   table.faces[first + face].sample.image.landmarks = points;
                 });
  }
  const auto whole = std::ranges::count_if(
      table.faces, [](const Face& face) { return !face.sample.image.crop && !face.sample.image.landmarks; });
  data::Dataset dataset = toDataset(std::move(table), path, options, progress);
  std::ranges::move(notes.problems, std::back_inserter(dataset.problems));
  if (whole > 0)
    dataset.problems.push_back(
        {path.string(),
         fmt::format("{} images have neither rectangle nor landmarks in bb_landmark and are taken "
                     "whole",
                     whole)});
  return dataset;
}

}  // namespace

Format vggFace2Format() {
  return {.name = "vggface2",
          .title = "VGGFace2",
          .help =
              "VGGFace2: train/n000002/0001_01.jpg, with loose_bb_train.csv and loose_landmark_train.csv in "
              "bb_landmark and identity_meta.csv, each where it is there",
          .example =
              "SET/train/n000002/0001_01.jpg\nSET/bb_landmark/loose_bb_train.csv\n"
              "SET/bb_landmark/loose_landmark_train.csv\nSET/meta/identity_meta.csv",
          .matches = [](const fs::path& path) { return fs::is_directory(path) && !findSets(path).empty(); },
          .load = loadVggFace2,
          .options = {{"set", "NAME", "train or test alone, without it both"}}};
}

}  // namespace discern::datasets
