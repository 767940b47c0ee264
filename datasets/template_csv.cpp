// A table of templates: template, identity and path of each image, and whatever else is known of it.
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "core/data/no_picture.h"
#include "datasets/face_table.h"
#include "datasets/image_files.h"
#include "datasets/place_check.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

std::string lowered(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// Columns by name; -1 for an optional one that is not there.
struct Columns {
  int name = -1, identity = -1, path = -1, media = -1, detector = -1, fold = -1, split = -1;
  std::array<int, 10> landmarks{};
  std::array<int, 4> crop{};
};

// Either all of a group of columns or none of them.
template <std::size_t N>
std::array<int, N> columnGroup(const fs::path& file, const data::CsvRow& header,
                               const std::array<std::string_view, N>& names) {
  std::array<int, N> columns{};
  std::size_t found = 0;
  for (std::size_t i = 0; i < N; ++i)
    found += (columns[i] = data::findCsvColumn(header, {names[i]})) >= 0 ? 1 : 0;
  if (found > 0 && found < N)
    for (std::size_t i = 0; i < N; ++i)
      if (columns[i] < 0)
        fail("{}:{}: column '{}' is missing; {} to {} belong together", file.string(), header.line, names[i],
             names[0], names[N - 1]);
  return columns;
}

// By the name that Discern writes, or by one that other tools give the same thing.
int column(const fs::path& file, const data::CsvRow& header, std::vector<std::string_view> names) {
  const int found = data::findCsvColumn(header, names);
  return found >= 0 ? found : data::csvColumn(file, header, names.front());
}

const std::vector<std::string_view> kTemplateNames{"template", "template_id"};
const std::vector<std::string_view> kIdentityNames{"identity", "subject_id", "subject", "person"};
const std::vector<std::string_view> kPathNames{"path", "file", "filename", "image"};

Columns findColumns(const fs::path& file, const data::CsvRow& header) {
  Columns columns;
  columns.name = column(file, header, kTemplateNames);
  columns.identity = column(file, header, kIdentityNames);
  columns.path = column(file, header, kPathNames);
  columns.media = data::findCsvColumn(header, {"media", "media_id"});
  columns.detector = data::findCsvColumn(header, {"detector_score"});
  columns.fold = data::findCsvColumn(header, {"fold"});
  columns.split = data::findCsvColumn(header, {"split"});
  columns.landmarks =
      columnGroup<10>(file, header, {"x1", "y1", "x2", "y2", "x3", "y3", "x4", "y4", "x5", "y5"});
  columns.crop = columnGroup<4>(file, header, {"x", "y", "width", "height"});
  return columns;
}

// The numbers of a group of columns, in pixels; nothing when all are blank.
template <std::size_t N>
std::optional<std::array<double, N>> readNumbers(const std::string& where, const data::CsvRow& header,
                                                 const data::CsvRow& row, const std::array<int, N>& columns,
                                                 char delimiter) {
  std::array<double, N> numbers{};
  if (columns[0] < 0) return std::nullopt;
  const auto field = [&](int column) -> const std::string& {
    return row.fields[static_cast<std::size_t>(column)];
  };
  if (std::all_of(columns.begin(), columns.end(), [&](int column) { return field(column).empty(); }))
    return std::nullopt;
  for (std::size_t i = 0; i < N; ++i) {
    const auto number = data::csvNumber(field(columns[i]), delimiter);
    if (!number || std::abs(*number) > 1e9)
      fail("{}: column {} is '{}'; a number of pixels was expected", where,
           header.fields[static_cast<std::size_t>(columns[i])], field(columns[i]));
    numbers[i] = *number;
  }
  return numbers;
}

struct TableRow {
  std::string where, name, identity;
  int fold = -1;      // of its template; -1: of none
  std::string split;  // of its template; empty: none
  data::Sample sample;
};

int readFold(const std::string& where, const std::string& text) {
  constexpr double kMost = 1000;
  const auto number = data::csvNumber(text);
  if (!number || *number < 0 || *number > kMost || *number != std::floor(*number))
    fail("{}: fold is '{}'; a whole number from 0 to {} was expected", where, text, kMost);
  return static_cast<int>(*number);
}

std::vector<TableRow> readTable(const fs::path& file, bool pictures, Progress& progress) {
  data::CsvReader csv(file);
  data::CsvRow header, fieldsOfRow;
  if (!csv.next(header)) fail("{}: is empty; the header template,identity,path was expected", file.string());
  const Columns columns = findColumns(file, header);
  std::vector<TableRow> table;
  while (csv.next(fieldsOfRow)) {
    const auto& fields = fieldsOfRow.fields;
    TableRow row;
    row.where = fmt::format("{}:{}", file.string(), fieldsOfRow.line);
    if (fields.size() != header.fields.size())
      fail("{}: {} columns were found, but the header has {}", row.where, fields.size(),
           header.fields.size());
    const auto text = [&](int column) {
      return column < 0 ? std::string() : fields[static_cast<std::size_t>(column)];
    };
    row.name = text(columns.name);
    row.identity = text(columns.identity);
    row.sample.media = text(columns.media);
    row.split = text(columns.split);
    if (const auto fold = text(columns.fold); !fold.empty()) row.fold = readFold(row.where, fold);
    if (const auto detector = text(columns.detector); !detector.empty()) {
      const auto value = data::csvNumber(detector, csv.delimiter());
      if (!value) fail("{}: detector_score is '{}'; a number or nothing was expected", row.where, detector);
      row.sample.nuisance = fmt::format("{{\"detector_score\":{}}}", *value);
    }
    if (text(columns.path).empty() || row.identity.empty())
      fail("{}: the {} is blank; every row needs one", row.where, row.identity.empty() ? "identity" : "path");
    row.sample.image.file =
        pictures ? (file.parent_path() / text(columns.path)).lexically_normal().string() : text(columns.path);
    if (!pictures) row.sample.image.length = data::kNoPicture;
    if (const auto p = readNumbers<10>(row.where, header, fieldsOfRow, columns.landmarks, csv.delimiter())) {
      data::Landmarks points;
      for (std::size_t i = 0; i < points.size(); ++i)
        points[i] = {static_cast<float>((*p)[2 * i]), static_cast<float>((*p)[2 * i + 1])};
      row.sample.image.landmarks = points;
    }
    if (const auto c = readNumbers<4>(row.where, header, fieldsOfRow, columns.crop, csv.delimiter())) {
      row.sample.image.crop = toRect((*c)[0], (*c)[1], (*c)[2], (*c)[3]);
      if (row.sample.image.crop->width < 1 || row.sample.image.crop->height < 1)
        fail("{}: width and height are {} and {}; positive numbers were expected", row.where, (*c)[2],
             (*c)[3]);
    }
    table.push_back(std::move(row));
    if (table.size() % 4096 == 0) progress.throwIfStopped();
  }
  return table;
}

// What makes two rows the same sample: one image can be in several templates.
std::string sampleKey(const TableRow& row) {
  const data::ImageRef& image = row.sample.image;
  std::string key = image.file + "\n" + row.identity;
  if (image.landmarks)
    for (const auto& p : *image.landmarks) key += fmt::format("\n{} {}", p.x, p.y);
  if (image.crop)
    key += fmt::format("\n{} {} {} {}", image.crop->x, image.crop->y, image.crop->width, image.crop->height);
  return key;
}

// What a template's rows say of it beyond its samples; all of them the same.
struct TemplatePlace {
  int fold = -1;
  std::string split;
};

void addRows(const fs::path& file, const std::vector<TableRow>& table,
             const std::vector<ImageHeader>& headers, const std::vector<std::size_t>& fileOf,
             data::Dataset& dataset, data::Protocol& protocol, std::vector<TemplatePlace>& templatePlaces) {
  std::unordered_map<std::string, int> identityOf, sampleOf, templateOf;
  PlaceCheck places;
  for (std::size_t r = 0; r < table.size(); ++r) {
    const TableRow& row = table[r];
    const auto [identity, newIdentity] =
        identityOf.emplace(row.identity, static_cast<int>(dataset.identities.size()));
    if (newIdentity) dataset.identities.push_back(row.identity);
    if (const auto& problem = headers[fileOf[r]].problem; !problem.empty()) {
      dataset.problems.push_back({row.where, fmt::format("{}: {}", row.sample.image.file, problem)});
      continue;
    }
    const auto [sample, newSample] =
        sampleOf.emplace(sampleKey(row), static_cast<int>(dataset.samples.size()));
    if (newSample) {
      if (data::hasPicture(row.sample.image))
        places.add(row.where, row.sample.image, headers[fileOf[r]], dataset);
      dataset.samples.push_back(row.sample);
      dataset.samples.back().identity = identity->second;
    }
    if (row.name.empty()) continue;  // an image of the set that is in no template
    const auto [at, newTemplate] = templateOf.emplace(row.name, static_cast<int>(protocol.templates.size()));
    if (newTemplate) {
      protocol.templates.push_back({row.name, identity->second, {}});
      templatePlaces.push_back({row.fold, row.split});
    }
    data::Template& one = protocol.templates[static_cast<std::size_t>(at->second)];
    if (const TemplatePlace& its = templatePlaces[static_cast<std::size_t>(at->second)];
        its.fold != row.fold || its.split != row.split)
      fail("{}: an earlier row puts template '{}' into another {}; a template has one", row.where, row.name,
           its.fold != row.fold ? "fold" : "split");
    if (one.identity != identity->second)
      fail("{}: template '{}' holds images of {} and of {}; a template belongs to one identity", row.where,
           row.name, dataset.identities[static_cast<std::size_t>(one.identity)], row.identity);
    if (std::find(one.samples.begin(), one.samples.end(), sample->second) != one.samples.end())
      dataset.problems.push_back(
          {row.where, fmt::format("{} is listed twice in template '{}'", row.sample.image.file, row.name)});
    else
      one.samples.push_back(sample->second);
  }
  places.finish(file, dataset);
}

std::optional<bool> parseGenuine(const std::string& text) {
  const std::string value = lowered(text);
  for (const char* yes : {"1", "1.0", "true", "yes"})
    if (value == yes) return true;
  for (const char* no : {"0", "0.0", "-1", "-1.0", "false", "no"})
    if (value == no) return false;
  return std::nullopt;
}

// Which columns name two templates and which says whether they are of one person.
struct PairColumns {
  std::size_t a = 0, b = 1, genuine = 2;
  int fold = -1;  // -1: there is no such column
  bool header = false;
};

PairColumns pairColumns(const fs::path& file, const data::CsvRow& first) {
  PairColumns columns;
  if (first.fields.size() == 3 && parseGenuine(first.fields[2])) return columns;  // no header
  if (first.fields.size() < 3)
    fail("{}:{}: {} columns were found; a,b,genuine were expected", file.string(), first.line,
         first.fields.size());
  const std::vector<std::string_view> truth{"genuine", "label", "same", "issame", "is_same", "match"};
  const int genuine = data::findCsvColumn(first, truth);
  if (genuine < 0)
    fail(
        "{}:{}: '{}' was found; a,b,genuine (names of templates, 1 or 0) or a header with such columns were "
        "expected",
        file.string(), first.line, data::csvShown(first.fields));
  constexpr std::array<std::array<std::string_view, 2>, 9> kNames{
      {{"a", "b"},
       {"template_1", "template_2"},
       {"template1", "template2"},
       {"template_a", "template_b"},
       {"t1", "t2"},
       {"first", "second"},
       {"name1", "name2"},
       {"id1", "id2"},
       {"enroll_template_id", "verif_template_id"}}};
  columns.header = true;
  columns.fold = data::findCsvColumn(first, {"fold"});
  columns.genuine = static_cast<std::size_t>(genuine);
  for (const auto& names : kNames) {
    const int a = data::findCsvColumn(first, {names[0]}), b = data::findCsvColumn(first, {names[1]});
    if (a < 0 || b < 0) continue;
    columns.a = static_cast<std::size_t>(a);
    columns.b = static_cast<std::size_t>(b);
    return columns;
  }
  if (first.fields.size() != 3)
    fail("{}:{}: which of the columns {} name the two templates is not clear; call them a and b",
         file.string(), first.line, data::csvShown(first.fields));
  columns.a = columns.genuine == 0 ? 1 : 0;  // whatever they are called
  columns.b = columns.genuine == 2 ? 1 : 2;
  return columns;
}

// A pair that says no fold of its own is in the one of its templates.
int foldOf(const std::string& where, const std::string& nameA, int a, const std::string& nameB, int b) {
  if (a != b)
    fail("{}: '{}' and '{}' are of different folds; give the pairs a column fold", where, nameA, nameB);
  return a;
}

// A protocol for each split: its templates, without comparisons, such as gallery and probes of a search.
void addSplits(const data::Protocol& protocol, const std::vector<TemplatePlace>& places,
               data::Dataset& dataset) {
  std::vector<std::string> names;
  for (const TemplatePlace& place : places)
    if (!place.split.empty() && std::ranges::find(names, place.split) == names.end())
      names.push_back(place.split);
  for (const std::string& name : names) {
    data::Protocol split{name, {}, {}, 0};
    for (std::size_t t = 0; t < places.size(); ++t)
      if (places[t].split == name) split.templates.push_back(protocol.templates[t]);
    dataset.protocols.push_back(std::move(split));
  }
}

// a,b,genuine and perhaps fold: names of templates; a header line is optional. IJB's own lists have blanks
// between the columns.
void readPairs(const fs::path& file, const std::vector<TemplatePlace>& places, data::Dataset& dataset,
               data::Protocol& protocol) {
  auto rows = data::readCsv(file);
  if (rows.empty()) fail("{}: is empty; a,b,genuine were expected", file.string());
  if (rows[0].fields.size() == 1) rows = data::readCsv(file, ' ');
  const PairColumns columns = pairColumns(file, rows[0]);
  std::unordered_map<std::string, int> templateOf;
  for (std::size_t i = 0; i < protocol.templates.size(); ++i)
    templateOf[protocol.templates[i].name] = static_cast<int>(i);
  std::size_t listed = 0;
  for (std::size_t r = columns.header ? 1 : 0; r < rows.size(); ++r) {
    const auto& fields = rows[r].fields;
    const std::string where = fmt::format("{}:{}", file.string(), rows[r].line);
    if (fields.size() != rows[0].fields.size())
      fail("{}: {} columns were found, but the first line has {}", where, fields.size(),
           rows[0].fields.size());
    const auto genuine = parseGenuine(fields[columns.genuine]);
    if (!genuine)
      fail("{}: '{}' was found, but 1 (genuine) or 0 (impostor) was expected", where,
           fields[columns.genuine]);
    ++listed;
    const std::string &nameA = fields[columns.a], &nameB = fields[columns.b];
    const auto a = templateOf.find(nameA), b = templateOf.find(nameB);
    if (a == templateOf.end() || b == templateOf.end()) {
      dataset.problems.push_back(
          {where, fmt::format("there is no usable template '{}'; the pair was left out",
                              a == templateOf.end() ? nameA : nameB)});
      continue;
    }
    const auto identity = [&](int t) { return protocol.templates[static_cast<std::size_t>(t)].identity; };
    if ((identity(a->second) == identity(b->second)) != *genuine)
      dataset.problems.push_back(
          {where, fmt::format("the pair is called {}, but its identities are {} and {}",
                              *genuine ? "genuine" : "impostor",
                              dataset.identities[static_cast<std::size_t>(identity(a->second))],
                              dataset.identities[static_cast<std::size_t>(identity(b->second))])});
    protocol.pairs.push_back({a->second, b->second, *genuine, -1});
    if (columns.fold >= 0)
      protocol.pairs.back().fold = readFold(where, fields[static_cast<std::size_t>(columns.fold)]);
    else
      protocol.pairs.back().fold = foldOf(where, nameA, places[static_cast<std::size_t>(a->second)].fold,
                                          nameB, places[static_cast<std::size_t>(b->second)].fold);
  }
  const auto inFold = [](const data::Pair& pair) { return pair.fold >= 0; };
  if (std::ranges::any_of(protocol.pairs, inFold) && !std::ranges::all_of(protocol.pairs, inFold))
    fail("{}: some of its pairs are in a fold and others in none; give every template a fold, or none",
         file.string());
  data::closeFoldGaps(protocol);
  if (protocol.folds == 1) {  // of one, there is nothing to choose a threshold on
    for (auto& pair : protocol.pairs) pair.fold = -1;
    protocol.folds = 0;
  }
  if (protocol.pairs.empty())
    fail(
        "{}: none of its {} pairs names two templates of this set; names as in the column 'template' were "
        "expected",
        file.string(), listed);
}

data::Dataset loadTemplates(const fs::path& path, const LoadOptions& options, Progress& progress) {
  if (!fs::is_regular_file(path))
    fail("{}: is not a file; a table with the columns template,identity,path was expected", path.string());
  const auto asked = options.extra.find("pictures");
  if (asked != options.extra.end() && asked->second != "none")
    fail("option pictures: is {}; none, for a set without any, was expected", asked->second);
  const bool pictures = asked == options.extra.end();
  const std::vector<TableRow> table = readTable(path, pictures, progress);
  std::vector<fs::path> files;  // each once, however many rows name it
  std::unordered_map<std::string, std::size_t> position;
  std::vector<std::size_t> fileOf;
  for (const TableRow& row : table) {
    const auto [at, fresh] = position.emplace(row.sample.image.file, files.size());
    if (fresh) files.emplace_back(row.sample.image.file);
    fileOf.push_back(at->second);
  }
  data::Dataset dataset;
  data::Protocol protocol{path.stem().string(), {}, {}, 0};
  const auto headers = pictures ? readHeaders(files, progress) : std::vector<ImageHeader>(files.size());
  std::vector<TemplatePlace> places;
  addRows(path, table, headers, fileOf, dataset, protocol, places);
  if (const auto given = options.extra.find("pairs");
      given != options.extra.end() && given->second != "none") {
    if (!fs::is_regular_file(given->second))
      fail("option pairs: {} is not a file; a table of a,b,genuine was expected", given->second);
    readPairs(given->second, places, dataset, protocol);
  }
  addSplits(protocol, places, dataset);
  dataset.protocols.push_back(std::move(protocol));
  return dataset;
}

bool looksLikeTemplates(const fs::path& path) {
  const std::string extension = lowered(path.extension().string());
  if (!fs::is_regular_file(path) || (extension != ".csv" && extension != ".tsv")) return false;
  try {
    data::CsvRow header;
    return data::CsvReader(path).next(header) && data::findCsvColumn(header, kTemplateNames) >= 0 &&
           data::findCsvColumn(header, kPathNames) >= 0;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

Format templateCsvFormat() {
  return {
      .name = "templates",
      .title = "templates as InsightFace packs IJB",
      .help = "a CSV table with the columns template,identity,path",
      .example =
          "faces.csv: template,identity,path and, if you have them, media, five landmarks, a crop, "
          "detector_score, and fold and split of its template\nfaces/1.jpg",
      .matches = looksLikeTemplates,
      .load = loadTemplates,
      .options =
          {{"pairs", "FILE",
            "a table a,b,genuine (and fold) of templates to compare; without it there is no comparison"},
           {"pictures", "none", "the images are not here: samples without pictures, for import-features"}},
      .files = {"*.csv", "*.tsv"}};
}

}  // namespace discern::datasets
