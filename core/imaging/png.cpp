// PNG by libpng itself, which OpenCV lets print to stderr.
#include <png.h>

#include <csetjmp>
#include <cstring>
#include <vector>

#include "core/imaging/codecs.h"

namespace discern::imaging {
namespace {

struct Input {
  std::string_view bytes;
  char why[128] = {};
};

void stop(png_structp png, png_const_charp message) {
  auto* input = static_cast<Input*>(png_get_error_ptr(png));
  std::strncpy(input->why, message, sizeof input->why - 1);
  png_longjmp(png, 1);
}

void ignore(png_structp, png_const_charp) {}  // of what stands beside the pixels

void give(png_structp png, png_bytep to, std::size_t count) {
  auto* input = static_cast<Input*>(png_get_io_ptr(png));
  if (count > input->bytes.size()) png_error(png, "its end is missing");
  std::memcpy(to, input->bytes.data(), count);
  input->bytes.remove_prefix(count);
}

// Whatever is stored becomes BGRA of 8 bits, sixteen bits rounded.
bool readRows(png_structp png, png_infop info, Input& input, std::vector<png_bytep>& rows, cv::Mat& four,
              const cv::Size& size) {
  if (setjmp(png_jmpbuf(png))) return false;  // NOLINT(cert-err52-cpp): libpng's only way out
  png_set_read_fn(png, &input, give);
  png_read_info(png, info);
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  png_set_bgr(png);
  png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  if (static_cast<int>(png_get_image_width(png, info)) != size.width ||
      static_cast<int>(png_get_image_height(png, info)) != size.height ||
      png_get_rowbytes(png, info) != 4 * static_cast<std::size_t>(size.width))
    png_error(png, "its headers contradict each other");
  four.create(size, CV_8UC4);
  rows.resize(static_cast<std::size_t>(size.height));
  for (int y = 0; y < size.height; ++y) rows[static_cast<std::size_t>(y)] = four.ptr(y);
  png_read_image(png, rows.data());
  png_read_end(png, nullptr);
  return true;
}

}  // namespace

cv::Mat decodePng(std::string_view bytes, const std::string& name, cv::Size size) {
  Input input{bytes};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &input, stop, ignore);
  png_infop info = png ? png_create_info_struct(png) : nullptr;
  std::vector<png_bytep> rows;
  cv::Mat four;
  const bool whole = info && readRows(png, info, input, rows, four, size);
  png_destroy_read_struct(&png, &info, nullptr);
  if (!whole) failDamaged(name, "PNG", input.why);
  cv::Mat image(size, CV_8UC3);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const auto& p = four.at<cv::Vec4b>(y, x);
      image.at<cv::Vec3b>(y, x) = {onBlack(p[0], p[3]), onBlack(p[1], p[3]), onBlack(p[2], p[3])};
    }
  return image;
}

}  // namespace discern::imaging
