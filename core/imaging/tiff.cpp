// TIFF by libtiff itself: OpenCV prints what it finds wrong, and does not say which samples it cannot read.
#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>

#include "core/base/error.h"
#include "core/imaging/codecs.h"
// After OpenCV, whose int64 it calls deprecated.
#include <tiffio.h>

namespace discern::imaging {
namespace {

// The file in memory, and the first complaint about it.
struct Input {
  std::string_view bytes;
  std::size_t at = 0;
  char why[160] = {};
};

tmsize_t give(thandle_t handle, void* to, tmsize_t count) {
  auto* input = static_cast<Input*>(handle);
  const std::size_t there = input->bytes.size() - std::min(input->at, input->bytes.size());
  const std::size_t given = std::min(static_cast<std::size_t>(std::max<tmsize_t>(count, 0)), there);
  if (given > 0) std::memcpy(to, input->bytes.data() + input->at, given);
  input->at += given;
  return static_cast<tmsize_t>(given);
}
tmsize_t refuse(thandle_t, void*, tmsize_t) { return 0; }
toff_t seek(thandle_t handle, toff_t offset, int whence) {
  auto* input = static_cast<Input*>(handle);
  const std::size_t base = whence == SEEK_CUR ? input->at : whence == SEEK_END ? input->bytes.size() : 0;
  return input->at = base + offset;
}
int close(thandle_t) { return 0; }
toff_t sizeOf(thandle_t handle) { return static_cast<Input*>(handle)->bytes.size(); }

int complain(TIFF*, void* user, const char*, const char* format, va_list values) {
  auto* input = static_cast<Input*>(user);
  if (input->why[0] == '\0') std::vsnprintf(input->why, sizeof input->why, format, values);
  return 1;
}

// Of most no more than an unknown tag; libjpeg's inside of a TIFF are of pixels that it made up.
int warn(TIFF* tiff, void* user, const char* module, const char* format, va_list values) {
  return module && std::strstr(module, "JPEG") ? complain(tiff, user, module, format, values) : 1;
}

struct Close {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};

std::unique_ptr<TIFF, Close> open(Input& input) {
  TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
  if (!options) return nullptr;
  TIFFOpenOptionsSetErrorHandlerExtR(options, complain, &input);
  TIFFOpenOptionsSetWarningHandlerExtR(options, warn, &input);
  std::unique_ptr<TIFF, Close> tiff(
      TIFFClientOpenExt("image", "rm", &input, give, refuse, seek, close, sizeOf, nullptr, nullptr, options));
  TIFFOpenOptionsFree(options);
  return tiff;
}

std::string_view typeOf(int format) {
  switch (format) {
    case SAMPLEFORMAT_IEEEFP:
      return "floating-point";
    case SAMPLEFORMAT_INT:
      return "signed";
    case SAMPLEFORMAT_COMPLEXIEEEFP:
    case SAMPLEFORMAT_COMPLEXINT:
      return "complex";
    default:
      return "unsigned";
  }
}

void requireSamples(TIFF* tiff, const std::string& name) {
  std::uint16_t bits = 1, format = SAMPLEFORMAT_UINT;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
  const bool isCount = format == SAMPLEFORMAT_UINT || format == SAMPLEFORMAT_VOID;
  if (!isCount || bits > 16)
    fail(
        "{}: this TIFF holds {}-bit {} samples, whose black and white nothing says; scale it to 8 or 16 bits "
        "(unsigned) and save it as a TIFF or PNG",
        name, bits, typeOf(format));
  char why[1024] = {};
  if (!TIFFRGBAImageOK(tiff, why))
    fail("{}: this TIFF of {}-bit samples cannot be decoded ({}); convert it to an 8- or 16-bit PNG", name,
         bits, why);
}

}  // namespace

cv::Mat decodeTiff(std::string_view bytes, const std::string& name, cv::Size size) {
  Input input{bytes};
  const auto tiff = open(input);
  if (!tiff) failDamaged(name, "TIFF", input.why);
  requireSamples(tiff.get(), name);
  std::uint32_t width = 0, height = 0;
  TIFFGetField(tiff.get(), TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff.get(), TIFFTAG_IMAGELENGTH, &height);
  if (static_cast<int>(width) != size.width || static_cast<int>(height) != size.height)
    failDamaged(name, "TIFF", "its tags contradict each other");
  TIFFSetField(tiff.get(), TIFFTAG_ORIENTATION,
               ORIENTATION_TOPLEFT);  // decode() turns, of every format alike
  cv::Mat four(size, CV_8UC4);
  // Already multiplied by alpha, which is on black.
  if (!TIFFReadRGBAImageOriented(tiff.get(), width, height, four.ptr<std::uint32_t>(), ORIENTATION_TOPLEFT,
                                 1) ||
      input.why[0] != '\0')
    failDamaged(name, "TIFF", input.why);
  cv::Mat image(size, CV_8UC3);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const std::uint32_t p = four.ptr<std::uint32_t>(y)[x];
      image.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(TIFFGetB(p)),
                                   static_cast<std::uint8_t>(TIFFGetG(p)),
                                   static_cast<std::uint8_t>(TIFFGetR(p))};
    }
  return image;
}

}  // namespace discern::imaging
