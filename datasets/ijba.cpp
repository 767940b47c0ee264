// IJB-A: ten splits, each with templates of its own: IJB-A_11_sets/split1/verify_metadata_1.csv and
// verify_comparisons_1.csv (1:1), IJB-A_1N_sets/split1/search_gallery_1.csv and search_probe_1.csv (1:N).
#include <algorithm>
#include <array>
#include <map>

#include "core/base/error.h"
#include "datasets/face_protocol.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr int kSplits = 10;
constexpr const char* kVerification = "IJB-A_11_sets";
constexpr const char* kSearch = "IJB-A_1N_sets";

// FILE is img/123.jpg or frame/123_00001.jpg, beside the lists or in images.
std::string findImage(const fs::path& root, const std::string& file) {
  std::error_code ignored;
  for (const fs::path& place : {root / "images", root, root / "IJB-A_images"})
    if (fs::exists(place / file, ignored)) return (place / file).lexically_normal().string();
  return (root / "images" / file).lexically_normal().string();
}

class Loader {
 public:
  explicit Loader(fs::path root) : root_(std::move(root)) {}

  // Adds a row's face, once however many lists name it, to the template of that split.
  void readMetadata(const fs::path& file, FaceProtocol* protocol, const std::string& prefix,
                    Progress& progress) {
    TableReader table(file);
    const auto tableIndex = static_cast<int>(faces.tables.size());
    faces.tables.push_back(file);
    const int name = table.column("TEMPLATE_ID"), subject = table.column("SUBJECT_ID"),
              image = table.column("FILE"), media = table.find("MEDIA_ID");
    const std::array<int, 4> box = {table.column("FACE_X"), table.column("FACE_Y"),
                                    table.column("FACE_WIDTH"), table.column("FACE_HEIGHT")};
    while (table.next()) {
      if (table.line() % 4096 == 0) progress.throwIfStopped();
      for (const int needed : {name, subject, image})
        if (table.text(needed).empty())
          fail("{}: the {} is blank; every row needs one", table.where(),
               table.header()[static_cast<std::size_t>(needed)]);
      const int identity = faces.identity(table.text(subject));
      Face face{{tableIndex, table.line()}, identity, {}};
      face.sample.image.file = imageOf(table.text(image));
      face.sample.media = media < 0 ? "" : table.text(media);
      if (std::ranges::none_of(box, [&](int column) { return table.text(column).empty(); }))
        face.sample.image.crop =
            toRect(table.number(box[0]), table.number(box[1]), table.number(box[2]), table.number(box[3]));
      const auto& crop = face.sample.image.crop;
      const auto [at, fresh] =
          known_.emplace(crop ? fmt::format("{}\n{}\n{} {} {} {}", identity, face.sample.image.file, crop->x,
                                            crop->y, crop->width, crop->height)
                              : fmt::format("{}\n{}", identity, face.sample.image.file),
                         static_cast<int>(faces.faces.size()));
      if (fresh) faces.faces.push_back(std::move(face));
      if (protocol) protocol->add(prefix + table.text(name), identity, at->second, table.where());
    }
  }

  FaceTable faces;

 private:
  const std::string& imageOf(const std::string& file) {
    std::string& found = images_[file];
    if (found.empty()) found = findImage(root_, file);
    return found;
  }

  fs::path root_;
  std::unordered_map<std::string, std::string> images_;
  std::unordered_map<std::string, int> known_;
};

// tidA,tidB without a header; genuine where both are of one subject.
void readComparisons(const fs::path& file, const std::string& prefix, int fold, FaceProtocol& protocol,
                     data::Dataset& notes) {
  data::CsvReader csv(file);
  std::size_t unknown = 0, listed = 0;
  for (data::CsvRow row; csv.next(row); ++listed) {
    const std::string where = fmt::format("{}:{}", file.string(), row.line);
    if (row.fields.size() != 2)
      fail("{}: {} columns were found, but two templates were expected (11065,1)", where, row.fields.size());
    if (row.fields[0].empty() || row.fields[1].empty())
      fail("{}: a template is blank; two were expected (11065,1)", where);
    const int a = protocol.find(prefix + row.fields[0]), b = protocol.find(prefix + row.fields[1]);
    if (a < 0 || b < 0) {
      ++unknown;
      continue;
    }
    protocol.pair(a, b, protocol.identityOf(a) == protocol.identityOf(b), fold);
  }
  if (unknown == listed)
    fail("{}: none of its {} comparisons names two templates of this split", file.string(), listed);
  if (unknown > 0)
    notes.problems.push_back(
        {file.string(),
         fmt::format("{} of {} comparisons name a template that the metadata lacks and were left out",
                     unknown, listed)});
}

// The folder that holds IJB-A_11_sets or IJB-A_1N_sets: the given one, or the one above.
std::optional<fs::path> findRoot(const fs::path& path) {
  for (const fs::path& root : {path, path.parent_path()})
    if (fs::is_directory(root / kVerification) || fs::is_directory(root / kSearch)) return root;
  return std::nullopt;
}

// "3, 4 and 10"
std::string listed(const std::vector<int>& splits) {
  std::string text;
  for (std::size_t i = 0; i < splits.size(); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : i + 1 == splits.size() ? " and " : ", ", splits[i]);
  return text;
}

// What the benchmark's ten splits have and this copy of them lacks.
class Gaps {
 public:
  void miss(const std::string& what, int split) { missing_[what].push_back(split); }
  void tell(const fs::path& root, data::Dataset& notes) const {
    for (const auto& [what, splits] : missing_)
      notes.problems.push_back(
          {(root / what).string(),
           fmt::format("is missing in split{} {}; numbers over the others are not the benchmark's",
                       splits.size() == 1 ? "" : "s", listed(splits))});
  }

 private:
  std::map<std::string, std::vector<int>> missing_;  // by list
};

data::Dataset loadIjbA(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const auto root = findRoot(path);
  if (!root) fail("{}: holds neither {} nor {}; check the path", path.string(), kVerification, kSearch);
  Loader loader(*root);
  data::Dataset notes;
  FaceProtocol verification("pairs", kSplits);
  std::vector<FaceProtocol> searches;
  Gaps gaps;
  for (int split = 1; split <= kSplits; ++split) {
    const std::string prefix = fmt::format("split{}/", split), number = std::to_string(split);
    const fs::path pairs = *root / kVerification / prefix, lists = *root / kSearch / prefix;
    if (fs::is_directory(*root / kVerification) && !fs::is_directory(pairs)) gaps.miss(kVerification, split);
    if (fs::is_directory(pairs)) {
      for (const char* name : {"verify_metadata_", "verify_comparisons_"})
        if (!fs::exists(pairs / (name + number + ".csv")))
          fail("{}: is missing; every split has a verify_metadata and a verify_comparisons",
               (pairs / (name + number + ".csv")).string());
      loader.readMetadata(pairs / ("verify_metadata_" + number + ".csv"), &verification, prefix, progress);
      readComparisons(pairs / ("verify_comparisons_" + number + ".csv"), prefix, split - 1, verification,
                      notes);
    }
    for (const auto& [list, side] :
         {std::pair{"search_gallery_", "gallery"}, std::pair{"search_probe_", "probes"}})
      if (const fs::path file = lists / (list + number + ".csv"); fs::exists(file))
        loader.readMetadata(file, &searches.emplace_back(fmt::format("split{} {}", split, side)), prefix,
                            progress);
      else if (fs::is_directory(*root / kSearch))
        gaps.miss(fmt::format("{}/splitN/{}N.csv", kSearch, list), split);
  }
  if (verification.isEmpty() && searches.empty())
    fail("{}: holds no split1 with verify_metadata_1.csv or search_gallery_1.csv", root->string());
  gaps.tell(*root, notes);
  std::vector<int> sampleOf;
  data::Dataset dataset = toDataset(std::move(loader.faces), *root, everybody(options), progress, &sampleOf);
  std::ranges::move(notes.problems, std::back_inserter(dataset.problems));
  for (FaceProtocol& search : searches) std::move(search).addTo(dataset, sampleOf);
  std::move(verification).addTo(dataset, sampleOf);
  return dataset;
}

}  // namespace

Format ijbaFormat() {
  return {
      .name = "ijb-a",
      .title = "IJB-A",
      .help =
          "IJB-A: the ten splits of IJB-A_11_sets (one protocol with ten folds) and of IJB-A_1N_sets (a "
          "protocol each for gallery and probes), images beside them or in images",
      .example =
          "SET/IJB-A_11_sets/split1/verify_metadata_1.csv\nSET/IJB-A_11_sets/split1/"
          "verify_comparisons_1.csv\n"
          "SET/IJB-A_1N_sets/split1/search_gallery_1.csv\nSET/IJB-A_1N_sets/split1/search_probe_1.csv\n"
          "SET/images/img/1.jpg",
      .matches = [](const fs::path& path) { return fs::is_directory(path) && findRoot(path).has_value(); },
      .load = loadIjbA};
}

}  // namespace discern::datasets
