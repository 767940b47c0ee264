#include "core/project/project.h"

#include <sqlite3.h>

#include <algorithm>
#include <ctime>

#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/base/leftovers.h"
#include "core/project/impl.h"
#include "core/project/reader.h"
#include "core/project/schema.h"

namespace discern::project {
namespace fs = std::filesystem;
namespace {

// Without the empty last element of "p.discern/": what is
// made in a project is known by its place in the folder.
fs::path folderOf(const fs::path& given) {
  const fs::path folder = fs::absolute(given).lexically_normal();
  return folder.has_filename() || !folder.has_relative_path() ? folder : folder.parent_path();
}

constexpr std::size_t kLongestName = 100;
constexpr const char* kFolders[] = {"features", "checkpoints", "images", "exports"};
constexpr const char* kBesides[] = {"project.sqlite-journal", "project.sqlite-wal", "project.sqlite-shm"};

int codeOf(const SQLite::Exception& error) { return error.getErrorCode() & 0xff; }

// A folder one may only read, or a full disk: SQLite makes files beside the database even to read it.
bool cannotWrite(const SQLite::Exception& error) {
  const int code = codeOf(error);
  return code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_IOERR || code == SQLITE_FULL;
}

// "immutable" needs none of those files, but knows nothing of what a job left in the write-ahead log.
std::string readOnlyUri(const fs::path& folder) {
  std::string uri = "file:";
  for (const char c : (folder / "project.sqlite").string())
    uri += c == '?' || c == '#' || c == '%' ? fmt::format("%{:02X}", c) : std::string(1, c);
  std::error_code none;
  const auto log = fs::file_size(folder / "project.sqlite-wal", none);
  return none || log == 0 ? uri + "?immutable=1" : uri;
}

// Neither a pipe, which may never answer, nor a link, which would have SQLite write to another file.
void requirePlainFiles(const fs::path& folder) {
  requirePlainFile(folder / "project.sqlite");
  for (const char* name : kBesides) {
    std::error_code none;
    const auto kind = fs::symlink_status(folder / name, none).type();
    if (kind != fs::file_type::regular && kind != fs::file_type::not_found)
      fail("{}: is not a plain file; remove it, then open the project again", (folder / name).string());
  }
  // The journal of a change to several databases ends in the name of a file that SQLite removes with it.
  constexpr std::string_view kEnd("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8);
  const fs::path journal = folder / kBesides[0];
  std::error_code none;
  const auto size = fs::file_size(journal, none);
  if (!none && size >= kEnd.size() &&
      readFile(journal, static_cast<std::int64_t>(size - kEnd.size()),
               static_cast<std::int64_t>(kEnd.size())) == kEnd)
    fail("{}: names a file outside of the project; remove it, then open the project again", journal.string());
}

// A folder with nothing in it but what a process has made that was killed before there was a database.
bool isUnmade(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) return false;
  for (fs::directory_iterator at(folder, ignored), end; at != end; at.increment(ignored)) {
    const std::string name = at->path().filename().string();
    const bool isOurs = std::ranges::find(kFolders, name) != std::end(kFolders);
    if (name != "project.lock" && !(isOurs && at->is_directory() && fs::is_empty(at->path(), ignored)))
      return false;
  }
  return true;
}

// What is left of a project that could not be made would be in the way of the next try.
void removeUnmade(const fs::path& folder, bool isNew) {
  std::error_code ignored;
  fs::remove(folder / "project.sqlite", ignored);
  for (const char* name : kBesides) fs::remove(folder / name, ignored);
  fs::remove(folder / "project.lock", ignored);
  for (const char* name : kFolders) fs::remove(folder / name, ignored);
  if (isNew) fs::remove(folder, ignored);
}

void prepare(Database& project) {
  project.db.exec(
      "PRAGMA journal_mode = WAL");  // for good; done again where making the project was cut short
  project.db.exec("PRAGMA synchronous = NORMAL");
  prepareSchema(project.db, project.folder);
}

}  // namespace

void Database::distrust() {
  constexpr int kLongestValue = 256 << 20;  // bytes, also of a row
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_limit(db.getHandle(), SQLITE_LIMIT_LENGTH, kLongestValue);
  db.exec("PRAGMA cell_size_check = ON");
}

void failDatabase(const fs::path& folder, const SQLite::Exception& error) {
  constexpr std::uintmax_t kFull = 1 << 16;  // SQLite's smallest files have half of that
  std::error_code none;
  const auto space = fs::space(folder, none);
  const int code = codeOf(error);
  if (code == SQLITE_FULL || (cannotWrite(error) && !none && space.available < kFull))
    fail("{}: there is no space left on the disk of this project; free some and run again", folder.string());
  if (cannotWrite(error))
    fail(
        "{}: the project's database cannot be written ({}); check the permissions of the folder and the disk",
        folder.string(), error.what());
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    fail("{}: another program keeps the project's database busy; wait until it is done, then run again",
         folder.string());
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    fail("{}: cannot be read ({}); it is damaged, restore it from a copy or make the project anew",
         (folder / "project.sqlite").string(), error.what());
  fail("{}: the project's database refused this ({}); run again", folder.string(), error.what());
}

bool isFileName(const std::string& name) {
  const auto isUnfit = [](char c) { return c == '/' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return !name.empty() && name.front() != '.' && name.size() <= kLongestName &&
         std::none_of(name.begin(), name.end(), isUnfit);
}

void requireFileName(const std::string& field, const std::string& name) {
  if (!isFileName(name))
    failField(
        field.c_str(), name.empty() ? "''" : name,
        "becomes the name of a file; use 1 to {} letters, digits, blanks and the like, no slash and no dot "
        "in front",
        kLongestName);
}

std::string utcNow() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::string Database::toStored(const std::string& file) const {
  const fs::path absolute = fs::absolute(file).lexically_normal();
  const fs::path relative = absolute.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != ".." ? relative.string() : absolute.string();
}

std::string Database::fromStored(const std::string& file) const {
  return fs::path(file).is_absolute() ? file : (folder / file).string();
}

Project::Project(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Project::~Project() = default;
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;

bool Project::isProject(const fs::path& folder) { return fs::exists(folder / "project.sqlite"); }

Project Project::create(const fs::path& given) {
  const fs::path folder = folderOf(given);
  if (fs::exists(folder) && !isUnmade(folder))
    fail("{}: already exists and is not empty; choose another name or open it", folder.string());
  const auto make = [&folder](const fs::path& path) {
    std::error_code failure;
    const bool isNew = fs::create_directories(path, failure);
    if (failure) fail("{}: the project folder cannot be created ({})", folder.string(), failure.message());
    return isNew;
  };
  const bool isNew = make(folder);
  auto lock = std::make_unique<ProjectLock>(folder);
  try {
    for (const char* name : kFolders) make(folder / name);
    auto impl = std::make_unique<Impl>(folder, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    prepare(*impl);
    impl->lock = std::move(lock);
    return Project(std::move(impl));
  } catch (const SQLite::Exception& e) {
    removeUnmade(folder, isNew);
    fail("{}: the project cannot be created ({}); is the disk full?", folder.string(), e.what());
  } catch (const Error&) {
    removeUnmade(folder, isNew);
    throw;
  }
}

Project Project::open(const fs::path& given, Mode mode) {
  const fs::path folder = folderOf(given);
  if (!isProject(folder))
    fail("{}: is not a Discern project (no project.sqlite in it); import some faces to make one",
         folder.string());
  requirePlainFiles(folder);
  try {
    std::unique_ptr<ProjectLock> lock;
    if (mode == Mode::Write) lock = std::make_unique<ProjectLock>(folder);
    std::unique_ptr<Impl> impl;
    try {
      impl = std::make_unique<Impl>(folder, SQLite::OPEN_READWRITE);  // a reader, too, may keep a setting
      if (mode == Mode::Write)
        prepare(*impl);
      else
        checkSchema(impl->db, folder);
      impl->db.exec("PRAGMA synchronous = NORMAL");
    } catch (const SQLite::Exception& e) {
      if (mode == Mode::Write || !cannotWrite(e)) throw;
      impl = std::make_unique<Impl>(folder, readOnlyUri(folder));
      checkSchema(impl->db, folder);
    }
    impl->lock = std::move(lock);
    if (mode == Mode::Write) {  // whoever was running is gone: we hold the lock
      impl->db.exec("UPDATE runs SET status = 'interrupted' WHERE status = 'running'");
      for (const char* sub : {"features", "checkpoints", "maps", "exports"}) removeLeftovers(folder / sub);
    }
    return Project(std::move(impl));
  } catch (const SQLite::Exception& e) {
    failDatabase(folder, e);
  }
}

const fs::path& Project::folder() const { return impl_->folder; }

std::int64_t Project::dataVersion() const {
  // data_version moves with other connections' commits, total_changes with our own.
  return impl_->db.execAndGet("PRAGMA data_version").getInt64() * 1'000'003 +
         impl_->db.execAndGet("SELECT total_changes()").getInt64();
}

std::optional<std::string> Project::setting(const std::string& key) const {
  Reader row(*impl_, "settings", "SELECT key, value FROM settings WHERE key = ?", key);
  if (!row.next()) return std::nullopt;
  return row.text(1);
}

void Project::putSetting(const std::string& key, const std::string& value) {
  impl_->write([&] {
    SQLite::Statement query(impl_->db, "INSERT OR REPLACE INTO settings(key, value) VALUES(?, ?)");
    query.bind(1, key);
    query.bind(2, value);
    query.exec();
  });
}

}  // namespace discern::project
