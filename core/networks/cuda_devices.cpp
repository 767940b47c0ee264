#include "core/networks/cuda_devices.h"

#include <torch/cuda.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <system_error>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::networks {

std::vector<std::string> cudaDevices() {
  // The driver's own list: LibTorch tells names only to who is built against CUDA.
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& gpu : std::filesystem::directory_iterator("/proc/driver/nvidia/gpus", none)) {
    try {
      std::istringstream lines(readStart(gpu.path() / "information", 4096));
      for (std::string line; std::getline(lines, line);)
        if (line.starts_with("Model:"))
          names.push_back(line.substr(std::min(line.size(), line.find_first_not_of(" \t", 6))));
    } catch (const Error&) {
      // Nobody may read it: it has no name, then.
    }
  }
  names.resize(torch::cuda::is_available() ? torch::cuda::device_count() : 0, "CUDA device");
  return names;
}

}  // namespace discern::networks
