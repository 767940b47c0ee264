#include "core/project/project.h"

#include <sqlite3.h>

#include <algorithm>
#include <ctime>

#include "core/base/error.h"
#include "core/project/impl.h"
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

}  // namespace

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
    fail("{}: the project's database cannot be read ({}); restore project.sqlite from a copy",
         folder.string(), error.what());
  fail("{}: the project's database refused this ({}); run again", folder.string(), error.what());
}

const char* toString(Role role) {
  switch (role) {
    case Role::Train:
      return "train";
    case Role::Test:
      return "test";
    case Role::Pool:
      return "pool";
  }
  return "unknown";
}

Role parseRole(std::string_view text) {
  for (const Role role : {Role::Train, Role::Test, Role::Pool})
    if (text == toString(role)) return role;
  fail("'{}' is not a role; use train, test or pool", text);
}

void requireFileName(const std::string& option, const std::string& name) {
  constexpr std::size_t kLongest = 100;
  const auto isUnfit = [](char c) { return c == '/' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (name.empty() || name.front() == '.' || name.size() > kLongest ||
      std::any_of(name.begin(), name.end(), isUnfit))
    fail(
        "{} {}: becomes the name of a file; use 1 to {} letters, digits, blanks and the like, no slash and "
        "no dot in front",
        option, name.empty() ? "''" : name, kLongest);
}

std::string utcNow() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::string Project::Impl::toStored(const std::string& file) const {
  const fs::path absolute = fs::absolute(file).lexically_normal();
  const fs::path relative = absolute.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != ".." ? relative.string() : absolute.string();
}

std::string Project::Impl::fromStored(const std::string& file) const {
  return fs::path(file).is_absolute() ? file : (folder / file).string();
}

Project::Project(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Project::~Project() = default;
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;

bool Project::isProject(const fs::path& folder) { return fs::exists(folder / "project.sqlite"); }

Project Project::create(const fs::path& given) {
  const fs::path folder = folderOf(given);
  std::error_code code;
  if (fs::exists(folder) && !fs::is_empty(folder, code))
    fail("{}: already exists and is not empty; choose another name or open it", folder.string());
  for (const char* sub : {"", "features", "checkpoints", "images", "exports"}) {
    fs::create_directories(folder / sub, code);
    if (code) fail("{}: the project folder cannot be created ({})", folder.string(), code.message());
  }
  try {
    auto lock = std::make_unique<ProjectLock>(folder);
    auto impl = std::make_unique<Impl>(folder, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    impl->lock = std::move(lock);
    impl->db.exec("PRAGMA journal_mode = WAL");
    impl->db.exec("PRAGMA synchronous = NORMAL");
    prepareSchema(impl->db, folder);
    return Project(std::move(impl));
  } catch (const SQLite::Exception& e) {
    fail("{}: the project cannot be created ({}); is the disk full?", folder.string(), e.what());
  }
}

Project Project::open(const fs::path& given, Mode mode) {
  const fs::path folder = folderOf(given);
  if (!isProject(folder))
    fail("{}: is not a Discern project (no project.sqlite in it); make one with 'discern import {} SOURCE'",
         folder.string(), given.string());
  try {
    std::unique_ptr<ProjectLock> lock;
    if (mode == Mode::Write) lock = std::make_unique<ProjectLock>(folder);
    std::unique_ptr<Impl> impl;
    try {
      impl = std::make_unique<Impl>(folder, SQLite::OPEN_READWRITE);  // a reader, too, may keep a setting
      if (mode == Mode::Write)
        prepareSchema(impl->db, folder);
      else
        checkSchema(impl->db, folder);
      impl->db.exec("PRAGMA synchronous = NORMAL");
    } catch (const SQLite::Exception& e) {
      if (mode == Mode::Write || !cannotWrite(e)) throw;
      impl = std::make_unique<Impl>(folder, readOnlyUri(folder));
      checkSchema(impl->db, folder);
    }
    impl->lock = std::move(lock);
    if (mode == Mode::Write)  // whoever was running is gone: we hold the lock
      impl->db.exec("UPDATE runs SET status = 'interrupted' WHERE status = 'running'");
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
  SQLite::Statement query(impl_->db, "SELECT value FROM settings WHERE key = ?");
  query.bind(1, key);
  if (!query.executeStep()) return std::nullopt;
  return query.getColumn(0).getString();
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
