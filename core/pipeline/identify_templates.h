// The benchmark of templates: those of one protocol enrolled, those of another searched for.
#pragma once

#include "core/pipeline/identify.h"

namespace discern::pipeline {

// Fills result.galleries and their means. Throws Error, or FieldError of galleries and probes.
void searchTemplates(const project::Project& project, const IdentifyOptions& options, IdentifyResult& result,
                     Progress& progress);

}  // namespace discern::pipeline
