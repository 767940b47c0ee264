#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/imaging/image.h"
#include "tests/core/imaging/encoded_images.h"

namespace discern::imaging {
namespace {
using namespace testing;
using namespace std::string_literals;

double distance(const cv::Mat& a, const cv::Mat& b) {
  EXPECT_EQ(a.size(), b.size());
  EXPECT_EQ(a.type(), b.type());
  return cv::norm(a, b, cv::NORM_L1) /
         static_cast<double>(a.total() * static_cast<std::size_t>(a.channels()));
}

std::string messageOf(const std::string& bytes, const DecodeLimits& limits = {}) {
  try {
    decode(bytes, "folder/face.img", limits);
  } catch (const Error& e) {
    EXPECT_TRUE(std::string(e.what()).starts_with("folder/face.img")) << e.what();
    return e.what();
  }
  return "decoded";
}

TEST(ProbeSize, ReadsTheHeaderOfEveryFormat) {
  const cv::Mat image = colourful(37, 23);
  for (const char* extension : {".jpg", ".png", ".bmp", ".ppm", ".tiff", ".webp"})
    EXPECT_EQ(probeSize(encode(extension, image)), cv::Size(37, 23)) << extension;
  EXPECT_EQ(probeSize(encode(".webp", image, {cv::IMWRITE_WEBP_QUALITY, 101})), cv::Size(37, 23));
  EXPECT_EQ(probeSize(encode(".jpg", image, {cv::IMWRITE_JPEG_PROGRESSIVE, 1})), cv::Size(37, 23));
  EXPECT_EQ(probeSize(animatedWebp(image, 50, 40, 0, 0)), cv::Size(50, 40));
  EXPECT_EQ(probeSize(cmykJpeg()), cv::Size(8, 4));
  EXPECT_EQ(probeSize("GIF89a"s + littleEndian(300, 2) + littleEndian(200, 2)), cv::Size(300, 200));
  EXPECT_EQ(probeSize("P5 # a comment\n# another 7 8\n 12\t34 255\n"), cv::Size(12, 34));
  EXPECT_EQ(probeSize("P7\nWIDTH 12\nHEIGHT 34\nDEPTH 3\nMAXVAL 255\nENDHDR\n"), cv::Size(12, 34));
  const auto entry = [](int tag, int value) {
    return bigEndian(static_cast<std::uint32_t>(tag), 2) + bigEndian(4, 2) + bigEndian(1) +
           bigEndian(static_cast<std::uint32_t>(value));
  };
  EXPECT_EQ(probeSize("MM\0*"s + bigEndian(8) + bigEndian(2, 2) + entry(256, 1234) + entry(257, 567)),
            cv::Size(1234, 567));
  const auto bigEntry = [](int tag, std::uint64_t value) {
    return littleEndian(static_cast<std::uint64_t>(tag), 2) + littleEndian(16, 2) + littleEndian(1, 8) +
           littleEndian(value, 8);
  };
  EXPECT_EQ(probeSize("II+\0"s + littleEndian(8, 4) + littleEndian(16, 8) + littleEndian(2, 8) +
                      bigEntry(256, 1234) + bigEntry(257, 567)),
            cv::Size(1234, 567));
}

TEST(ProbeSize, IsEmptyForWhatItDoesNotKnow) {
  EXPECT_TRUE(probeSize("").empty());
  EXPECT_TRUE(probeSize("a text file, not an image").empty());
  EXPECT_TRUE(probeSize(encode(".png", colourful(9, 9)).substr(0, 20)).empty());
  EXPECT_TRUE(probeSize(encode(".jpg", colourful(9, 9)).substr(0, 30)).empty());
  EXPECT_EQ(formatName("<html>"), "");
}

TEST(Decode, LosslessFormatsAreExact) {
  const cv::Mat image = colourful(37, 23);
  for (const char* extension : {".png", ".bmp", ".ppm", ".tiff"})
    EXPECT_EQ(distance(decode(encode(extension, image), "x"), image), 0) << extension;
  EXPECT_EQ(distance(decode(encode(".webp", image, {cv::IMWRITE_WEBP_QUALITY, 101}), "x"), image), 0);
}

TEST(Decode, LossyFormatsAreClose) {
  const cv::Mat image = smooth(64, 48);
  EXPECT_LT(distance(decode(encode(".jpg", image), "x"), image), 2);
  EXPECT_LT(distance(decode(encode(".jpg", image, {cv::IMWRITE_JPEG_PROGRESSIVE, 1}), "x"), image), 2);
  EXPECT_LT(distance(decode(encode(".webp", image, {cv::IMWRITE_WEBP_QUALITY, 95}), "x"), image), 3);
}

TEST(Decode, GreyIsReplicated) {
  const cv::Mat grey = colourful(20, 10, CV_8UC1);
  cv::Mat expected;
  cv::merge(std::vector<cv::Mat>{grey, grey, grey}, expected);
  for (const char* extension : {".png", ".pgm", ".tiff", ".bmp"})
    EXPECT_EQ(distance(decode(encode(extension, grey), "x"), expected), 0) << extension;
}

TEST(Decode, SixteenBitIsScaledNotCut) {
  const cv::Mat deep = colourful(20, 10, CV_16UC3);
  cv::Mat expected;
  deep.convertTo(expected, CV_8U, 1 / 257.0);
  for (const char* extension : {".png", ".tiff", ".ppm"})
    EXPECT_LT(distance(decode(encode(extension, deep), "x"), expected), 1) << extension;
}

// Hidden pixels of a cut-out say nothing of the face; half transparent ones count by half.
TEST(Decode, TransparentPixelsStandOnBlack) {
  cv::Mat cutOut(8, 9, CV_8UC4, cv::Scalar(200, 100, 50, 255));
  cutOut(cv::Rect(0, 0, 3, 8)).setTo(cv::Scalar(200, 100, 50, 0));
  cutOut(cv::Rect(3, 0, 3, 8)).setTo(cv::Scalar(200, 100, 50, 128));
  cv::Mat expected(8, 9, CV_8UC3, cv::Scalar(200, 100, 50));
  expected(cv::Rect(0, 0, 3, 8)).setTo(cv::Scalar::all(0));
  expected(cv::Rect(3, 0, 3, 8)).setTo(cv::Scalar(100, 50, 25));
  for (const std::string& bytes :
       {encode(".png", cutOut), encode(".webp", cutOut, {cv::IMWRITE_WEBP_QUALITY, 101})})
    EXPECT_LE(cv::norm(decode(bytes, "x"), expected, cv::NORM_INF), 1);
  // OpenCV's TIFF does not say what its fourth samples are, so they are not transparency.
  EXPECT_EQ(decode(encode(".tiff", cutOut), "x").at<cv::Vec3b>(4, 1), cv::Vec3b(200, 100, 50));
}

TEST(Decode, CmykIsConverted) {
  const cv::Mat image = decode(cmykJpeg(), "x");
  ASSERT_EQ(image.size(), cv::Size(8, 4));
  const cv::Vec3b pixel =
      image.at<cv::Vec3b>(1, 1);  // full light, so blue is yellow's rest and red is cyan's
  EXPECT_NEAR(pixel[0], 20, 4);
  EXPECT_NEAR(pixel[1], 60, 4);
  EXPECT_NEAR(pixel[2], 250, 4);
}

// Every tag in every format that can hold one. What is asked for is EXIF's own table: which corner of the
// picture the first stored row and column are.
TEST(Decode, ExifOrientationIsApplied) {
  const cv::Mat stored = colourful(4, 2);  // lossless in all but JPEG, whose blocks are 8 x 8
  const auto corner = [](const cv::Mat& image, int y, int x) {
    return image.at<cv::Vec3b>(y < 0 ? image.rows - 1 : 0, x < 0 ? image.cols - 1 : 0);
  };
  struct Expected {
    int tag, firstRow, firstColumn;  // 0: top or left, -1: bottom or right
    bool turned;
  };
  for (const Expected e : {Expected{1, 0, 0, false},
                           {2, 0, -1, false},
                           {3, -1, -1, false},
                           {4, -1, 0, false},
                           {5, 0, 0, true},
                           {6, 0, -1, true},
                           {7, -1, -1, true},
                           {8, -1, 0, true}})
    for (const std::string extension : {".png", ".webp", ".tiff"}) {
      const cv::Mat image = decode(withOrientation(extension, stored, e.tag), "x");
      ASSERT_EQ(image.size(), e.turned ? cv::Size(2, 4) : cv::Size(4, 2)) << extension << e.tag;
      EXPECT_EQ(corner(image, e.firstRow, e.firstColumn), stored.at<cv::Vec3b>(0, 0)) << extension << e.tag;
      // The end of the first row is along the columns when the picture is turned.
      const cv::Vec3b end =
          e.turned ? corner(image, ~e.firstRow, e.firstColumn) : corner(image, e.firstRow, ~e.firstColumn);
      EXPECT_EQ(end, stored.at<cv::Vec3b>(0, 3)) << extension << e.tag;
    }
  cv::Mat image(16, 32, CV_8UC3, cv::Scalar::all(0));
  image(cv::Rect(0, 0, 16, 16)).setTo(cv::Scalar::all(255));  // bright on the left
  const cv::Mat decoded = decode(withOrientation(".jpg", image, 6), "x");
  ASSERT_EQ(decoded.size(), cv::Size(16, 32));  // 6: turned a quarter clockwise, so the left becomes the top
  EXPECT_GT(decoded.at<cv::Vec3b>(4, 8)[0], 200);
  EXPECT_LT(decoded.at<cv::Vec3b>(28, 8)[0], 50);
}

TEST(Decode, OfAnAnimationTheFirstFrame) {
  const cv::Mat frame = colourful(10, 8);
  cv::Mat expected = cv::Mat::zeros(30, 40, CV_8UC3);
  frame.copyTo(expected(cv::Rect(6, 4, 10, 8)));
  EXPECT_EQ(distance(decode(animatedWebp(frame, 40, 30, 6, 4), "x"), expected), 0);

  const std::string png = encode(".png", frame);  // an APNG is a PNG with chunks before and after its image
  const std::string animated =
      png.substr(0, 33) + pngChunk("acTL" + bigEndian(2) + bigEndian(0)) +
      pngChunk("fcTL" + bigEndian(0) + bigEndian(10) + bigEndian(8) + std::string(14, '\0')) + png.substr(33);
  EXPECT_EQ(distance(decode(animated, "x"), frame), 0);
  EXPECT_NE(messageOf("GIF89a"s + std::string(50, '\1')).find("GIF"), std::string::npos);
}

TEST(Decode, HugeSizesAreRefusedByTheirHeader) {
  std::string png = encode(".png", colourful(9, 9));
  png.replace(8, 25, pngChunk("IHDR" + bigEndian(100000) + bigEndian(100000) + "\x08\x02\0\0\0"s));
  EXPECT_NE(messageOf(png).find("100000 x 100000"), std::string::npos) << messageOf(png);
  std::string jpeg = encode(".jpg", colourful(9, 9));
  const auto frame = jpeg.find("\xFF\xC0");
  jpeg.replace(frame + 5, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_NE(messageOf(jpeg).find("65535 x 65535"), std::string::npos) << messageOf(jpeg);
  EXPECT_NE(messageOf("P5 99999999 99999999 255\n").find("pixels"), std::string::npos);
  EXPECT_NE(messageOf(encode(".png", colourful(20, 20)), {.maxPixels = 399}).find("20 x 20"),
            std::string::npos);
  EXPECT_EQ(messageOf(encode(".png", colourful(20, 20)), {.maxPixels = 400}), "decoded");
  EXPECT_NE(messageOf(std::string(100, 'x'), {.maxBytes = 99}).find("MB"), std::string::npos);
}

TEST(Decode, WhatIsNoImageIsNamed) {
  EXPECT_NE(messageOf("").find("zero bytes"), std::string::npos);
  EXPECT_NE(messageOf("<!DOCTYPE html><html>404</html>").find("not a known image"), std::string::npos);
  EXPECT_NE(messageOf("\xFF\xD8\xFF").find("cut off"), std::string::npos);
}

TEST(Decode, CutOffFilesAreErrorsNotGreyHalves) {
  const cv::Mat image = colourful(64, 64);
  for (const auto& [name, bytes] : everyFormat())
    for (const double share : {0.3, 0.6, 0.9}) {
      const auto part = bytes.substr(0, static_cast<std::size_t>(static_cast<double>(bytes.size()) * share));
      EXPECT_THROW(decode(part, "x"), Error) << name << " cut at " << share;
    }
}

// Zeros where a download was never filled, behind a header and before an end marker that are sound.
TEST(Decode, AHoleInAJpegIsDamage) {
  const cv::Mat image = smooth(96, 96);
  for (const int progressive : {0, 1})
    for (const int restart : {0, 4}) {
      const std::string whole = encode(
          ".jpg", image, {cv::IMWRITE_JPEG_PROGRESSIVE, progressive, cv::IMWRITE_JPEG_RST_INTERVAL, restart});
      ASSERT_EQ(messageOf(whole), "decoded");
      const std::size_t scan = whole.find("\xFF\xDA") + 14;
      const std::size_t length = (whole.size() - scan) / 3;
      std::string hole = whole;
      hole.replace(scan + length, length, length, '\0');
      EXPECT_NE(messageOf(hole).find("this JPEG is damaged"), std::string::npos)
          << progressive << restart << messageOf(hole);
    }
  // What cameras fill a scan up with is none.
  std::string filled = encode(".jpg", image);
  filled.insert(filled.size() - 2, 40, '\0');
  EXPECT_EQ(messageOf(filled), "decoded");
}

TEST(Decode, DamageInsideIsNamedAndNothingIsPrinted) {
  const cv::Mat image = smooth(96, 96);
  ::testing::internal::CaptureStderr();
  for (const std::string extension : {".jpg", ".png", ".tiff", ".webp", ".bmp", ".ppm"}) {
    const std::string whole = encode(extension, image);
    for (const double share : {0.5, 0.99}) {
      const auto kept = static_cast<std::size_t>(static_cast<double>(whole.size()) * share);
      EXPECT_NE(messageOf(whole.substr(0, kept)), "decoded") << extension << share;
    }
    if (extension == ".bmp" || extension == ".ppm" || extension == ".webp") continue;  // any bytes are pixels
    std::string hole = whole;
    hole.replace(whole.size() / 2, whole.size() / 4, whole.size() / 4, '\0');
    EXPECT_NE(messageOf(hole), "decoded") << extension;
  }
  // A profile that libpng complains about says nothing of the pixels.
  const std::string png = encode(".png", image);
  const std::string odd = png.substr(0, 33) + pngChunk("iCCPsRGB\0\0nothing"s) + png.substr(33);
  EXPECT_EQ(messageOf(odd), "decoded");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

// 8, 10, 12 and 16 bits: the maximum is white, whatever it is. netpbm's own documents are the oracle.
TEST(Decode, PnmIsScaledByItsMaximum) {
  for (const int maximum : {1, 15, 100, 255, 1023, 4095, 65535}) {
    const auto sample = [&](int value) {
      return bigEndian(static_cast<std::uint32_t>(value), maximum > 255 ? 2 : 1);
    };
    const std::string size = "2 1\n" + std::to_string(maximum) + "\n";
    const std::string number = std::to_string(maximum);
    for (const std::string& bytes :
         {"P5\n" + size + sample(0) + sample(maximum), "P2\n# a comment\n" + size + "0 " + number + "\n",
          "P6\n" + size + sample(0) + sample(0) + sample(0) + sample(maximum) + sample(maximum) +
              sample(maximum),
          "P3\n" + size + "0 0 0 " + number + " " + number + " " + number,
          "P7\nWIDTH 2\nHEIGHT 1\nDEPTH 1\nMAXVAL " + number + "\nTUPLTYPE GRAYSCALE\nENDHDR\n" + sample(0) +
              sample(maximum)}) {
      const cv::Mat image = decode(bytes, "x");
      EXPECT_EQ(image.at<cv::Vec3b>(0, 0), cv::Vec3b(0, 0, 0)) << maximum;
      EXPECT_EQ(image.at<cv::Vec3b>(0, 1), cv::Vec3b(255, 255, 255)) << maximum;
    }
  }
  EXPECT_EQ(decode("P5 1 1 1023\n\x02\x01"s, "x").at<cv::Vec3b>(0, 0)[0], 128);  // 513 / 1023 of 255
  for (const std::string& bits : {"P4 9 1\n\x7F\x80"s, "P1 9 1\n011111111"s}) {  // 1 is black
    const cv::Mat image = decode(bits, "x");
    EXPECT_EQ(image.at<cv::Vec3b>(0, 0)[0], 255);
    EXPECT_EQ(image.at<cv::Vec3b>(0, 8)[0], 0);
  }
  EXPECT_NE(messageOf("P2 2 1 100\n5 101"), "decoded");
}

TEST(Decode, FloatingPointIsNamed) {
  const cv::Mat image(8, 8, CV_32FC1, cv::Scalar(0.5));
  EXPECT_NE(messageOf(encode(".tiff", image)).find("32-bit floating-point"), std::string::npos)
      << messageOf(encode(".tiff", image));
}

TEST(Decode, ThumbnailEndMarkerDoesNotHideACutOffJpeg) {
  const std::string jpeg = encode(".jpg", colourful(64, 64));
  const std::string thumbnail = "Exif\0\0...\xFF\xD9"s;
  const std::string withThumbnail = jpeg.substr(0, 2) + "\xFF\xE1" +
                                    bigEndian(static_cast<std::uint32_t>(thumbnail.size()) + 2, 2) +
                                    thumbnail + jpeg.substr(2);
  EXPECT_EQ(decode(withThumbnail, "x").size(), cv::Size(64, 64));
  EXPECT_THROW(decode(withThumbnail.substr(0, withThumbnail.size() - 500), "x"), Error);
  EXPECT_EQ(decode(jpeg + "trailing bytes", "x").size(), cv::Size(64, 64));
}

}  // namespace
}  // namespace discern::imaging
