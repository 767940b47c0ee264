// What was found in each photograph so far, on disk: an import that was stopped goes on from there.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

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
  // file: JSON, a line a photograph, in a folder that is there; empty: nothing is kept. What was found with
  // another `fingerprint`, or in a file that has changed since, is not taken; damaged lines are passed over.
  Findings(std::filesystem::path file, const std::string& fingerprint);
  std::optional<Found> find(const data::ImageRef& image) const;
  void add(const data::ImageRef& image, const Found& found);  // from any thread
  void remove();                                              // the file is no longer needed

 private:
  std::filesystem::path file_;
  std::unordered_map<std::string, std::string> lines_;  // by photograph
  std::mutex mutex_;
};

}  // namespace discern::detection
