// One call of extract, in the steps that a whole one and a shard have in common. For the files of this job.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/only_kept.h"
#include "core/features/base_model.h"
#include "core/pipeline/extract.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/shards.h"
#include "core/pipeline/unfinished.h"

namespace discern::pipeline {

// All that is known before the first image is looked at.
struct Extraction {
  ExtractOptions options;
  std::string path;  // of the model
  std::unique_ptr<features::BaseModel> model;
  features::Recipe recipe;
  Roster roster;
  std::string name;
  std::optional<project::FeatureTableRow> existing;
  bool stale = false;  // made by another model
  std::uint64_t hash = 0;
  std::optional<data::MappedNpy> old;
  std::vector<std::int64_t> todo, kept;  // samples
  std::optional<analysis::OnlyKept> onlyKept;

  bool isKnownBad(std::int64_t sample) const {
    return !roster.samples[static_cast<std::size_t>(sample)].problem.empty();
  }
  // What a half-finished file was being made with: it is continued only by the same.
  std::string print() const;
};

// files: of what looks whether image files were replaced, which writes to the project. Throws Error.
Extraction prepare(const project::Project& project, const ExtractOptions& given, Progress& progress,
                   const std::function<void()>& files);
// Says when another recipe fits better.
void checkRecipe(const Extraction& work, const project::Project& project, Progress& progress);
// Opens the half-finished file if it fits, else makes a new one of the rows that are `kept`.
data::MappedNpy openPart(const std::filesystem::path& part, std::int64_t rows, std::int64_t dims,
                         const std::string& print, const std::function<void(data::MappedNpy&)>& keep,
                         Progress& progress);

// By sample: of images that cannot be read, and of those that only this model can do nothing with.
struct Problems {
  std::vector<std::pair<int, std::string>> read, ofModel;
  std::int64_t count() const { return std::ssize(read) + std::ssize(ofModel); }
  std::string first() const {
    return !read.empty() ? read.front().second : !ofModel.empty() ? ofModel.front().second : std::string();
  }
};

// Fills rows of `values`, of which row r is of sample sampleOf(r); returns seconds.
double makeRows(const Extraction& work, const project::Project& project, const Unfinished& left,
                const std::function<std::int64_t(std::int64_t)>& sampleOf, data::MappedNpy& values,
                Problems& problems, Progress& progress);
void noteGoingOn(std::int64_t again, std::int64_t all, Progress& progress);
void tellNotes(features::BaseModel& model, Progress& progress);

// Shards (shards.h) of whole batches, so that the same images go through the model together. Those of `work`
// are in this folder; the first call throws Error where one is missing or being made, and keeps others from
// making one; the second takes their rows.
ShardFolder extractedShards(const project::Project& project, const Extraction& work);
std::list<project::ProjectLock> requireShards(const ShardFolder& folder);
void mergeRows(const project::Project& project, const Extraction& work, const ShardFolder& folder,
               data::MappedNpy& values, Problems& problems, Progress& progress);

}  // namespace discern::pipeline
