// IMDb-Face: IMDb-Face.csv lists faces of photographs that everybody downloads on their own: name, index
// (nm0000001), image, rect (x1 y1 x2 y2), height width, url.
#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "datasets/face_protocol.h"
#include "datasets/registry.h"
#include "datasets/text_rows.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr const char* kTable = "IMDb-Face.csv";

// Several whole numbers with blanks between them.
template <std::size_t N>
std::array<double, N> readNumbers(const TableReader& table, int column) {
  std::array<double, N> numbers{};
  std::string_view rest = table.text(column);
  std::size_t count = 0;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(' '), rest.size());
    if (end > 0) {
      const auto value = data::csvNumber(rest.substr(0, end));
      if (!value || count == N) break;
      numbers[count++] = *value;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!rest.empty() || count != N)
    fail("{}: column {} is '{}'; {} numbers with blanks between them were expected", table.where(),
         table.header()[static_cast<std::size_t>(column)], table.text(column), N);
  return numbers;
}

// People keep what they downloaded by index, by name or in one folder; the way of the image before is tried
// first.
class Images {
 public:
  explicit Images(const fs::path& root) : root_(root) {}
  std::string find(const std::string& index, const std::string& name, const std::string& image) {
    const std::array<fs::path, 6> ways = {fs::path("images") / index / image, fs::path(index) / image,
                                          fs::path("images") / name / image,  fs::path(name) / image,
                                          fs::path("images") / image,         fs::path(image)};
    std::error_code ignored;
    if (fs::exists(root_ / ways[last_], ignored)) return (root_ / ways[last_]).lexically_normal().string();
    for (std::size_t way = 0; way < ways.size(); ++way)
      if (fs::exists(root_ / ways[way], ignored)) {
        last_ = way;
        break;
      }
    return (root_ / ways[last_]).lexically_normal().string();
  }

 private:
  fs::path root_;
  std::size_t last_ = 0;
};

fs::path tableOf(const fs::path& path) { return fs::is_directory(path) ? path / kTable : path; }

data::Dataset loadImdbFace(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const fs::path file = tableOf(path);
  TableReader table(file);
  const int name = table.column("name"), index = table.column("index"), image = table.column("image"),
            rect = table.column("rect");
  Images images(file.parent_path());
  FaceTable faces;
  faces.tables = {file};
  while (table.next()) {
    if (table.line() % 1024 == 0) progress.throwIfStopped();
    for (const int needed : {index, image})
      if (table.text(needed).empty() || fs::path(table.text(needed)).has_parent_path())
        fail("{}: column {} is '{}'; a name without folders was expected", table.where(),
             table.header()[static_cast<std::size_t>(needed)], table.text(needed));
    const auto corners = readNumbers<4>(table, rect);
    const std::string& who = table.text(name);
    const std::string person = who.find('/') == std::string::npos ? who : std::string();
    Face face{{0, table.line()},
              faces.identity(who.empty() ? table.text(index) : fmt::format("{} {}", table.text(index), who)),
              {}};
    face.sample.image.file = images.find(table.text(index), person, table.text(image));
    face.sample.image.crop = toRect(corners[0], corners[1], corners[2] - corners[0], corners[3] - corners[1]);
    faces.faces.push_back(std::move(face));
  }
  return toDataset(std::move(faces), file.parent_path(), options, progress);
}

}  // namespace

Format imdbFaceFormat() {
  return {.name = "imdb-face",
          .title = "IMDb-Face",
          .help =
              "IMDb-Face: IMDb-Face.csv (name,index,image,rect,height width,url), and the photographs as you "
              "downloaded them: by index, by name or in one folder, also in images",
          .example = "SET/IMDb-Face.csv\nSET/images/nm0000001/IMAGE.jpg",
          .matches =
              [](const fs::path& path) {
                std::error_code code;
                return fs::is_regular_file(path / kTable, code) ||
                       (path.filename() == kTable && fs::is_regular_file(path, code));
              },
          .load = loadImdbFace,
          .files = {kTable}};
}

}  // namespace discern::datasets
