// Rows of a text that is a CSV table, or a list with blanks between its columns: whichever the first line is.
#pragma once

#include <filesystem>
#include <optional>

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
  bool isList() const { return isList_; }
  char delimiter() const { return isList_ ? ' ' : csv_->delimiter(); }
  // From the length of the first row: a guess for reserving memory, never beyond the file's bytes.
  std::size_t rowsExpected() const;

 private:
  bool nextOfList(data::CsvRow& row);

  std::filesystem::path file_;
  std::optional<data::CsvReader> csv_;
  bool isList_ = false;
  data::CsvRow line_;
  std::size_t columns_ = 0, firstBytes_ = 0;
  bool lastIsEmpty_ = false;
};

// Of a list: a delimiter that no text has, so that every line is one field.
constexpr char kWholeLines = '\x1F';

}  // namespace discern::datasets
