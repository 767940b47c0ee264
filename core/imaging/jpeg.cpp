// JPEG by libjpeg itself: OpenCV hides its warnings, with which it fills in what it cannot read.
#include <csetjmp>
#include <cstdio>
// After cstdio.
#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>

#include "core/imaging/codecs.h"

namespace discern::imaging {
namespace {

struct Report {
  jpeg_error_mgr manager;  // first: libjpeg knows only this
  std::jmp_buf escape;
  char text[JMSG_LENGTH_MAX] = {};
};

void stop(j_common_ptr codec) {
  auto* report = reinterpret_cast<Report*>(codec->err);
  codec->err->format_message(codec, report->text);
  std::longjmp(report->escape, 1);
}

// Some cameras fill up the end of a scan, with zeros mostly. Other bytes that are left over are pixels which
// were not reached, since something before them was misread.
bool isFilling(j_common_ptr codec) {
  const auto& source = *reinterpret_cast<j_decompress_ptr>(codec)->src;
  const auto count = codec->err->msg_parm.i[0];
  const JOCTET* end = source.next_input_byte;
  return count > 0 && std::all_of(end - count, end, [&](JOCTET byte) { return byte == end[-count]; });
}

// Negative levels are warnings, after which libjpeg goes on with what it made up.
void takeMessage(j_common_ptr codec, int level) {
  if (level >= 0) return;
  const auto& decoder = *reinterpret_cast<j_decompress_ptr>(codec);
  switch (codec->err->msg_code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR:
    case JWRN_BOGUS_PROGRESSION:
      return;  // says nothing of the pixels
    case JWRN_EXTRANEOUS_DATA:
      if (decoder.input_scan_number == 0 || isFilling(codec)) return;
      break;
    default:
      break;
  }
  stop(codec);
}

void ignore(j_common_ptr) {}

// Adobe's programs store light, others ink.
void fromCmyk(const cv::Mat& four, bool isLight, cv::Mat& image) {
  for (int y = 0; y < four.rows; ++y)
    for (int x = 0; x < four.cols; ++x) {
      const auto& p = four.at<cv::Vec4b>(y, x);
      const auto light = [&](int i) { return isLight ? p[i] : static_cast<std::uint8_t>(255 - p[i]); };
      image.at<cv::Vec3b>(y, x) = {onBlack(light(2), light(3)), onBlack(light(1), light(3)),
                                   onBlack(light(0), light(3))};
    }
}

// False, with the reason in the report. Nothing here has a destructor that a jump would pass over.
bool readRows(jpeg_decompress_struct& decoder, Report& report, std::string_view bytes, cv::Mat& rows,
              cv::Mat& image, const cv::Size& size) {
  if (setjmp(report.escape)) return false;  // NOLINT(cert-err52-cpp): libjpeg's only way out
  jpeg_create_decompress(&decoder);
  jpeg_mem_src(&decoder, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_read_header(&decoder, TRUE);
  const bool isInk = decoder.jpeg_color_space == JCS_CMYK || decoder.jpeg_color_space == JCS_YCCK;
  decoder.out_color_space = isInk ? JCS_CMYK : JCS_EXT_BGR;
  jpeg_start_decompress(&decoder);
  if (static_cast<int>(decoder.output_width) != size.width ||
      static_cast<int>(decoder.output_height) != size.height)
    ERREXIT(&decoder, JERR_IMAGE_TOO_BIG);
  image.create(size, CV_8UC3);
  if (isInk) rows.create(size, CV_8UC4);
  while (decoder.output_scanline < decoder.output_height) {
    JSAMPROW row = (isInk ? rows : image).ptr(static_cast<int>(decoder.output_scanline));
    jpeg_read_scanlines(&decoder, &row, 1);
  }
  jpeg_finish_decompress(&decoder);
  return true;
}

}  // namespace

cv::Mat decodeJpeg(std::string_view bytes, const std::string& name, cv::Size size) {
  jpeg_decompress_struct decoder{};
  Report report;
  decoder.err = jpeg_std_error(&report.manager);
  report.manager.error_exit = stop;
  report.manager.emit_message = takeMessage;
  report.manager.output_message = ignore;
  cv::Mat rows, image;
  const bool whole = readRows(decoder, report, bytes, rows, image, size);
  const bool isLight = decoder.saw_Adobe_marker != 0;
  jpeg_destroy_decompress(&decoder);
  if (!whole) failDamaged(name, "JPEG", report.text);
  if (!rows.empty()) fromCmyk(rows, isLight, image);
  return image;
}

}  // namespace discern::imaging
