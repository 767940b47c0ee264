// Images to decode, made on the spot.
#pragma once

#include <opencv2/imgcodecs.hpp>
#include <string>
#include <vector>

#include "core/base/rng.h"

namespace discern::imaging::testing {

inline cv::Mat colourful(int width, int height, int type = CV_8UC3) {
  cv::Mat image(height, width, type);
  Rng rng(5);
  const int values = width * image.channels();
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < values; ++x) {
      const auto value = rng.below(image.depth() == CV_16U ? 65536 : 256);
      if (image.depth() == CV_16U)
        image.ptr<ushort>(y)[x] = static_cast<ushort>(value);
      else
        image.ptr<uchar>(y)[x] = static_cast<uchar>(value);
    }
  return image;
}

inline cv::Mat smooth(int width, int height) {
  cv::Mat image(height, width, CV_8UC3);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      image.at<cv::Vec3b>(y, x) = {static_cast<uchar>(255 * x / width), static_cast<uchar>(255 * y / height),
                                   90};
  return image;
}

inline std::string encode(const std::string& extension, const cv::Mat& image,
                          const std::vector<int>& flags = {}) {
  std::vector<uchar> bytes;
  cv::imencode(extension, image, bytes, flags);
  return {bytes.begin(), bytes.end()};
}

inline std::string bigEndian(std::uint32_t value, int width = 4) {
  std::string text;
  for (int i = width - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

inline std::string littleEndian(std::uint64_t value, int width) {
  std::string text;
  for (int i = 0; i < width; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

inline std::string pngChunk(const std::string& tagAndData) {
  std::uint32_t crc = ~0U;
  for (const char c : tagAndData) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320U : 0);
  }
  return bigEndian(static_cast<std::uint32_t>(tagAndData.size()) - 4) + tagAndData + bigEndian(~crc);
}

inline std::string riffChunk(const std::string& tag, const std::string& data) {
  return tag + littleEndian(data.size(), 4) + data + (data.size() & 1 ? std::string(1, '\0') : "");
}

// A frame of `still` (itself a WebP of one VP8L chunk) at (x, y) on a canvas, and a second, black one.
inline std::string animatedWebp(const cv::Mat& frame, int canvasWidth, int canvasHeight, int x, int y) {
  const auto anmf = [&](const cv::Mat& image) {
    const std::string still = encode(".webp", image, {cv::IMWRITE_WEBP_QUALITY, 101});  // lossless
    return riffChunk("ANMF", littleEndian(x / 2, 3) + littleEndian(y / 2, 3) +
                                 littleEndian(image.cols - 1, 3) + littleEndian(image.rows - 1, 3) +
                                 littleEndian(100, 3) + '\0' + still.substr(12));
  };
  std::string flags(4, '\0');
  flags[0] = 2;  // animation
  const std::string body =
      "WEBP" +
      riffChunk("VP8X", flags + littleEndian(canvasWidth - 1, 3) + littleEndian(canvasHeight - 1, 3)) +
      riffChunk("ANIM", std::string(6, '\0')) + anmf(frame) +
      anmf(cv::Mat::zeros(frame.size(), frame.type()));
  return "RIFF" + littleEndian(body.size(), 4) + body;
}

// A still with EXIF's orientation, put where the format keeps it.
inline std::string withOrientation(const std::string& extension, const cv::Mat& image, int tag) {
  using namespace std::string_literals;
  const auto value = static_cast<std::uint32_t>(tag);
  const std::string block = "MM\0*"s + bigEndian(8) + bigEndian(1, 2) + bigEndian(0x0112, 2) +
                            bigEndian(3, 2) + bigEndian(1) + bigEndian(value, 2) + bigEndian(0, 2) +
                            bigEndian(0);
  if (extension == ".jpg") {
    const std::string jpeg = encode(".jpg", image), exif = "Exif\0\0"s + block;
    return jpeg.substr(0, 2) + "\xFF\xE1" + bigEndian(static_cast<std::uint32_t>(exif.size()) + 2, 2) + exif +
           jpeg.substr(2);
  }
  if (extension == ".png") {
    const std::string png = encode(".png", image);
    return png.substr(0, png.size() - 12) + pngChunk("eXIf" + block) + png.substr(png.size() - 12);
  }
  if (extension == ".webp") {
    const std::string still = encode(".webp", image, {cv::IMWRITE_WEBP_QUALITY, 101}).substr(12);
    const auto side = [](int length) { return littleEndian(static_cast<std::uint64_t>(length) - 1, 3); };
    const std::string body = "WEBP" + riffChunk("VP8X", "\x08\0\0\0"s + side(image.cols) + side(image.rows)) +
                             still + riffChunk("EXIF", block);
    return "RIFF" + littleEndian(body.size(), 4) + body;
  }
  // A TIFF of one uncompressed strip.
  const auto entry = [](int id, int type, std::uint64_t v) {
    return littleEndian(static_cast<std::uint64_t>(id), 2) +
           littleEndian(static_cast<std::uint64_t>(type), 2) + littleEndian(1, 4) + littleEndian(v, 4);
  };
  std::string pixels;
  for (int y = 0; y < image.rows; ++y)
    for (int x = 0; x < image.cols; ++x)
      for (const int c : {2, 1, 0}) pixels += static_cast<char>(image.at<cv::Vec3b>(y, x)[c]);
  const auto rows = static_cast<std::uint64_t>(image.rows), columns = static_cast<std::uint64_t>(image.cols);
  const std::uint64_t bits = 8 + pixels.size(), directory = bits + 6 + (pixels.size() & 1);
  const std::string tags = entry(256, 4, columns) + entry(257, 4, rows) + littleEndian(258, 2) +
                           littleEndian(3, 2) + littleEndian(3, 4) + littleEndian(bits, 4) +
                           entry(259, 3, 1) + entry(262, 3, 2) + entry(273, 4, 8) + entry(274, 3, value) +
                           entry(277, 3, 3) + entry(278, 4, rows) + entry(279, 4, pixels.size());
  return "II*\0"s + littleEndian(directory, 4) + pixels + littleEndian(8, 2) + littleEndian(8, 2) +
         littleEndian(8, 2) + std::string(pixels.size() & 1, '\0') + littleEndian(10, 2) + tags +
         littleEndian(0, 4);
}

// 8 x 4 pixels of Adobe's inverted (250, 60, 20, 255), quality 95, by libjpeg.
inline const std::string& cmykJpeg() {
  static const std::string bytes = [] {
    const std::string hex =
        "ffd8ffee000e41646f626500640000000000ffdb004300020101010101020101010202020202040302020202050404030406"
        "0506"
        "060605060606070908060709070606080b08090a0a0a0a0a06080b0c0b0a0c090a0a0affc000140800040008044311004d11"
        "0059"
        "11004b1100ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b51000020103030204"
        "0305"
        "0504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a16171819"
        "1a25"
        "262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788"
        "898a"
        "92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5"
        "e6e7"
        "e8e9eaf1f2f3f4f5f6f7f8f9faffda000e0443004d0059004b00003f00fde8afcefafc4fafdfcaffd9";
    std::string text;
    for (std::size_t i = 0; i < hex.size(); i += 2)
      text += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return text;
  }();
  return bytes;
}

// A still of every format that is decoded.
inline std::vector<std::pair<std::string, std::string>> everyFormat() {
  const cv::Mat image = colourful(37, 23);
  return {{"JPEG", encode(".jpg", image)},
          {"progressive JPEG", encode(".jpg", image, {cv::IMWRITE_JPEG_PROGRESSIVE, 1})},
          {"CMYK JPEG", cmykJpeg()},
          {"PNG", encode(".png", image)},
          {"16-bit PNG", encode(".png", colourful(37, 23, CV_16UC3))},
          {"BMP", encode(".bmp", image)},
          {"PNM", encode(".ppm", image)},
          {"TIFF", encode(".tiff", image)},
          {"16-bit TIFF", encode(".tiff", colourful(37, 23, CV_16UC3))},
          {"WebP", encode(".webp", image)},
          {"lossless WebP", encode(".webp", image, {cv::IMWRITE_WEBP_QUALITY, 101})},
          {"animated WebP", animatedWebp(image, 50, 40, 4, 6)}};
}

}  // namespace discern::imaging::testing
