// Faces found in a photograph, and what can be said of them without looking at a pixel.
#pragma once

#include <opencv2/core/types.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/data/image_ref.h"

namespace discern::detection {

// In pixels of the photograph as it is decoded (its EXIF orientation applied).
struct Face {
  cv::Rect2f box;
  float score = 0;  // the detector's own, 0 .. 1
  std::optional<data::Landmarks> landmarks;
};

// Shared area over the area of both together, 0 .. 1.
double overlap(const cv::Rect2f& a, const cv::Rect2f& b);
// Greedy non-maximum suppression: the best score first (of equal ones the earlier), without those that
// overlap a better one by more than `most`.
std::vector<Face> suppress(std::vector<Face> faces, double most);

// Pixels between the eyes.
double eyeDistance(const data::Landmarks& landmarks);
// Some networks give the person's own left eye first: where both eyes and both corners of the mouth are the
// wrong way round in an upright face, they are swapped.
data::Landmarks inImageOrder(data::Landmarks landmarks);
// Why these points are no face's: not finite, outside the picture (half the distance between the eyes
// beyond its edge is let pass: faces are cut off), on top of each other, or in another order than
// data::Landmarks. Empty: nothing.
std::string problemOf(const data::Landmarks& landmarks, cv::Size picture);

// The square around a box that shows about what alignment would show: for faces without landmarks. `unit`:
// its side over the box's longer side.
data::Rect squareAround(const cv::Rect2f& box, double unit);

}  // namespace discern::detection
