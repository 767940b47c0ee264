// What the parts of Project share.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "core/data/no_picture.h"
#include "core/project/lock.h"
#include "core/project/project.h"

namespace discern::project {

// One sentence for what SQLite says, the full disk before all.
[[noreturn]] void failDatabase(const std::filesystem::path& folder, const SQLite::Exception& error);

struct Database {
  std::filesystem::path folder;
  std::unique_ptr<ProjectLock> lock;  // null: reading
  mutable SQLite::Database db;

  Database(std::filesystem::path f, int flags)
      : folder(std::move(f)), db((folder / "project.sqlite").string(), flags, 10'000) {
    distrust();
  }
  Database(std::filesystem::path f, const std::string& uri)  // for reading, and nothing else
      : folder(std::move(f)), db(uri, SQLite::OPEN_READONLY | SQLite::OPEN_URI, 10'000) {
    distrust();
  }

  // Every write goes through one of these two: a single statement, or several
  // as one transaction, which takes the write lock before it reads (a lock
  // that is wanted later is refused when somebody else wrote in between).
  template <typename Body>
  void write(const Body& body) {
    try {
      body();
    } catch (const SQLite::Exception& error) {
      failDatabase(folder, error);
    }
  }
  template <typename Body>
  void change(const Body& body) {
    write([&] {
      SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
      body();
      transaction.commit();
    });
  }

  std::string toStored(const std::string& file) const;         // relative when inside the project
  std::string fromStored(const std::string& file) const;       // absolute
  std::string storedFile(const data::ImageRef& image) const {  // a name without a picture stays as it is
    return data::hasPicture(image) ? toStored(image.file) : image.file;
  }

 private:
  void distrust();  // of what the file may hold beside rows
};
struct Project::Impl : Database {
  using Database::Database;
};

// What a file was like: its size, its time in nanoseconds, and a hash of its ends (0: could not be read).
struct FileStamp {
  std::int64_t size = 0, modified = 0, hash = 0;
};

// The database behind a project, for the functions of this folder that are no members.
struct Inside {
  static Database& of(Project& project) { return *project.impl_; }
  static const Database& of(const Project& project) { return *project.impl_; }
};

// Remembers files that are met for the first time; inside a transaction.
void rememberFiles(Database& database, const std::set<std::string>& storedFiles);
// What two paths to one image have in common, whichever links to its folder they go through.
std::string pathKey(const std::string& file);
// Why samples are no longer what features were made of, as the table stale_parts keeps it.
inline constexpr const char *kReplaced = "replaced", *kPlaced = "placed";
// Inside a transaction: these samples changed. Their features are taken out of every table, and all that was
// made of them is listed by staleParts().
void makeStale(Database& database, const Project& project, const std::vector<int>& samples, const char* why);
// Made anew: no longer stale, unless what it is made of (features) is; inside a transaction or alone.
void clearStale(SQLite::Database& db, const char* kind, const std::string& name, const std::string& features);
// What was decided when it was made; none: forget what is kept of an earlier one. Inside a transaction or
// alone.
void keepDecided(SQLite::Database& db, const char* kind, const std::string& name,
                 const std::optional<std::string>& decisions);
// Inside a transaction: Project::placeFaces.
void movePlaces(Database& project, const Project& tables, const std::vector<FacePlace>& faces);
std::string landmarksJson(const std::string& file, const data::Landmarks& points);
std::string cropJson(const data::Rect& crop);

std::string utcNow();                                                      // ISO 8601
void writeProtocol(SQLite::Database& db, const data::Protocol& protocol);  // inside a transaction

// What the readers of tables share.
int identityCount(const Database& project);
bool isFileName(const std::string& name);
void bindNumber(SQLite::Statement& query, int index, double value);  // NULL for what is not finite
[[noreturn]] void failMissing(const char* what, const std::string& name,
                              const std::vector<std::string>& there, const char* make);

}  // namespace discern::project
