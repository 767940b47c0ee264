// Rows of a project that somebody else may have written: every value is checked where it is read.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/project/impl.h"

namespace discern::project {

// What is read while it lives is of one moment, whatever another process writes. Also inside of another one
// and of a transaction.
class Snapshot {
 public:
  explicit Snapshot(const Database& project);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  const Database& project_;
};

// The result of one SELECT, row by row. Columns count from 0, and the first one is what an error calls the
// row by: "PROJECT/project.sqlite: table samples, id 7: identity is 9999, but -1 to 24 was expected; ...".
class Reader {
 public:
  // `table`: as an error calls it. `key`: bound to the only ? of the statement.
  Reader(const Database& project, std::string table, const std::string& sql);
  Reader(const Database& project, std::string table, const std::string& sql, const std::string& key);

  bool next();
  bool isNull(int column) const { return query_.isColumnNull(column); }
  // Of the type INTEGER, from `low` to `high`.
  std::int64_t whole(int column, std::int64_t low, std::int64_t high) const;
  int index(int column, int low, int end) const {  // from `low` to `end` - 1
    return static_cast<int>(whole(column, low, std::int64_t{end} - 1));
  }
  int rowNumber(int column) const;  // dense: as many as the rows that were read before
  double number(int column) const;  // may be infinite, not NULL
  double finite(int column) const;
  double amount(int column) const;      // of work or time: NULL, which NaN is kept as, is 0; not negative
  float finiteOrNan(int column) const;  // NULL is NaN
  std::string text(int column) const;
  std::string json(int column) const;      // "" or limited in depth and length (core/base/json.h)
  std::string fileName(int column) const;  // what requireFileName lets through

  // Throws Error that names the row and says `what` is wrong with it.
  [[noreturn]] void bad(const std::string& what) const;

 private:
  [[noreturn]] void badValue(int column, const std::string& expected) const;

  const Database& project_;
  std::string table_;
  mutable SQLite::Statement query_;
  int row_ = -1;
};

// The names that become files, in the order of a column.
std::vector<std::string> namesOf(const Database& project, const std::string& table, const std::string& order);

}  // namespace discern::project
