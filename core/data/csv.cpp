#include "core/data/csv.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::data {
namespace {

constexpr std::string_view kDelimiters = ",;\t";

bool isBlank(char c, char delimiter) { return (c == ' ' || c == '\t') && c != delimiter; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool sameName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

// What stands between the fields of a line, outside of quotes; of equally many the first of kDelimiters.
char delimiterOf(std::string_view line) {
  std::array<std::size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    const auto at = kDelimiters.find(c);
    if (!quoted && at != std::string_view::npos) ++counts[at];
  }
  return kDelimiters[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

}  // namespace

CsvReader::CsvReader(std::filesystem::path file, char delimiter)
    : file_(std::move(file)), delimiter_(delimiter) {
  requirePlainFile(file_);
  in_.open(file_, std::ios::binary);
  if (!in_) fail("{}: cannot be opened; check the path and its permissions", file_.string());
}

bool CsvReader::readLine() {
  if (!std::getline(in_, text_)) {
    if (in_.bad()) fail("{}: cannot be read to its end; check the disk", file_.string());
    return false;
  }
  ++line_;
  if (line_ == 1) {
    if (text_.starts_with("\xFF\xFE") || text_.starts_with("\xFE\xFF"))
      fail("{}: is UTF-16 text; save it as CSV in UTF-8", file_.string());
    if (text_.starts_with("\xEF\xBB\xBF")) text_.erase(0, 3);
  }
  if (text_.find('\0') != std::string::npos)
    fail("{}:{}: is no text: it has a byte of zero; a table as CSV in UTF-8 was expected", file_.string(),
         line_);
  if (!in_.eof()) text_ += '\n';
  return true;
}

bool CsvReader::next(CsvRow& row) {
  while (readLine()) {
    const auto content = text_.find_first_not_of(" \t\r\n");
    if (content == std::string::npos && (delimiter_ != '\t' || text_.find('\t') == std::string::npos))
      continue;
    if (delimiter_ == 0) {
      std::string_view line = text_;
      while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
      if (line.size() == 5 && line.starts_with("sep=")) {  // how Excel is told
        delimiter_ = line[4];
        continue;
      }
      delimiter_ = delimiterOf(line);
    }
    split(row);
    return true;
  }
  return false;
}

void CsvReader::split(CsvRow& row) {
  row.line = line_;
  std::size_t count = 0;
  for (std::size_t at = 0;; ++count) {
    if (count == row.fields.size()) row.fields.emplace_back();
    std::string& field = row.fields[count];
    field.clear();
    std::size_t quoted = 0;  // as much of the field as stood in quotes
    while (at < text_.size() && isBlank(text_[at], delimiter_)) ++at;
    if (at < text_.size() && text_[at] == '"') {
      for (++at;; ++at) {
        while (at >= text_.size())  // a field of several lines
          if (text_.clear(), at = 0; !readLine())
            fail("{}:{}: a quote is opened but never closed", file_.string(), row.line);
        if (text_[at] == '"') {
          if (at + 1 >= text_.size() || text_[at + 1] != '"') break;
          ++at;  // "" is a quote
        }
        field += text_[at];
      }
      ++at;
      quoted = field.size();
    }
    while (at < text_.size() && text_[at] != delimiter_ && text_[at] != '\n') field += text_[at++];
    const bool ends = at >= text_.size() || text_[at] == '\n';
    while (field.size() > quoted && (isBlank(field.back(), delimiter_) || (ends && field.back() == '\r')))
      field.pop_back();
    if (ends) break;
    ++at;
  }
  row.fields.resize(count + 1);
}

std::vector<CsvRow> readCsv(const std::filesystem::path& file, char delimiter) {
  CsvReader reader(file, delimiter);
  std::vector<CsvRow> rows;
  for (CsvRow row; reader.next(row);) rows.push_back(row);
  return rows;
}

std::string csvField(std::string_view field) {
  const bool blank = field.starts_with(' ') || field.ends_with(' ');
  if (!blank && field.find_first_of(",\"\n\r;\t") == std::string_view::npos) return std::string(field);
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

namespace {
// Bytes of the UTF-8 letter that `text` begins with; 0: it is none, or one that moves the cursor.
std::size_t letterAt(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return byte(0) >= 0x20 && byte(0) != 0x7F ? 1 : 0;
  const std::size_t length = byte(0) >= 0xC2 && byte(0) < 0xE0   ? 2
                             : byte(0) >= 0xE0 && byte(0) < 0xF0 ? 3
                             : byte(0) >= 0xF0 && byte(0) < 0xF5 ? 4
                                                                 : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  return length == 2 && byte(0) == 0xC2 && byte(1) < 0xA0 ? 0 : length;
}

std::string shown(std::string_view field) {
  constexpr std::size_t kMostBytes = 40;
  std::string text;
  while (!field.empty() && text.size() < kMostBytes) {
    const std::size_t length = letterAt(field);
    text += length > 0 ? std::string(field.substr(0, length))
                       : fmt::format("\\x{:02x}", static_cast<unsigned char>(field[0]));
    field.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return field.empty() ? text : text + "...";
}
}  // namespace

std::string csvShown(const std::vector<std::string>& fields) {
  constexpr std::size_t kMost = 20;
  std::string text;
  for (std::size_t i = 0; i < std::min(fields.size(), kMost); ++i)
    text += (i > 0 ? ", " : "") + shown(fields[i]);
  return fields.size() > kMost ? text + fmt::format(" and {} more", fields.size() - kMost) : text;
}

std::optional<double> csvNumber(std::string_view field, char delimiter) {
  std::string point(field);
  if (delimiter == ';' && std::ranges::count(point, ',') == 1 && point.find('.') == std::string::npos)
    point[point.find(',')] = '.';
  std::string_view text = point;
  if (text.starts_with('+') && text.size() > 1 && text[1] != '-') text.remove_prefix(1);
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

int findCsvColumn(const CsvRow& header, const std::vector<std::string_view>& names) {
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < header.fields.size(); ++i)
      if (sameName(header.fields[i], name)) return static_cast<int>(i);
  return -1;
}

int csvColumn(const std::filesystem::path& file, const CsvRow& header, std::string_view name) {
  if (const int found = findCsvColumn(header, {name}); found >= 0) return found;
  fail("{}:{}: no column named '{}'; the columns are: {}", file.string(), header.line, name,
       csvShown(header.fields));
}

}  // namespace discern::data
