// Lambda paths and t-SNE maps.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/project/impl.h"
#include "core/project/reader.h"

namespace discern::project {
namespace {
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::filesystem::path mapFile(const std::filesystem::path& folder, const std::string& name) {
  return folder / "maps" / (name + ".npy");
}

// Oldest first; none in a project of an older version, which is read as it is.
std::vector<std::string> revisedNames(const Database& project, const std::string& table) {
  if (!project.db.tableExists(table)) return {};
  return namesOf(project, table, "revision");
}
}  // namespace

std::vector<std::string> Project::selections() const { return revisedNames(*impl_, "selections"); }

SelectionRow Project::selection(const std::string& name) const {
  const Snapshot snapshot(*impl_);
  const auto there = selections();
  if (std::find(there.begin(), there.end(), name) == there.end())
    failMissing("selection", name, there, "select faces first");
  Reader head(*impl_, "selections",
              "SELECT name, features, centers, options, created FROM selections WHERE name = ?", name);
  if (!head.next())
    fail(
        "{}: table selections: its index does not find '{}', which is in it; the project is damaged, restore "
        "project.sqlite from a copy or make it anew",
        (impl_->folder / "project.sqlite").string(), name);
  SelectionRow row;
  row.name = name;
  row.features = head.text(1);
  row.centers = head.whole(2, 0, std::numeric_limits<std::int32_t>::max());
  row.options = head.json(3);
  row.created = head.text(4);
  const int count = sampleCount();
  row.enters.assign(static_cast<std::size_t>(count), kNan);
  row.others.assign(static_cast<std::size_t>(count), static_cast<float>(kNan));
  Reader query(*impl_, fmt::format("selection_samples of '{}'", name),
               "SELECT sample, enters, others FROM selection_samples WHERE selection = ?", name);
  while (query.next()) {
    const auto i = static_cast<std::size_t>(query.index(0, 0, count));
    row.enters[i] = query.number(1);  // infinity: never
    row.others[i] = query.finiteOrNan(2);
  }
  return row;
}

void Project::putSelection(const SelectionRow& row) {
  requireFileName("name", row.name);
  impl_->change([&] {
    SQLite::Statement clear(impl_->db, "DELETE FROM selection_samples WHERE selection = ?");
    clear.bind(1, row.name);
    clear.exec();
    SQLite::Statement head(
        impl_->db,
        "INSERT OR REPLACE INTO selections VALUES(?,?,?,?,?, (SELECT coalesce(max(revision), 0) + 1 "
        "FROM selections))");
    head.bind(1, row.name);
    head.bind(2, row.features);
    head.bind(3, row.centers);
    head.bind(4, row.options);
    head.bind(5, utcNow());
    head.exec();
    clearStale(impl_->db, "selection", row.name, row.features);
    keepDecided(impl_->db, "selection", row.name, row.decisions);
    SQLite::Statement insert(impl_->db, "INSERT INTO selection_samples VALUES(?,?,?,?)");
    for (std::size_t i = 0; i < row.enters.size(); ++i) {
      if (std::isnan(row.enters[i])) continue;
      insert.reset();
      insert.clearBindings();
      insert.bind(1, row.name);
      insert.bind(2, static_cast<int>(i));
      insert.bind(3, row.enters[i]);
      bindNumber(insert, 4, row.others[i]);
      insert.exec();
    }
  });
}

std::vector<std::string> Project::maps() const { return revisedNames(*impl_, "maps"); }

MapRow Project::map(const std::string& name) const {
  const auto there = maps();
  if (std::find(there.begin(), there.end(), name) == there.end())
    failMissing("map", name, there, "make one first");
  Reader head(*impl_, "maps", "SELECT name, features, options, kl, created FROM maps WHERE name = ?", name);
  if (!head.next()) failMissing("map", name, maps(), "make one first");
  const auto file = mapFile(impl_->folder, head.fileName(0));
  MapRow row{name,         head.text(1),       head.json(2), head.isNull(3) ? 0 : head.finite(3),
             head.text(4), data::loadNpy(file)};
  const int count = sampleCount();  // after the file: images may be added, but never leave
  if (row.points.cols != 2 || row.points.rows > count)
    fail("{}: has {} rows of {}, at most {} of 2 were expected; make the map again", file.string(),
         row.points.rows, row.points.cols, count);
  row.points.rows = count;
  row.points.values.resize(static_cast<std::size_t>(count) * 2, static_cast<float>(kNan));
  return row;
}

void Project::putMap(const MapRow& row) {
  requireFileName("name", row.name);
  if (!impl_->db.tableExists("maps"))
    fail(
        "{}: was written by an older Discern; bring it up to date with a job that writes to it, such as a "
        "map",
        impl_->folder.string());
  const auto file = mapFile(impl_->folder, row.name);
  std::filesystem::create_directories(file.parent_path());
  data::saveNpy(file, row.points.view());
  impl_->write([&] {
    SQLite::Statement head(
        impl_->db,
        "INSERT OR REPLACE INTO maps VALUES(?,?,?,?,?, (SELECT coalesce(max(revision), 0) + 1 FROM "
        "maps))");
    head.bind(1, row.name);
    head.bind(2, row.features);
    head.bind(3, row.options);
    bindNumber(head, 4, row.kl);
    head.bind(5, utcNow());
    head.exec();
    clearStale(impl_->db, "map", row.name, row.features);
  });
}

}  // namespace discern::project
