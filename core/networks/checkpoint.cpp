#include "core/networks/checkpoint.h"

#include <charconv>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/networks/convert.h"
#include "core/networks/safetensors.h"

namespace discern::networks {
namespace {

using nlohmann::json;

constexpr const char* kExtra = "extra/";

constexpr const char* kKind = "kind";
constexpr const char* kText = "description";
constexpr const char* kChecksum = "checksum";
constexpr const char* kOriginal = "converted_from";

std::string hex(std::uint64_t value) { return fmt::format("{:016x}", value); }

std::optional<std::uint64_t> numberOf(const TensorMetadata& metadata, const char* key) {
  const auto found = metadata.find(key);
  if (found == metadata.end()) return std::nullopt;
  const std::string& text = found->second;
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

json parseMetadata(const std::filesystem::path& file, const std::string& text) {
  return parseJson(text, file.string() + ": the checkpoint's description");
}

template <typename T>
T field(const std::filesystem::path& file, const json& metadata, const char* key) {
  try {
    return metadata.at(key).get<T>();
  } catch (const json::exception&) {
    fail("{}: the checkpoint's description has no usable \"{}\"", file.string(), key);
  }
}

}  // namespace

torch::Tensor LoadedNetwork::forward(const torch::Tensor& input) const {
  torch::NoGradGuard guard;
  return network->forward(input.to(device));
}

std::uint64_t checksum(const TensorFile& contents) {
  std::uint64_t hash = 0x9E3779B97F4A7C15ULL;
  const auto mix = [&hash](const void* data, std::size_t bytes) {
    const char* at = static_cast<const char*>(data);
    for (std::size_t i = 0; i < bytes; i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at + i, std::min<std::size_t>(8, bytes - i));
      hash = (hash ^ word) * 0xD6E8FEB86659FD93ULL;
      hash ^= hash >> 32;
    }
  };
  mix(contents.text.data(), contents.text.size());
  for (const auto& [name, tensor] : contents.tensors) {
    mix(name.data(), name.size());
    mix(tensor.data_ptr(), tensor.nbytes());
  }
  return hash;
}

void saveTensors(const std::filesystem::path& file, const std::string& what, const TensorFile& contents) {
  TensorFile plain{contents.text, {}};
  for (const auto& [name, tensor] : contents.tensors)
    plain.tensors[name] = tensor.detach().to(torch::kCPU).contiguous();
  TensorMetadata metadata = {{kKind, what}, {kText, plain.text}, {kChecksum, hex(checksum(plain))}};
  if (contents.original) metadata[kOriginal] = hex(*contents.original);
  saveSafetensors(file, {metadata, plain.tensors});
}

TensorFile loadTensors(const std::filesystem::path& file, const std::string& what) {
  if (!std::filesystem::is_regular_file(file)) fail("{}: no such file", file.string());
  refuseOld(file);
  const auto metadata = safetensorsMetadata(file);
  if (!metadata || !metadata->contains(kKind) || metadata->at(kKind) != what || !metadata->contains(kText))
    fail("{}: not a Discern {} or damaged; use a file this program wrote, or train again", file.string(),
         what == "discern_state" ? "training state" : "checkpoint");
  TensorFile contents{metadata->at(kText), loadSafetensors(file).tensors, numberOf(*metadata, kOriginal)};
  if (numberOf(*metadata, kChecksum) != checksum(contents))
    fail("{}: its checksum does not match, the file is damaged; copy it again or train again", file.string());
  return contents;
}

bool isCheckpoint(const std::filesystem::path& file) {
  const auto metadata = safetensorsMetadata(file);
  return metadata && metadata->contains(kKind) && metadata->at(kKind) == "discern_checkpoint";
}

std::optional<std::uint64_t> hashOfOriginal(const std::filesystem::path& file) {
  const auto metadata = safetensorsMetadata(file);
  return metadata ? numberOf(*metadata, kOriginal) : std::nullopt;
}

std::map<std::string, torch::Tensor> namedTensors(const torch::nn::Module& module) {
  std::map<std::string, torch::Tensor> tensors;
  for (const auto& item : module.named_parameters()) tensors[item.key()] = item.value();
  for (const auto& item : module.named_buffers()) tensors[item.key()] = item.value();
  return tensors;
}

void setTensors(torch::nn::Module& module, const std::map<std::string, torch::Tensor>& tensors,
                const std::string& where) {
  torch::NoGradGuard guard;
  const auto own = namedTensors(module);
  for (const auto& [name, tensor] : own) {
    const auto found = tensors.find(name);
    if (found == tensors.end()) fail("{}: the tensor \"{}\" is missing", where, name);
    if (found->second.sizes() != tensor.sizes())
      fail("{}: the tensor \"{}\" has shape {}, expected {}", where, name, c10::str(found->second.sizes()),
           c10::str(tensor.sizes()));
  }
  for (const auto& [name, tensor] : tensors)
    if (!own.contains(name)) fail("{}: the tensor \"{}\" belongs to no layer of this network", where, name);
  for (const auto& [name, tensor] : own) torch::Tensor(tensor).copy_(tensors.at(name));
}

LoadedNetwork loadCheckpoint(const std::filesystem::path& file, Device device) {
  const auto target = findDevice(device);
  auto contents = loadTensors(file, "discern_checkpoint");
  const auto metadata = parseMetadata(file, contents.text);
  LoadedNetwork loaded;
  loaded.device = target;
  loaded.metadata = contents.text;
  loaded.architecture = field<std::string>(file, metadata, "architecture");
  loaded.width = field<double>(file, metadata, "width");
  loaded.size = field<int>(file, metadata, "size");
  loaded.dims = field<int>(file, metadata, "dims");
  for (auto at = contents.tensors.lower_bound(kExtra);
       at != contents.tensors.end() && at->first.starts_with(kExtra);) {
    loaded.extras[at->first.substr(std::strlen(kExtra))] = at->second;
    at = contents.tensors.erase(at);
  }
  NetworkOptions options{.size = loaded.size, .width = loaded.width, .dims = loaded.dims};
  options.height = static_cast<int>(jsonNumber(metadata, "height", 0));
  options.frames = static_cast<int>(jsonNumber(metadata, "frames", 1));
  options.average = jsonNumber(metadata, "average", 0) != 0;
  loaded.shape = options.shape();
  try {
    loaded.kind = networkKind(loaded.architecture);
    loaded.recipe = jsonText(metadata, "recipe");
    if (loaded.recipe.empty()) loaded.recipe = networkRecipe(loaded.architecture);
    if (loaded.kind == "student") options.identityDims = field<int>(file, metadata, "identity_dims");
    if (loaded.kind == "student") loaded.identityDims = options.identityDims;
    loaded.network = makeNetwork(loaded.architecture, options);
  } catch (const Error& error) {
    fail("{}: {}", file.string(), error.what());
  }
  setTensors(*loaded.network, contents.tensors, file.string());
  loaded.network->eval();
  loaded.network->to(target);
  return loaded;
}

void saveCheckpoint(const std::filesystem::path& file, const Network& network,
                    const std::string& architecture, const NetworkOptions& options, const std::string& extra,
                    const std::map<std::string, torch::Tensor>& extras) {
  json metadata = json::parse(extra);
  const auto kind = networkKind(architecture);
  metadata["kind"] = kind;
  metadata["architecture"] = architecture;
  metadata["width"] = options.width;
  metadata["size"] = options.size;
  if (options.height > 0) metadata["height"] = options.height;
  if (options.frames > 1) metadata["frames"] = options.frames;
  if (options.average) metadata["average"] = 1;
  metadata["dims"] = kind == "ddnet" ? 1 : options.dims;
  if (kind == "student") metadata["identity_dims"] = options.identityDims;
  if (!metadata.contains("recipe")) metadata["recipe"] = networkRecipe(architecture);
  auto tensors = namedTensors(network);
  for (const auto& [name, tensor] : extras) tensors[kExtra + name] = tensor;
  saveTensors(file, "discern_checkpoint", {metadata.dump(), tensors});
}

}  // namespace discern::networks
