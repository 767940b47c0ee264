// Of project.sqlite (schema.h).
#pragma once

namespace discern::project {

inline constexpr int kSchemaVersion = 5;

}  // namespace discern::project
