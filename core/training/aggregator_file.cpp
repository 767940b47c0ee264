// Reads a trained aggregator. Knows no LibTorch.
#include <algorithm>
#include <bit>
#include <charconv>
#include <map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/networks/safetensors_header.h"
#include "core/training/aggregator.h"

namespace discern::training {
namespace {
namespace fs = std::filesystem;
static_assert(std::endian::native == std::endian::little);

constexpr std::int64_t kMostSize = 65536;  // of which no product overflows; requireSound() is stricter

const std::string& textOf(const networks::TensorMetadata& metadata, const char* key, const fs::path& file) {
  const auto found = metadata.find(key);
  if (found == metadata.end()) fail("{}: says no \"{}\"; train it again", file.string(), key);
  return found->second;
}

std::int64_t numberOf(const networks::TensorMetadata& metadata, const char* key, const fs::path& file) {
  const std::string& text = textOf(metadata, key, file);
  std::int64_t number = -1;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size() || number < 0 || number > kMostSize)
    fail("{}: its \"{}\" is '{}'; a whole number from 0 to {} was expected", file.string(), key, text,
         kMostSize);
  return number;
}

std::vector<float> valuesOf(const networks::SafetensorsHeader& header,
                            const networks::SafetensorsEntry& entry, const PlainFile& open,
                            const fs::path& file) {
  if (std::string_view(networks::kSafetensorsTypes[entry.type].name) != "F32")
    fail("{}: the tensor \"{}\" is not of 32-bit floats; train it again", file.string(), entry.name);
  std::vector<float> values((entry.end - entry.begin) / sizeof(float));
  const std::size_t bytes = values.size() * sizeof(float);
  if (open.read(static_cast<std::int64_t>(header.firstValue + entry.begin),
                reinterpret_cast<char*>(values.data()), bytes) < bytes)
    fail("{}: the tensor \"{}\" could not be read to its end", file.string(), entry.name);
  return values;
}

}  // namespace

TrainedAggregator loadAggregator(const fs::path& file) {
  const PlainFile open(file);
  const auto header = networks::readSafetensorsHeader(file, open);
  const auto format = header.metadata.find("format");
  if (format == header.metadata.end() || format->second != kAggregatorFormat)
    fail("{}: is no aggregator of this program; train one", file.string());
  TrainedAggregator read;
  auto& network = read.network;
  network.kind = parseName<aggregation::NetworkKind>(textOf(header.metadata, "kind", file),
                                                     file.string() + ": kind of aggregator");
  network.dims = numberOf(header.metadata, "dims", file);
  network.hidden = numberOf(header.metadata, "hidden", file);
  read.model = textOf(header.metadata, "model", file);
  read.recipe = textOf(header.metadata, "recipe", file);
  std::map<std::string, std::vector<float>> tensors;
  for (const auto& entry : header.entries) tensors[entry.name] = valuesOf(header, entry, open, file);
  const auto scale = tensors.find("scale");
  if (scale == tensors.end() || scale->second.size() != 1)
    fail("{}: has no tensor \"scale\" of one number; train it again", file.string());
  network.scale = scale->second.front();
  tensors.erase(scale);
  for (const auto& part : partsOf(network)) {
    const auto found = tensors.find(part.name);
    if (found == tensors.end()) fail("{}: lacks the tensor \"{}\"; train it again", file.string(), part.name);
    *part.values = std::move(found->second);
    tensors.erase(found);
  }
  if (!tensors.empty())
    fail("{}: the tensor \"{}\" belongs to no {} aggregator", file.string(), tensors.begin()->first,
         nameOf(network.kind));
  requireSound(network, file.string());
  return read;
}

}  // namespace discern::training
