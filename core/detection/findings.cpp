#include "core/detection/findings.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "core/data/place.h"

namespace discern::detection {
namespace {
using nlohmann::json;

// Of a photograph as it is now.
std::string keyOf(const data::ImageRef& image) {
  return fmt::format("{}|{}|{}|{}", image.offset, image.length, sizeAndTime(image.file), data::pathOf(image));
}

json toJson(const Found& found) {
  json faces = json::array();
  for (const Face& face : found.faces) {
    json numbers = {face.box.x, face.box.y, face.box.width, face.box.height, face.score};
    if (face.landmarks)
      for (const auto& p : *face.landmarks) {
        numbers.push_back(p.x);
        numbers.push_back(p.y);
      }
    faces.push_back(std::move(numbers));
  }
  return {{"width", found.size.width},
          {"height", found.size.height},
          {"faces", faces},
          {"problem", found.problem}};
}

// Throws json::exception.
Found fromJson(const json& value) {
  Found found;
  found.size = {value.at("width").get<int>(), value.at("height").get<int>()};
  found.problem = value.at("problem").get<std::string>();
  for (const json& numbers : value.at("faces")) {
    const auto at = [&](std::size_t i) { return numbers.at(i).get<float>(); };
    Face face{{at(0), at(1), at(2), at(3)}, at(4), {}};
    if (numbers.size() == 15) {
      data::Landmarks points;
      for (std::size_t k = 0; k < points.size(); ++k) points[k] = {at(5 + 2 * k), at(6 + 2 * k)};
      face.landmarks = points;
    }
    found.faces.push_back(face);
  }
  return found;
}

}  // namespace

Findings::Findings(std::filesystem::path file, const std::string& fingerprint)
    : lines_(std::move(file), fingerprint) {}

std::optional<Found> Findings::find(const data::ImageRef& image) const {
  if (lines_.isEmpty()) return std::nullopt;
  const json found = lines_.find(keyOf(image));
  if (found.is_discarded()) return std::nullopt;
  try {
    return fromJson(found);
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

void Findings::add(const data::ImageRef& image, const Found& found) {
  lines_.add(keyOf(image), toJson(found));
}

}  // namespace discern::detection
