#include "core/detection/findings.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"
#include "core/data/place.h"

namespace discern::detection {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

// Of a photograph as it is now.
std::string keyOf(const data::ImageRef& image) {
  std::error_code code;
  const auto size = fs::file_size(image.file, code);
  const auto time = fs::last_write_time(image.file, code).time_since_epoch().count();
  return fmt::format("{}|{}|{}|{}|{}", image.offset, image.length, size, time, data::pathOf(image));
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

Findings::Findings(fs::path file, const std::string& fingerprint) : file_(std::move(file)) {
  if (file_.empty()) return;
  std::istringstream lines(fs::exists(file_) ? readFile(file_) : std::string());
  std::string line;
  const std::string first = json{{"made_with", fingerprint}}.dump();
  if (std::getline(lines, line) && line == first) {
    while (std::getline(lines, line)) {
      const json entry = parseJson(line);  // the last may be half written
      if (const std::string key = jsonText(entry, "photograph"); !key.empty()) lines_[key] = line;
    }
  }
  // Written anew, so that what is added does not follow half a line.
  std::string whole = first + "\n";
  for (const auto& [key, kept] : lines_) whole += kept + "\n";
  writeFileAtomically(file_, whole);
}

std::optional<Found> Findings::find(const data::ImageRef& image) const {
  if (lines_.empty()) return std::nullopt;
  const auto found = lines_.find(keyOf(image));
  if (found == lines_.end()) return std::nullopt;
  try {
    return fromJson(parseJson(found->second).at("found"));
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

void Findings::add(const data::ImageRef& image, const Found& found) {
  if (file_.empty()) return;
  std::string line;
  try {
    line = json{{"photograph", keyOf(image)}, {"found", toJson(found)}}.dump() + "\n";
  } catch (const json::exception&) {  // a name that is no UTF-8: it is looked at again next time
    return;
  }
  const std::lock_guard lock(mutex_);
  std::ofstream(file_, std::ios::app | std::ios::binary) << line << std::flush;
}

void Findings::remove() {
  std::error_code ignored;
  if (!file_.empty()) fs::remove(file_, ignored);
}

}  // namespace discern::detection
