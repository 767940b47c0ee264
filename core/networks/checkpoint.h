// Trained networks on disk: the weights as plain tensors (safetensors.h), with a checksum and a JSON of what
// they are. What earlier versions wrote, archives of LibTorch that can run code, is refused; see convert.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/networks/network.h"

namespace discern::networks {

struct LoadedNetwork {
  std::shared_ptr<Network> network;  // in evaluation mode, on `device`
  torch::Device device = torch::kCPU;
  std::string kind;          // "ddnet" | "base" | "student"
  std::string architecture;  // a name of networkNames()
  double width = 1;
  int size = 112;        // pixels across the input
  data::Shape shape;     // of the input
  int dims = 512;        // columns of the output (1 for a DDNet); of the mimic layer of a student
  int identityDims = 0;  // columns of a student's output, the identity layer
  std::string recipe;    // a name of features/recipe.h
  std::string metadata;  // JSON object: the above, "options", "seed"
  std::map<std::string, torch::Tensor> extras;  // what saveCheckpoint was given beside the network

  // As Network::forward, without gradients; moves `input` to `device`, the result stays there.
  torch::Tensor forward(const torch::Tensor& input) const;
};

// Whether `file` is one of ours, by its contents. Cheap; false for what cannot be read.
bool isCheckpoint(const std::filesystem::path& file);
// hashOfFile() of the file that this one was converted from: it is the same network.
std::optional<std::uint64_t> hashOfOriginal(const std::filesystem::path& file);

// Throws Error naming the file: truncated, damaged, foreign, or a tensor that is
// missing or has another shape than the architecture says (named).
LoadedNetwork loadCheckpoint(const std::filesystem::path& file, Device device = Device::Cpu);

// Atomically. `network` was made by makeNetwork(architecture, options); `extra` is a JSON object merged into
// the metadata; `extras` are tensors kept beside the network, such as a classification head.
void saveCheckpoint(const std::filesystem::path& file, const Network& network,
                    const std::string& architecture, const NetworkOptions& options,
                    const std::string& extra = "{}", const std::map<std::string, torch::Tensor>& extras = {});

// The layer below: named tensors with a text, in one checked file. Checkpoints and resume states use it.
// `what` is the magic: "discern_checkpoint" or "discern_state". Both throw Error naming the file.
struct TensorFile {
  std::string text;
  std::map<std::string, torch::Tensor> tensors;
  std::optional<std::uint64_t> original{};  // see hashOfOriginal
};
// Over what the file holds, in the order of the names.
std::uint64_t checksum(const TensorFile& contents);
void saveTensors(const std::filesystem::path& file, const std::string& what, const TensorFile& contents);
TensorFile loadTensors(const std::filesystem::path& file, const std::string& what);

// Parameters and buffers by name, as they are (not copied), and the way back, which throws Error naming
// `where` and the first tensor that is missing, superfluous or of another shape.
std::map<std::string, torch::Tensor> namedTensors(const torch::nn::Module& module);
void setTensors(torch::nn::Module& module, const std::map<std::string, torch::Tensor>& tensors,
                const std::string& where);

}  // namespace discern::networks
