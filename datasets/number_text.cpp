// Lists and tables of numbers: MagFace's, CR-FIQA's, SER-FIQ's and OFIQ's, and any CSV.
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "core/base/field_error.h"
#include "core/data/csv.h"
#include "datasets/number_readers.h"
#include "datasets/text_rows.h"

namespace discern::datasets {
namespace {
using data::CsvRow;

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

// NaN for "nan", infinities and nothing at all; nothing for what is no number.
std::optional<float> numberIn(std::string_view field, char delimiter) {
  double value = 0;
  const auto [end, code] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (code == std::errc() && end == field.data() + field.size())
    return std::isfinite(value) ? static_cast<float>(value) : kNone;
  if (field.empty()) return kNone;
  const auto other = data::csvNumber(field, delimiter);
  return other ? std::optional(static_cast<float>(*other)) : std::nullopt;
}

// Where in a row things stand.
struct Layout {
  int path = -1, label = -1, failure = -1;  // failure: a column whose -1 says that there is no value
  std::vector<int> numbers;
  std::vector<std::string> ignored;
  std::string column;
  bool header = false;
};

std::string shown(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 60;
  std::vector<std::string> some(names.begin(),
                                names.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, names.size())));
  return fmt::format("{}{}", fmt::join(some, ", "), names.size() > kShown ? ", ..." : "");
}

// The columns PREFIX0, PREFIX1 ... by their prefixes; those of two or more that count up by one.
std::map<std::string, std::vector<int>> numbered(const CsvRow& header, const Layout& layout) {
  std::map<std::string, std::vector<int>> all;
  std::map<std::string, std::int64_t> last;
  for (int c = 0; c < static_cast<int>(header.fields.size()); ++c) {
    const std::string& name = header.fields[static_cast<std::size_t>(c)];
    const auto digits = name.find_last_not_of("0123456789") + 1;
    if (c == layout.path || c == layout.label || digits == name.size() || name.size() - digits > 9) continue;
    const std::string prefix = name.substr(0, digits);
    const std::int64_t number = std::stoll(name.substr(digits));
    if (last.contains(prefix) && number != last[prefix] + 1) {
      all[prefix].clear();
      last[prefix] = std::numeric_limits<std::int32_t>::max();  // never goes on
      continue;
    }
    last[prefix] = number;
    all[prefix].push_back(c);
  }
  std::erase_if(all, [](const auto& entry) { return entry.second.size() < 2; });
  return all;
}

void chooseFeatures(const NumberSource& source, const CsvRow& header, Layout& layout) {
  const auto families = numbered(header, layout);
  if (!source.column.empty()) {
    const auto found = families.find(source.column);
    if (found == families.end())
      failField("column", source.column, "{}: no columns {}0, {}1 and so on; the columns are: {}",
                source.file, source.column, source.column, shown(header.fields));
    layout.numbers = found->second;
  } else if (families.size() == 1) {
    layout.numbers = families.begin()->second;
  } else if (families.empty()) {
    fail("{}:{}: no columns of a feature; names such as f0, f1 and so on were expected, the columns are: {}",
         source.file, header.line, shown(header.fields));
  } else {
    std::vector<std::string> names;
    for (const auto& [prefix, columns] : families)
      names.push_back(fmt::format("'{}' ({} columns)", prefix, columns.size()));
    failField("column", "", "{}: several families of columns could be the feature; say which of {}",
              source.file, fmt::join(names, ", "));
  }
}

void chooseScore(const NumberSource& source, const CsvRow& header, const CsvRow& first, char delimiter,
                 Layout& layout) {
  constexpr const char* kOfiq = "UnifiedQualityScore.scalar";
  const auto nameOf = [&](int c) { return header.fields[static_cast<std::size_t>(c)]; };
  int chosen = source.column.empty() ? data::findCsvColumn(header, {kOfiq})
                                     : data::findCsvColumn(header, {source.column});
  if (chosen < 0 && !source.column.empty())
    failField("column", source.column, "{} has no such column; the columns are: {}", source.file,
              shown(header.fields));
  if (chosen < 0) {
    std::vector<std::string> candidates;
    for (int c = 0; c < static_cast<int>(first.fields.size()); ++c) {
      if (c == layout.path || c == layout.label ||
          !numberIn(first.fields[static_cast<std::size_t>(c)], delimiter))
        continue;
      candidates.push_back(nameOf(c));
      chosen = c;
    }
    if (candidates.size() != 1)
      failField("column", "", "{}: {}; say which of: {}", source.file,
                candidates.empty() ? "no column holds numbers" : "several columns hold numbers",
                shown(candidates.empty() ? header.fields : candidates));
  }
  layout.numbers = {chosen};
  layout.column = nameOf(chosen);
  if (data::findCsvColumn(header, {kOfiq}) < 0) return;
  layout.failure =
      layout.column.ends_with(".scalar") ? chosen : data::findCsvColumn(header, {layout.column + ".scalar"});
}

// Of a table with names of columns.
Layout layoutOf(const NumberSource& source, const CsvRow& header, const CsvRow& first, int path,
                char delimiter, Wanted wanted) {
  Layout layout;
  layout.header = true;
  layout.path = path;
  layout.label = data::findCsvColumn(header, labelNames());
  if (wanted == Wanted::Features)
    chooseFeatures(source, header, layout);
  else
    chooseScore(source, header, first, delimiter, layout);
  for (int c = 0; c < static_cast<int>(header.fields.size()); ++c)
    if (c != layout.path && c != layout.label &&
        std::ranges::find(layout.numbers, c) == layout.numbers.end() &&
        !header.fields[static_cast<std::size_t>(c)].empty())
      layout.ignored.push_back(header.fields[static_cast<std::size_t>(c)]);
  return layout;
}

// Of a list: a path and numbers behind it, or numbers alone.
Layout layoutOfList(const NumberSource& source, CsvRow& first, const TextRows& rows, Wanted wanted) {
  Layout layout;
  const char delimiter = rows.delimiter();
  int text = static_cast<int>(first.fields.size());  // columns before the last numbers
  while (text > 0 && numberIn(first.fields[static_cast<std::size_t>(text) - 1], delimiter)) --text;
  const int count = static_cast<int>(first.fields.size()) - text;
  for (; rows.isList() && count > 0 && text > 1; --text) {  // a path with blanks
    first.fields[0] += ' ' + first.fields[1];
    first.fields.erase(first.fields.begin() + 1);
  }
  if (count == 0 || text > 1)
    fail(
        "{}:{}: neither a header with a column called path, file, filename or image was found, nor a path "
        "with "
        "numbers behind it; say the column with the paths, or correct the line: {}",
        source.file, first.line, shown(first.fields).substr(0, 200));
  if (text == 1) layout.path = 0;
  if (wanted == Wanted::Score && count > 1) {
    int chosen = 0;
    const auto& given = source.column;
    std::from_chars(given.data(), given.data() + given.size(), chosen);
    if (chosen <= text || chosen > text + count)
      failField("column", given,
                "{}: its lines hold several numbers; say which of the columns {} to {} it is", source.file,
                text + 1, text + count);
    layout.numbers = {chosen - 1};
    layout.column = given;
    return layout;
  }
  for (int c = text; c < text + count; ++c) layout.numbers.push_back(c);
  return layout;
}

struct Gathered {
  std::vector<float> values;
  data::NumberRows rows;
};

void takeRow(const NumberSource& source, const CsvRow& row, const Layout& layout, char delimiter,
             Gathered& to) {
  const auto field = [&](int c) -> const std::string& { return row.fields[static_cast<std::size_t>(c)]; };
  const bool failed = layout.failure >= 0 && numberIn(field(layout.failure), delimiter) == -1.0F;
  if (failed) ++to.rows.failures;
  for (const int c : layout.numbers) {
    const auto number = numberIn(field(c), delimiter);
    if (!number)
      fail("{}:{}: column {} is '{}'; a number was expected", source.file, row.line, c + 1,
           field(c).substr(0, 80));
    to.values.push_back(failed ? kNone : *number);
  }
  if (layout.path >= 0) {
    if (field(layout.path).empty())
      fail("{}:{}: the path is blank; every row needs one", source.file, row.line);
    to.rows.paths.push_back(field(layout.path));
  }
  if (layout.label >= 0) to.rows.labels.push_back(field(layout.label));
  ++to.rows.rows;
}

}  // namespace

data::NumberRows readTextRows(const NumberSource& source, Wanted wanted, Progress& progress) {
  TextRows text(source.file);
  CsvRow first, row;
  if (!text.next(first)) fail("{}: is empty; paths and numbers were expected", source.file);
  const int path = source.pathColumn.empty() ? data::findCsvColumn(first, pathNames())
                                             : data::findCsvColumn(first, {source.pathColumn});
  if (path < 0 && !source.pathColumn.empty())
    failField("path-column", source.pathColumn, "{} has no such column; the columns are: {}", source.file,
              shown(first.fields));
  auto all = std::make_shared<Gathered>();
  Layout layout;
  if (path >= 0) {
    text.setColumns(first);
    if (!text.next(row)) fail("{}: has a header and no rows", source.file);
    layout = layoutOf(source, first, row, path, text.delimiter(), wanted);
  } else {
    layout = layoutOfList(source, first, text, wanted);
    text.setColumns(first);
    row = first;
  }
  all->values.reserve(text.rowsExpected() * layout.numbers.size());
  do {
    takeRow(source, row, layout, text.delimiter(), *all);
    if (all->rows.rows % 4096 == 0) progress.throwIfStopped();
  } while (text.next(row));
  data::NumberRows rows = std::move(all->rows);
  rows.source = source.file;
  rows.column = layout.column;
  rows.ignored = layout.ignored;
  rows.cols = std::ssize(layout.numbers);
  rows.read = [all, cols = rows.cols](std::int64_t start, std::int64_t count, float* to) {
    std::copy_n(all->values.begin() + start * cols, count * cols, to);
  };
  return rows;
}

}  // namespace discern::datasets
