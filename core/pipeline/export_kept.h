// What is left of a project once the bad images are out, in the forms that others read: lists, a protocol,
// features, an InsightFace record, folders. Everything is written whole or not at all, and may be written
// again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/jobs/data_jobs.h"
#include "core/pipeline/kept_images.h"
#include "core/results/printed.h"

namespace discern::pipeline {

struct KeptSource {
  const project::Project& project;
  const Roster& roster;
  const KeptImages& kept;
  std::filesystem::path folder;  // to write to; it is there
};

// kept.txt and removed.txt, a path a line (of several faces of one photograph it is removed only with the
// last), and decisions.csv: a row an image with what was decided, why, and its scores.
std::vector<std::filesystem::path> exportLists(const KeptSource& source, Progress& progress);

struct ExportedProtocol {
  std::vector<std::filesystem::path> files;
  std::int64_t templates = 0, pairs = 0, images = 0;  // images: that had to be written beside it
};
// templates.csv and pairs.csv, which import reads: today's protocol without the images that are not kept (by
// the point as DDL keeps them, template by template). Images that are no file of their own, degraded copies
// and parts of containers, are written into protocol-images/. Throws FieldError about "protocol".
ExportedProtocol exportProtocol(const KeptSource& source, const std::string& protocol, Progress& progress);

// features-NAME.npy and features-NAME.txt: of each kept image with a feature the row, and its place.
std::vector<std::filesystem::path> exportFeatures(const KeptSource& source, const std::string& features,
                                                  Progress& progress);

struct ExportedRecords {
  std::vector<std::filesystem::path> files;
  std::int64_t images = 0, encoded = 0;  // encoded: of them those that were not taken byte by byte
};
// records/train.rec, train.idx and property as InsightFace lays them out, and labels.csv. A JPEG or PNG that
// is as large as a face is to be and needs no alignment is taken byte by byte; any other image becomes the
// face that models see, as PNG.
ExportedRecords exportRecords(const KeptSource& source, Progress& progress);

struct ExportedTree {
  std::int64_t images = 0, there = 0;  // there: of them those of an earlier call
};
// tree/IDENTITY/IMAGE: the images as they are stored. Throws Error where the folder holds what does not
// belong into it (nothing is overwritten or removed).
ExportedTree exportTree(const KeptSource& source, jobs::TreeFiles how, Progress& progress);

// All of that which the options ask for; what was written is appended to `files`, but a tree's.
results::ExportedKept exportKept(const project::Project& project, const jobs::ExportOptions& options,
                                 const std::filesystem::path& folder,
                                 std::vector<std::filesystem::path>& files, Progress& progress);

}  // namespace discern::pipeline
