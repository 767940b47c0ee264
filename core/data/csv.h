// Delimited text with quotes (RFC 4180), read with line numbers so that an error can name its line.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace discern::data {

struct CsvRow {
  int line = 0;  // 1-based, of the row's first character
  std::vector<std::string> fields;
};

// Blank lines are skipped; a UTF-8 byte-order mark is dropped; CRLF is LF. Throws Error on an unclosed quote.
std::vector<CsvRow> readCsv(const std::filesystem::path& file, char delimiter = ',');
// Quotes a field when it needs it.
std::string csvField(std::string_view field);

// Index of a named column in a header row, or an Error that lists the columns found.
int csvColumn(const std::filesystem::path& file, const CsvRow& header, std::string_view name);

}  // namespace discern::data
