#include "core/data/csv.h"

#include <fmt/ranges.h>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::data {

std::vector<CsvRow> readCsv(const std::filesystem::path& file, char delimiter) {
  const std::string text = readFile(file);
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::vector<CsvRow> rows;
  int line = 1;
  while (at < text.size()) {
    CsvRow row;
    row.line = line;
    std::string field;
    bool anything = false;
    for (bool rowEnds = false; !rowEnds;) {
      field.clear();
      if (at < text.size() && text[at] == '"') {
        anything = true;
        for (++at;; ++at) {
          if (at >= text.size()) fail("{}:{}: a quote is opened but never closed", file.string(), row.line);
          if (text[at] == '"') {
            if (at + 1 < text.size() && text[at + 1] == '"')
              ++at;  // "" is a quote
            else
              break;
          }
          if (text[at] == '\n') ++line;
          field += text[at];
        }
        ++at;
      }
      while (at < text.size() && text[at] != delimiter && text[at] != '\n') field += text[at++];
      rowEnds = at >= text.size() || text[at] == '\n';
      if (at < text.size()) ++at;
      if (rowEnds && field.ends_with('\r')) field.pop_back();
      anything = anything || !field.empty() || !rowEnds;
      row.fields.push_back(field);
    }
    ++line;
    if (anything) rows.push_back(std::move(row));
  }
  return rows;
}

std::string csvField(std::string_view field) {
  if (field.find_first_of(",\"\n\r;") == std::string_view::npos) return std::string(field);
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

int csvColumn(const std::filesystem::path& file, const CsvRow& header, std::string_view name) {
  for (std::size_t i = 0; i < header.fields.size(); ++i)
    if (header.fields[i] == name) return static_cast<int>(i);
  fail("{}:{}: no column named '{}'; the columns are: {}", file.string(), header.line, name,
       fmt::join(header.fields, ", "));
}

}  // namespace discern::data
