#include "core/networks/safetensors.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/error.h"

namespace discern::networks {
namespace {

namespace fs = std::filesystem;

// As kSafetensorsTypes.
constexpr std::array<torch::ScalarType, kSafetensorsTypes.size()> kScalars = {
    torch::kInt64, torch::kFloat64, torch::kFloat32, torch::kInt32, torch::kBFloat16,
    torch::kHalf,  torch::kInt16,   torch::kInt8,    torch::kUInt8};

std::size_t rankOf(const std::string& name, torch::ScalarType type) {
  const auto found = std::ranges::find(kScalars, type);
  if (found == kScalars.end()) fail("the tensor \"{}\" has a type that cannot be kept in a file", name);
  return static_cast<std::size_t>(found - kScalars.begin());
}

}  // namespace

Safetensors loadSafetensors(const fs::path& file) {
  if (!fs::exists(file)) fail("{}: no such file", file.string());
  const PlainFile open(file);
  const SafetensorsHeader header = readSafetensorsHeader(file, open);
  Safetensors contents{header.metadata, {}};
  for (const auto& entry : header.entries) {
    auto tensor = torch::empty(entry.shape, kScalars[entry.type]);
    const std::size_t bytes = entry.end - entry.begin;
    const auto at = static_cast<std::int64_t>(header.firstValue + entry.begin);
    if (bytes > 0 && open.read(at, static_cast<char*>(tensor.data_ptr()), bytes) < bytes)
      fail("{}: the tensor \"{}\" could not be read to its end", file.string(), entry.name);
    contents.tensors.emplace(entry.name, std::move(tensor));
  }
  return contents;
}

void saveSafetensors(const fs::path& file, const Safetensors& contents) {
  struct Placed {
    std::size_t rank;
    std::string name;
    torch::Tensor tensor;
  };
  std::vector<Placed> placed;
  for (const auto& [name, tensor] : contents.tensors)
    placed.push_back(
        {rankOf(name, tensor.scalar_type()), name, tensor.detach().to(torch::kCPU).contiguous()});
  std::ranges::stable_sort(placed, {}, &Placed::rank);  // by name they are already

  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!contents.metadata.empty()) header[kSafetensorsMetadata] = contents.metadata;
  std::uint64_t at = 0;
  for (const auto& [rank, name, tensor] : placed) {
    const auto begin = at;
    at += tensor.nbytes();
    header[name] = {{"dtype", kSafetensorsTypes[rank].name},
                    {"shape", tensor.sizes().vec()},
                    {"data_offsets", std::array{begin, at}}};
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  std::string bytes;
  bytes.reserve(8 + text.size() + at);
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(text.size() >> (8 * i) & 0xFF);
  bytes += text;
  for (const auto& [rank, name, tensor] : placed)
    bytes.append(static_cast<const char*>(tensor.data_ptr()), tensor.nbytes());
  writeFileAtomically(file, bytes);
}

}  // namespace discern::networks
