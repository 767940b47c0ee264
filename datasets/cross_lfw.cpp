// CPLFW (across poses) and CALFW (across ages): images of LFW's people in one folder, and pairs_CPLFW.txt or
// pairs_CALFW.txt, where two lines "Name_0001.jpg 1" are a pair and the number says whether they are one
// person.
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/files.h"
#include "datasets/face_protocol.h"
#include "datasets/image_files.h"
#include "datasets/lfw_pairs.h"
#include "datasets/registry.h"
#include "datasets/text_rows.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr int kFolds = 10;

std::optional<fs::path> findPairs(const fs::path& root) {
  for (const fs::path& folder : {root, root.parent_path()})
    for (const char* name : {"pairs_CPLFW.txt", "pairs_CALFW.txt"}) {
      std::error_code code;
      if (fs::is_regular_file(folder / name, code)) return folder / name;
    }
  return std::nullopt;
}

// The folder that holds the image a list names first.
fs::path findImages(const fs::path& root, const LoadOptions& options, const std::string& first) {
  if (const auto given = options.extra.find("images"); given != options.extra.end()) {
    if (!fs::is_directory(root / given->second))
      fail("option images: {} is no folder", (root / given->second).string());
    return root / given->second;
  }
  std::error_code code;
  for (const fs::path& folder : {root / "aligned images", root / "images", root})
    if (fs::is_regular_file(folder / first, code)) return folder;
  return root / "images";
}

// Name of Name_0001.jpg.
std::string personOf(const std::string& file, const std::string& where) {
  const std::string stem = fs::path(file).stem().string();
  const auto end = stem.rfind('_');
  if (end == std::string::npos || end == 0 || !parseNumber(std::string_view(stem).substr(end + 1)) ||
      fs::path(file).has_parent_path())
    fail("{}: '{}' was found; an image such as Name_0001.jpg was expected", where, file);
  return stem.substr(0, end);
}

struct ListedImage {
  std::string file, person;
  int label = 0, line = 0;
};

std::vector<ListedImage> readList(const fs::path& file) {
  std::vector<ListedImage> images;
  TextRows rows(file);
  for (data::CsvRow row; rows.next(row);) {
    const std::string where = fmt::format("{}:{}", file.string(), row.line);
    const auto label = row.fields.size() == 2 ? parseNumber(row.fields[1]) : std::nullopt;
    if (!label || *label < 0)
      fail("{}: '{}' was found, but an image and a label were expected (Name_0001.jpg 1)", where,
           fmt::join(row.fields, " "));
    images.push_back({row.fields[0], personOf(row.fields[0], where), *label, row.line});
    if (images.size() % 2 == 0) {
      const ListedImage &a = images[images.size() - 2], &b = images.back();
      if ((a.label > 0) != (b.label > 0))
        fail("{}: the label is {}, but that of the pair's first image is {}", where, b.label, a.label);
      if ((a.label > 0) != (a.person == b.person))
        fail("{}: the label is {}, but the pair's images are of {} and {}; is a line missing?", where,
             b.label, a.person, b.person);
    }
  }
  if (images.empty() || images.size() % 2 != 0)
    fail("{}: has {} lines; two for each pair were expected", file.string(), images.size());
  return images;
}

data::Dataset loadCrossLfw(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const auto list = findPairs(path);
  if (!list)
    fail("{}: neither pairs_CPLFW.txt nor pairs_CALFW.txt lies in or beside it; check the path",
         path.string());
  const auto images = readList(*list);
  const fs::path folder = findImages(path, options, images.front().file);
  FaceTable table;
  table.tables = {*list};
  const auto pairs = static_cast<std::int64_t>(images.size() / 2);
  const int folds = static_cast<int>(std::min<std::int64_t>(kFolds, pairs));
  FaceProtocol protocol(list->stem().string(), folds);
  for (std::size_t i = 0; i < images.size(); ++i) {
    const ListedImage& image = images[i];
    if (protocol.find(image.file) < 0) {
      Face face{{0, image.line}, table.identity(image.person), {}};
      face.sample.image.file = (folder / image.file).lexically_normal().string();
      protocol.add(image.file, face.identity, static_cast<int>(table.faces.size()), {});
      table.faces.push_back(std::move(face));
    }
    if (i % 2 == 1)
      protocol.pair(protocol.find(images[i - 1].file), protocol.find(image.file), image.label > 0,
                    folds < 2 ? -1 : consecutiveFold(static_cast<std::int64_t>(i / 2), pairs, folds));
  }
  std::vector<int> sampleOf;
  data::Dataset dataset = toDataset(std::move(table), path, everybody(options), progress, &sampleOf);
  dataset.problems.push_back(
      {list->string(), fmt::format("its folds are not stated; {} were taken in consecutive blocks", folds)});
  std::move(protocol).addTo(dataset, sampleOf);
  return dataset;
}

// A list that lies beside the folder may be another set's: then the first image that it names has to be
// there.
bool looksLikeCrossLfw(const fs::path& path) {
  if (!fs::is_directory(path)) return false;
  const auto list = findPairs(path);
  if (!list || list->parent_path() == path) return list.has_value();
  std::string first = readStart(*list, 512);
  first.resize(std::min(first.find_first_of(" \t\r\n"), first.size()));
  std::error_code code;
  return !first.empty() && fs::is_regular_file(findImages(path, {}, first) / first, code);
}

}  // namespace

Format crossLfwFormat() {
  return {.name = "cross-lfw",
          .title = "CPLFW or CALFW",
          .help =
              "CPLFW or CALFW: pairs_CPLFW.txt or pairs_CALFW.txt, two lines a pair, and the images in one "
              "folder",
          .example = "SET/pairs_CPLFW.txt\nSET/aligned images/Aaron_Eckhart_1.jpg",
          .matches = looksLikeCrossLfw,
          .load = loadCrossLfw,
          .options = {
              {"images", "FOLDER", "of the set, without it 'aligned images', 'images' or the set itself"}}};
}

}  // namespace discern::datasets
