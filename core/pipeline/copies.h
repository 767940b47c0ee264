// Degraded copies: how strong they may be, and, of those that belong to one training and not to the project,
// the features, made once and kept.
#pragma once

#include <string>
#include <vector>

#include "core/base/device.h"
#include "core/base/progress.h"
#include "core/data/matrix.h"
#include "core/project/project.h"

namespace discern::pipeline {

// Throws Error unless 0 < weakest <= strongest <= 1.
void requireStrengths(double weakest, double strongest);

// One row per image by the base model of feature table `table`; NaN rows where an image cannot be read.
// Cached in checkpoints/NAME.copies.npy: half-made files are continued, finished ones reused when the list of
// copies is the same, also those that were made under another name.
data::Matrix featuresOfCopies(const project::Project& project, const std::string& table,
                              const std::string& name, const std::vector<data::ImageRef>& images,
                              Device device, int batch, Progress& progress);

}  // namespace discern::pipeline
