// What the adapters of tables of faces share: a CSV file read row by row, and faces made into a data set.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/data/csv.h"
#include "datasets/registry.h"

namespace discern::datasets {

// A table with a header (data::CsvReader), one row at a time; names are found in any case. Errors name file
// and line, what was expected and what was found.
class TableReader {
 public:
  explicit TableReader(const std::filesystem::path& file);

  const std::filesystem::path& file() const { return csv_.file(); }
  const std::vector<std::string>& header() const { return header_.fields; }
  // -1: there is no such column
  int find(std::string_view name) const { return data::findCsvColumn(header_, {name}); }
  int column(std::string_view name) const;  // or an Error that lists those there are

  // The next row that is not blank; false at the end. Throws
  // Error when it has not as many columns as the header.
  bool next();
  std::string where() const;  // "file:line" of that row
  int line() const { return row_.line; }
  const std::string& text(int column) const { return row_.fields[static_cast<std::size_t>(column)]; }
  double number(int column) const;       // finite
  float pixels(int column) const;        // finite as a float, too
  std::int64_t whole(int column) const;  // also written as 12.0

 private:
  const std::string& name(int column) const { return header_.fields[static_cast<std::size_t>(column)]; }

  data::CsvReader csv_;
  data::CsvRow header_, row_;
};

// x, y, width, height rounded to pixels.
data::Rect toRect(double x, double y, double width, double height);

// "table.csv:7" for each of many rows without their text.
struct RowPlace {
  int table = 0;  // index into FaceTable::tables
  int line = 0;   // 0: of no row, its image lies in a folder
};
struct Face {
  RowPlace place;
  int identity = 0;  // index into FaceTable::identities
  data::Sample sample;
};
struct FaceTable {
  std::vector<std::filesystem::path> tables;
  std::vector<std::string> identities;
  std::vector<Face> faces;

  // The index of an identity, a new one for a name not seen before.
  int identity(const std::string& name);

 private:
  std::unordered_map<std::string, int> identityOf_;
};

// Reads the header of each image once, however many faces are in it. Faces of identities that are not wanted
// are skipped unread; those of missing or damaged images and those with an empty rectangle are left out,
// counted, and listed (the first thousand) as problems of `root`.
// sampleOf: filled with the sample that each face became, -1 for those left out.
data::Dataset toDataset(FaceTable table, const std::filesystem::path& root, const LoadOptions& options,
                        Progress& progress, std::vector<int>* sampleOf = nullptr);

}  // namespace discern::datasets
