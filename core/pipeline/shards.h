// What the shards of a job leave in the project, and how a merging call finds them: PROJECT/shards/
// JOB-NAME.2-of-4.*. A shard needs no lock of the project, which it only reads beside that.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <map>
#include <string>
#include <vector>

#include "core/analysis/roster.h"
#include "core/base/portion.h"
#include "core/jobs/shards.h"
#include "core/project/lock.h"
#include "core/project/project.h"

namespace discern::pipeline {

using jobs::Shard;

Portion portionOf(std::int64_t n, const Shard& shard);

// Of the shards of one job on the table NAME.
class ShardFolder {
 public:
  ShardFolder(const project::Project& project, std::string job, std::string name);

  // `extension` with its dot.
  std::filesystem::path file(const Shard& shard, const std::string& extension) const;
  // One process at a time makes a shard, and the folder, where it is not there.
  project::ProjectLock lock(const Shard& shard) const;
  // Of all shards (complete()): nobody makes one while they are merged.
  std::list<project::ProjectLock> lockAll(const std::string& extension) const;
  // All shards whose file of this extension is there, in order. Throws Error: there are none, one of them is
  // missing (named), or those of two divisions lie side by side.
  std::vector<Shard> complete(const std::string& extension) const;
  // Throws Error unless shard `shard` was made from what `print` tells.
  void require(const Shard& shard, const std::string& made, const std::string& print) const;
  // Throws Error: the shards are not those of one whole.
  [[noreturn]] void failDamaged() const;
  // All of them, when they are merged; what cannot be removed stays, and harms nobody.
  void remove() const;

 private:
  std::string words(const Shard& shard) const;
  std::string lockOf(const Shard& shard) const;

  std::filesystem::path folder_;
  std::string job_, name_;
};

// Numbers that a shard found out about some images: a row each, by column, and sums over them.
struct ShardColumns {
  std::vector<std::int64_t> samples;
  std::map<std::string, std::vector<double>> columns;  // float values come back bit for bit
  std::map<std::string, std::int64_t> sums;
};
inline constexpr const char* kShardNumbers = ".numbers";  // the extension of their files
// What the numbers of a job on features are made from: its options (JSON), the features, who is who, and what
// can be read.
std::string shardPrint(const project::Project& project, const std::string& options,
                       const std::string& features, const analysis::Roster& roster);
// print: the same of all shards and of the merging call.
void saveShard(const ShardFolder& folder, const Shard& shard, const std::string& print,
               const ShardColumns& columns);
// Of all shards, one behind the other, the sums added up. isOf(shard, sample): whether the shard may name it.
// Throws Error as ShardFolder, and for a file that names another image, or one twice, or not `columns`.
ShardColumns mergedShards(const ShardFolder& folder, const std::string& print,
                          const std::function<bool(const Shard& shard, std::int64_t sample)>& isOf,
                          const std::vector<std::string>& columns);

}  // namespace discern::pipeline
