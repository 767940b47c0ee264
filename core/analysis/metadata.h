// What is known of each image beside its pixels: a column of a table that somebody has (camera, year, sex,
// age, skin tone), or what the project itself knows.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/analysis/roster.h"

namespace discern::analysis {

struct Labels {
  std::vector<std::string> names;  // of the values, sorted; numbers by size
  std::vector<int> of;             // one a sample: index into names; -1: nobody knows
  std::int64_t unknownRows = 0;    // of the table, that are of no image here
};

// `column` of a CSV with a column path, sample or identity, which says whose a row is. A degraded copy is as
// its original. A column of more than kMostValues different numbers is cut into four parts of about equal
// size. Throws Error that names file and column.
Labels readLabels(const Roster& roster, const std::filesystem::path& file, const std::string& column);
// The project's own: set, identity, media, damage, or a key of what an import knows of images (camera,
// distance, faces ...). Throws FieldError about "column" that lists them.
Labels ownLabels(const Roster& roster, const std::string& column);
inline constexpr std::size_t kMostValues = 12;

// What can be asked of a CSV: its columns but those that say whose a row is. Throws Error as readLabels does.
std::vector<std::string> labelColumns(const std::filesystem::path& file);
// The same of the project itself, as ownLabels takes it.
std::vector<std::string> ownColumns(const std::vector<project::SampleRow>& samples);

// Of each template the value that all of its images with a known one share; -1: they differ, or nobody knows.
std::vector<int> labelsOfTemplates(const data::Protocol& protocol, const Labels& labels);

}  // namespace discern::analysis
