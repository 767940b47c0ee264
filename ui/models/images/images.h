// From the engine's pictures to Qt's.
#pragma once

#include <QImage>

namespace cv {
class Mat;
}

namespace discern::ui {

// 8-bit BGR or grey, copied; an empty one gives a null image.
QImage toImage(const cv::Mat& image);

}  // namespace discern::ui
