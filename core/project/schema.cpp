#include "core/project/schema.h"

#include <SQLiteCpp/Transaction.h>

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

constexpr const char* kMigrations[kSchemaVersion] = {kVersion1, kVersion2};

int versionOf(SQLite::Database& db, const std::filesystem::path& folder) {
  const int version = db.execAndGet("PRAGMA user_version").getInt();
  if (version > kSchemaVersion)
    fail(
        "{}: was written by a newer Discern (project version {}, this one knows up to {}); update Discern to "
        "open it",
        folder.string(), version, kSchemaVersion);
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
