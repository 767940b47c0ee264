// Base models that LibTorch runs: TorchScript archives and Discern's own checkpoints.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/features/internal/blob_model.h"

namespace discern::features {

// In this process: serve_model.cpp calls it, everybody else openHosted().
std::unique_ptr<BlobModel> openTorchScript(const std::string& file, const Recipe& recipe, Device device);
void wakeDevice();  // starts CUDA

bool isNative(const std::string& file);
void refuseOldWeights(const std::string& file);  // throws Error: what torch.save wrote before PyTorch 1.6
void refuseOldNative(const std::string& file);   // throws Error: a checkpoint of an earlier version
std::optional<std::uint64_t> hashBeforeConversion(const std::string& file);
std::unique_ptr<BaseModel> openNative(const std::string& file, const Recipe& recipe, Device device);
void requireDevice(Device device);  // throws Error when there is no such device

}  // namespace discern::features
