#include "core/pipeline/checkpoint_size.h"

#include "core/networks/checkpoint.h"

namespace discern::pipeline {

int checkpointSize(const std::filesystem::path& checkpoint) { return networks::loadCheckpoint(checkpoint).size; }

}  // namespace discern::pipeline
