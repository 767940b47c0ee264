// How long a recogniser takes for a face, in this process and with its threads as they are set.
#pragma once

#include <opencv2/core/mat.hpp>
#include <vector>

namespace discern::features {
class BaseModel;
}

namespace discern::pipeline {

// Median over calls with all `faces` at once, after one to warm up; at least three calls, then until
// `seconds` are over.
double millisecondsPerFace(features::BaseModel& model, const std::vector<cv::Mat>& faces, double seconds);

}  // namespace discern::pipeline
