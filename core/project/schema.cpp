#include "core/project/schema.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace discern::project {
namespace {

// A migration to version n + 1 is appended to kMigrations and never edited afterwards.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE identities(id INTEGER PRIMARY KEY, name TEXT NOT NULL, set_name TEXT NOT NULL, role INTEGER NOT NULL,
  excluded INTEGER NOT NULL DEFAULT 0, merged_into INTEGER NOT NULL DEFAULT -1, UNIQUE(set_name, name));
CREATE TABLE samples(id INTEGER PRIMARY KEY, identity INTEGER NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL,
  length INTEGER NOT NULL, landmarks TEXT, crop TEXT, degradation INTEGER NOT NULL DEFAULT 0,
  strength REAL NOT NULL DEFAULT 0, seed INTEGER NOT NULL DEFAULT 0, parent INTEGER NOT NULL DEFAULT -1,
  media TEXT NOT NULL DEFAULT '', nuisance TEXT NOT NULL DEFAULT '', problem TEXT NOT NULL DEFAULT '');
CREATE INDEX samples_file ON samples(file, offset);
CREATE TABLE feature_tables(name TEXT PRIMARY KEY, model TEXT, recipe TEXT, dims INTEGER, macs REAL,
  milliseconds REAL, created TEXT);
CREATE TABLE score_tables(name TEXT PRIMARY KEY, method TEXT, features TEXT, mean REAL, sigma REAL, revision INTEGER);
CREATE TABLE scores(score_table TEXT NOT NULL, sample INTEGER NOT NULL, score REAL, ratio REAL, own REAL, hardest REAL,
  hardest_identity INTEGER, status INTEGER NOT NULL, PRIMARY KEY(score_table, sample)) WITHOUT ROWID;
CREATE TABLE protocols(name TEXT PRIMARY KEY, folds INTEGER NOT NULL);
CREATE TABLE templates(protocol TEXT NOT NULL, idx INTEGER NOT NULL, name TEXT, identity INTEGER,
  PRIMARY KEY(protocol, idx)) WITHOUT ROWID;
CREATE TABLE template_samples(protocol TEXT NOT NULL, idx INTEGER NOT NULL, position INTEGER NOT NULL,
  sample INTEGER NOT NULL, PRIMARY KEY(protocol, idx, position)) WITHOUT ROWID;
CREATE TABLE pairs(protocol TEXT NOT NULL, idx INTEGER NOT NULL, a INTEGER, b INTEGER, genuine INTEGER, fold INTEGER,
  PRIMARY KEY(protocol, idx)) WITHOUT ROWID;
CREATE TABLE models(name TEXT PRIMARY KEY, kind TEXT, architecture TEXT, file TEXT, macs REAL, parameters REAL,
  milliseconds REAL, options TEXT);
CREATE TABLE runs(id INTEGER PRIMARY KEY, job TEXT, options TEXT, started TEXT, finished TEXT, status TEXT, result TEXT,
  pid INTEGER);
CREATE TABLE metrics(run INTEGER NOT NULL, name TEXT NOT NULL, step INTEGER NOT NULL, value REAL,
  PRIMARY KEY(run, name, step)) WITHOUT ROWID;
CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT);
)sql";

// Lambda paths and t-SNE maps.
constexpr const char* kVersion2 = R"sql(
CREATE TABLE selections(name TEXT PRIMARY KEY, features TEXT NOT NULL, centers INTEGER NOT NULL, options TEXT NOT NULL,
  created TEXT NOT NULL, revision INTEGER NOT NULL);
CREATE TABLE selection_samples(selection TEXT NOT NULL, sample INTEGER NOT NULL, enters REAL NOT NULL, others REAL,
  PRIMARY KEY(selection, sample)) WITHOUT ROWID;
CREATE TABLE maps(name TEXT PRIMARY KEY, features TEXT NOT NULL, options TEXT NOT NULL, kl REAL, created TEXT NOT NULL,
  revision INTEGER NOT NULL);
)sql";

// Image files as they were; what a model made of an image belongs to its features; what is no longer true.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE files(file TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, hash INTEGER NOT NULL)
  WITHOUT ROWID;
CREATE TABLE feature_problems(features TEXT NOT NULL, sample INTEGER NOT NULL, problem TEXT NOT NULL,
  PRIMARY KEY(features, sample)) WITHOUT ROWID;
CREATE TABLE stale(kind TEXT NOT NULL, name TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY(kind, name)) WITHOUT ROWID;
UPDATE samples SET problem = '' WHERE problem LIKE '% gave no finite feature';
)sql";

// One list of what is old, sample by sample: replaced images, and faces placed anew, which were settings.
constexpr const char* kVersion4 = R"sql(
CREATE TABLE stale_parts(kind TEXT NOT NULL, name TEXT NOT NULL, sample INTEGER NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY(kind, name, sample)) WITHOUT ROWID;
INSERT INTO stale_parts SELECT kind, name, -1, why FROM stale;
INSERT OR IGNORE INTO stale_parts
  SELECT substr(told.key, 7, instr(told.key, '/') - 7), substr(told.key, instr(told.key, '/') + 1), item.value, 'placed'
  FROM settings AS told, json_each(CASE WHEN json_valid(told.value) THEN told.value ELSE '[]' END) AS item
  WHERE (told.key LIKE 'stale_features/%' OR told.key LIKE 'stale_scores/%') AND item.type = 'integer';
DELETE FROM settings WHERE key LIKE 'stale_features/%' OR key LIKE 'stale_scores/%';
DROP TABLE stale;
)sql";

// What people decide about images and identities, its history, and what of it scores, selections and runs
// knew.
constexpr const char* kVersion5 = R"sql(
CREATE TABLE marks(sample INTEGER PRIMARY KEY, left_out INTEGER NOT NULL, moved_to INTEGER NOT NULL,
  verdict INTEGER NOT NULL, tags TEXT NOT NULL, note TEXT NOT NULL);
CREATE TABLE decisions(id INTEGER PRIMARY KEY, time TEXT NOT NULL, what TEXT NOT NULL, state INTEGER NOT NULL);
CREATE TABLE decision_marks(decision INTEGER NOT NULL, sample INTEGER NOT NULL, before TEXT NOT NULL,
  after TEXT NOT NULL, PRIMARY KEY(decision, sample)) WITHOUT ROWID;
CREATE TABLE decision_identities(decision INTEGER NOT NULL, identity INTEGER NOT NULL, before TEXT NOT NULL,
  after TEXT NOT NULL, PRIMARY KEY(decision, identity)) WITHOUT ROWID;
CREATE TABLE decided(kind TEXT NOT NULL, name TEXT NOT NULL, decisions TEXT NOT NULL, PRIMARY KEY(kind, name))
  WITHOUT ROWID;
)sql";

// Samples that lie in videos.
constexpr const char* kVersion6 = R"sql(
CREATE TABLE moments(sample INTEGER PRIMARY KEY, time REAL NOT NULL, seconds REAL NOT NULL);
)sql";

constexpr const char* kMigrations[kSchemaVersion] = {kVersion1, kVersion2, kVersion3,
                                                     kVersion4, kVersion5, kVersion6};

struct Object {
  std::string type, name, sql;  // of sql all but white space
  bool operator==(const Object&) const = default;
};

// What a database says that it consists of, without what SQLite makes for itself.
std::vector<Object> objectsOf(SQLite::Database& db) {
  std::vector<Object> objects;
  SQLite::Statement query(db,
                          "SELECT type, name, coalesce(sql, '') FROM sqlite_schema "
                          "WHERE substr(name, 1, 7) <> 'sqlite_' ORDER BY name");
  while (query.executeStep()) {
    Object object{query.getColumn(0), query.getColumn(1), query.getColumn(2)};
    std::erase_if(object.sql, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    objects.push_back(std::move(object));
  }
  return objects;
}

// In place of a table a view may stand, whose rows never end, and a trigger adds to what is written: a
// database is taken only as it was made. Tables of somebody else are left alone.
void requireOwnObjects(SQLite::Database& db, int version, const std::string& file) {
  SQLite::Database own(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  for (int v = 0; v < version; ++v) own.exec(kMigrations[v]);
  const auto expected = objectsOf(own), found = objectsOf(db);
  for (int v = version; v < kSchemaVersion; ++v) own.exec(kMigrations[v]);
  const auto later = objectsOf(own);
  for (const Object& object : expected)
    if (std::ranges::find(found, object) == found.end())
      fail(
          "{}: its {} {} is missing or not as Discern makes it; restore the file from a copy, or make the "
          "project anew",
          file, object.type, object.name);
  for (const Object& object : found)
    if (std::ranges::find(expected, object) == expected.end() &&
        (object.type != "table" || std::ranges::find(later, object.name, &Object::name) != later.end()))
      fail(
          "{}: holds the {} {}, which Discern did not make and does not trust; restore the file from a copy, "
          "or make the project anew",
          file, object.type, object.name);
}

int versionOf(SQLite::Database& db, const std::filesystem::path& folder) {
  const int version = db.execAndGet("PRAGMA user_version").getInt();
  if (version > kSchemaVersion)
    fail(
        "{}: was written by a newer Discern (project version {}, this one knows up to {}); update Discern to "
        "open it",
        folder.string(), version, kSchemaVersion);
  const std::string file = (folder / "project.sqlite").string();
  if (version < 0) fail("{}: is of version {}, which never was; restore it from a copy", file, version);
  requireOwnObjects(db, version, file);
  return version;
}

}  // namespace

void prepareSchema(SQLite::Database& db, const std::filesystem::path& folder) {
  if (versionOf(db, folder) == kSchemaVersion) return;
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  for (int v = versionOf(db, folder); v < kSchemaVersion; ++v) db.exec(kMigrations[v]);
  db.exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
  transaction.commit();
}

void checkSchema(SQLite::Database& db, const std::filesystem::path& folder) {
  if (versionOf(db, folder) == 0)
    fail(
        "{}: its project.sqlite is empty; wait for the import that makes the project, or remove the folder "
        "and import again",
        folder.string());
}

}  // namespace discern::project
