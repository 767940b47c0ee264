// Finding image files and looking at their headers: what the adapters of loose files share.
#pragma once

#include <filesystem>
#include <opencv2/core/types.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/registry.h"

namespace discern::datasets {

// jpg, jpeg, png, bmp, pgm, ppm, pbm, pnm, tif, tiff or webp, in any case.
bool hasImageExtension(const std::filesystem::path& file);

struct ImageHeader {
  cv::Size size = {};        // as it is stored
  std::string problem = {};  // why the image cannot be used; empty: it looks sound
  int orientation = 1;       // EXIF's

  cv::Size upright() const { return orientation >= 5 ? cv::Size(size.height, size.width) : size; }
};
// From the bytes of an image, or as many of the first as hold its header.
ImageHeader readHeader(std::string_view bytes);
// The headers of many files, in parallel; one unit of progress a file. Throws Cancelled.
std::vector<ImageHeader> readHeaders(const std::vector<std::filesystem::path>& files, Progress& progress);

struct FolderImages {
  data::Dataset dataset;        // identities, samples and problems
  std::vector<cv::Size> sizes;  // of each sample
  std::size_t passedOver = 0;   // images in the folders that are nobody's
};
// root/identity/image, sorted by name. nobodys: names of folders that are no identities. Throws Error that
// says what was found instead when that is not the layout.
FolderImages readIdentityFolders(const std::filesystem::path& root, const LoadOptions& options,
                                 Progress& progress, const std::vector<std::string>& nobodys = {});

// Images of a folder, sorted by name; deep: those of its folders, too.
std::vector<std::filesystem::path> imagesBelow(const std::filesystem::path& folder, bool deep);

// The fold of item i of n in consecutive blocks whose sizes differ by one at most, the larger first.
int consecutiveFold(std::int64_t i, std::int64_t n, int folds);

}  // namespace discern::datasets
