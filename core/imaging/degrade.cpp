#include "core/imaging/degrade.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/data/degradations.h"

namespace discern::imaging {
using data::DegradationKind;
namespace {

// The strengths are stated for a face of 112 px and follow its size.
double scaleOf(const cv::Mat& face) { return std::min(face.cols, face.rows) / 112.0; }

// From `weak` at strength 0 to `strong` at 1, in equal ratios: each step looks equally bad.
double between(double weak, double strong, double strength) {
  return weak * std::pow(strong / weak, strength);
}

cv::Mat downScale(const cv::Mat& face, double strength) {
  const double share = between(0.5, 8.0 / 112.0, strength);
  const cv::Size small(std::max(1, static_cast<int>(std::lround(face.cols * share))),
                       std::max(1, static_cast<int>(std::lround(face.rows * share))));
  cv::Mat shrunk, back;
  cv::resize(face, shrunk, small, 0, 0, cv::INTER_AREA);
  cv::resize(shrunk, back, face.size(), 0, 0, cv::INTER_CUBIC);
  return back;
}

cv::Mat gaussianBlur(const cv::Mat& face, double strength) {
  cv::Mat out;
  cv::GaussianBlur(face, out, {}, 6.0 * strength * scaleOf(face));
  return out;
}

cv::Mat motionBlur(const cv::Mat& face, double strength, Rng& rng) {
  const double angle = rng.uniform(0, std::numbers::pi);
  const double length = 1.0 + 30.0 * strength * scaleOf(face);
  const int radius = static_cast<int>(std::ceil(length / 2)) + 1;
  cv::Mat kernel = cv::Mat::zeros(2 * radius + 1, 2 * radius + 1, CV_32F);
  // Points along the line, each shared among its four neighbours, so that the length need not be whole.
  const int steps = 8 * radius;
  for (int i = 0; i <= steps; ++i) {
    const double along = (length - 1) * (static_cast<double>(i) / steps - 0.5);
    const double x = radius + along * std::cos(angle), y = radius + along * std::sin(angle);
    const int x0 = static_cast<int>(std::floor(x)), y0 = static_cast<int>(std::floor(y));
    const double fx = x - x0, fy = y - y0;
    for (int dy = 0; dy < 2; ++dy)
      for (int dx = 0; dx < 2; ++dx)
        kernel.at<float>(y0 + dy, x0 + dx) += static_cast<float>((dx ? fx : 1 - fx) * (dy ? fy : 1 - fy));
  }
  kernel /= cv::sum(kernel)[0];
  cv::Mat out;
  cv::filter2D(face, out, -1, kernel, {-1, -1}, 0, cv::BORDER_REPLICATE);
  return out;
}

cv::Mat recompress(const cv::Mat& face, double strength) {
  const int quality = static_cast<int>(std::lround(between(50, 2, strength)));
  std::vector<unsigned char> encoded;
  cv::imencode(".jpg", face, encoded, {cv::IMWRITE_JPEG_QUALITY, quality});
  return cv::imdecode(encoded, cv::IMREAD_COLOR);
}

// The same field at every strength, only scaled: that is what makes more strength strictly more damage.
template <typename Sigma>
cv::Mat addNoise(const cv::Mat& face, double gain, Rng& rng, Sigma sigma) {
  cv::Mat out(face.size(), CV_8UC3);
  for (int y = 0; y < face.rows; ++y) {
    const auto* in = face.ptr<unsigned char>(y);
    auto* to = out.ptr<unsigned char>(y);
    for (int x = 0; x < 3 * face.cols; ++x) {
      const double light = gain * in[x];
      to[x] = cv::saturate_cast<unsigned char>(light + sigma(light) * rng.normal());
    }
  }
  return out;
}

// [centre - length / 2, centre + length / 2) pushed inside [0, 1]; a longer one contains every shorter one.
std::pair<double, double> span(double centre, double length) {
  const double low = std::clamp(centre - length / 2, 0.0, 1.0 - length);
  return {low, low + length};
}

cv::Mat occlude(const cv::Mat& face, double strength, Rng& rng) {
  const double share = 0.6 * strength;  // of the area
  const auto patch = rng.below(4);
  const double first = rng.uniform(), second = rng.uniform();
  const cv::Scalar colour(rng.uniform(0, 160), rng.uniform(0, 160), rng.uniform(0, 160));
  std::pair<double, double> across{0, 1}, down{0, 1};
  if (patch == 0) {  // a bar over the eyes
    down = span(51.6 / 112, share);
  } else if (patch == 1) {  // over the mouth
    down = span(92.3 / 112, share);
  } else if (patch == 2) {  // a box
    across = span(first, std::sqrt(share));
    down = span(second, std::sqrt(share));
  } else {  // a half, from one of the four sides
    (first < 0.5 ? across : down) = span(second < 0.5 ? 0.0 : 1.0, share);
  }
  const auto pixel = [](double at, int length) { return static_cast<int>(std::lround(at * length)); };
  const cv::Point from(pixel(across.first, face.cols), pixel(down.first, face.rows));
  const cv::Point to(pixel(across.second, face.cols), pixel(down.second, face.rows));
  cv::Mat out = face.clone();
  out(cv::Rect(from, to)).setTo(colour);
  return out;
}

}  // namespace

const char* toString(DegradationKind kind) { return kind == DegradationKind::None ? "none" : nameOf(kind); }

const std::vector<DegradationKind>& allDegradations() {
  static const std::vector<DegradationKind> all = [] {
    std::vector<DegradationKind> kinds;
    for (const auto& entry : namesOf(DegradationKind{})) kinds.push_back(entry.value);
    return kinds;
  }();
  return all;
}

cv::Mat degrade(const cv::Mat& face, const data::Degradation& degradation) {
  if (face.type() != CV_8UC3 || face.empty()) fail("degrade: an 8-bit BGR image was expected");
  if (!(degradation.strength >= 0 && degradation.strength <= 1))
    fail("degradation {}: its strength is {}; 0 to 1 was expected", toString(degradation.kind),
         degradation.strength);
  const double strength = degradation.strength;
  if (degradation.kind == DegradationKind::None || strength == 0) return face.clone();
  Rng rng(mixSeed(degradation.seed, toString(degradation.kind)));
  switch (degradation.kind) {
    case DegradationKind::None:
      break;
    case DegradationKind::DownScale:
      return downScale(face, strength);
    case DegradationKind::GaussianBlur:
      return gaussianBlur(face, strength);
    case DegradationKind::MotionBlur:
      return motionBlur(face, strength, rng);
    case DegradationKind::Jpeg:
      return recompress(face, strength);
    case DegradationKind::Darkness:  // photon noise falls slower than the light does, read noise not at all
      return addNoise(face, between(1, 0.06, strength), rng,
                      [&](double light) { return strength * std::sqrt(4.0 + 0.25 * light); });
    case DegradationKind::Noise:
      return addNoise(face, 1, rng, [&](double) { return 90.0 * strength; });
    case DegradationKind::Occlusion:
      return occlude(face, strength, rng);
  }
  return face.clone();
}

}  // namespace discern::imaging
