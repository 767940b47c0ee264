// A sound project.sqlite with other values in some of its cells: the first part of the input (six bytes an
// edit, and a text for all) is what is changed, by places that SQLite gives.
#include <SQLiteCpp/SQLiteCpp.h>

#include "core/base/files.h"
#include "tests/fuzz/planted.h"
#include "tests/fuzz/project_read.h"

namespace discern::fuzz {
namespace {

struct Place {
  std::string table, column;
};

std::vector<Place> placesOf(SQLite::Database& db) {
  std::vector<Place> places;
  SQLite::Statement tables(db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  while (tables.executeStep()) {
    const std::string table = tables.getColumn(0).getString();
    SQLite::Statement columns(db, "PRAGMA table_info(" + table + ")");
    while (columns.executeStep()) places.push_back({table, "\"" + columns.getColumn(1).getString() + "\""});
  }
  return places;
}

void bindValue(SQLite::Statement& statement, int kind, std::int64_t value, const std::string& text) {
  constexpr std::int64_t kOdd[] = {-1, 0, 9999, 2'000'000'000, INT64_MAX, INT64_MIN, 1 << 20, -2};
  switch (kind % 5) {
    case 0:
      return statement.bind(1, value);
    case 1:
      return statement.bind(1, kOdd[value & 7]);
    case 2:
      return statement.bind(1, static_cast<double>(value) / 7);
    case 3:
      return statement.bind(1, text);
    default:
      return statement.bind(1);
  }
}

}  // namespace
}  // namespace discern::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  static const auto project = fuzz::plantProject(folder.path() / "project");
  static const std::string sound = readFile(project / "project.sqlite");
  const auto parts = fuzz::partsOf(fuzz::textOf(data, size), 2);
  const std::string text(parts[1]);
  for (const char* left : {"project.sqlite-wal", "project.sqlite-shm", "project.sqlite-journal"})
    std::filesystem::remove(project / left);
  folder.write("project/project.sqlite", sound);
  {
    SQLite::Database db((project / "project.sqlite").string(), SQLite::OPEN_READWRITE);
    db.exec("PRAGMA synchronous = OFF");
    db.exec("PRAGMA journal_mode = OFF");
    static const auto places = fuzz::placesOf(db);
    for (std::size_t at = 0; at + 6 <= parts[0].size() && at < 60; at += 6) {
      const auto byte = [&](std::size_t i) {
        return static_cast<int>(static_cast<unsigned char>(parts[0][at + i]));
      };
      const auto& place = places[static_cast<std::size_t>(byte(0)) % places.size()];
      try {
        SQLite::Statement update(
            db, "UPDATE " + place.table + " SET " + place.column + " = ?" +
                    (byte(1) % 4 == 0
                         ? ""
                         : " WHERE " + place.column + " IN (SELECT " + place.column + " FROM " + place.table +
                               " LIMIT 1 OFFSET " + std::to_string(byte(1) / 4) + ")"));
        fuzz::bindValue(update, byte(2), (byte(3) - 128) * (byte(4) + 1) + byte(5), text);
        update.exec();
      } catch (const SQLite::Exception&) {  // not unique
      }
    }
  }
  fuzz::readProject(project);
  return 0;
}
