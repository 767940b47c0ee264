// SCface: 130 people, a frontal mugshot each (the gallery) and images of surveillance cameras 1-5 (visible
// light) and 6-7 (infrared) at distances 1 = 4.20 m, 2 = 2.60 m and 3 = 1.00 m.
//
// Conditions are kept in Sample::nuisance: {"camera":3,"distance":2}, with "infrared":true for cameras 6-7
// and camera 0, distance 0 for a mugshot. The release has no positions of faces: an image is taken whole
// unless a table of landmarks is given or the images were cut to the face beforehand, under the same names.
#include <algorithm>
#include <charconv>
#include <map>
#include <regex>

#include "core/base/error.h"
#include "datasets/face_table.h"
#include "datasets/image_files.h"
#include "datasets/import_options.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr int kDistances = 3, kCameras = 7, kFirstInfrared = 6;
constexpr const char* kMugshot = "frontal";  // Sample::media
constexpr const char* kAllCameras = "surveillance_cameras_all";

fs::path distanceFolder(int distance) { return fmt::format("surveillance_cameras_distance_{}", distance); }

struct Shot {
  std::string person;
  int camera = 0, distance = 0;  // 0, 0: a frontal mugshot
};

// 001_frontal.jpg or 001_cam1_2.jpg; nothing for the release's other images (rotations, camera 8).
std::optional<Shot> parseName(const fs::path& file) {
  static const std::regex pattern(R"((\d+)_(?:frontal|cam([1-9])_([1-9])))", std::regex::icase);
  std::smatch match;
  const std::string stem = file.stem().string();
  if (!std::regex_match(stem, match, pattern)) return std::nullopt;
  if (!match[2].matched) return Shot{match[1], 0, 0};
  const Shot shot{match[1], std::stoi(match[2]), std::stoi(match[3])};
  return shot.camera <= kCameras && shot.distance <= kDistances ? std::optional(shot) : std::nullopt;
}

struct Image {
  fs::path file;
  Shot shot;
};

class Collector {
 public:
  Collector(const fs::path& root, data::Dataset& dataset) : root_(root), dataset_(dataset) {}

  // Mugshots that are cut to the head suit a model better than whole photographs.
  void readMugshots() {
    for (const char* name : {"mugshot_frontal_cropped_all", "mugshot_frontal_original_all", "."}) {
      if (!fs::is_directory(root_ / name)) continue;
      for (const fs::path& file : imagesBelow(root_ / name, false))
        if (const auto shot = parseName(file); shot && shot->camera == 0)
          images_.push_back({file.lexically_normal(), *shot});
      if (!images_.empty()) return;
    }
    dataset_.problems.push_back(
        {root_.string(),
         "no mugshot such as 001_frontal.jpg lies in it or in mugshot_frontal_cropped_all, so "
         "there is no gallery"});
  }

  void readCameras() {
    bool any = false;
    for (int distance = 1; distance <= kDistances; ++distance) {
      const fs::path folder = root_ / distanceFolder(distance);
      if (!fs::is_directory(folder)) continue;
      any = true;
      readProbes(folder, distance);
    }
    if (!any && fs::is_directory(root_ / kAllCameras)) readProbes(root_ / kAllCameras, 0);
    if (others_ > 0)
      dataset_.problems.push_back(
          {root_.string(),
           fmt::format("{} images are not named like 001_cam1_1.jpg (cameras 1-7, distances 1-3) "
                       "and were left out",
                       others_)});
  }

  std::vector<Image>& images() { return images_; }

 private:
  void readProbes(const fs::path& folder, int distance) {
    for (const fs::path& file : imagesBelow(folder, true)) {
      const auto shot = parseName(file);
      if (!shot || shot->camera == 0) {
        ++others_;
      } else if (distance > 0 && shot->distance != distance) {
        dataset_.problems.push_back(
            {file.string(),
             fmt::format("its name says distance {}, but it lies in the folder of distance {}; "
                         "the image was left out",
                         shot->distance, distance)});
      } else {
        images_.push_back({file, *shot});
      }
    }
  }

  fs::path root_;
  data::Dataset& dataset_;
  std::vector<Image> images_;
  std::size_t others_ = 0;
};

using LandmarkTable = std::map<std::string, data::Landmarks>;

// path,x1,y1 .. x5,y5: paths relative to the root, or names alone.
LandmarkTable readLandmarks(const fs::path& file) {
  if (!fs::is_regular_file(file))
    fail("option landmarks: {} is not a file; a table path,x1,y1,..,x5,y5 was expected", file.string());
  TableReader table(file);
  const int path = table.column("path");
  std::array<int, 10> columns{};
  for (int i = 0; i < 10; ++i)
    columns[static_cast<std::size_t>(i)] =
        table.column(fmt::format("{}{}", i % 2 == 0 ? "x" : "y", i / 2 + 1));
  LandmarkTable landmarks;
  while (table.next()) {
    data::Landmarks points{};
    for (std::size_t i = 0; i < 5; ++i)
      points[i] = {table.pixels(columns[2 * i]), table.pixels(columns[2 * i + 1])};
    landmarks[fs::path(table.text(path)).lexically_normal().generic_string()] = points;
  }
  return landmarks;
}

std::optional<data::Landmarks> landmarksOf(const LandmarkTable& table, const fs::path& root,
                                           const fs::path& file) {
  auto found = table.find(file.lexically_relative(root).generic_string());
  if (found == table.end()) found = table.find(file.filename().string());
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

std::string nuisanceOf(const Shot& shot) {
  return fmt::format(R"({{"camera":{},"distance":{}{}}})", shot.camera, shot.distance,
                     shot.camera >= kFirstInfrared ? R"(,"infrared":true)" : "");
}

// Says whose images are missing, and that whole images are taken for faces.
void addNotes(const fs::path& root, std::size_t loose, data::Dataset& dataset) {
  struct Count {
    int all = 0, mugshots = 0, visible = 0;
  };
  std::vector<Count> counts(dataset.identities.size());
  for (const data::Sample& sample : dataset.samples) {
    Count& count = counts[static_cast<std::size_t>(sample.identity)];
    const bool mugshot = sample.media == kMugshot;
    ++count.all;
    count.mugshots += mugshot ? 1 : 0;
    count.visible += !mugshot && sample.nuisance.find("infrared") == std::string::npos ? 1 : 0;
  }
  constexpr int kVisible = (kFirstInfrared - 1) * kDistances;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i].all == 0) continue;
    if (counts[i].mugshots == 0)
      dataset.problems.push_back(
          {dataset.identities[i], "has no usable mugshot, so it cannot be in the gallery"});
    if (counts[i].visible < kVisible)
      dataset.problems.push_back({dataset.identities[i], fmt::format("has {} of {} images of cameras 1-5",
                                                                     counts[i].visible, kVisible)});
  }
  if (loose > 0)
    dataset.problems.push_back(
        {root.string(),
         fmt::format(
             "{} images are not square and have no landmarks, and the release has no positions of faces: "
             "each is taken whole, which costs accuracy; give landmarks=FILE (path,x1,y1,..,x5,y5), or "
             "import a copy of the folders whose images are cut to the face",
             loose)});
}

data::Dataset loadScface(const fs::path& path, const LoadOptions& options, Progress& progress) {
  data::Dataset dataset;
  Collector collector(path, dataset);
  collector.readMugshots();
  collector.readCameras();
  std::vector<Image>& images = collector.images();
  LandmarkTable landmarks;
  if (const auto given = options.extra.find("landmarks"); given != options.extra.end())
    landmarks = readLandmarks(given->second);

  std::map<std::string, int> identityOf;
  for (const Image& image : images) identityOf.emplace(image.shot.person, 0);
  for (auto& [name, number] : identityOf) {
    number = static_cast<int>(dataset.identities.size());
    dataset.identities.push_back(name);
  }
  std::erase_if(images, [&](const Image& image) { return !isWanted(options, image.shot.person); });
  std::vector<fs::path> files;
  for (const Image& image : images) files.push_back(image.file);
  const std::vector<ImageHeader> headers = readHeaders(files, progress);
  std::size_t loose = 0;
  for (std::size_t i = 0; i < images.size(); ++i) {
    const auto& [file, shot] = images[i];
    if (!headers[i].problem.empty()) {
      dataset.problems.push_back({file.string(), headers[i].problem});
      continue;
    }
    data::Sample sample;
    sample.image.file = file.string();
    sample.image.landmarks = landmarksOf(landmarks, path, file);
    sample.identity = identityOf.at(shot.person);
    sample.media = shot.camera == 0 ? kMugshot : fmt::format("cam{}_{}", shot.camera, shot.distance);
    sample.nuisance = nuisanceOf(shot);
    const cv::Size size = headers[i].size;
    loose += !sample.image.landmarks && !options.crop && size.width != size.height ? 1 : 0;
    dataset.samples.push_back(std::move(sample));
  }
  addNotes(path, loose, dataset);
  return dataset;
}

bool looksLikeScface(const fs::path& path) {
  for (int distance = 1; distance <= kDistances; ++distance)
    if (fs::is_directory(path / distanceFolder(distance))) return true;
  return fs::is_directory(path / kAllCameras);
}

}  // namespace

Format scfaceFormat() {
  return {
      .name = "scface",
      .title = "SCface",
      .help = "SCface: 001_frontal.jpg and surveillance_cameras_distance_1/cam_1/001_cam1_1.jpg",
      .example =
          "SET/mugshot_frontal_cropped_all/001_frontal.jpg\n"
          "SET/surveillance_cameras_distance_1/cam_1/001_cam1_1.jpg",
      .matches = looksLikeScface,
      .load = loadScface,
      .options = {
          {"landmarks", "FILE",
           "a table path,x1,y1,..,x5,y5: five points of each face, without which an image is taken whole"}}};
}

}  // namespace discern::datasets
