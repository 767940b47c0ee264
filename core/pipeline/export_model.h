// A network of a project as an ONNX file.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/export_model.h"
#include "core/project/project.h"
#include "core/results/printed.h"

namespace discern::pipeline {

using jobs::ExportModelOptions;
using results::ExportModelResult;

// Compared on the project's own images before the file is kept (features/export_onnx.h). Throws FieldError:
// no such network; Error: the written file says something else.
ExportModelResult exportModel(const project::Project& project, const ExportModelOptions& options,
                              Progress& progress);

}  // namespace discern::pipeline
