// UMDFaces: one or more batches, each a folder of identities with its table of faces
// (umdfaces_batch1/umdfaces_batch1_ultraface.csv).
#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "datasets/face_table.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTableEnd = "_ultraface.csv";
constexpr std::size_t kColumns = 76;
// The 21 points are in AFLW's order, left and right as seen in the image: brows 1-6, left eye 7-9 and right
// eye 10-12 (left corner, centre, right corner), left ear 13, nose 14-16, right ear 17, mouth 18-20 (left
// corner, centre, right corner), chin 21.
constexpr int kPoints = 21;
constexpr int kLeftEye[] = {7, 9}, kRightEye[] = {10, 12}, kNose = 15, kMouthLeft = 18, kMouthRight = 20;
// The visibility column is a network's confidence, about 0 to 1; hidden ears and profile eyes are near 0.
constexpr double kVisible = 0.5;

bool isTable(const fs::path& file) { return file.filename().string().ends_with(kTableEnd); }

std::vector<fs::path> tablesIn(const fs::path& folder) {
  std::vector<fs::path> tables;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code))
    if (isTable(entry.path()) && entry.is_regular_file(code)) tables.push_back(entry.path());
  return tables;
}

// A table, a batch, or a folder of batches.
std::vector<fs::path> findTables(const fs::path& path) {
  if (fs::is_regular_file(path)) return isTable(path) ? std::vector{path} : std::vector<fs::path>{};
  std::vector<fs::path> tables = tablesIn(path);
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(path, code))
    if (entry.path().filename().string().starts_with("umdfaces_batch") && entry.is_directory(code))
      for (fs::path& table : tablesIn(entry.path())) tables.push_back(std::move(table));
  std::sort(tables.begin(), tables.end());
  return tables;
}

struct Columns {
  int subject, file, x, y, width, height;
  int yaw, pitch, roll;  // -1: not named
  int points[kPoints];   // of x; y and the visibility follow
};

// By name where the header has it, else where the release has it.
Columns findColumns(const TableReader& table) {
  if (table.header().size() < kColumns)
    fail("{}: the header has {} columns, but at least {} were expected (SUBJECT_ID, FILE, ..., 21 points)",
         table.file().string(), table.header().size(), kColumns);
  const auto either = [&](std::string_view name, int position) {
    const int named = table.find(name);
    return named >= 0 ? named : position;
  };
  Columns c{either("SUBJECT_ID", 0), either("FILE", 1),
            either("FACE_X", 4),     either("FACE_Y", 5),
            either("FACE_WIDTH", 6), either("FACE_HEIGHT", 7),
            table.find("YAW"),       table.find("PITCH"),
            table.find("ROLL"),      {}};
  for (int i = 0; i < kPoints; ++i) {
    c.points[i] = either(fmt::format("P{}X", i + 1), 11 + 3 * i);
    if (c.points[i] + 2 >= static_cast<int>(table.header().size()))
      fail("{}: column P{}X is the last but {}; its y and its visibility were expected behind it",
           table.file().string(), i + 1, static_cast<int>(table.header().size()) - 1 - c.points[i]);
  }
  return c;
}

// Nothing when one of the seven points they come from is hidden.
std::optional<data::Landmarks> readLandmarks(const TableReader& table, const Columns& columns) {
  bool visible = true;
  const auto point = [&](int number) {
    const int at = columns.points[number - 1];
    visible = visible && table.number(at + 2) >= kVisible;
    return data::Point{table.pixels(at), table.pixels(at + 1)};
  };
  const auto between = [&](const int(&corners)[2]) {
    const data::Point a = point(corners[0]), b = point(corners[1]);
    return data::Point{a.x / 2 + b.x / 2, a.y / 2 + b.y / 2};  // no sum that a float cannot hold
  };
  const data::Landmarks landmarks = {between(kLeftEye), between(kRightEye), point(kNose), point(kMouthLeft),
                                     point(kMouthRight)};
  return visible ? std::optional(landmarks) : std::nullopt;
}

std::string readPose(const TableReader& table, const Columns& c) {
  if (c.yaw < 0 || c.pitch < 0 || c.roll < 0) return {};
  return fmt::format(R"({{"yaw":{},"pitch":{},"roll":{}}})", table.number(c.yaw), table.number(c.pitch),
                     table.number(c.roll));
}

// The identity of SUBJECT_ID, named after the folder of its first image. Batches number their subjects on
// their own, so across tables the name tells who is who.
class Subjects {
 public:
  explicit Subjects(std::vector<std::string>& identities) : identities_(identities) {}

  void startTable() {
    ofSubject_.clear();
    taken_.clear();
  }
  int identity(std::int64_t subject, const std::string& file) {
    const auto known = ofSubject_.find(subject);
    if (known != ofSubject_.end()) return known->second;
    const fs::path folder = fs::path(file).parent_path();
    std::string name = folder.empty() ? std::to_string(subject) : folder.begin()->string();
    if (!taken_.insert(name).second) name += fmt::format("#{}", subject);  // two subjects in one folder
    const auto [at, fresh] = ofName_.emplace(name, static_cast<int>(identities_.size()));
    if (fresh) identities_.push_back(name);
    ofSubject_.emplace(subject, at->second);
    return at->second;
  }

 private:
  std::vector<std::string>& identities_;
  std::map<std::string, int> ofName_;
  std::map<std::int64_t, int> ofSubject_;
  std::set<std::string> taken_;
};

data::Dataset loadUmdFaces(const fs::path& path, const LoadOptions& options, Progress& progress) {
  FaceTable faces;
  faces.tables = findTables(path);
  if (faces.tables.empty())
    fail("{}: holds no table; umdfaces_batch1_ultraface.csv was expected in it or in umdfaces_batch1",
         path.string());
  Subjects subjects(faces.identities);
  std::size_t hidden = 0;
  for (std::size_t t = 0; t < faces.tables.size(); ++t) {
    TableReader table(faces.tables[t]);
    const Columns c = findColumns(table);
    subjects.startTable();
    const fs::path folder = faces.tables[t].parent_path();
    while (table.next()) {
      if (table.line() % 4096 == 0) progress.throwIfStopped();
      const std::string& file = table.text(c.file);
      if (file.empty()) fail("{}: the FILE is blank; every row needs one", table.where());
      Face face{{static_cast<int>(t), table.line()}, subjects.identity(table.whole(c.subject), file), {}};
      data::ImageRef& image = face.sample.image;
      image.file = (folder / file).lexically_normal().string();
      image.crop =
          toRect(table.number(c.x), table.number(c.y), table.number(c.width), table.number(c.height));
      image.landmarks = readLandmarks(table, c);
      hidden += image.landmarks ? 0 : 1;
      face.sample.nuisance = readPose(table, c);
      faces.faces.push_back(std::move(face));
    }
  }
  const std::size_t all = faces.faces.size();
  data::Dataset dataset = toDataset(std::move(faces), path, options, progress);
  if (hidden > 0)
    dataset.problems.push_back(
        {path.string(), fmt::format("{} of {} faces have a hidden eye corner, nose or mouth corner and are "
                                    "cut out by their rectangle instead of being aligned",
                                    hidden, all)});
  return dataset;
}

}  // namespace

Format umdFacesFormat() {
  return {.name = "umdfaces",
          .title = "UMDFaces",
          .help = "UMDFaces: folders of identities with umdfaces_batch1_ultraface.csv beside them",
          .example = "SET/umdfaces_batch1_ultraface.csv\nSET/adam_levine/adam_levine_0001.jpg",
          .matches = [](const fs::path& path) { return !findTables(path).empty(); },
          .load = loadUmdFaces};
}

}  // namespace discern::datasets
