#include "core/pipeline/match_rows.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <unordered_map>
#include <utility>

#include "core/base/field_error.h"
#include "core/data/no_picture.h"
#include "core/data/path_match.h"
#include "core/data/place.h"

namespace discern::pipeline {
namespace fs = std::filesystem;
namespace {
using jobs::Match;
using results::MatchedRows;

constexpr std::size_t kExamples = 5;

void addExample(std::vector<std::string>& examples, const std::string& example) {
  if (examples.size() < kExamples) examples.push_back(example);
}

std::vector<float> rowAt(const data::NumberRows& rows, std::int64_t row) {
  std::vector<float> values(static_cast<std::size_t>(rows.cols));
  rows.read(row, 1, values.data());
  return values;
}

// The second row of an image is left out where it says the same, and refused where it does not.
void takeRow(const data::NumberRows& rows, std::int64_t row, const std::string& image, std::int64_t& place,
             MatchedRows& counts) {
  if (place == kNoRow) {
    place = row;
    ++counts.matched;
    return;
  }
  const auto first = rowAt(rows, place), second = rowAt(rows, row);
  if (std::memcmp(first.data(), second.data(), first.size() * sizeof(float)) != 0)
    fail("{}: rows {} and {} are both of {} and differ; leave one of them out", rows.source, place + 1,
         row + 1, image);
  ++counts.duplicates;
}

void countWithout(const std::vector<int>& candidates, const std::vector<project::SampleRow>& samples,
                  RowMatch& match) {
  for (const int i : candidates) {
    if (match.rowOf[static_cast<std::size_t>(i)] != kNoRow) continue;
    ++match.counts.without;
    addExample(match.counts.withoutExamples, samples[static_cast<std::size_t>(i)].image.file);
  }
}

void matchInOrder(const data::NumberRows& rows, const jobs::MatchOptions& options,
                  const std::vector<project::SampleRow>& samples, const std::vector<int>& candidates,
                  RowMatch& match) {
  const bool everySample = options.set.empty() && rows.rows == std::ssize(samples);
  if (!everySample && rows.rows != std::ssize(candidates))
    fail("{}: has {} rows, but {} {} images; as many were expected for a match in order, else paths",
         rows.source, rows.rows,
         options.set.empty() ? "the project has" : fmt::format("the set '{}' has", options.set),
         candidates.size());
  for (std::int64_t row = 0; row < rows.rows; ++row) {
    const auto i = everySample ? static_cast<std::size_t>(row)
                               : static_cast<std::size_t>(candidates[static_cast<std::size_t>(row)]);
    if (samples[i].removed()) continue;
    match.rowOf[i] = row;
    ++match.counts.matched;
  }
}

void matchByPath(const data::NumberRows& rows, const std::vector<project::SampleRow>& samples,
                 const std::vector<int>& candidates, RowMatch& match) {
  std::vector<std::string> known;
  known.reserve(candidates.size());
  for (const int i : candidates) known.push_back(data::pathOf(samples[static_cast<std::size_t>(i)].image));
  const std::vector<int> found = data::matchPaths(known, rows.paths);
  for (std::size_t row = 0; row < found.size(); ++row) {
    if (found[row] == data::kNoPath) {
      ++match.counts.unknown;
      addExample(match.counts.unknownExamples, rows.paths[row]);
    } else if (found[row] == data::kSeveralPaths) {
      ++match.counts.ambiguous;
      addExample(match.counts.ambiguousExamples, rows.paths[row]);
    } else {
      const auto i = static_cast<std::size_t>(candidates[static_cast<std::size_t>(found[row])]);
      takeRow(rows, static_cast<std::int64_t>(row), samples[i].image.file, match.rowOf[i], match.counts);
    }
  }
  if (match.counts.matched > 0) return;
  if (match.counts.ambiguous > 0)
    fail("{}: {} of its {} rows could each be of several images ({} among them); give more of their paths",
         rows.source, match.counts.ambiguous, rows.rows, match.counts.ambiguousExamples.front());
  fail("{}: none of its {} rows is of an image here; its first path is {}, an image here is {}", rows.source,
       rows.rows, rows.paths.front(), known.front());
}

std::string folderOf(const std::string& path) {
  std::string tidy = path;
  std::ranges::replace(tidy, '\\', '/');
  return fs::path(tidy).lexically_normal().parent_path().filename().string();
}

}  // namespace

RowMatch matchRows(const data::NumberRows& rows, const jobs::MatchOptions& options,
                   const std::vector<project::SampleRow>& samples,
                   const std::vector<project::IdentityRow>& identities) {
  std::vector<int> candidates;
  for (const auto& sample : samples) {
    if (sample.removed() || sample.parent >= 0) continue;
    if (!options.set.empty() &&
        (sample.identity < 0 || identities[static_cast<std::size_t>(sample.identity)].set != options.set))
      continue;
    candidates.push_back(sample.id);
  }
  if (candidates.empty()) fail("there is no image here that rows could be matched with; import some first");
  const bool byPath = options.by == Match::Path || (options.by == Match::Auto && !rows.paths.empty());
  if (byPath && rows.paths.empty())
    failField("match", "path", "{}: its rows have no paths; give a list of them, or match in order",
              rows.source);
  RowMatch match;
  match.rowOf.assign(samples.size(), kNoRow);
  match.counts.by = nameOf(byPath ? Match::Path : Match::Row);
  match.counts.rows = rows.rows;
  if (byPath)
    matchByPath(rows, samples, candidates, match);
  else
    matchInOrder(rows, options, samples, candidates, match);
  countWithout(candidates, samples, match);
  return match;
}

MadeSet makeSet(const data::NumberRows& rows, const std::string& name) {
  if (rows.paths.empty() && rows.labels.empty())
    failField("paths", "",
              "{}: nothing says what its rows are of, and samples are to be made of them; give a list of "
              "paths, or of "
              "labels",
              rows.source);
  MadeSet made;
  made.dataset.name = name;
  made.dataset.format = "numbers";
  made.match.counts.by = nameOf(rows.paths.empty() ? Match::Row : Match::Path);
  made.match.counts.rows = rows.rows;
  std::unordered_map<std::string, int> sampleOf, identityOf;
  for (std::int64_t row = 0; row < rows.rows; ++row) {
    const auto r = static_cast<std::size_t>(row);
    const std::string label = rows.labels.empty() ? folderOf(rows.paths[r]) : rows.labels[r];
    if (label.empty())
      failField(
          "labels", "", "{}: {}, so nothing says whose row {} is; give a list of labels", rows.source,
          rows.labels.empty() ? fmt::format("the path {} has no folder", rows.paths[r]) : "a label is blank",
          row + 1);
    const std::string path = rows.paths.empty() ? fmt::format("{}/{:07}", label, row + 1) : rows.paths[r];
    const auto [at, fresh] = sampleOf.emplace(path, static_cast<int>(made.dataset.samples.size()));
    const auto sample = static_cast<std::size_t>(at->second);
    if (fresh) {
      const auto [who, isNew] = identityOf.emplace(label, static_cast<int>(made.dataset.identities.size()));
      if (isNew) made.dataset.identities.push_back(label);
      data::Sample one;
      one.image.file = path;
      one.image.length = data::kNoPicture;
      one.identity = who->second;
      made.dataset.samples.push_back(std::move(one));
      made.match.rowOf.push_back(kNoRow);
    }
    takeRow(rows, row, path, made.match.rowOf[sample], made.match.counts);
  }
  return made;
}

}  // namespace discern::pipeline
