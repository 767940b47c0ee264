// From a detector's numbers to faces, in pixels of what the network saw. Before suppression.
#pragma once

#include <opencv2/core/mat.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/detection/face.h"
#include "core/detection/recipe.h"

namespace discern::detection {

// `outputs`: a matrix each (Network::run), told apart by their columns (1 or 2: scores, 4: boxes, 10:
// landmarks) and rows (a stride of 8 has more than one of 16). Faces below recipe.score are left out. Throws
// Error about `model`: shapes that do not fit the recipe's size.
//
// UltraFace: boxes are corners in 0 .. 1, the second score is the face's.
// SCRFD: of one or two anchors at (x, y) * stride, distances to left, top, right and bottom, and landmarks
// from there, all in strides.
// RetinaFace: of two priors at (x + 1/2, y + 1/2) * stride with sides 16 and 32, 64 and 128, 256 and 512, by
// stride 8, 16, 32: centre = prior + 0.1 * side * offset, side * exp(0.2 * offset), landmarks as centres.
// YuNet: of a cell: centre (x + b0, y + b1) * stride, sides exp(b2) and exp(b3) strides, landmarks (x + k) *
// stride, the score the geometric mean of class and object.
std::vector<Face> decodeFaces(const Recipe& recipe, std::span<const cv::Mat> outputs,
                              const std::string& model);

}  // namespace discern::detection
