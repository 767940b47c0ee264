// Features, scores, protocols.
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/project/impl.h"
#include "core/project/reader.h"

namespace discern::project {

void bindNumber(SQLite::Statement& query, int index, double value) {
  if (std::isfinite(value)) query.bind(index, value);  // NULL for NaN
}

void failMissing(const char* what, const std::string& name, const std::vector<std::string>& there,
                 const char* make) {
  if (there.empty()) fail("this project has no {} yet; {}", what, make);
  fail("this project has no {} named '{}'; there is: {}", what, name, fmt::join(there, ", "));
}

namespace {
// A network of this project is stored by its place inside, so that the folder can be moved.
constexpr const char* kInside = "checkpoints/";
constexpr int kWidest = 1 << 20;  // dimensions of a feature
constexpr int kMostFolds = 1 << 20;
constexpr int kStatuses = static_cast<int>(data::ScoreStatus::NotGiven) + 1;
}  // namespace

void clearStale(SQLite::Database& db, const char* kind, const std::string& name,
                const std::string& features) {
  if (!db.tableExists("stale_parts")) return;  // a map of a project that nothing brought up to date yet
  SQLite::Statement clear(db, "DELETE FROM stale_parts WHERE kind = ? AND name = ?");
  clear.bind(1, kind);
  clear.bind(2, name);
  clear.exec();
  if (features.empty()) return;
  SQLite::Statement inherit(db,
                            "INSERT INTO stale_parts SELECT ?, ?, sample, why FROM stale_parts WHERE kind = "
                            "'features' AND name = ?");
  inherit.bind(1, kind);
  inherit.bind(2, name);
  inherit.bind(3, features);
  inherit.exec();
}

std::vector<FeatureTableRow> Project::featureTables() const {
  std::vector<FeatureTableRow> rows;
  Reader row(*impl_, "feature_tables",
             "SELECT name, model, recipe, dims, macs, milliseconds, created FROM feature_tables "
             "ORDER BY created, rowid");
  while (row.next()) {
    std::string model = row.text(1);
    if (model.starts_with(kInside)) model = impl_->fromStored(model);
    rows.push_back({row.fileName(0), std::move(model), row.json(2), row.whole(3, 0, kWidest), row.amount(4),
                    row.amount(5), row.text(6)});
  }
  return rows;
}

std::optional<FeatureTableRow> Project::featureTable(const std::string& name) const {
  for (auto& row : featureTables())
    if (row.name == name) return row;
  return std::nullopt;
}

std::filesystem::path Project::featureFile(const std::string& name) const {
  requireFileName("name", name);
  return impl_->folder / "features" / (name + ".npy");
}

data::MappedNpy Project::features(const std::string& name) const {
  const auto row = featureTable(name);
  if (!row) {
    std::vector<std::string> names;
    for (const auto& other : featureTables()) names.push_back(other.name);
    failMissing("features", name, names, "extract them first");
  }
  const auto file = featureFile(name);
  data::MappedNpy features(file);
  const auto view = features.view();
  const int count = sampleCount();  // after the file: images may be added, but never leave
  if (view.cols != row->dims || view.rows > count)
    fail("{}: has {} rows of {} floats, but the project says at most {} of {}", file.string(), view.rows,
         view.cols, count, row->dims);
  return features;
}

void Project::putFeatureTable(const FeatureTableRow& row) {
  requireFileName("name", row.name);
  impl_->change([&] {
    SQLite::Statement insert(impl_->db, "INSERT OR REPLACE INTO feature_tables VALUES(?,?,?,?,?,?,?)");
    insert.bind(1, row.name);
    const std::string inside = impl_->toStored(row.model);
    insert.bind(2, inside.starts_with(kInside) ? inside : row.model);
    insert.bind(3, row.recipe);
    insert.bind(4, static_cast<std::int64_t>(row.dims));
    insert.bind(5, row.macs);
    insert.bind(6, row.milliseconds);
    insert.bind(7, row.created.empty() ? utcNow() : row.created);
    insert.exec();
    clearStale(impl_->db, "features", row.name, "");
  });
}

std::vector<std::string> Project::scoreTables() const { return namesOf(*impl_, "score_tables", "revision"); }

data::ScoreTable Project::scores(const std::string& name) const {
  const Snapshot snapshot(*impl_);
  Reader head(*impl_, "score_tables",
              "SELECT name, method, features, mean, sigma FROM score_tables WHERE name = ?", name);
  if (!head.next()) failMissing("scores", name, scoreTables(), "score the images first");
  data::ScoreTable table;
  table.name = name;
  table.method = head.text(1);
  table.featureTable = head.text(2);
  table.mean = head.isNull(3) ? 0 : head.finite(3);
  table.sigma = head.isNull(4) ? 0 : head.finite(4);
  const int count = sampleCount(), people = identityCount(*impl_);
  table.resize(static_cast<std::size_t>(count));
  table.covered = 0;
  Reader row(*impl_, fmt::format("scores of '{}'", name),
             "SELECT sample, score, ratio, own, hardest, hardest_identity, status FROM scores "
             "WHERE score_table = ?",
             name);
  while (row.next()) {
    const auto i = static_cast<std::size_t>(row.index(0, 0, count));
    table.covered = std::max(table.covered, static_cast<std::int64_t>(i) + 1);
    table.score[i] = row.finiteOrNan(1);
    table.ratio[i] = row.finiteOrNan(2);
    table.own[i] = row.finiteOrNan(3);
    table.hardest[i] = row.finiteOrNan(4);
    table.hardestIdentity[i] = row.index(5, -1, people);
    table.status[i] = static_cast<data::ScoreStatus>(row.index(6, 0, kStatuses));
  }
  return table;
}

void Project::putScores(const data::ScoreTable& table) {
  requireFileName("name", table.name);
  impl_->change([&] {
    SQLite::Statement clear(impl_->db, "DELETE FROM scores WHERE score_table = ?");
    clear.bind(1, table.name);
    clear.exec();
    SQLite::Statement head(impl_->db,
                           "INSERT OR REPLACE INTO score_tables VALUES(?,?,?,?,?, (SELECT "
                           "coalesce(max(revision), 0) + 1 FROM score_tables))");
    head.bind(1, table.name);
    head.bind(2, table.method);
    head.bind(3, table.featureTable);
    head.bind(4, table.mean);
    head.bind(5, table.sigma);
    head.exec();
    clearStale(impl_->db, "scores", table.name, table.featureTable);
    keepDecided(impl_->db, "scores", table.name, table.decisions);
    SQLite::Statement insert(impl_->db, "INSERT INTO scores VALUES(?,?,?,?,?,?,?,?)");
    for (std::size_t i = 0; i < table.score.size(); ++i) {
      insert.reset();
      insert.clearBindings();
      insert.bind(1, table.name);
      insert.bind(2, static_cast<int>(i));
      bindNumber(insert, 3, table.score[i]);
      bindNumber(insert, 4, table.ratio[i]);
      bindNumber(insert, 5, table.own[i]);
      bindNumber(insert, 6, table.hardest[i]);
      insert.bind(7, table.hardestIdentity[i]);
      insert.bind(8, static_cast<int>(table.status[i]));
      insert.exec();
    }
  });
}

std::vector<std::string> Project::protocols() const {
  std::vector<std::string> names;
  Reader row(*impl_, "protocols", "SELECT name FROM protocols ORDER BY rowid");
  while (row.next()) names.push_back(row.text(0));
  return names;
}

data::Protocol Project::protocol(const std::string& name) const {
  const Snapshot snapshot(*impl_);
  Reader head(*impl_, "protocols", "SELECT name, folds FROM protocols WHERE name = ?", name);
  if (!head.next()) failMissing("protocol", name, protocols(), "make one first");
  data::Protocol protocol;
  protocol.name = name;
  protocol.folds = head.index(1, 0, kMostFolds + 1);
  const int people = identityCount(*impl_), count = sampleCount();
  Reader templates(*impl_, fmt::format("templates of '{}'", name),
                   "SELECT idx, name, identity FROM templates WHERE protocol = ? ORDER BY idx", name);
  while (templates.next()) {
    templates.rowNumber(0);
    protocol.templates.push_back({templates.text(1), templates.index(2, -1, people), {}});
  }
  const auto all = static_cast<int>(protocol.templates.size());
  Reader members(*impl_, fmt::format("template_samples of '{}'", name),
                 "SELECT idx, sample FROM template_samples WHERE protocol = ? ORDER BY idx, position", name);
  while (members.next())
    protocol.templates[static_cast<std::size_t>(members.index(0, 0, all))].samples.push_back(
        members.index(1, 0, count));
  Reader pairs(*impl_, fmt::format("pairs of '{}'", name),
               "SELECT idx, a, b, genuine, fold FROM pairs WHERE protocol = ? ORDER BY idx", name);
  while (pairs.next()) {
    pairs.rowNumber(0);
    protocol.pairs.push_back({pairs.index(1, 0, all), pairs.index(2, 0, all), pairs.index(3, 0, 2) != 0,
                              pairs.index(4, -1, protocol.folds)});
  }
  return protocol;
}

void Project::putProtocol(const data::Protocol& protocol) {
  impl_->change([&] { writeProtocol(impl_->db, protocol); });
}

void writeProtocol(SQLite::Database& db, const data::Protocol& protocol) {
  for (const char* table : {"templates", "template_samples", "pairs"}) {
    SQLite::Statement clear(db, std::string("DELETE FROM ") + table + " WHERE protocol = ?");
    clear.bind(1, protocol.name);
    clear.exec();
  }
  SQLite::Statement head(db, "INSERT OR REPLACE INTO protocols VALUES(?,?)");
  head.bind(1, protocol.name);
  head.bind(2, protocol.folds);
  head.exec();
  SQLite::Statement insertTemplate(db, "INSERT INTO templates VALUES(?,?,?,?)");
  SQLite::Statement insertMember(db, "INSERT INTO template_samples VALUES(?,?,?,?)");
  for (std::size_t t = 0; t < protocol.templates.size(); ++t) {
    const auto& one = protocol.templates[t];
    insertTemplate.reset();
    insertTemplate.bind(1, protocol.name);
    insertTemplate.bind(2, static_cast<int>(t));
    insertTemplate.bind(3, one.name);
    insertTemplate.bind(4, one.identity);
    insertTemplate.exec();
    for (std::size_t p = 0; p < one.samples.size(); ++p) {
      insertMember.reset();
      insertMember.bind(1, protocol.name);
      insertMember.bind(2, static_cast<int>(t));
      insertMember.bind(3, static_cast<int>(p));
      insertMember.bind(4, one.samples[p]);
      insertMember.exec();
    }
  }
  SQLite::Statement insertPair(db, "INSERT INTO pairs VALUES(?,?,?,?,?,?)");
  for (std::size_t i = 0; i < protocol.pairs.size(); ++i) {
    const auto& pair = protocol.pairs[i];
    insertPair.reset();
    insertPair.bind(1, protocol.name);
    insertPair.bind(2, static_cast<int>(i));
    insertPair.bind(3, pair.a);
    insertPair.bind(4, pair.b);
    insertPair.bind(5, pair.genuine ? 1 : 0);
    insertPair.bind(6, pair.fold);
    insertPair.exec();
  }
}

}  // namespace discern::project
