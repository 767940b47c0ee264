#include "core/jobs/shards.h"

#include <charconv>

namespace discern::jobs {
namespace {

constexpr int kMostShards = 10000;

// "2/4"; nothing for any other text.
std::optional<Shard> parse(const std::string& text) {
  Shard shard;
  const char* end = text.data() + text.size();
  const auto [slash, first] = std::from_chars(text.data(), end, shard.index);
  if (first != std::errc() || slash == end || *slash != '/') return std::nullopt;
  const auto [stop, second] = std::from_chars(slash + 1, end, shard.count);
  const bool fits = second == std::errc() && stop == end && shard.count >= 1 && shard.count <= kMostShards &&
                    shard.index >= 1 && shard.index <= shard.count;
  return fits ? std::optional(shard) : std::nullopt;
}

}  // namespace

const Fields<ShardOptions>& shardFields() {
  static const Fields<ShardOptions> fields = [] {
    using O = ShardOptions;
    Fields<O> f;
    f.add("shard", &O::shard, "Shard",
          "Only this part of the work, such as 2/4 for the second of four, on any machine that sees the "
          "project; "
          "merge joins them")
        .whenEmpty("all of it")
        .incidental()
        .expert();
    f.add("merge", &O::merge, "Merge", "Join what all shards have made, instead of making it")
        .incidental()
        .expert();
    return f;
  }();
  return fields;
}

std::optional<Shard> shardOf(const ShardOptions& options) {
  if (options.shard.empty()) return std::nullopt;
  const auto shard = parse(options.shard);
  if (!shard) failField("shard", options.shard, "is no part of a whole; 2/4 is the second of four");
  if (options.merge)
    failField("merge", options.shard, "is for when all shards are made; leave one of the two out");
  return shard;
}

}  // namespace discern::jobs
