// UCCS (UnConstrained College Students): gallery.csv with landmarks of cut-out faces, validation.csv with
// rectangles of faces in whole photographs, and their images in gallery_images and validation_images.
//
// Known people have a positive SUBJECT_ID. Faces of unknown ones are counted and left out: they are no
// identity, and one unknown person is in many of them. For an open-set test, unknowns=import makes each of
// them an identity of its own, named unknown-validation-FACE_ID.
#include <array>
#include <charconv>
#include <map>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "datasets/face_table.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::array<const char*, 3> kSets = {"gallery", "training", "validation"};
// Right and left are the person's own: the image-left eye comes first, as in data::Landmarks.
constexpr std::array<const char*, 5> kPoints = {"REYE", "LEYE", "NOSE", "RMOUTH", "LMOUTH"};

// set_images/0001/0001_0.png, set_images/x.jpg, or the same without "_images" or directly in the root. Of a
// missing image the first, where it belongs.
std::string findImage(const fs::path& root, const std::string& set, const std::string& file) {
  const std::string subject = file.substr(0, file.find('_'));
  std::vector<fs::path> places = {set + "_images", set, "."};
  if (set == "gallery") places.insert(places.begin(), {fs::path("gallery_images") / subject});
  std::error_code ignored;
  for (const fs::path& place : places)
    if (fs::exists(root / place / file, ignored)) return (root / place / file).lexically_normal().string();
  return (root / places.front() / file).lexically_normal().string();
}

// One FACE_ID a line: faces of the validation photographs that the gallery was cut out of.
std::unordered_set<std::int64_t> readExcluded(const fs::path& root, const std::string& set,
                                              data::Dataset& notes) {
  std::unordered_set<std::int64_t> excluded;
  for (const char* extension : {".txt", ".csv", ".pickle"}) {
    const fs::path file = root / fmt::format("exclude_gallery_{}{}", set, extension);
    if (!fs::is_regular_file(file)) continue;
    const std::string text = readFile(file);
    const char *at = text.data(), *const end = at + text.size();
    for (;;) {
      while (at < end && (*at == ' ' || *at == '\r' || *at == '\n')) ++at;
      if (at == end) return excluded;
      std::int64_t id = 0;
      const auto [stop, code] = std::from_chars(at, end, id);
      if (code != std::errc()) break;
      excluded.insert(id);
      at = stop;
    }
    notes.problems.push_back(
        {file.string(), fmt::format("is not one FACE_ID a line and was not used, so faces of the gallery may "
                                    "be among those of {}; write its numbers as text",
                                    set)});
    excluded.clear();
  }
  return excluded;
}

// What one table says; a column that is not there is -1.
struct Columns {
  int file, subject, faceId;
  std::array<int, 4> rectangle{-1, -1, -1, -1};
  std::array<int, 10> points{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

  explicit Columns(const TableReader& table)
      : file(table.column("FILE")), subject(table.column("SUBJECT_ID")), faceId(table.find("FACE_ID")) {
    const bool hasRectangle = table.find("FACE_X") >= 0, hasPoints = table.find("REYE_X") >= 0;
    if (!hasRectangle && !hasPoints)
      fail("{}: neither FACE_X, FACE_Y, FACE_WIDTH, FACE_HEIGHT nor REYE_X .. LMOUTH_Y are among its columns",
           table.file().string());
    if (hasRectangle) {
      faceId = table.column("FACE_ID");
      rectangle = {table.column("FACE_X"), table.column("FACE_Y"), table.column("FACE_WIDTH"),
                   table.column("FACE_HEIGHT")};
    }
    for (std::size_t i = 0; hasPoints && i < kPoints.size(); ++i) {
      points[2 * i] = table.column(fmt::format("{}_X", kPoints[i]));
      points[2 * i + 1] = table.column(fmt::format("{}_Y", kPoints[i]));
    }
  }

  void readGeometry(const TableReader& table, data::ImageRef& image) const {
    if (rectangle[0] >= 0)
      image.crop = toRect(table.number(rectangle[0]), table.number(rectangle[1]), table.number(rectangle[2]),
                          table.number(rectangle[3]));
    if (points[0] < 0) return;
    image.landmarks.emplace();
    for (std::size_t i = 0; i < kPoints.size(); ++i)
      (*image.landmarks)[i] = {table.pixels(points[2 * i]), table.pixels(points[2 * i + 1])};
  }
};

class Loader {
 public:
  Loader(const fs::path& root, bool importUnknowns) : root_(root), importUnknowns_(importUnknowns) {}

  void read(const std::string& set, Progress& progress) {
    TableReader table(root_ / (set + ".csv"));
    faces_.tables.push_back(table.file());
    const Columns columns(table);
    const auto excluded = readExcluded(root_, set, notes_);
    while (table.next()) {
      if (table.line() % 4096 == 0) progress.throwIfStopped();
      const std::int64_t person = table.whole(columns.subject);
      const std::int64_t id = columns.faceId < 0 ? table.line() : table.whole(columns.faceId);
      const std::string& file = table.text(columns.file);
      if (file.empty()) fail("{}: the FILE is blank; every row needs one", table.where());
      Face face;
      face.place = {static_cast<int>(faces_.tables.size()) - 1, table.line()};
      columns.readGeometry(table, face.sample.image);  // malformed numbers are errors in every row
      if (columns.faceId >= 0 && excluded.contains(id)) {
        ++excluded_;
        continue;
      }
      unknown_ += person > 0 ? 0 : 1;
      if (person <= 0 && !importUnknowns_) continue;
      face.identity =
          identity(person > 0 ? fmt::format("{:04}", person) : fmt::format("unknown-{}-{}", set, id));
      face.sample.image.file = imageOf(set, file);
      if (set != "gallery") face.sample.media = fs::path(file).stem().string();
      face.sample.nuisance = fmt::format(R"({{"set":"{}"}})", set);
      faces_.faces.push_back(std::move(face));
    }
  }

  data::Dataset finish(const LoadOptions& options, Progress& progress) {
    data::Dataset dataset = toDataset(std::move(faces_), root_, options, progress);
    for (data::Problem& problem : notes_.problems) dataset.problems.push_back(std::move(problem));
    if (excluded_ > 0)
      dataset.problems.push_back(
          {root_.string(),
           fmt::format("{} faces were left out because the gallery was cut out of them", excluded_)});
    if (unknown_ > 0)
      dataset.problems.push_back(
          {root_.string(),
           importUnknowns_ ? fmt::format("{} faces of unknown people became an identity each", unknown_)
                           : fmt::format("{} faces of unknown people (SUBJECT_ID not above 0) were left out; "
                                         "unknowns=import makes each an identity of its own",
                                         unknown_)});
    return dataset;
  }

 private:
  int identity(const std::string& name) {
    const auto [at, fresh] = identityOf_.emplace(name, static_cast<int>(faces_.identities.size()));
    if (fresh) faces_.identities.push_back(name);
    return at->second;
  }
  // A photograph holds some twenty faces: look for it once.
  const std::string& imageOf(const std::string& set, const std::string& file) {
    std::string& found = images_[set + "\n" + file];
    if (found.empty()) found = findImage(root_, set, file);
    return found;
  }

  fs::path root_;
  bool importUnknowns_;
  FaceTable faces_;
  std::map<std::string, int> identityOf_;
  std::map<std::string, std::string> images_;
  data::Dataset notes_;
  std::size_t unknown_ = 0, excluded_ = 0;
};

data::Dataset loadUccs(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const auto given = options.extra.find("unknowns");
  if (given != options.extra.end() && given->second != "import" && given->second != "leave")
    fail("option unknowns: '{}' was given; 'leave' or 'import' was expected", given->second);
  Loader loader(path, given != options.extra.end() && given->second == "import");
  bool any = false;
  for (const char* set : kSets) {
    if (!fs::exists(path / fmt::format("{}.csv", set))) continue;
    loader.read(set, progress);
    any = true;
  }
  if (!any) fail("{}: neither gallery.csv nor validation.csv lies in it; check the path", path.string());
  return loader.finish(options, progress);
}

bool looksLikeUccs(const fs::path& path) {
  for (const char* set : kSets) {
    const fs::path file = path / fmt::format("{}.csv", set);
    if (!fs::is_regular_file(file)) continue;
    const std::string start = readStart(file, 4096);
    if (start.substr(0, start.find('\n')).find("SUBJECT_ID") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

Format uccsFormat() {
  return {.name = "uccs",
          .title = "UCCS",
          .help = "UCCS: gallery.csv and validation.csv beside gallery_images and validation_images",
          .example =
              "SET/gallery.csv\nSET/gallery_images/IMAGE.jpg\nSET/validation.csv\n"
              "SET/validation_images/IMAGE.jpg",
          .matches = looksLikeUccs,
          .load = loadUccs,
          .options = {{"unknowns", "import",
                       "faces of nobody: import makes each an identity of its own, leave (usual) "
                       "leaves them out"}}};
}

}  // namespace discern::datasets
