// From a teacher's features to a small student on a project's faces (SKD).
#pragma once

#include "core/base/progress.h"
#include "core/jobs/distil.h"
#include "core/project/project.h"
#include "core/results/students.h"
#include "core/training/together.h"

namespace discern::pipeline {

using jobs::DistilOptions;
using results::DistilCheck;
using results::DistilResult;

// The first stage depends on neither mode nor selection: it is trained once for all modes of a size and seed,
// and kept as checkpoints/S-16-init-*.safetensors. The student is in the project before it is checked; a
// protocol that cannot check it gets a note. ranks: as of trainDdnet (train.h).
DistilResult distil(project::Project& project, const DistilOptions& options, Progress& progress,
                    training::Ranks* ranks = nullptr);

}  // namespace discern::pipeline
