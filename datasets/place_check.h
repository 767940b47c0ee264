// Where the faces of a table are said to be, against the images they are in.
#pragma once

#include <array>
#include <filesystem>
#include <string>

#include "datasets/image_files.h"
#include "datasets/registry.h"

namespace discern::datasets {

// Asked about each face that is kept; lists the first of each kind of oddity and counts all. Nothing is left
// out: whoever made the landmarks knows best.
class PlaceCheck {
 public:
  void add(const std::string& where, const data::ImageRef& image, const ImageHeader& header,
           data::Dataset& dataset);
  // The counts, as problems of `root`.
  void finish(const std::filesystem::path& root, data::Dataset& dataset) const;

 private:
  std::size_t placed_ = 0, landmarks_ = 0, crops_ = 0, turned_ = 0;
};

}  // namespace discern::datasets
