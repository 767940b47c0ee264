// A white sheet for figures that no window draws: pictures, dots, lines and plain text, kept as a PNG.
#pragma once

#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <string>

namespace discern::imaging {

// Okabe and Ito's eight, and from the ninth on the same, greyer; BGR.
cv::Scalar colourOf(int index);
inline const cv::Scalar kInk(40, 40, 40), kFaint(200, 200, 200);

class Canvas {
 public:
  Canvas(int width, int height);

  // Resized to fit `box`; what stands out of the sheet is cut off.
  void picture(const cv::Mat& image, cv::Rect box);
  void frame(cv::Rect box, const cv::Scalar& colour, int thickness = 1);
  void line(cv::Point from, cv::Point to, const cv::Scalar& colour);
  void dot(cv::Point at, int radius, const cv::Scalar& colour, bool filled = true);
  // Above and right of `at`. Of letters beyond ASCII there is a question mark.
  void text(const std::string& words, cv::Point at, const cv::Scalar& colour = kInk, double size = 0.45);

  const cv::Mat& pixels() const { return sheet_; }
  void save(const std::filesystem::path& file) const;  // its folder is made

 private:
  cv::Mat sheet_;
};

}  // namespace discern::imaging
