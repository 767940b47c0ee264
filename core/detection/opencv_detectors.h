// Detectors that OpenCV's objdetect brings.
#pragma once

#include <memory>
#include <string>

#include "core/detection/detector.h"

namespace discern::detection {

std::unique_ptr<Detector> openCascade(const std::string& file);
// YuNet of 2022, as OpenCV before 4.8 decodes it. Throws Error where OpenCV is newer.
std::unique_ptr<Detector> openOldYuNet(const std::string& file, const Recipe& recipe);

}  // namespace discern::detection
