// Rows of a text that is a CSV table, or a list with blanks between its columns: whichever the first line is.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>

#include "core/data/csv.h"

namespace discern::datasets {

class TextRows {
 public:
  // Throws Error for what cannot be read as a plain file of 8-bit text.
  explicit TextRows(const std::filesystem::path& file);

  // From now on every row has as many fields as this one: of a list, blanks in front of the last ones belong
  // to the first (a path with blanks); an empty field behind the last delimiter of a line does not count.
  void setColumns(const data::CsvRow& first) {
    columns_ = first.fields.size();
    lastIsEmpty_ = first.fields.back().empty();
  }
  bool next(data::CsvRow& row);
  bool isList() const { return csv_ == nullptr; }
  char delimiter() const { return csv_ ? csv_->delimiter() : ' '; }
  // From the length of the first row: a guess for reserving memory, never beyond the file's bytes.
  std::size_t rowsExpected() const;

 private:
  bool nextOfList(data::CsvRow& row);

  std::filesystem::path file_;
  std::unique_ptr<data::CsvReader> csv_;  // null: a list
  std::ifstream list_;
  std::string line_;
  int number_ = 0;
  std::size_t columns_ = 0, firstBytes_ = 0;
  bool lastIsEmpty_ = false;
};

// A line of a list without what no editor shows: a byte-order mark, blanks around it, the end of line.
std::string_view trimmedLine(std::string_view line, bool isFirst);

}  // namespace discern::datasets
