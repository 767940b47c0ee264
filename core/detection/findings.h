// What was found in each photograph so far: an import that was stopped goes on from there.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/found_lines.h"
#include "core/data/image_ref.h"
#include "core/detection/face.h"

namespace discern::detection {

struct Found {
  cv::Size size;            // of the photograph
  std::vector<Face> faces;  // best score first
  std::string problem;      // why it could not be read
};

class Findings {
 public:
  // As of FoundLines. What was found in a file that has changed since is not taken.
  Findings(std::filesystem::path file, const std::string& fingerprint);
  std::optional<Found> find(const data::ImageRef& image) const;
  void add(const data::ImageRef& image, const Found& found);  // from any thread

 private:
  FoundLines lines_;
};

}  // namespace discern::detection
