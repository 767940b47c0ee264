#include "core/data/image_ref.h"

#include <bit>

#include "core/base/rng.h"

namespace discern::data {
namespace {

std::uint64_t mix(std::uint64_t hash, float value) {
  return mixSeed(hash, std::uint64_t{std::bit_cast<std::uint32_t>(value)});
}
std::uint64_t mix(std::uint64_t hash, double value) {
  return mixSeed(hash, std::bit_cast<std::uint64_t>(value));
}
std::uint64_t mix(std::uint64_t hash, std::int64_t value) {
  return mixSeed(hash, static_cast<std::uint64_t>(value));
}

}  // namespace

std::uint64_t hashOf(std::span<const ImageRef> images, std::string_view root) {
  std::uint64_t hash = images.size();
  for (const auto& image : images) {
    std::string_view file = image.file;
    const bool isInside =
        !root.empty() && file.starts_with(root) && file.substr(root.size()).starts_with('/');
    if (isInside) file.remove_prefix(root.size());
    hash = mix(mix(mixSeed(hash, file), image.offset), image.length);
    if (image.landmarks)
      for (const auto& point : *image.landmarks) hash = mix(mix(hash, point.x), point.y);
    if (image.crop)
      for (const int side : {image.crop->x, image.crop->y, image.crop->width, image.crop->height})
        hash = mix(hash, std::int64_t{side});
    if (image.moment) hash = mix(mix(hash, image.moment->time), image.moment->seconds);
    hash = mix(hash, static_cast<std::int64_t>(image.degradation.kind));
    hash = mixSeed(mix(hash, image.degradation.strength), image.degradation.seed);
  }
  return hash;
}

}  // namespace discern::data
