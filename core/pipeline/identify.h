// 1:N identification on a project's features: a plain search, SCface's protocol, UCCS's classifier (SKD), and
// templates of protocols against each other.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/student_jobs.h"
#include "core/project/project.h"
#include "core/results/evaluate.h"

namespace discern::pipeline {

using jobs::IdentifyOptions;
using results::IdentifyResult;

IdentifyResult identify(const project::Project& project, const IdentifyOptions& options, Progress& progress);

}  // namespace discern::pipeline
