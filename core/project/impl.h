// What the parts of Project share.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>

#include "core/project/lock.h"
#include "core/project/project.h"

namespace discern::project {

struct Project::Impl {
  std::filesystem::path folder;
  std::unique_ptr<ProjectLock> lock;  // null: reading
  mutable SQLite::Database db;

  Impl(std::filesystem::path f, int flags)
      : folder(std::move(f)), db((folder / "project.sqlite").string(), flags, 10'000) {}
  std::string toStored(const std::string& file) const;    // relative when inside the project
  std::string fromStored(const std::string& file) const;  // absolute
};

std::string utcNow();  // ISO 8601

// What the readers of tables share.
std::vector<std::string> namesOf(SQLite::Database& db, const char* sql);
void bindNumber(SQLite::Statement& query, int index, double value);  // NULL for what is not finite
[[noreturn]] void failMissing(const char* what, const std::string& name, const std::vector<std::string>& there,
                              const char* make);

}  // namespace discern::project
