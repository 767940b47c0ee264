#include "core/networks/checkpoint.h"

#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"

namespace discern::networks {
namespace {

using nlohmann::json;

constexpr const char* kExtra = "extra/";

// LibTorch switches off the zip's own checksums, so a flipped bit in a weight would go unnoticed.
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

json parseMetadata(const std::filesystem::path& file, const std::string& text) {
  auto metadata = parseJson(text);
  if (!metadata.is_object()) fail("{}: the checkpoint's description is not a JSON object", file.string());
  return metadata;
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

void saveTensors(const std::filesystem::path& file, const std::string& what, const TensorFile& contents) {
  TensorFile plain{contents.text, {}};
  for (const auto& [name, tensor] : contents.tensors)
    plain.tensors[name] = tensor.detach().to(torch::kCPU).contiguous();
  c10::List<std::string> names;
  c10::List<torch::Tensor> tensors;
  for (const auto& [name, tensor] : plain.tensors) {
    names.push_back(name);
    tensors.push_back(tensor);
  }
  torch::serialize::OutputArchive archive;
  archive.write(what, c10::IValue(contents.text));
  archive.write("names", c10::IValue(names));
  archive.write("tensors", c10::IValue(tensors));
  archive.write("checksum", c10::IValue(static_cast<std::int64_t>(checksum(plain))));
  // To memory first: LibTorch's file writer throws from its
  // destructor when the disk is full, which ends the program.
  std::string bytes;
  archive.save_to([&bytes](const void* data, std::size_t count) {
    bytes.append(static_cast<const char*>(data), count);
    return count;
  });
  writeFileAtomically(file, bytes);
}

TensorFile loadTensors(const std::filesystem::path& file, const std::string& what) {
  if (!std::filesystem::is_regular_file(file)) fail("{}: no such file", file.string());
  TensorFile contents;
  std::int64_t sum = 0;
  try {
    torch::serialize::InputArchive archive;
    archive.load_from(file.string(), torch::Device(torch::kCPU));
    c10::IValue text, names, tensors, stored;
    archive.read(what, text);
    archive.read("names", names);
    archive.read("tensors", tensors);
    archive.read("checksum", stored);
    contents.text = text.toStringRef();
    sum = stored.toInt();
    const auto keys = names.toListRef();
    const auto values = tensors.toTensorVector();
    for (std::size_t i = 0; i < keys.size(); ++i)
      contents.tensors[keys[i].toStringRef()] = values.at(i).contiguous();
  } catch (const std::exception&) {
    fail("{}: not a Discern {} or damaged; use a file this program wrote, or train again", file.string(),
         what == "discern_state" ? "training state" : "checkpoint");
  }
  if (static_cast<std::int64_t>(checksum(contents)) != sum)
    fail("{}: its checksum does not match, the file is damaged; copy it again or train again", file.string());
  return contents;
}

bool isCheckpoint(const std::filesystem::path& file) {
  // The archive's code, which declares the attribute, lies near the end, behind the tensors.
  constexpr std::streamoff kTail = 1 << 20;
  if (!std::filesystem::is_regular_file(file)) return false;  // reading a named pipe may never end
  std::ifstream in(file, std::ios::binary);
  char magic[4] = {};
  if (!in.read(magic, 4) || std::memcmp(magic, "PK\3\4", 4) != 0) return false;
  in.seekg(0, std::ios::end);
  const std::streamoff length = in.tellg();
  in.seekg(std::max<std::streamoff>(0, length - kTail));
  const std::string tail{std::istreambuf_iterator<char>(in), {}};
  return tail.find("discern_checkpoint") != std::string::npos;
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

LoadedNetwork loadCheckpoint(const std::filesystem::path& file, const std::string& device) {
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
  try {
    loaded.kind = networkKind(loaded.architecture);
    loaded.recipe = metadata.value("recipe", networkRecipe(loaded.architecture));
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
  metadata["dims"] = kind == "ddnet" ? 1 : options.dims;
  if (kind == "student") metadata["identity_dims"] = options.identityDims;
  if (!metadata.contains("recipe")) metadata["recipe"] = networkRecipe(architecture);
  auto tensors = namedTensors(network);
  for (const auto& [name, tensor] : extras) tensors[kExtra + name] = tensor;
  saveTensors(file, "discern_checkpoint", {metadata.dump(), tensors});
}

}  // namespace discern::networks
