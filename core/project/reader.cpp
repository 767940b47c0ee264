#include "core/project/reader.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/json.h"

namespace discern::project {
namespace {

SQLite::Statement prepared(const Database& project, const std::string& sql) {
  try {
    return {project.db, sql};
  } catch (const SQLite::Exception& error) {
    failDatabase(project.folder, error);
  }
}

// As much of a value as a sentence has room for.
std::string shown(const SQLite::Column& value) {
  if (value.isNull()) return "NULL";
  if (value.isBlob()) return fmt::format("{} bytes of no type", value.getBytes());
  std::string text = value.getString();
  constexpr std::size_t kMost = 40;
  if (text.size() > kMost) text = text.substr(0, kMost) + "...";
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = '?';
  return value.isText() ? "'" + text + "'" : text;
}

}  // namespace

Snapshot::Snapshot(const Database& project) : project_(project) {
  try {
    project.db.exec("SAVEPOINT reading");
  } catch (const SQLite::Exception& error) {
    failDatabase(project.folder, error);
  }
}

Snapshot::~Snapshot() { project_.db.tryExec("RELEASE reading"); }

Reader::Reader(const Database& project, std::string table, const std::string& sql)
    : project_(project), table_(std::move(table)), query_(prepared(project, sql)) {}

Reader::Reader(const Database& project, std::string table, const std::string& sql, const std::string& key)
    : Reader(project, std::move(table), sql) {
  query_.bind(1, key);
}

bool Reader::next() {
  try {
    ++row_;
    return query_.executeStep();
  } catch (const SQLite::Exception& error) {
    failDatabase(project_.folder, error);
  }
}

void Reader::bad(const std::string& what) const {
  fail("{}: table {}, {} {}: {}; the project is damaged, restore project.sqlite from a copy or make it anew",
       (project_.folder / "project.sqlite").string(), table_, query_.getColumnName(0),
       shown(query_.getColumn(0)), what);
}

void Reader::badValue(int column, const std::string& expected) const {
  bad(fmt::format("{} is {}, but {} was expected", query_.getColumnName(column),
                  shown(query_.getColumn(column)), expected));
}

std::int64_t Reader::whole(int column, std::int64_t low, std::int64_t high) const {
  const auto value = query_.getColumn(column);
  if (!value.isInteger() || value.getInt64() < low || value.getInt64() > high) {
    if (high == std::numeric_limits<std::int64_t>::max())
      badValue(column, fmt::format("a number of at least {}", low));
    badValue(column, high < low    ? "no row"
                     : low == high ? std::to_string(low)
                                   : fmt::format("{} to {}", low, high));
  }
  return value.getInt64();
}

int Reader::rowNumber(int column) const { return static_cast<int>(whole(column, row_, row_)); }

double Reader::number(int column) const {
  const auto value = query_.getColumn(column);
  if (!value.isInteger() && !value.isFloat()) badValue(column, "a number");
  return value.getDouble();
}

double Reader::finite(int column) const {
  const double value = number(column);
  if (!std::isfinite(value)) badValue(column, "a finite number");
  return value;
}

double Reader::amount(int column) const {
  if (isNull(column)) return 0;
  const double value = finite(column);
  if (value < 0) badValue(column, "0 or more");
  return value;
}

float Reader::finiteOrNan(int column) const {
  if (isNull(column)) return std::numeric_limits<float>::quiet_NaN();
  const double value = finite(column);
  if (std::abs(value) > std::numeric_limits<float>::max()) badValue(column, "a number of single precision");
  return static_cast<float>(value);
}

std::string Reader::text(int column) const {
  const auto value = query_.getColumn(column);
  if (!value.isText()) badValue(column, "a text");
  std::string text = value.getString();
  if (text.find('\0') != std::string::npos)
    bad(fmt::format("{} holds a zero byte", query_.getColumnName(column)));
  return text;
}

std::string Reader::json(int column) const {
  std::string value = text(column);
  if (const std::string excess = excessOfJson(value); !excess.empty())
    bad(fmt::format("{}: {}", query_.getColumnName(column), excess));
  return value;
}

std::string Reader::fileName(int column) const {
  std::string name = text(column);
  if (!isFileName(name)) badValue(column, "what can be the name of a file");
  return name;
}

std::vector<std::string> namesOf(const Database& project, const std::string& table,
                                 const std::string& order) {
  std::vector<std::string> names;
  Reader row(project, table, fmt::format("SELECT name FROM {} ORDER BY {}", table, order));
  while (row.next()) names.push_back(row.fileName(0));
  return names;
}

}  // namespace discern::project
