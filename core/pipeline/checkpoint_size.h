#pragma once

#include <filesystem>

namespace discern::pipeline {

// Pixels of a side of a checkpoint's input; keeps LibTorch's headers out of the jobs. Throws Error when it is not a checkpoint.
int checkpointSize(const std::filesystem::path& checkpoint);

}  // namespace discern::pipeline
