// IJB-B and IJB-C as InsightFace packs them: cut-out faces in loose_crop, and lists in meta with blanks
// between their columns and no header. Who a template shows is not among the columns: the 1:N lists say it of
// theirs, genuine pairs join the others.
#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

#include "core/base/error.h"
#include "core/data/csv.h"
#include "datasets/face_protocol.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kFaces = "_face_tid_mid.txt";

// meta/ijbc of meta/ijbc_face_tid_mid.txt: what all names of the lists begin with. Nothing where there is
// none.
std::optional<fs::path> findLists(const fs::path& root) {
  std::vector<fs::path> found;
  std::error_code code;
  for (const fs::path& folder : {root / "meta", root})
    for (const auto& entry : fs::directory_iterator(folder, code)) {
      const std::string file = entry.path().filename().string();
      if (file.ends_with(kFaces) && entry.is_regular_file(code))
        found.push_back(folder / file.substr(0, file.size() - kFaces.size()));
    }
  if (found.empty()) return std::nullopt;
  return *std::ranges::min_element(found);
}

fs::path listNamed(const fs::path& stem, std::string_view end) {
  return stem.parent_path() / (stem.filename().string() + std::string(end));
}

// A list of `columns` columns, a row after the other.
class Rows {
 public:
  Rows(const fs::path& file, std::size_t columns, const char* expected)
      : file_(file), columns_(columns), expected_(expected), csv_(file, ' ') {}

  bool next() {
    if (!csv_.next(row_)) return false;
    std::erase_if(row_.fields, [](const std::string& field) { return field.empty(); });  // of several blanks
    if (row_.fields.size() != columns_)
      fail("{}: {} columns were found, but {} were expected ({})", where(), row_.fields.size(), columns_,
           expected_);
    return true;
  }
  std::string where() const { return fmt::format("{}:{}", file_.string(), row_.line); }
  int line() const { return row_.line; }
  const std::string& text(std::size_t column) const { return row_.fields[column]; }
  int whole(std::size_t column) const {
    int value = 0;
    const std::string& field = text(column);
    const auto [end, code] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (code != std::errc() || end != field.data() + field.size() || value < 0)
      fail("{}: '{}' was found in column {}; a whole number was expected ({})", where(), field, column + 1,
           expected_);
    return value;
  }
  float number(std::size_t column) const {
    const auto value = data::csvNumber(text(column));
    if (!value || std::abs(*value) > 1e9)
      fail("{}: '{}' was found in column {}; a number was expected ({})", where(), text(column), column + 1,
           expected_);
    return static_cast<float>(*value);
  }

 private:
  fs::path file_;
  std::size_t columns_;
  const char* expected_;
  data::CsvReader csv_;
  data::CsvRow row_;
};

struct FaceRow {
  std::string image;
  int number = 0, line = 0;  // of the template; of the list
  int medium = 0;
  data::Landmarks landmarks{};
  float detector = 0;
};

// The lists of templates and of landmarks, which have a row for each face in the same order.
std::vector<FaceRow> readFaces(const fs::path& stem, Progress& progress) {
  std::vector<FaceRow> faces;
  const fs::path list = listNamed(stem, kFaces), points = listNamed(stem, "_name_5pts_score.txt");
  for (Rows row(list, 3, "image template media"); row.next();) {
    if (row.line() % 4096 == 0) progress.throwIfStopped();
    faces.push_back({row.text(0), row.whole(1), row.line(), row.whole(2), {}, 0});
  }
  if (faces.empty()) fail("{}: is empty; rows image template media were expected", list.string());
  if (!fs::exists(points))
    fail("{}: is missing; it has the five points and the detector's score of each face", points.string());
  std::size_t at = 0;
  for (Rows row(points, 12, "image x1 y1 .. x5 y5 score"); row.next(); ++at) {
    if (at >= faces.size())
      fail("{}: has more rows than the {} of {}; the two belong together row by row", row.where(),
           faces.size(), list.string());
    FaceRow& face = faces[at];
    if (row.text(0) != face.image)
      fail("{}: '{}' was found, but the same row of {} has '{}'", row.where(), row.text(0), list.string(),
           face.image);
    for (std::size_t i = 0; i < 5; ++i) face.landmarks[i] = {row.number(1 + 2 * i), row.number(2 + 2 * i)};
    face.detector = row.number(11);
  }
  if (at != faces.size())
    fail("{}: has {} rows, but {} has {}; the two belong together row by row", points.string(), at,
         list.string(), faces.size());
  return faces;
}

struct TemplatePair {
  int a = 0, b = 0;  // indices of templates
  bool genuine = false;
};

// Templates by number, and who is whose.
class Templates {
 public:
  explicit Templates(const std::vector<FaceRow>& faces) {
    for (const FaceRow& face : faces) {
      const auto [at, fresh] = at_.emplace(face.number, static_cast<int>(numbers.size()));
      if (fresh) numbers.push_back(face.number);
      ofFace.push_back(at->second);
    }
    joined_.resize(numbers.size());
    std::iota(joined_.begin(), joined_.end(), 0);
    subject_.assign(numbers.size(), {});
  }

  std::optional<int> find(int number) const {
    const auto at = at_.find(number);
    return at == at_.end() ? std::nullopt : std::optional(at->second);
  }
  void join(int a, int b) {
    a = rootOf(a);
    b = rootOf(b);
    if (a != b) joined_[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
  }
  // Throws Error that begins with `where` when another list gave it to somebody else.
  void setSubject(int which, const std::string& subject, const std::string& where) {
    std::string& known = subject_[static_cast<std::size_t>(which)];
    if (!known.empty() && known != subject)
      fail("{}: template {} is subject {}'s, but an earlier row gave it to {}", where,
           numbers[static_cast<std::size_t>(which)], subject, known);
    known = subject;
  }
  // The names of templates' people: the subject that a list told of one of those that genuine pairs join,
  // else the smallest template of them. Two subjects that are joined stay two, and that is a problem of
  // `pairs`.
  std::vector<std::string> people(const fs::path& pairs, data::Dataset& notes) {
    std::vector<std::string> told(numbers.size());
    std::size_t contradictions = 0;
    for (std::size_t t = 0; t < numbers.size(); ++t) {
      std::string& group = told[static_cast<std::size_t>(rootOf(static_cast<int>(t)))];
      if (subject_[t].empty()) continue;
      if (!group.empty() && group != subject_[t]) ++contradictions;
      if (group.empty()) group = subject_[t];
    }
    if (contradictions > 0)
      notes.problems.push_back(
          {pairs.string(),
           fmt::format("its genuine pairs join templates of different subjects, {} times by the "
                       "1:N lists, whose subjects were kept",
                       contradictions)});
    std::vector<std::string> names;
    for (std::size_t t = 0; t < numbers.size(); ++t) {
      const auto root = static_cast<std::size_t>(rootOf(static_cast<int>(t)));
      names.push_back(!subject_[t].empty()  ? subject_[t]
                      : !told[root].empty() ? told[root]
                                            : fmt::format("template {}", numbers[root]));
    }
    return names;
  }

  std::vector<int> numbers;  // of each template, in the order of its first face
  std::vector<int> ofFace;

 private:
  int rootOf(int t) {
    while (joined_[static_cast<std::size_t>(t)] != t) {
      int& up = joined_[static_cast<std::size_t>(t)];
      up = joined_[static_cast<std::size_t>(up)];
      t = up;
    }
    return t;
  }

  std::unordered_map<int, int> at_;
  std::vector<int> joined_;
  std::vector<std::string> subject_;
};

std::vector<TemplatePair> readPairs(const fs::path& file, Templates& templates, data::Dataset& notes,
                                    Progress& progress) {
  std::vector<TemplatePair> pairs;
  if (!fs::exists(file)) {
    notes.problems.push_back({file.string(), "is missing, so there are no comparisons"});
    return pairs;
  }
  std::size_t unknown = 0, listed = 0;
  std::string first;
  for (Rows row(file, 3, "template template label"); row.next(); ++listed) {
    if (listed % 65536 == 0) progress.throwIfStopped();
    const int label = row.whole(2);
    if (label > 1) fail("{}: the label is {}; 1 (genuine) or 0 (impostor) was expected", row.where(), label);
    const auto a = templates.find(row.whole(0)), b = templates.find(row.whole(1));
    if (!a || !b) {
      if (++unknown == 1) first = fmt::format("{}: template {}", row.where(), row.text(a ? 1 : 0));
      continue;
    }
    pairs.push_back({*a, *b, label == 1});
    if (label == 1) templates.join(*a, *b);
  }
  if (unknown > 0)
    notes.problems.push_back(
        {file.string(), fmt::format("{} of {} pairs name a template without a face ({}) and were left out",
                                    unknown, listed, first)});
  return pairs;
}

// template,subject and more behind them; one side of the 1:N protocol.
struct Enrolled {
  std::string name;
  std::vector<int> templates;
};
std::optional<Enrolled> readEnrolled(const fs::path& stem, const std::string& end, const std::string& name,
                                     Templates& templates, data::Dataset& notes) {
  const fs::path file = listNamed(stem, end);
  if (!fs::exists(file)) return std::nullopt;
  TableReader table(file);
  if (table.header().size() < 2)
    fail("{}: its header has {} column; template and subject were expected", file.string(),
         table.header().size());
  Enrolled enrolled{name, {}};
  std::vector<bool> taken(templates.numbers.size(), false);
  std::size_t unknown = 0;
  while (table.next()) {
    const std::int64_t number = table.whole(0);
    if (table.text(1).empty()) fail("{}: the subject is blank; every row needs one", table.where());
    const auto which =
        number >= 0 && number <= 2'000'000'000 ? templates.find(static_cast<int>(number)) : std::nullopt;
    if (!which) {
      ++unknown;
      continue;
    }
    templates.setSubject(*which, table.text(1), table.where());
    if (!taken[static_cast<std::size_t>(*which)]) enrolled.templates.push_back(*which);
    taken[static_cast<std::size_t>(*which)] = true;  // the list has a row an image
  }
  if (unknown > 0)
    notes.problems.push_back(
        {file.string(), fmt::format("{} rows name a template without a face and were left out", unknown)});
  return enrolled;
}

// The benchmark searches for all probes in both galleries.
void noteHalfASearch(const fs::path& stem, const std::vector<Enrolled>& sides, data::Dataset& notes) {
  if (sides.empty()) return;
  const auto has = [&](const char* name) {
    return std::ranges::find(sides, name, &Enrolled::name) != sides.end();
  };
  const bool first = has("gallery G1"), second = has("gallery G2");
  const auto tell = [&](const char* end, const char* what) {
    notes.problems.push_back({listNamed(stem, end).string(), what});
  };
  if (!has("probes"))
    tell("_1N_probe_mixed.csv", "is missing, so there is nothing to search for in the galleries");
  if (!first && !second)
    tell("_1N_probe_mixed.csv", "there is no gallery beside it (_1N_gallery_G1.csv or _1N_gallery_S1.csv)");
  else if (!first || !second)
    tell(first ? "_1N_gallery_G2.csv" : "_1N_gallery_G1.csv",
         "is missing; the benchmark's numbers are means over both galleries");
}

data::Dataset loadIjb(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const auto stem = findLists(path);
  if (!stem)
    fail("{}: holds no meta/ijbb_face_tid_mid.txt or meta/ijbc_face_tid_mid.txt; check the path",
         path.string());
  const fs::path crops = path / "loose_crop";
  if (!fs::is_directory(crops))
    fail("{}: is missing; the cut-out faces 1.jpg, 2.jpg .. were expected in it", crops.string());
  const auto faces = readFaces(*stem, progress);
  Templates templates(faces);
  data::Dataset notes;
  const fs::path pairFile = listNamed(*stem, "_template_pair_label.txt");
  auto pairs = readPairs(pairFile, templates, notes, progress);
  std::vector<Enrolled> sides;
  for (const auto& [end, name] :
       {std::pair{"_1N_gallery_G1.csv", "gallery G1"}, std::pair{"_1N_gallery_G2.csv", "gallery G2"},
        std::pair{"_1N_gallery_S1.csv", "gallery G1"}, std::pair{"_1N_gallery_S2.csv", "gallery G2"},
        std::pair{"_1N_probe_mixed.csv", "probes"}})  // IJB-B calls them S1 and S2
    if (auto side = readEnrolled(*stem, end, name, templates, notes)) sides.push_back(std::move(*side));
  noteHalfASearch(*stem, sides, notes);

  FaceTable table;
  table.tables = {listNamed(*stem, kFaces)};
  const auto people = templates.people(pairFile, notes);
  FaceProtocol verification("pairs");
  std::vector<std::vector<int>> facesOf(people.size());
  std::unordered_map<std::string, int> known;  // one image may be in several templates of a person
  for (std::size_t f = 0; f < faces.size(); ++f) {
    const auto which = static_cast<std::size_t>(templates.ofFace[f]);
    const int identity = table.identity(people[which]);
    const auto [at, fresh] =
        known.emplace(fmt::format("{}\n{}", identity, faces[f].image), static_cast<int>(table.faces.size()));
    if (fresh) {
      Face face{{0, faces[f].line}, identity, {}};
      face.sample.image.file = (crops / faces[f].image).lexically_normal().string();
      face.sample.image.landmarks = faces[f].landmarks;
      face.sample.media = fmt::format("{}", faces[f].medium);
      face.sample.nuisance = fmt::format("{{\"detector_score\":{}}}", faces[f].detector);
      table.faces.push_back(std::move(face));
    }
    facesOf[which].push_back(at->second);
    verification.add(fmt::format("{}", templates.numbers[which]), identity, at->second, {});
  }
  for (const TemplatePair& pair : pairs) verification.pair(pair.a, pair.b, pair.genuine);
  pairs = {};
  std::vector<FaceProtocol> searches;
  for (const Enrolled& side : sides) {
    FaceProtocol& search = searches.emplace_back(side.name);
    for (const int t : side.templates)
      for (const int face : facesOf[static_cast<std::size_t>(t)])
        search.add(fmt::format("{}", templates.numbers[static_cast<std::size_t>(t)]),
                   table.faces[static_cast<std::size_t>(face)].identity, face, {});
  }
  std::vector<int> sampleOf;
  data::Dataset dataset = toDataset(std::move(table), path, everybody(options), progress, &sampleOf);
  std::ranges::move(notes.problems, std::back_inserter(dataset.problems));
  for (FaceProtocol& search : searches) std::move(search).addTo(dataset, sampleOf);
  std::move(verification).addTo(dataset, sampleOf);  // last: what is compared where nothing is named
  return dataset;
}

}  // namespace

Format ijbFormat() {
  return {
      .name = "ijb",
      .title = "IJB-B or IJB-C as InsightFace packs them",
      .help =
          "IJB-B and IJB-C as InsightFace packs them: loose_crop with the faces, meta with the lists; 1:1 "
          "pairs, and the galleries and probes of 1:N as protocols of their own",
      .example =
          "SET/loose_crop/1.jpg\nSET/meta/ijbc_face_tid_mid.txt\nSET/meta/ijbc_name_5pts_score.txt\n"
          "SET/meta/ijbc_template_pair_label.txt\nSET/meta/ijbc_1N_gallery_G1.csv\n"
          "SET/meta/ijbc_1N_probe_mixed.csv",
      .matches = [](const fs::path& path) { return fs::is_directory(path) && findLists(path).has_value(); },
      .load = loadIjb};
}

}  // namespace discern::datasets
