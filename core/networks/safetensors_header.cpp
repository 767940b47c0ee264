#include "core/networks/safetensors_header.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/base/json.h"

namespace discern::networks {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Ours are of a hundredth of it. The format itself allows 100 MB.
constexpr std::uint64_t kMostHeader = 16 << 20;
constexpr std::size_t kMostDimensions = 16;
constexpr std::uint64_t kLargestSide = std::uint64_t{1} << 40;

// Nothing: another format, or cut off inside the header.
std::optional<std::string> headerText(const PlainFile& file) {
  std::array<unsigned char, 9> start{};
  if (file.read(0, reinterpret_cast<char*>(start.data()), start.size()) < start.size() || start[8] != '{')
    return std::nullopt;
  std::uint64_t length = 0;
  for (int i = 7; i >= 0; --i) length = length << 8 | start[static_cast<std::size_t>(i)];
  if (length > kMostHeader || length > static_cast<std::uint64_t>(file.size()) - 8) return std::nullopt;
  std::string text(length, '\0');
  if (file.read(8, text.data(), length) < length) return std::nullopt;
  return text;
}

TensorMetadata metadataOf(const fs::path& file, const json& header) {
  TensorMetadata metadata;
  const auto found = header.find(kSafetensorsMetadata);
  if (found == header.end()) return metadata;
  if (!found->is_object()) fail("{}: its {} is not an object of texts", file.string(), kSafetensorsMetadata);
  for (const auto& [key, value] : found->items()) {
    if (!value.is_string()) fail("{}: \"{}\" of its {} is no text", file.string(), key, kSafetensorsMetadata);
    metadata[key] = value.get<std::string>();
  }
  return metadata;
}

// A list of `count` whole numbers from 0 on, or of any number of them up to a limit (count 0).
std::vector<std::uint64_t> numbersOf(const std::string& where, const json& entry, const char* key,
                                     std::size_t count) {
  const auto found = entry.find(key);
  const bool fits = found != entry.end() && found->is_array() &&
                    (count > 0 ? found->size() == count : found->size() <= kMostDimensions) &&
                    std::ranges::all_of(*found, [](const json& v) { return v.is_number_unsigned(); });
  if (!fits) fail("{} has no usable \"{}\"; the file is damaged", where, key);
  return found->get<std::vector<std::uint64_t>>();
}

SafetensorsEntry entryOf(const fs::path& file, const std::string& name, const json& value,
                         std::uint64_t valueBytes) {
  const std::string where = fmt::format("{}: the tensor \"{}\"", file.string(), name);
  SafetensorsEntry entry;
  entry.name = name;
  const std::string type = jsonText(value, "dtype");
  const auto known =
      std::ranges::find_if(kSafetensorsTypes, [&](const SafetensorsType& t) { return type == t.name; });
  if (known == kSafetensorsTypes.end())
    fail("{} has the type \"{}\"; floats of 16 to 64 bits, BF16, signed integers or U8 were expected", where,
         type);
  entry.type = static_cast<std::size_t>(known - kSafetensorsTypes.begin());
  const auto offsets = numbersOf(where, value, "data_offsets", 2);
  entry.begin = offsets[0];
  entry.end = offsets[1];
  if (entry.begin > entry.end || entry.end > valueBytes)
    fail("{} should lie at bytes {} to {} of {}; the file is damaged or cut off, copy it again", where,
         entry.begin, entry.end, valueBytes);
  const auto shape = numbersOf(where, value, "shape", 0);
  const std::uint64_t bytes = entry.end - entry.begin, room = bytes / known->bytes;
  const bool empty = std::ranges::find(shape, 0U) != shape.end();
  std::uint64_t values = empty ? 0 : 1;
  bool fits = true;
  for (const auto size : shape) {
    // Divided, not multiplied: a shape may claim more than a number holds.
    fits = fits && size <= kLargestSide && (empty || values <= room / size);
    if (fits) values *= size;
    entry.shape.push_back(static_cast<std::int64_t>(fits ? size : 0));
  }
  if (!fits || values * known->bytes != bytes)
    fail("{} takes {} bytes, which its shape and type do not; the file is damaged", where, bytes);
  return entry;
}

}  // namespace

SafetensorsHeader readSafetensorsHeader(const fs::path& file, const PlainFile& open) {
  const auto text = headerText(open);
  if (!text) fail("{}: no safetensors file, or cut off; copy it again", file.string());
  const json values = parseJson(*text, file.string() + ": its header");
  SafetensorsHeader header;
  header.metadata = metadataOf(file, values);
  header.firstValue = 8 + text->size();
  header.valueBytes = static_cast<std::uint64_t>(open.size()) - header.firstValue;
  for (const auto& [name, value] : values.items())
    if (name != kSafetensorsMetadata) header.entries.push_back(entryOf(file, name, value, header.valueBytes));
  std::ranges::sort(header.entries, {}, [](const SafetensorsEntry& e) { return std::pair(e.begin, e.end); });
  std::uint64_t at = 0;
  for (const auto& entry : header.entries) {
    if (entry.begin != at)
      fail("{}: the tensor \"{}\" overlaps another or leaves a gap; the file is damaged", file.string(),
           entry.name);
    at = entry.end;
  }
  if (at != header.valueBytes)
    fail("{}: {} bytes belong to no tensor; the file is damaged", file.string(), header.valueBytes - at);
  return header;
}

std::optional<TensorMetadata> safetensorsMetadata(const fs::path& file) {
  try {
    const auto text = headerText(PlainFile(file));
    if (!text) return std::nullopt;
    return metadataOf(file, parseJson(*text, file.string()));
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace discern::networks
