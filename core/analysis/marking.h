// Decisions about images, made of what a person asks for: by the window's menus and by `mark` in the same
// words.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/project/decisions.h"

namespace discern::analysis {

// What changes; what is not named stays.
struct MarkEdit {
  std::optional<project::LeftOut> leftOut = {};
  std::optional<int> moveTo = {};  // an identity; -1: the one of the data set
  std::optional<project::Verdict> verdict = {};
  std::vector<std::string> tags = {}, untags = {};
  std::optional<std::string> note = {};

  bool empty() const;
};
// The words of a comma-separated list, without blanks around them.
std::vector<std::string> tagsOf(const std::string& list);

// An image's degraded copies follow it without a mark of their own. Throws Error for an identity that is not
// there.
project::Change markChange(const project::Project& project, const std::vector<int>& samples,
                           const MarkEdit& edit);

// Every mark as a table: sample, set, identity, path, offset, left_out, moved_to (SET/NAME), verdict, tags
// (with
// ;), note, changed (UTC).
std::string marksCsv(const project::Project& project);
struct ReadMarks {
  project::Change change;
  std::vector<std::string> unknown;  // rows of no image here, by their paths or numbers
};
// Such a table, of this project or another one: rows are found by path (core/data/path_match.h), those
// without one by number. Columns may be missing, but not both path and sample; what a row leaves empty
// becomes that of an image nobody looked at. Throws Error that names line and field.
ReadMarks readMarks(const project::Project& project, const std::filesystem::path& file);

// Samples of "3,7-9", and of a list: a path a line, or a CSV with a column path or sample. Throws Error.
std::vector<int> samplesOf(const project::Project& project, const std::string& numbers,
                           const char* field = "samples");
std::vector<int> listedSamples(const project::Project& project, const std::filesystem::path& file);
// By NAME or SET/NAME. Throws Error where there is none or more than one.
int identityNamed(const project::Project& project, const std::string& name);

}  // namespace discern::analysis
