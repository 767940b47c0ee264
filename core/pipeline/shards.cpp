#include "core/pipeline/shards.h"

#include <fmt/ranges.h>
#include <torch/types.h>

#include <algorithm>
#include <regex>
#include <set>

#include "core/analysis/settings.h"
#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/networks/checkpoint.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;

constexpr const char* kMagic = "discern_state";

template <class T>
torch::Tensor tensorOf(const std::vector<T>& values, torch::ScalarType type) {
  auto tensor = torch::empty({std::ssize(values)}, type);
  std::ranges::copy(values, tensor.template data_ptr<T>());
  return tensor;
}

template <class T>
void append(std::vector<T>& to, const torch::Tensor& tensor) {
  const auto* first = tensor.data_ptr<T>();
  to.insert(to.end(), first, first + tensor.numel());
}

}  // namespace

Portion portionOf(std::int64_t n, const Shard& shard) {
  return discern::portionOf(n, shard.index - 1, shard.count);
}

ShardFolder::ShardFolder(const project::Project& project, std::string job, std::string name)
    : folder_(project.folder() / "shards"), job_(std::move(job)), name_(std::move(name)) {}

fs::path ShardFolder::file(const Shard& shard, const std::string& extension) const {
  return folder_ / fmt::format("{}-{}.{}-of-{}{}", job_, name_, shard.index, shard.count, extension);
}

project::ProjectLock ShardFolder::lock(const Shard& shard) const {
  std::error_code ignored;  // the lock says why it cannot be made
  fs::create_directories(folder_, ignored);
  return project::ProjectLock(folder_, lockOf(shard), words(shard));
}

std::string ShardFolder::lockOf(const Shard& shard) const { return file(shard, ".lock").filename().string(); }

std::list<project::ProjectLock> ShardFolder::lockAll(const std::string& extension) const {
  std::list<project::ProjectLock> locks;
  for (const Shard& shard : complete(extension)) locks.emplace_back(folder_, lockOf(shard), words(shard));
  return locks;
}

std::string ShardFolder::words(const Shard& shard) const {
  return fmt::format("shard {} of {} of {} '{}'", shard.index, shard.count, job_, name_);
}

std::vector<Shard> ShardFolder::complete(const std::string& extension) const {
  std::set<int> counts, found;
  const std::string start = job_ + "-" + name_ + ".";
  static const std::regex numbers(R"((\d{1,5})-of-(\d{1,5})(\..*))");
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    const std::string file = entry.path().filename().string();
    std::smatch match;
    const std::string rest = file.starts_with(start) ? file.substr(start.size()) : "";
    if (!std::regex_match(rest, match, numbers) || match[3] != extension) continue;
    counts.insert(std::stoi(match[2]));
    found.insert(std::stoi(match[1]));
  }
  if (counts.empty())
    fail("there is no shard of {} '{}' in {} to merge; make them first, each by its own call", job_, name_,
         folder_.string());
  if (counts.size() > 1)
    fail("{}: shards of {} of {} '{}' lie side by side; remove those of all but one division",
         folder_.string(), fmt::join(counts, " and of "), job_, name_);
  std::vector<Shard> shards;
  std::vector<int> missing;
  for (int k = 1; k <= *counts.begin(); ++k) {
    shards.push_back({k, *counts.begin()});
    if (!found.contains(k)) missing.push_back(k);
  }
  if (!missing.empty())
    fail("shard {} of {} of {} '{}' is missing; make it, then merge", fmt::join(missing, ", "),
         *counts.begin(), job_, name_);
  return shards;
}

void ShardFolder::require(const Shard& shard, const std::string& made, const std::string& print) const {
  if (made != print)
    fail("{} was made with other options, or the project has changed since; make it again, then merge",
         words(shard));
}

void ShardFolder::failDamaged() const {
  fail("{}: the shards of {} '{}' are damaged; make them again, then merge", folder_.string(), job_, name_);
}

void ShardFolder::remove() const {
  const std::string start = job_ + "-" + name_ + ".";
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    const std::string file = entry.path().filename().string();
    static const std::regex ours(R"(\d{1,5}-of-\d{1,5}\..*)");
    if (file.starts_with(start) && std::regex_match(file.substr(start.size()), ours))
      files.push_back(entry.path());
  }
  for (const auto& file : files) fs::remove(file, ignored);
  fs::remove(folder_, ignored);  // where it is empty
}

std::string shardPrint(const project::Project& project, const std::string& options,
                       const std::string& features, const analysis::Roster& roster) {
  const auto table = project.featureTable(features);
  const auto model = project.setting(analysis::settings::featureModel(features));
  std::uint64_t who = 0;
  for (std::size_t i = 0; i < roster.identity.size(); ++i)
    who = mixSeed(who, static_cast<std::uint64_t>(2 * (roster.identity[i] + 1) + (roster.votes[i] ? 1 : 0)));
  for (const auto part : roster.part) who = mixSeed(who, static_cast<std::uint64_t>(part));
  for (const auto& identity : roster.identities) who = mixSeed(who, identity.name);
  for (const auto& sample : roster.samples) who = mixSeed(who, std::uint64_t{sample.problem.empty()});
  return fmt::format("{} features {} of {}, made {}, by {} images {}", options, features, model.value_or(""),
                     table ? table->created : "", roster.samples.size(), who);
}

void saveShard(const ShardFolder& folder, const Shard& shard, const std::string& print,
               const ShardColumns& columns) {
  networks::TensorFile contents{print, {}};
  contents.tensors["samples"] = tensorOf(columns.samples, torch::kInt64);
  for (const auto& [name, values] : columns.columns)
    contents.tensors["column/" + name] = tensorOf(values, torch::kFloat64);
  for (const auto& [name, sum] : columns.sums)
    contents.tensors["sum/" + name] = torch::full({1}, sum, torch::kInt64);
  networks::saveTensors(folder.file(shard, kShardNumbers), kMagic, contents);
}

ShardColumns mergedShards(const ShardFolder& folder, const std::string& print,
                          const std::function<bool(const Shard& shard, std::int64_t sample)>& isOf,
                          const std::vector<std::string>& columns) {
  ShardColumns all;
  for (const Shard& shard : folder.complete(kShardNumbers)) {
    const auto file = folder.file(shard, kShardNumbers);
    const auto contents = networks::loadTensors(file, kMagic);
    folder.require(shard, contents.text, print);
    const auto tensor = [&](const std::string& name, torch::ScalarType type, std::int64_t length) {
      const auto found = contents.tensors.find(name);
      if (found == contents.tensors.end() || found->second.scalar_type() != type ||
          (length >= 0 && found->second.numel() != length))
        fail("{}: its '{}' is damaged; make this shard again, then merge", file.string(), name);
      return found->second;
    };
    const auto rows = tensor("samples", torch::kInt64, -1);
    const auto* row = rows.data_ptr<std::int64_t>();
    for (std::int64_t k = 0; k < rows.numel(); ++k)
      if (!isOf(shard, row[k]) || (k > 0 && row[k] <= row[k - 1]))
        fail("{}: names an image of another shard, or one twice; make this shard again, then merge",
             file.string());
    append(all.samples, rows);
    for (const auto& name : columns)
      append(all.columns[name], tensor("column/" + name, torch::kFloat64, rows.numel()));
    for (const auto& [name, value] : contents.tensors)
      if (name.starts_with("sum/"))
        all.sums[name.substr(4)] += tensor(name, torch::kInt64, 1).item<std::int64_t>();
  }
  return all;
}

}  // namespace discern::pipeline
