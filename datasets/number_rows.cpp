#include "datasets/number_rows.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "core/data/npy_rows.h"
#include "datasets/image_files.h"
#include "datasets/number_readers.h"
#include "datasets/text_rows.h"

namespace discern::datasets {
namespace fs = std::filesystem;

const std::vector<std::string_view>& pathNames() {
  static const std::vector<std::string_view> names{"path", "file", "filename", "image"};
  return names;
}

const std::vector<std::string_view>& labelNames() {
  static const std::vector<std::string_view> names{"identity", "subject_id", "subject", "person", "label"};
  return names;
}

namespace {

data::NumberRows readRows(const NumberSource& source, Wanted wanted, Progress& progress) {
  const std::string start = readStart(source.file, 6);
  if (start.empty()) fail("{}: is empty; numbers were expected", source.file);
  if (start == "\x93NUMPY") return readNpyRows(source, wanted);
  if (start.starts_with("PK")) return readNpzRows(source, wanted);
  const std::string extension = fs::path(source.file).extension().string();
  if (start[0] == '\x80' || extension == ".pkl" || extension == ".pickle")
    return readPickleRows(source, wanted);
  if (start.find('\0') != std::string::npos)
    fail("{}: is none of the files that are read: a .npy or .npz of NumPy, a pickle, a text list or CSV",
         source.file);
  return readTextRows(source, wanted, progress);
}

void requireAsMany(const std::string& list, std::size_t lines, const data::NumberRows& rows,
                   const char* what) {
  if (static_cast<std::int64_t>(lines) != rows.rows)
    fail("{}: holds {} {}, {} has {} rows; one for each row was expected", list, lines, what, rows.source,
         rows.rows);
}

// A list of two columns says by path whose an image is.
std::vector<std::string> labelsByPath(const fs::path& file, const std::vector<data::CsvRow>& lines,
                                      std::size_t path, std::size_t label, const data::NumberRows& rows) {
  if (rows.paths.empty())
    fail("{}: names paths, but the rows of {} have none; give a list with a name a line", file.string(),
         rows.source);
  std::unordered_map<std::string_view, std::string_view> of;
  for (const auto& line : lines) of[line.fields[path]] = line.fields[label];
  std::vector<std::string> labels;
  for (const auto& asked : rows.paths) {
    const auto found = of.find(asked);
    if (found == of.end())
      fail("{}: does not say whose image {} is; a line for every path of {} was expected", file.string(),
           asked, rows.source);
    labels.emplace_back(found->second);
  }
  return labels;
}

std::vector<std::string> readLabels(const fs::path& file, const data::NumberRows& rows) {
  std::vector<std::string> labels;
  if (readStart(file, 6) == "\x93NUMPY") {
    const data::NpyRows numbers(file);
    if (numbers.cols() != 1 || !numbers.type().starts_with("<i"))
      fail("{}: a whole number a row was expected", file.string());
    requireAsMany(file.string(), static_cast<std::size_t>(numbers.rows()), rows, "numbers");
    std::vector<float> values(static_cast<std::size_t>(numbers.rows()));
    numbers.read(0, numbers.rows(), values.data());
    constexpr float kExact = 1 << 24;
    for (const float value : values) {
      if (!(std::abs(value) <= kExact))
        fail("{}: holds {}, people are numbered up to {}", file.string(), value, kExact);
      labels.push_back(std::to_string(static_cast<std::int64_t>(value)));
    }
    return labels;
  }
  TextRows text(file);
  data::CsvRow row;
  std::vector<data::CsvRow> lines;
  while (text.next(row)) {
    if (lines.empty()) text.setColumns(row);
    lines.push_back(row);
  }
  if (lines.empty()) fail("{}: is empty; a name a line was expected", file.string());
  int path = -1, label = data::findCsvColumn(lines[0], labelNames());
  if (label >= 0) {
    path = data::findCsvColumn(lines[0], pathNames());
    lines.erase(lines.begin());
  } else if (lines[0].fields.size() <= 2) {
    label = static_cast<int>(lines[0].fields.size()) - 1;
    path = label - 1;
  } else {
    fail(
        "{}:{}: {} columns were found; a name a line, a path and a name, or a header with a column identity "
        "was "
        "expected",
        file.string(), lines[0].line, lines[0].fields.size());
  }
  if (path >= 0)
    return labelsByPath(file, lines, static_cast<std::size_t>(path), static_cast<std::size_t>(label), rows);
  for (const auto& line : lines) labels.push_back(line.fields[static_cast<std::size_t>(label)]);
  requireAsMany(file.string(), labels.size(), rows, "names");
  return labels;
}

data::NumberRows withLists(const NumberSource& source, data::NumberRows rows) {
  if (!source.paths.empty()) {
    rows.paths = readPathList(source.paths);
    requireAsMany(source.paths, rows.paths.size(), rows, "paths");
  }
  if (!source.labels.empty()) rows.labels = readLabels(source.labels, rows);
  if (rows.rows == 0) fail("{}: has no rows", source.file);
  if (rows.cols == 0) fail("{}: its rows hold no numbers", source.file);
  return rows;
}

}  // namespace

std::vector<std::string> readPathList(const fs::path& file) {
  std::vector<std::string> paths;
  TextRows text(file);
  if (!text.isList()) {
    data::CsvRow row;
    if (!text.next(row)) fail("{}: is empty; a path a line was expected", file.string());
    const int named = data::findCsvColumn(row, pathNames());
    const auto column = static_cast<std::size_t>(std::max(0, named));
    if (named < 0) paths.push_back(row.fields[0]);
    while (text.next(row)) {
      if (row.fields.size() <= column)
        fail("{}:{}: {} columns were found; the path was expected in column {}", file.string(), row.line,
             row.fields.size(), column + 1);
      paths.push_back(row.fields[column]);
    }
    return paths;
  }
  // A line that ends like an image is a path with all its blanks; of others it is what stands in front of the
  // first.
  data::CsvReader lines(file, kWholeLines);
  for (data::CsvRow line; lines.next(line);) {
    const std::string_view path = line.fields[0];
    const auto blank =
        hasImageExtension(std::string(path)) ? std::string_view::npos : path.find_first_of(" \t");
    paths.emplace_back(path.substr(0, blank));
  }
  if (!paths.empty() && std::ranges::find(pathNames(), paths.front()) != pathNames().end())
    paths.erase(paths.begin());  // a header
  if (paths.empty()) fail("{}: is empty; a path a line was expected", file.string());
  return paths;
}

data::NumberRows readFeatureRows(const NumberSource& source, Progress& progress) {
  auto rows = withLists(source, readRows(source, Wanted::Features, progress));
  if (rows.cols < 2)
    fail("{}: holds one number a row; a feature has several (scores come in by import-scores)", source.file);
  constexpr int kWidest = 1 << 20;
  if (rows.cols > kWidest)
    fail("{}: holds {} numbers a row, at most {} were expected", source.file, rows.cols, kWidest);
  return rows;
}

data::NumberRows readScoreRows(const NumberSource& source, Progress& progress) {
  return withLists(source, readRows(source, Wanted::Score, progress));
}

}  // namespace discern::datasets
