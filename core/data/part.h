// What an identity is there for, once exclusions and merges are followed.
#pragma once

#include <cstdint>

namespace discern::data {

// Out: excluded, or merged into another one.
enum class Part : std::uint8_t { Train, Test, Pool, Out };

}  // namespace discern::data
