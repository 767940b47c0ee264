// Scores of many faces by a network, with decoding ahead of it.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/progress.h"
#include "core/networks/checkpoint.h"
#include "core/networks/network.h"
#include "core/training/face_loader.h"

namespace discern::training {

// Throws Error for a checkpoint that holds another kind of network.
networks::LoadedNetwork loadDdnet(const std::filesystem::path& checkpoint, Device device = Device::Cpu);

// The first output for each of `faces`, NaN where a face could not be loaded. The network is left in
// evaluation mode. `report`: advance the progress. Throws Cancelled.
std::vector<float> scoreFaces(networks::Network& network, torch::Device device, FaceStore& store,
                              const std::vector<std::int64_t>& faces, int batch, Progress& progress,
                              bool report);

}  // namespace discern::training
