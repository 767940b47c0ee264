// Images as the engine sees them: 8-bit BGR, decoded safely, and the face cut out of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <string>
#include <string_view>

#include "core/data/image_ref.h"

namespace discern::imaging {

struct DecodeLimits {
  std::int64_t maxPixels = 100'000'000;  // checked in the header, before anything is allocated
  std::int64_t maxBytes = 256LL << 20;
};

// Decodes JPEG, PNG, BMP, PNM, TIFF, WebP (of an animation the first frame) into 8-bit BGR: grey is
// replicated, more bits are scaled by the format's maximum, CMYK is converted, transparent pixels are put on
// black, EXIF orientation is applied. `name` is for the message. Throws Error, also when a part of the data
// is missing or cannot be read, however well the rest looks.
cv::Mat decode(std::string_view bytes, const std::string& name, const DecodeLimits& limits = {});
// Width and height from the header alone; {0, 0} when the format is not recognised or the header is cut off.
// The first 64 KB of a file are nearly always enough. Sizes beyond int are reported as its largest value.
cv::Size probeSize(std::string_view bytes);
// EXIF's orientation, 1 to 8 (1: as it is stored, which is also what is said where there is none).
int probeOrientation(std::string_view bytes);
// JPEG, PNG, BMP, PNM, TIFF, WebP or GIF, by the first bytes; empty when it is none of them.
std::string_view formatName(std::string_view bytes);
// Whether decode() reads that format at all (a GIF is recognised but not decoded).
bool isSupported(std::string_view format);

// The encoded bytes of a sample, of a video's frame as a PNG. `root`: what relative paths are relative to.
std::string readEncoded(const data::ImageRef& image, const std::filesystem::path& root = {});
// The whole stored image, or the frame of the video (of a clip the first).
cv::Mat loadImage(const data::ImageRef& image, const std::filesystem::path& root = {});
// The face alone: aligned or cropped, area-resized to size x size; not degraded. Everybody but the kind of
// faces calls loadSample (sample.h).
cv::Mat loadFace(const data::ImageRef& image, int size = 112, const std::filesystem::path& root = {});

// The 112 x 112 five-point template of FORMATS.md, scaled to `size`: similarity warp, border 0.
cv::Mat alignFace(const cv::Mat& image, const data::Landmarks& landmarks, int size = 112);

// That template, in pixels of 112 x 112, and where the five landmarks of a face come to lie when it is
// aligned to it. Throws Error as alignFace.
const data::Landmarks& faceTemplate();
data::Landmarks alignedLandmarks(const data::Landmarks& landmarks);

// The same pixels as a PNG.
std::string encodePng(const cv::Mat& image);

// Variance of the Laplacian of the grey face: the sharpness comparator.
double sharpness(const cv::Mat& face);

}  // namespace discern::imaging
