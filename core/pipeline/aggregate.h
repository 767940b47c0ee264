// Templates the way that they are deployed (DDL, figure 2): DDNet on every image, the base model on what it
// keeps alone, one feature a template.
#pragma once

#include "core/base/progress.h"
#include "core/jobs/aggregate.h"
#include "core/project/project.h"
#include "core/results/aggregate.h"

namespace discern::pipeline {

using jobs::AggregateOptions;
using results::AggregateResult;

// Writes AggregateOptions::out, a row of unit length a template of the protocol as it is today (zeros where
// no image can be used), NAME.csv beside it with a line a template, and NAME.images.csv with a line an image
// of a template. Nothing in the project changes. The rows are those that extract, predict and evaluate lead
// to at that threshold. Throws FieldError about "network", Error, Cancelled.
AggregateResult aggregate(const project::Project& project, const AggregateOptions& options,
                          Progress& progress);

}  // namespace discern::pipeline
