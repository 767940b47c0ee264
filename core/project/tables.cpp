// Features, scores, protocols.
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/project/impl.h"

namespace discern::project {

std::vector<std::string> namesOf(SQLite::Database& db, const char* sql) {
  std::vector<std::string> values;
  SQLite::Statement query(db, sql);
  while (query.executeStep()) values.push_back(query.getColumn(0).getString());
  return values;
}

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

float number(const SQLite::Column& column) {
  return column.isNull() ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(column.getDouble());
}
}  // namespace

std::vector<FeatureTableRow> Project::featureTables() const {
  std::vector<FeatureTableRow> rows;
  SQLite::Statement query(impl_->db,
                          "SELECT name, model, recipe, dims, macs, milliseconds, created FROM feature_tables "
                          "ORDER BY created, name");
  while (query.executeStep()) {
    std::string model = query.getColumn(1).getString();
    if (model.starts_with(kInside)) model = impl_->fromStored(model);
    rows.push_back({query.getColumn(0).getString(), std::move(model), query.getColumn(2).getString(),
                    query.getColumn(3).getInt64(), query.getColumn(4).getDouble(),
                    query.getColumn(5).getDouble(), query.getColumn(6).getString()});
  }
  return rows;
}

std::optional<FeatureTableRow> Project::featureTable(const std::string& name) const {
  for (auto& row : featureTables())
    if (row.name == name) return row;
  return std::nullopt;
}

std::filesystem::path Project::featureFile(const std::string& name) const {
  requireFileName("--name", name);
  return impl_->folder / "features" / (name + ".npy");
}

data::MappedNpy Project::features(const std::string& name) const {
  if (!featureTable(name)) {
    std::vector<std::string> names;
    for (const auto& row : featureTables()) names.push_back(row.name);
    failMissing("features", name, names, "run 'discern extract' first");
  }
  return data::MappedNpy(featureFile(name));
}

void Project::putFeatureTable(const FeatureTableRow& row) {
  requireFileName("--name", row.name);
  impl_->write([&] {
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
  });
}

std::vector<std::string> Project::scoreTables() const {
  return namesOf(impl_->db, "SELECT name FROM score_tables ORDER BY revision");
}

data::ScoreTable Project::scores(const std::string& name) const {
  SQLite::Statement head(impl_->db, "SELECT method, features, mean, sigma FROM score_tables WHERE name = ?");
  head.bind(1, name);
  if (!head.executeStep()) failMissing("scores", name, scoreTables(), "run 'discern score' first");
  data::ScoreTable table;
  table.name = name;
  table.method = head.getColumn(0).getString();
  table.featureTable = head.getColumn(1).getString();
  table.mean = head.getColumn(2).getDouble();
  table.sigma = head.getColumn(3).getDouble();
  table.resize(static_cast<std::size_t>(sampleCount()));
  table.covered = 0;
  SQLite::Statement query(impl_->db,
                          "SELECT sample, score, ratio, own, hardest, hardest_identity, status FROM scores "
                          "WHERE score_table = ?");
  query.bind(1, name);
  while (query.executeStep()) {
    const auto i = static_cast<std::size_t>(query.getColumn(0).getInt());
    if (i >= table.score.size()) continue;
    table.covered = std::max(table.covered, static_cast<std::int64_t>(i) + 1);
    table.score[i] = number(query.getColumn(1));
    table.ratio[i] = number(query.getColumn(2));
    table.own[i] = number(query.getColumn(3));
    table.hardest[i] = number(query.getColumn(4));
    table.hardestIdentity[i] = query.getColumn(5).getInt();
    table.status[i] = static_cast<data::ScoreStatus>(query.getColumn(6).getInt());
  }
  return table;
}

void Project::putScores(const data::ScoreTable& table) {
  requireFileName("--name", table.name);
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
  return namesOf(impl_->db, "SELECT name FROM protocols ORDER BY rowid");
}

data::Protocol Project::protocol(const std::string& name) const {
  SQLite::Statement head(impl_->db, "SELECT folds FROM protocols WHERE name = ?");
  head.bind(1, name);
  if (!head.executeStep()) failMissing("protocol", name, protocols(), "make one with 'discern protocol'");
  data::Protocol protocol;
  protocol.name = name;
  protocol.folds = head.getColumn(0);
  SQLite::Statement templates(impl_->db,
                              "SELECT name, identity FROM templates WHERE protocol = ? ORDER BY idx");
  templates.bind(1, name);
  while (templates.executeStep())
    protocol.templates.push_back({templates.getColumn(0).getString(), templates.getColumn(1).getInt(), {}});
  SQLite::Statement members(
      impl_->db, "SELECT idx, sample FROM template_samples WHERE protocol = ? ORDER BY idx, position");
  members.bind(1, name);
  while (members.executeStep())
    protocol.templates[static_cast<std::size_t>(members.getColumn(0).getInt())].samples.push_back(
        members.getColumn(1));
  SQLite::Statement pairs(impl_->db, "SELECT a, b, genuine, fold FROM pairs WHERE protocol = ? ORDER BY idx");
  pairs.bind(1, name);
  while (pairs.executeStep())
    protocol.pairs.push_back(
        {pairs.getColumn(0), pairs.getColumn(1), pairs.getColumn(2).getInt() != 0, pairs.getColumn(3)});
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
