#include "ui/models/images/images.h"

#include <opencv2/core.hpp>

namespace discern::ui {

QImage toImage(const cv::Mat& image) {
  if (image.empty()) return {};
  const auto format = image.channels() == 1 ? QImage::Format_Grayscale8 : QImage::Format_BGR888;
  return QImage(image.data, image.cols, image.rows, static_cast<qsizetype>(image.step), format).copy();
}

}  // namespace discern::ui
