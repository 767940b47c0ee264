// Image files as they were when a project met them, and what became old because they, or features, changed.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/progress.h"
#include "core/project/project.h"

namespace discern::project {

struct FileCheck {
  std::int64_t files = 0;             // looked at
  std::vector<std::string> replaced;  // other contents than before
  std::vector<std::string> missing;
  std::vector<int> samples;  // of replaced files, degraded copies included
};

// Looks at every image file of a set (of all, where none is named) by size and time, and where these moved at
// its contents. Of one that was replaced the features are taken out of every table, so that the next
// extraction makes them, and what was made of them is listed by staleParts(). A file met for the first time
// is remembered as it is.
FileCheck checkFiles(Project& project, const std::string& set, Progress& progress);

// Of the contents that the files of these images had when they were looked at last.
std::uint64_t knownContents(const Project& project, const std::vector<data::ImageRef>& images);

// Image files with the same contents as another one, with the first of those.
std::vector<std::pair<std::string, std::string>> equalFiles(const Project& project);

struct Stale {
  std::string kind;  // features, scores, selection, map or run (its number is the name)
  std::string name;
  std::string why;           // "3 images were replaced since (the first is sample 7)"
  std::vector<int> samples;  // whose change made it so, ascending; empty: not known
};
std::vector<Stale> staleParts(const Project& project);
// Finished comparisons of people, by number, that knew other decisions than today's: of these staleParts()
// tells the newest of each job alone, and reports show the others, too.
std::vector<int> olderRuns(const Project& project);

// Of a feature table: images that can be read, but of which its model makes no finite feature.
std::vector<std::pair<int, std::string>> featureProblems(const Project& project, const std::string& features);
void putFeatureProblems(Project& project, const std::string& features,
                        const std::vector<std::pair<int, std::string>>& problems);

// Of images that an import brings under other paths, those that are in the project already: a set of that
// name has the same file name in the same identity, with the same contents, or is no longer where it was.
struct Moved {
  std::int64_t images = 0, gone = 0;  // recognised, and of those whose old file is gone
  std::string from, to;               // the first of them
};
Moved findMoved(const Project& project, const data::Dataset& dataset);

}  // namespace discern::project
