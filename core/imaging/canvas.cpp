#include "core/imaging/canvas.h"

#include <array>
#include <opencv2/imgproc.hpp>

#include "core/base/files.h"
#include "core/imaging/image.h"

namespace discern::imaging {

cv::Scalar colourOf(int index) {
  static const std::array<cv::Scalar, 8> kColours = {
      cv::Scalar(0, 159, 230), {233, 180, 86}, {115, 158, 0},   {66, 228, 240},
      cv::Scalar(178, 114, 0), {0, 94, 213},   {167, 121, 204}, {0, 0, 0}};
  const cv::Scalar& one = kColours[static_cast<std::size_t>(index) % kColours.size()];
  return index < static_cast<int>(kColours.size()) ? one : one * 0.5 + cv::Scalar::all(64);
}

Canvas::Canvas(int width, int height) : sheet_(height, width, CV_8UC3, cv::Scalar::all(255)) {}

void Canvas::picture(const cv::Mat& image, cv::Rect box) {
  cv::Mat fitting;
  cv::resize(image, fitting, box.size(), 0, 0, cv::INTER_AREA);
  const cv::Rect seen = box & cv::Rect(0, 0, sheet_.cols, sheet_.rows);
  if (!seen.empty()) fitting(seen - box.tl()).copyTo(sheet_(seen));
}

void Canvas::frame(cv::Rect box, const cv::Scalar& colour, int thickness) {
  cv::rectangle(sheet_, box, colour, thickness);
}

void Canvas::line(cv::Point from, cv::Point to, const cv::Scalar& colour) {
  cv::line(sheet_, from, to, colour, 1, cv::LINE_AA);
}

void Canvas::dot(cv::Point at, int radius, const cv::Scalar& colour, bool filled) {
  cv::circle(sheet_, at, radius, colour, filled ? cv::FILLED : 1, cv::LINE_AA);
}

void Canvas::text(const std::string& words, cv::Point at, const cv::Scalar& colour, double size) {
  cv::putText(sheet_, words, at, cv::FONT_HERSHEY_SIMPLEX, size, colour, 1, cv::LINE_AA);
}

void Canvas::save(const std::filesystem::path& file) const {
  std::filesystem::create_directories(file.parent_path());
  writeFileAtomically(file, encodePng(sheet_));
}

}  // namespace discern::imaging
