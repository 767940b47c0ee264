// Weights, input and outputs that the scripts of tests/golden make by the same formulas.
#pragma once

#include <zlib.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/networks/checkpoint.h"

namespace discern::networks {

// Uniform in (-1, 1), from the name and the flat index, as in the script.
inline torch::Tensor noise(const std::string& name, const std::vector<std::int64_t>& shape) {
  const auto seed =
      static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(name.data()), name.size()));
  auto tensor = torch::empty(shape);
  auto* values = tensor.data_ptr<float>();
  for (std::int64_t i = 0; i < tensor.numel(); ++i) {
    auto x = static_cast<std::uint32_t>(static_cast<std::uint64_t>(i) * 2654435761U + seed);
    x = (x ^ x >> 15) * 2246822519U;
    x = (x ^ x >> 13) * 3266489917U;
    x ^= x >> 16;
    values[i] = static_cast<float>(x / 2147483648.0 - 1);
  }
  return tensor;
}

// prefix: what our names have before the published ones, by which the values are made.
inline void fill(torch::nn::Module& network, const std::string& prefix = "") {
  torch::NoGradGuard guard;
  for (const auto& [ours, tensor] : namedTensors(network)) {
    const auto name = ours.substr(prefix.size());
    if (name.ends_with("num_batches_tracked")) continue;
    auto value = noise(name, tensor.sizes().vec());
    if (name.ends_with("running_var"))
      value = 1 + 0.3 * value;
    else if (tensor.dim() > 1)
      value =
          value * std::sqrt(6.0 * static_cast<double>(tensor.size(0)) / static_cast<double>(tensor.numel()));
    else if (name.ends_with("weight"))
      value = 1 + 0.2 * value;
    else
      value = 0.1 * value;
    torch::Tensor(tensor).copy_(value);
  }
}

// The numbers behind that name in a file of tests/golden.
inline std::vector<double> goldenOf(const std::string& file, const std::string& network) {
  std::ifstream in(std::string(DISCERN_SOURCE_DIR) + "/tests/golden/" + file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    std::string field;
    std::getline(fields, field, ',');
    if (field != network) continue;
    std::vector<double> values;
    while (std::getline(fields, field, ',')) values.push_back(std::stod(field));
    return values;
  }
  return {};
}

inline std::int64_t parametersOf(const torch::nn::Module& module) {
  std::int64_t sum = 0;
  for (const auto& parameter : module.parameters()) sum += parameter.numel();
  return sum;
}

}  // namespace discern::networks
