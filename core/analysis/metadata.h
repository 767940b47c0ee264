// What is known of each image beside its pixels: a column of a table that somebody has (camera, year, sex,
// age, skin tone), or what the project itself knows.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/analysis/roster.h"

namespace discern::analysis {

// Whose they are, of a Roster or a part of one.
struct Whose {
  Whose(const Roster& roster)
      : samples(roster.samples), identities(roster.identities), identity(roster.identity) {}
  Whose(std::span<const project::SampleRow> samples, std::span<const project::IdentityRow> identities,
        std::span<const int> identity)
      : samples(samples), identities(identities), identity(identity) {}

  std::span<const project::SampleRow> samples;
  std::span<const project::IdentityRow> identities;
  std::span<const int> identity;  // of each sample, merges followed; -1: excluded or unknown
};

struct Labels {
  std::vector<std::string> names;  // of the values, sorted; numbers by size
  std::vector<int> of;             // one a sample: index into names; -1: nobody knows
  std::vector<float> values;       // one a sample, NaN: nobody knows; empty: not all are numbers
  std::int64_t unknownRows = 0;    // of the table, that are of no image here
};

// `column` of a CSV with a column path, sample or identity, which says whose a row is. A degraded copy is as
// its original. A column of more than kMostValues different numbers is cut into four parts of about equal
// size. Throws Error that names file and column.
Labels readLabels(const Whose& people, const std::filesystem::path& file, const std::string& column);
// The project's own: set, identity, media, damage, or a key of what an import knows of images (camera,
// distance, faces ...). Throws FieldError about "column" that lists them.
Labels ownLabels(const Whose& people, const std::string& column);
// What can be asked: of a table its columns but those that say whose a row is (throws Error as readLabels
// does), and of the project itself (of its first kLooked images that an import brought facts of).
std::vector<std::string> labelColumns(const std::filesystem::path& file);
std::vector<std::string> ownColumns(std::span<const project::SampleRow> samples);
inline constexpr int kLooked = 1000;
inline constexpr std::size_t kMostValues = 12;

// Of each template the value that all of its images with a known one share; -1: they differ, or nobody knows.
std::vector<int> labelsOfTemplates(const data::Protocol& protocol, const Labels& labels);

}  // namespace discern::analysis
