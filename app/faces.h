// Faces of raw photographs on the command line: found by import, told by import and info, placed by align.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/commands.h"
#include "core/detection/photographs.h"
#include "core/jobs/data_jobs.h"
#include "core/jobs/import.h"
#include "core/results/data_results.h"
#include "core/results/printed.h"

namespace discern::app {

// What an import did about faces, or should have been asked to.
struct FacesFound {
  std::optional<detection::Summary> summary;
  std::string unaligned;  // why the images look so
};

// Refuses models that cannot be opened, before anything is read.
void checkDetector(const jobs::ImportOptions& options);
// By the detector that the options name, in place; of a dry run in a few photographs. What was found is kept
// in findingsOf until forgetFindings, so that an import that was stopped goes on.
FacesFound findFaces(const jobs::ImportOptions& options, const std::filesystem::path& project,
                     data::Dataset& set, Progress& progress);
std::filesystem::path findingsOf(const std::filesystem::path& project, const std::string& set);
// Removes the file, and its folder when nothing else is in there.
void forgetFindings(const std::filesystem::path& file);
std::string facesText(const FacesFound& found, bool isPreview);
void putFaces(const FacesFound& found, results::ImportResult& result);

Outcome alignByHand(project::Project& project, const jobs::AlignOptions& options);

// For info: photographs without a face, with several, with a tiny one.
std::string tellFaces(const std::vector<project::SampleRow>& samples, results::ProjectInfo& info);

}  // namespace discern::app
