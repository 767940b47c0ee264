// A job on images that several processes do in parts, on any machines, in any order, without a word to each
// other: each makes a shard, and a last call merges them.
#pragma once

#include <optional>
#include <string>

#include "core/base/field.h"

namespace discern::jobs {

struct ShardOptions {
  std::string shard;   // "2/4": the second of four; empty: all of the work
  bool merge = false;  // join what shards have made
};
const Fields<ShardOptions>& shardFields();

struct Shard {
  int index = 1, count = 1;  // from 1
};
// Throws FieldError for a text that is no shard.
std::optional<Shard> shardOf(const ShardOptions& options);

}  // namespace discern::jobs
