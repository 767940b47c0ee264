// A table of templates: template, identity and path of each image, and whatever else is known of it.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "datasets/image_files.h"
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
  int name = -1, identity = -1, path = -1, media = -1, detector = -1;
  std::array<int, 10> landmarks{};
  std::array<int, 4> crop{};
};

int optionalColumn(const data::CsvRow& header, const std::string& name) {
  const auto at = std::find(header.fields.begin(), header.fields.end(), name);
  return at == header.fields.end() ? -1 : static_cast<int>(at - header.fields.begin());
}

// Either all of a group of columns or none of them.
template <std::size_t N>
std::array<int, N> columnGroup(const fs::path& file, const data::CsvRow& header,
                               const std::array<std::string, N>& names) {
  std::array<int, N> columns{};
  std::size_t found = 0;
  for (std::size_t i = 0; i < N; ++i) found += (columns[i] = optionalColumn(header, names[i])) >= 0 ? 1 : 0;
  if (found > 0 && found < N)
    for (std::size_t i = 0; i < N; ++i)
      if (columns[i] < 0)
        fail("{}:{}: column '{}' is missing; {} to {} belong together", file.string(), header.line, names[i],
             names[0], names[N - 1]);
  return columns;
}

Columns findColumns(const fs::path& file, data::CsvRow& header) {
  for (std::string& field : header.fields) field = lowered(field);
  Columns columns;
  columns.name = data::csvColumn(file, header, "template");
  columns.identity = data::csvColumn(file, header, "identity");
  columns.path = data::csvColumn(file, header, "path");
  columns.media = optionalColumn(header, "media");
  columns.detector = optionalColumn(header, "detector_score");
  columns.landmarks =
      columnGroup<10>(file, header, {"x1", "y1", "x2", "y2", "x3", "y3", "x4", "y4", "x5", "y5"});
  columns.crop = columnGroup<4>(file, header, {"x", "y", "width", "height"});
  return columns;
}

// The numbers of a group of columns; nothing when all are blank.
template <typename T, std::size_t N>
std::optional<std::array<T, N>> readNumbers(const std::string& where, const data::CsvRow& header,
                                            const data::CsvRow& row, const std::array<int, N>& columns) {
  std::array<T, N> numbers{};
  if (columns[0] < 0) return std::nullopt;
  const auto field = [&](int column) -> const std::string& {
    return row.fields[static_cast<std::size_t>(column)];
  };
  if (std::all_of(columns.begin(), columns.end(), [&](int column) { return field(column).empty(); }))
    return std::nullopt;
  for (std::size_t i = 0; i < N; ++i) {
    const std::string& text = field(columns[i]);
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), numbers[i]);
    if (code != std::errc() || end != text.data() + text.size() ||
        !std::isfinite(static_cast<double>(numbers[i])))
      fail("{}: column {} is '{}'; {} was expected", where,
           header.fields[static_cast<std::size_t>(columns[i])], text,
           std::is_integral_v<T> ? "a whole number of pixels" : "a number of pixels");
  }
  return numbers;
}

struct TableRow {
  std::string where, name, identity;
  data::Sample sample;
};

std::vector<TableRow> readTable(const fs::path& file, Progress& progress) {
  auto rows = data::readCsv(file);
  if (rows.empty()) fail("{}: is empty; the header template,identity,path was expected", file.string());
  const Columns columns = findColumns(file, rows[0]);
  std::vector<TableRow> table;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const auto& fields = rows[r].fields;
    TableRow row;
    row.where = fmt::format("{}:{}", file.string(), rows[r].line);
    if (fields.size() != rows[0].fields.size())
      fail("{}: {} columns were found, but the header has {}", row.where, fields.size(),
           rows[0].fields.size());
    const auto text = [&](int column) {
      return column < 0 ? std::string() : fields[static_cast<std::size_t>(column)];
    };
    row.name = text(columns.name);
    row.identity = text(columns.identity);
    row.sample.media = text(columns.media);
    if (const auto detector = text(columns.detector); !detector.empty()) {
      double value = 0;
      const auto [end, error] = std::from_chars(detector.data(), detector.data() + detector.size(), value);
      if (error != std::errc() || end != detector.data() + detector.size() || !std::isfinite(value))
        fail("{}: detector_score is '{}'; a number or nothing was expected", row.where, detector);
      row.sample.nuisance = fmt::format("{{\"detector_score\":{}}}", value);
    }
    if (text(columns.path).empty() || row.identity.empty())
      fail("{}: the {} is blank; every row needs one", row.where, row.identity.empty() ? "identity" : "path");
    row.sample.image.file = (file.parent_path() / text(columns.path)).lexically_normal().string();
    if (const auto p = readNumbers<float, 10>(row.where, rows[0], rows[r], columns.landmarks))
      row.sample.image.landmarks = data::Landmarks{{{(*p)[0], (*p)[1]},
                                                    {(*p)[2], (*p)[3]},
                                                    {(*p)[4], (*p)[5]},
                                                    {(*p)[6], (*p)[7]},
                                                    {(*p)[8], (*p)[9]}}};
    if (const auto c = readNumbers<int, 4>(row.where, rows[0], rows[r], columns.crop)) {
      row.sample.image.crop = data::Rect{(*c)[0], (*c)[1], (*c)[2], (*c)[3]};
      if ((*c)[2] < 1 || (*c)[3] < 1)
        fail("{}: width and height are {} and {}; positive numbers were expected", row.where, (*c)[2],
             (*c)[3]);
    }
    table.push_back(std::move(row));
    if (r % 4096 == 0) progress.throwIfStopped();
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

void addRows(const std::vector<TableRow>& table, const std::vector<ImageHeader>& headers,
             const std::vector<std::size_t>& fileOf, data::Dataset& dataset, data::Protocol& protocol) {
  std::unordered_map<std::string, int> identityOf, sampleOf, templateOf;
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
      dataset.samples.push_back(row.sample);
      dataset.samples.back().identity = identity->second;
    }
    if (row.name.empty()) continue;  // an image of the set that is in no template
    const auto [at, newTemplate] = templateOf.emplace(row.name, static_cast<int>(protocol.templates.size()));
    if (newTemplate) protocol.templates.push_back({row.name, identity->second, {}});
    data::Template& one = protocol.templates[static_cast<std::size_t>(at->second)];
    if (one.identity != identity->second)
      fail("{}: template '{}' holds images of {} and of {}; a template belongs to one identity", row.where,
           row.name, dataset.identities[static_cast<std::size_t>(one.identity)], row.identity);
    if (std::find(one.samples.begin(), one.samples.end(), sample->second) != one.samples.end())
      dataset.problems.push_back(
          {row.where, fmt::format("{} is listed twice in template '{}'", row.sample.image.file, row.name)});
    else
      one.samples.push_back(sample->second);
  }
}

bool parseGenuine(const std::string& where, const std::string& text) {
  const std::string value = lowered(text);
  if (value == "1" || value == "true" || value == "yes") return true;
  if (value == "0" || value == "false" || value == "no" || value == "-1") return false;
  fail("{}: '{}' was found, but 1 (genuine) or 0 (impostor) was expected", where, text);
}

// a,b,genuine: names of templates; a header line is optional.
void readPairs(const fs::path& file, data::Dataset& dataset, data::Protocol& protocol) {
  const auto rows = data::readCsv(file);
  std::unordered_map<std::string, int> templateOf;
  for (std::size_t i = 0; i < protocol.templates.size(); ++i)
    templateOf[protocol.templates[i].name] = static_cast<int>(i);
  std::size_t listed = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto& fields = rows[r].fields;
    const std::string where = fmt::format("{}:{}", file.string(), rows[r].line);
    if (fields.size() != 3)
      fail("{}: {} columns were found; a,b,genuine were expected", where, fields.size());
    if (r == 0 && lowered(fields[2]) == "genuine") continue;
    const bool genuine = parseGenuine(where, fields[2]);
    ++listed;
    const auto a = templateOf.find(fields[0]), b = templateOf.find(fields[1]);
    if (a == templateOf.end() || b == templateOf.end()) {
      dataset.problems.push_back(
          {where, fmt::format("there is no usable template '{}'; the pair was left out",
                              a == templateOf.end() ? fields[0] : fields[1])});
      continue;
    }
    const auto identity = [&](int t) { return protocol.templates[static_cast<std::size_t>(t)].identity; };
    if ((identity(a->second) == identity(b->second)) != genuine)
      dataset.problems.push_back(
          {where, fmt::format("the pair is called {}, but its identities are {} and {}",
                              genuine ? "genuine" : "impostor",
                              dataset.identities[static_cast<std::size_t>(identity(a->second))],
                              dataset.identities[static_cast<std::size_t>(identity(b->second))])});
    protocol.pairs.push_back({a->second, b->second, genuine, -1});
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
  const std::vector<TableRow> table = readTable(path, progress);
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
  addRows(table, readHeaders(files, progress), fileOf, dataset, protocol);
  if (const auto given = options.extra.find("pairs");
      given != options.extra.end() && given->second != "none") {
    if (!fs::is_regular_file(given->second))
      fail("option pairs: {} is not a file; a table of a,b,genuine was expected", given->second);
    readPairs(given->second, dataset, protocol);
  }
  dataset.protocols.push_back(std::move(protocol));
  return dataset;
}

bool looksLikeTemplates(const fs::path& path) {
  if (!fs::is_regular_file(path) || lowered(path.extension().string()) != ".csv") return false;
  std::string header = readStart(path, 1024);
  header = lowered(header.substr(0, header.find('\n')));
  return header.find("template") != std::string::npos && header.find("path") != std::string::npos;
}

}  // namespace

Format templateCsvFormat() {
  return {.name = "templates",
          .title = "templates as InsightFace packs IJB",
          .help = "a CSV table with the columns template,identity,path",
          .example =
              "faces.csv: template,identity,path and, if you have them, media, five landmarks, a crop, "
              "detector_score\nfaces/1.jpg",
          .matches = looksLikeTemplates,
          .load = loadTemplates,
          .options = {{"pairs", "FILE",
                       "a table a,b,genuine of templates to compare; without it there is no comparison"}},
          .files = {"*.csv"}};
}

}  // namespace discern::datasets
