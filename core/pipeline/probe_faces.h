// A handful of faces on which a model is tried before all are extracted.
#pragma once

#include <opencv2/core/mat.hpp>
#include <vector>

#include "core/pipeline/inputs.h"

namespace discern::pipeline {

struct ProbeFaces {
  std::vector<cv::Mat> faces;
  std::vector<int> identity;  // one label a face
};

// About `wanted` readable faces, two or three a person, spread over the project: of identities with two or
// more images; where there are not two of those, of the genuine pairs of protocols. Fewer, or none, where the
// project has fewer. The label of a pair is the pair's.
ProbeFaces probeFaces(const project::Project& project, const Roster& roster, const data::Shape& shape,
                      std::size_t wanted);

}  // namespace discern::pipeline
