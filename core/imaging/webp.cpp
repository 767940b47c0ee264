// WebP by libwebp itself: stills, and of an animation the first frame on its canvas.
#include <webp/decode.h>
#include <webp/demux.h>

#include <memory>

#include "core/imaging/codecs.h"

namespace discern::imaging {
namespace {

void putOnBlack(const std::uint8_t* four, cv::Mat& image) {
  for (int y = 0; y < image.rows; ++y)
    for (int x = 0; x < image.cols; ++x, four += 4)
      image.at<cv::Vec3b>(y, x) = {onBlack(four[0], four[3]), onBlack(four[1], four[3]),
                                   onBlack(four[2], four[3])};
}

bool readFirstFrame(const std::uint8_t* data, std::size_t length, cv::Mat& image) {
  WebPAnimDecoderOptions options;
  if (!WebPAnimDecoderOptionsInit(&options)) return false;
  options.color_mode = MODE_BGRA;
  const WebPData all{data, length};
  const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> decoder(
      WebPAnimDecoderNew(&all, &options), WebPAnimDecoderDelete);
  WebPAnimInfo info;
  std::uint8_t* canvas = nullptr;  // the decoder's
  int time = 0;
  if (!decoder || !WebPAnimDecoderGetInfo(decoder.get(), &info) ||
      static_cast<int>(info.canvas_width) != image.cols ||
      static_cast<int>(info.canvas_height) != image.rows ||
      !WebPAnimDecoderGetNext(decoder.get(), &canvas, &time))
    return false;
  putOnBlack(canvas, image);
  return true;
}

}  // namespace

cv::Mat decodeWebp(std::string_view bytes, const std::string& name, cv::Size size) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(data, bytes.size(), &features) != VP8_STATUS_OK || features.width != size.width ||
      features.height != size.height)
    failDamaged(name, "WebP", "its headers contradict each other, or are cut off");
  cv::Mat image(size, CV_8UC3);
  bool whole = false;
  if (features.has_animation) {
    whole = readFirstFrame(data, bytes.size(), image);
  } else if (features.has_alpha) {
    cv::Mat four(size, CV_8UC4);
    whole = WebPDecodeBGRAInto(data, bytes.size(), four.data, four.total() * 4,
                               static_cast<int>(four.step)) != nullptr;
    if (whole) putOnBlack(four.data, image);
  } else {
    whole = WebPDecodeBGRInto(data, bytes.size(), image.data, image.total() * 3,
                              static_cast<int>(image.step)) != nullptr;
  }
  if (!whole) failDamaged(name, "WebP", "its data end too early or cannot be read");
  return image;
}

}  // namespace discern::imaging
