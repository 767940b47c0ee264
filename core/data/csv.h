// Delimited text with quotes (RFC 4180), read with line numbers so that an error can name its line.
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace discern::data {

struct CsvRow {
  int line = 0;  // 1-based, of the row's first character
  std::vector<std::string> fields;
};

// Row by row, for tables of millions of fields. Blank lines are skipped; blanks around a field (not those in
// its quotes), a UTF-8 byte-order mark and CRLF are dropped. The delimiter is a comma, semicolon or tab: the
// one that the first line has most of, or what a line "sep=;" before it says.
class CsvReader {
 public:
  // Throws Error for what cannot be read as a plain file of 8-bit text, or next() does. `delimiter` 0: found
  // as above.
  explicit CsvReader(std::filesystem::path file, char delimiter = 0);

  // False at the end. Throws Error on an unclosed quote.
  bool next(CsvRow& row);
  const std::filesystem::path& file() const { return file_; }
  char delimiter() const { return delimiter_; }

 private:
  bool readLine();
  void split(CsvRow& row);

  std::filesystem::path file_;
  std::ifstream in_;
  std::string text_;  // the present line
  int line_ = 0;
  char delimiter_;
};

// All rows.
std::vector<CsvRow> readCsv(const std::filesystem::path& file, char delimiter = 0);
// Quotes a field when it needs it, whatever the reader's delimiter.
std::string csvField(std::string_view field);

// Fields as an error names them, "a, b, c": the first ones, long ones cut, and of what is no text \x89 and so
// on.
std::string csvShown(const std::vector<std::string>& fields);

// A finite number; with semicolons as delimiters also "0,5".
std::optional<double> csvNumber(std::string_view field, char delimiter = ',');

// Index of a column in a header row, by any of its names, in any case; -1: there is none.
int findCsvColumn(const CsvRow& header, const std::vector<std::string_view>& names);
// Or an Error that lists the columns found.
int csvColumn(const std::filesystem::path& file, const CsvRow& header, std::string_view name);

}  // namespace discern::data
