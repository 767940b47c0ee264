// Lambda paths and t-SNE maps.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/project/impl.h"

namespace discern::project {
namespace {
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::filesystem::path mapFile(const std::filesystem::path& folder, const std::string& name) {
  return folder / "maps" / (name + ".npy");
}
}  // namespace

std::vector<std::string> Project::selections() const {
  if (!impl_->db.tableExists("selections")) return {};  // reading an older project
  return namesOf(impl_->db, "SELECT name FROM selections ORDER BY revision");
}

SelectionRow Project::selection(const std::string& name) const {
  const auto there = selections();
  if (std::find(there.begin(), there.end(), name) == there.end())
    failMissing("selection", name, there, "run 'discern select' first");
  SQLite::Statement head(impl_->db,
                         "SELECT features, centers, options, created FROM selections WHERE name = ?");
  head.bind(1, name);
  head.executeStep();
  SelectionRow row;
  row.name = name;
  row.features = head.getColumn(0).getString();
  row.centers = head.getColumn(1).getInt64();
  row.options = head.getColumn(2).getString();
  row.created = head.getColumn(3).getString();
  const auto count = static_cast<std::size_t>(sampleCount());
  row.enters.assign(count, kNan);
  row.others.assign(count, static_cast<float>(kNan));
  SQLite::Statement query(impl_->db,
                          "SELECT sample, enters, others FROM selection_samples WHERE selection = ?");
  query.bind(1, name);
  while (query.executeStep()) {
    const auto i = static_cast<std::size_t>(query.getColumn(0).getInt());
    if (i >= count) continue;
    row.enters[i] = query.getColumn(1).getDouble();
    if (!query.getColumn(2).isNull()) row.others[i] = static_cast<float>(query.getColumn(2).getDouble());
  }
  return row;
}

void Project::putSelection(const SelectionRow& row) {
  requireFileName("--name", row.name);
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

std::vector<std::string> Project::maps() const {
  if (!impl_->db.tableExists("maps")) return {};
  return namesOf(impl_->db, "SELECT name FROM maps ORDER BY revision");
}

MapRow Project::map(const std::string& name) const {
  const auto there = maps();
  if (std::find(there.begin(), there.end(), name) == there.end())
    failMissing("map", name, there, "run 'discern tsne' first");
  SQLite::Statement head(impl_->db, "SELECT features, options, kl, created FROM maps WHERE name = ?");
  head.bind(1, name);
  head.executeStep();
  MapRow row{name,
             head.getColumn(0).getString(),
             head.getColumn(1).getString(),
             head.getColumn(2).getDouble(),
             head.getColumn(3).getString(),
             data::loadNpy(mapFile(impl_->folder, name))};
  if (row.points.cols != 2)
    fail("{}: has {} columns, 2 were expected", mapFile(impl_->folder, name).string(), row.points.cols);
  row.points.rows = sampleCount();
  row.points.values.resize(static_cast<std::size_t>(row.points.rows * 2), static_cast<float>(kNan));
  return row;
}

void Project::putMap(const MapRow& row) {
  requireFileName("--name", row.name);
  if (!impl_->db.tableExists("maps"))
    fail(
        "{}: was written by an older Discern; bring it up to date with a command that writes to it, such as "
        "'discern tsne'",
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
  });
}

}  // namespace discern::project
