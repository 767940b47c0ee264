// TinyFace: Testing_Set with probes, their matches in the gallery and distractors, whose people the two .mat
// lists tell; Training_Set has a folder per identity.
#include <algorithm>

#include "core/base/error.h"
#include "datasets/face_protocol.h"
#include "datasets/image_files.h"
#include "datasets/mat_file.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr const char* kProbes = "probe_img_ID_pairs.mat";
constexpr const char* kMatches = "gallery_match_img_ID_pairs.mat";

// The folder with the three, which an aligned copy keeps: the given one, its Testing_Set, or its tinyface.
std::optional<fs::path> findTesting(const fs::path& path) {
  for (const fs::path& folder : {path / "Testing_Set", path / "tinyface" / "Testing_Set", path}) {
    std::error_code code;
    if (fs::is_directory(folder / "Probe", code) && fs::is_directory(folder / "Gallery_Match", code))
      return folder;
  }
  return std::nullopt;
}

std::optional<fs::path> findList(const fs::path& testing, const char* name) {
  for (const fs::path& folder : {testing, testing.parent_path(), testing.parent_path().parent_path()}) {
    std::error_code code;
    if (fs::is_regular_file(folder / name, code)) return folder / name;
  }
  return std::nullopt;
}

// Names beside identities; row i + 1 of the list is face i of it.
void readList(const fs::path& list, const std::string& names, const std::string& ids, const fs::path& folder,
              FaceTable& table, FaceProtocol& protocol) {
  const MatFile mat(list);
  const auto files = mat.texts(names);
  const auto people = mat.wholes(ids);
  if (files.size() != people.size())
    fail("{}: '{}' has {} names and '{}' {} identities; the two belong together", list.string(), names,
         files.size(), ids, people.size());
  const auto index = static_cast<int>(table.tables.size());
  table.tables.push_back(list);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string where = fmt::format("{}:{}", list.string(), i + 1);
    if (files[i].empty() || fs::path(files[i]).has_parent_path())
      fail("{}: '{}' was found; the name of an image in {} was expected", where, files[i], folder.string());
    if (protocol.find(files[i]) >= 0) fail("{}: '{}' is listed twice", where, files[i]);
    Face face{{index, static_cast<int>(i) + 1}, table.identity(fmt::format("{}", people[i])), {}};
    face.sample.image.file = (folder / files[i]).string();
    protocol.add(files[i], face.identity, static_cast<int>(table.faces.size()), where);
    table.faces.push_back(std::move(face));
  }
}

data::Dataset loadTinyFace(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const auto testing = findTesting(path);
  if (!testing)
    fail("{}: holds no Testing_Set with the folders Probe and Gallery_Match; check the path", path.string());
  const auto probeList = findList(*testing, kProbes), matchList = findList(*testing, kMatches);
  for (const auto& [found, name] : {std::pair{probeList, kProbes}, std::pair{matchList, kMatches}})
    if (!found) fail("{}: is missing; it says whose the images are", (*testing / name).string());
  FaceTable table;
  FaceProtocol probes("probes"), gallery("gallery");
  readList(*matchList, "gallery_set", "gallery_ids", *testing / "Gallery_Match", table, gallery);
  readList(*probeList, "probe_set", "probe_ids", *testing / "Probe", table, probes);
  data::Dataset notes;
  if (const fs::path others = *testing / "Gallery_Distractor"; fs::is_directory(others)) {
    for (const fs::path& image : imagesBelow(others, false)) {
      const std::string name = image.filename().string();
      Face face{{0, 0}, table.identity("distractor " + image.stem().string()), {}};
      face.sample.image.file = image.string();
      gallery.add("distractor " + name, face.identity, static_cast<int>(table.faces.size()), image.string());
      table.faces.push_back(std::move(face));
    }
  } else {
    notes.problems.push_back({others.string(),
                              "is missing, so the gallery has no distractors and a search is easier "
                              "than the benchmark's"});
  }
  std::vector<int> sampleOf;
  data::Dataset dataset = toDataset(std::move(table), path, everybody(options), progress, &sampleOf);
  std::ranges::move(notes.problems, std::back_inserter(dataset.problems));
  std::move(gallery).addTo(dataset, sampleOf);
  std::move(probes).addTo(dataset, sampleOf);
  return dataset;
}

}  // namespace

Format tinyFaceFormat() {
  return {
      .name = "tinyface",
      .title = "TinyFace's test set",
      .help =
          "TinyFace's Testing_Set (Probe, Gallery_Match, Gallery_Distractor) with its two .mat lists, also "
          "an aligned copy; protocols probes and gallery for identify. Each distractor is "
          "an "
          "identity of its own; its Training_Set is a folder per identity",
      .example =
          "SET/Testing_Set/Probe/1_1.jpg\nSET/Testing_Set/Gallery_Match/1_2.jpg\n"
          "SET/Testing_Set/Gallery_Distractor/1.jpg\nSET/Testing_Set/probe_img_ID_pairs.mat\n"
          "SET/Testing_Set/gallery_match_img_ID_pairs.mat",
      .matches = [](const fs::path& path) { return fs::is_directory(path) && findTesting(path).has_value(); },
      .load = loadTinyFace};
}

}  // namespace discern::datasets
