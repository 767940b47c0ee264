#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"
#include "core/pipeline/extraction.h"
#include "core/project/contents.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

// What a shard tells beside its rows; a merging call compares the print, and records the problems.
constexpr const char* kRows = ".npy";
constexpr const char* kTold = ".json";

std::string printOfShards(const project::Project& project, const Extraction& work) {
  std::vector<data::ImageRef> images;
  for (const auto sample : work.todo)
    images.push_back(work.roster.samples[static_cast<std::size_t>(sample)].image);
  return fmt::format("{} batch {} images {} of contents {}", work.print(), work.options.batch,
                     data::hashOf(images, ""), project::knownContents(project, images));
}

Portion rowsOfShard(const Extraction& work, const Shard& shard) {
  const std::int64_t batch = work.options.batch, all = std::ssize(work.todo);
  const auto batches = portionOf((all + batch - 1) / batch, shard);
  return {std::min(all, batches.begin * batch), std::min(all, batches.end * batch)};
}

json toldOf(const std::vector<std::pair<int, std::string>>& problems) {
  json list = json::array();
  for (const auto& [sample, text] : problems) list.push_back({sample, text});
  return list;
}

void takeTold(const json& told, const char* key, const fs::path& file, const Roster& roster,
              std::vector<std::pair<int, std::string>>& problems) {
  for (const json& one : told.value(key, json::array())) {
    const bool fits = one.is_array() && one.size() == 2 && one[0].is_number_unsigned() &&
                      one[0].get<std::uint64_t>() < roster.samples.size() && one[1].is_string();
    if (!fits) fail("{}: its list '{}' is damaged; make this shard again, then merge", file.string(), key);
    problems.emplace_back(one[0].get<int>(), one[1].get<std::string>());
  }
}

}  // namespace

ShardFolder extractedShards(const project::Project& project, const Extraction& work) {
  return {project, "extract", work.name};
}

std::list<project::ProjectLock> requireShards(const ShardFolder& folder) { return folder.lockAll(kTold); }

void mergeRows(const project::Project& project, const Extraction& work, const ShardFolder& folder,
               data::MappedNpy& values, Problems& problems, Progress& progress) {
  const std::string print = printOfShards(project, work);
  for (const Shard& shard : folder.complete(kTold)) {
    const fs::path file = folder.file(shard, kTold);
    const json told = parseJson(readFile(file), file.string());
    folder.require(shard, jsonText(told, "print"), print);
    const Portion share = rowsOfShard(work, shard);
    const data::MappedNpy rows(folder.file(shard, kRows));
    if (rows.view().rows != share.end - share.begin || rows.view().cols != values.view().cols)
      fail("{}: has {} rows, {} were expected; make this shard again, then merge",
           folder.file(shard, kRows).string(), rows.view().rows, share.end - share.begin);
    for (std::int64_t i = share.begin; i < share.end; ++i)
      std::ranges::copy(rows.view().row(i - share.begin),
                        values.row(work.todo[static_cast<std::size_t>(i)]).begin());
    takeTold(told, "problems", file, work.roster, problems.read);
    takeTold(told, "of_model", file, work.roster, problems.ofModel);
    progress.advance(share.end - share.begin);
  }
}

results::ShardResult extractShard(const project::Project& project, const ExtractOptions& given,
                                  Progress& progress) {
  const Shard shard = jobs::shardOf(given.shards).value();
  const Extraction work = prepare(project, given, progress, [] {});
  const ShardFolder folder = extractedShards(project, work);
  const auto lock = folder.lock(shard);
  const std::string print = printOfShards(project, work);
  const Portion share = rowsOfShard(work, shard);
  const fs::path finished = folder.file(shard, kRows), told = folder.file(shard, kTold);
  const auto rows = share.end - share.begin;
  fs::remove(told);  // until the rows are whole again
  data::MappedNpy values = openPart(
      fs::path(finished).concat(".part"), rows, work.model->dims(), print, [](data::MappedNpy&) {}, progress);
  std::vector<std::int64_t> all(static_cast<std::size_t>(rows));
  std::iota(all.begin(), all.end(), 0);
  const Unfinished left = unfinishedOf(all, work.options.batch, values.view());
  checkRecipe(work, project, progress);
  const auto again = std::ssize(left.failed) + std::ssize(left.rest);
  progress.start("extracting features", rows);
  progress.resumeAt(rows - again);
  noteGoingOn(again, rows, progress);
  Problems problems;
  makeRows(
      work, project, left,
      [&](std::int64_t row) { return work.todo[static_cast<std::size_t>(share.begin + row)]; }, values,
      problems, progress);
  values.flush();
  const fs::path part = fs::path(finished).concat(".part");
  fs::rename(part, finished);
  fs::remove(fs::path(part).concat(".json"));
  writeFileAtomically(
      told,
      json{{"print", print}, {"problems", toldOf(problems.read)}, {"of_model", toldOf(problems.ofModel)}}
          .dump());
  progress.finish();
  tellNotes(*work.model, progress);
  return {work.name, shard.index, shard.count, rows, problems.count()};
}

}  // namespace discern::pipeline
