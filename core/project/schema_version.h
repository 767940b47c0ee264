// Of project.sqlite (schema.h).
#pragma once

namespace discern::project {

inline constexpr int kSchemaVersion = 6;

}  // namespace discern::project
