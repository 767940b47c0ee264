#include "core/imaging/canvas.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <opencv2/core.hpp>

#include "core/base/files.h"
#include "core/imaging/image.h"

namespace discern::imaging {
namespace {

TEST(Canvas, KeepsWhatIsDrawnOnItAndCutsWhatStandsOut) {
  Canvas canvas(60, 40);
  EXPECT_EQ(cv::countNonZero(canvas.pixels().reshape(1) != 255), 0);
  canvas.picture(cv::Mat(8, 8, CV_8UC3, cv::Scalar(1, 2, 3)), {50, 30, 20, 20});
  canvas.picture(cv::Mat(8, 8, CV_8UC3, cv::Scalar(9, 9, 9)), {100, 100, 5, 5});
  canvas.dot({10, 10}, 3, colourOf(0));
  EXPECT_EQ(canvas.pixels().at<cv::Vec3b>(35, 55), cv::Vec3b(1, 2, 3));
  EXPECT_EQ(canvas.pixels().at<cv::Vec3b>(29, 49), cv::Vec3b(255, 255, 255));
  EXPECT_EQ(canvas.pixels().at<cv::Vec3b>(10, 10), cv::Vec3b(0, 159, 230));
  EXPECT_NE(colourOf(8), colourOf(0));
  EXPECT_NE(colourOf(15), colourOf(7));
  const auto file =
      std::filesystem::temp_directory_path() / ("discern_canvas_" + std::to_string(::getpid())) / "c.png";
  canvas.save(file);
  const cv::Mat read = decode(readFile(file), "c.png");
  EXPECT_EQ(cv::norm(read, canvas.pixels(), cv::NORM_INF), 0);
  std::filesystem::remove_all(file.parent_path());
}

}  // namespace
}  // namespace discern::imaging
