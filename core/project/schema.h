// The tables of project.sqlite and how an older file becomes a current one.
#pragma once

#include <SQLiteCpp/Database.h>

#include <filesystem>

#include "core/project/schema_version.h"

namespace discern::project {

// Creates the tables of an empty database, or migrates an older one in a transaction. For the holder of the
// project's lock. Throws Error for a newer one.
void prepareSchema(SQLite::Database& db, const std::filesystem::path& folder);
// For a reader, who changes nothing: an older database lacks the tables of later versions. Throws Error for a
// newer one and for one without any tables.
void checkSchema(SQLite::Database& db, const std::filesystem::path& folder);

}  // namespace discern::project
