#include "datasets/face_table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "datasets/image_files.h"
#include "datasets/import_options.h"
#include "datasets/place_check.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostListed = 1000;
constexpr double kFarthest = 1e9;  // pixels; keeps rounding inside an int

}  // namespace

TableReader::TableReader(const fs::path& file) : csv_(file) {
  if (!csv_.next(header_))
    fail("{}: is empty; a header with the names of its columns was expected", file.string());
  row_ = header_;
}

int TableReader::column(std::string_view name) const { return data::csvColumn(csv_.file(), header_, name); }

bool TableReader::next() {
  if (!csv_.next(row_)) return false;
  if (row_.fields.size() != header_.fields.size())
    fail("{}: {} columns were found, but the header has {}", where(), row_.fields.size(),
         header_.fields.size());
  return true;
}

std::string TableReader::where() const { return fmt::format("{}:{}", csv_.file().string(), row_.line); }

double TableReader::number(int column) const {
  const auto value = data::csvNumber(text(column), csv_.delimiter());
  if (!value) fail("{}: column {} is '{}'; a number was expected", where(), name(column), text(column));
  return *value;
}

float TableReader::pixels(int column) const {
  const double value = number(column);
  if (std::abs(value) > std::numeric_limits<float>::max())
    fail("{}: column {} is '{}'; a number of pixels was expected", where(), name(column), text(column));
  return static_cast<float>(value);
}

std::int64_t TableReader::whole(int column) const {
  const double value = number(column);
  if (value != std::floor(value) || std::abs(value) > 1e15)
    fail("{}: column {} is '{}'; a whole number was expected", where(), name(column), text(column));
  return static_cast<std::int64_t>(value);
}

data::Rect toRect(double x, double y, double width, double height) {
  const auto pixels = [](double v) {
    return static_cast<int>(std::lround(std::clamp(v, -kFarthest, kFarthest)));
  };
  return {pixels(x), pixels(y), pixels(width), pixels(height)};
}

int FaceTable::identity(const std::string& name) {
  const auto [at, fresh] = identityOf_.emplace(name, static_cast<int>(identities.size()));
  if (fresh) identities.push_back(name);
  return at->second;
}

data::Dataset toDataset(FaceTable table, const fs::path& root, const LoadOptions& options, Progress& progress,
                        std::vector<int>* sampleOf) {
  data::Dataset dataset;
  dataset.identities = std::move(table.identities);
  std::vector<bool> wanted;
  for (const std::string& name : dataset.identities) wanted.push_back(isWanted(options, name));
  std::vector<std::size_t> place(table.faces.size());  // before those that nobody wants are gone
  std::iota(place.begin(), place.end(), std::size_t{0});
  if (sampleOf) sampleOf->assign(table.faces.size(), -1);
  std::erase_if(place,
                [&](std::size_t i) { return !wanted[static_cast<std::size_t>(table.faces[i].identity)]; });
  std::erase_if(table.faces,
                [&](const Face& face) { return !wanted[static_cast<std::size_t>(face.identity)]; });

  std::vector<fs::path> files;
  std::unordered_map<std::string, std::size_t> position;
  std::vector<std::size_t> fileOf;
  constexpr auto kOfVideo = static_cast<std::size_t>(-1);  // whose adapter looked at it
  for (const Face& face : table.faces) {
    if (face.sample.image.moment) {
      fileOf.push_back(kOfVideo);
      continue;
    }
    const auto [at, fresh] = position.emplace(face.sample.image.file, files.size());
    if (fresh) files.emplace_back(face.sample.image.file);
    fileOf.push_back(at->second);
  }
  const std::vector<ImageHeader> headers = readHeaders(files, progress);

  std::size_t unusable = 0, hollow = 0;
  PlaceCheck places;
  for (std::size_t i = 0; i < table.faces.size(); ++i) {
    Face& face = table.faces[i];
    const data::ImageRef& image = face.sample.image;
    const std::string where =
        face.place.line == 0
            ? root.string()
            : fmt::format("{}:{}", table.tables[static_cast<std::size_t>(face.place.table)].string(),
                          face.place.line);
    const auto list = [&](std::size_t count, std::string what) {
      if (count <= kMostListed) dataset.problems.push_back({where, std::move(what)});
    };
    const ImageHeader header = fileOf[i] == kOfVideo ? ImageHeader{} : headers[fileOf[i]];
    if (const std::string& problem = header.problem; !problem.empty()) {
      list(++unusable, fmt::format("{}: {}", image.file, problem));
    } else if (image.crop && (image.crop->width < 1 || image.crop->height < 1)) {
      list(++hollow,
           fmt::format("the face is {} x {} pixels; it was left out", image.crop->width, image.crop->height));
    } else {
      if (!image.moment) places.add(where, image, header, dataset);
      face.sample.identity = face.identity;
      if (sampleOf) (*sampleOf)[place[i]] = static_cast<int>(dataset.samples.size());
      dataset.samples.push_back(std::move(face.sample));
    }
  }
  if (unusable + hollow > 0)
    dataset.problems.push_back(
        {root.string(),
         fmt::format("of {} faces {} were left out because their image is missing or damaged, and {} because "
                     "their rectangle is empty; the first {} of each are listed",
                     table.faces.size(), unusable, hollow, kMostListed)});
  places.finish(root, dataset);
  return dataset;
}

}  // namespace discern::datasets
