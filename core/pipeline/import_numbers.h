// Features and quality scores that somebody else computed become tables of a project.
#pragma once

#include "core/base/progress.h"
#include "core/data/number_rows.h"
#include "core/jobs/import_numbers.h"
#include "core/project/project.h"
#include "core/results/import_numbers.h"

namespace discern::pipeline {

using jobs::ImportFeaturesOptions;
using jobs::ImportScoresOptions;
using results::ImportFeaturesResult;
using results::ImportScoresResult;

// `rows` are those of options.source. Images without a row have NaN, like failed extractions, and a problem
// of the table. Where the project holds no images, or a new set is asked for, samples without a picture are
// made of the rows' paths. Rows are read and written a block at a time. Throws Error, and leaves the project
// as it was: no row is of an image, two rows of one image differ, there are as many rows as no set has, a
// name that is taken.
ImportFeaturesResult importFeatures(project::Project& project, const data::NumberRows& rows,
                                    const ImportFeaturesOptions& options, Progress& progress);

// The same of one number a row: a score table of the method "imported".
ImportScoresResult importScores(project::Project& project, const data::NumberRows& rows,
                                const ImportScoresOptions& options, Progress& progress);

}  // namespace discern::pipeline
