#include "core/training/perturb.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/base/rng.h"
#include "core/imaging/image.h"

namespace discern::training {
namespace {

// Of the 112 px template (FORMATS: 38.29 51.70, 73.53 51.50, 56.03 71.74, 41.55 92.37, 70.73 92.20), in
// shares of it.
constexpr double kCentreX = 56.0262 / 112, kCentreY = 71.9008 / 112, kSpread = 51.980 / 112;

double normalWithin(Rng& rng, double deviation) { return deviation * std::clamp(rng.normal(), -2.5, 2.5); }

}  // namespace

Similarity perturbation(std::uint64_t seed, std::int64_t face, int variant, double strength) {
  Rng rng(mixSeed(mixSeed(mixSeed(seed, "perturbation"), static_cast<std::uint64_t>(face)),
                  static_cast<std::uint64_t>(variant)));
  Similarity similarity;
  similarity.dx = normalWithin(rng, strength / std::sqrt(5.0));
  similarity.dy = normalWithin(rng, strength / std::sqrt(5.0));
  similarity.scale = 1 + normalWithin(rng, strength / kSpread);
  similarity.angle = normalWithin(rng, strength / kSpread);
  return similarity;
}

Similarity perturbation(std::uint64_t seed, std::int64_t face, int variant, double strength,
                        const data::Landmarks& own) {
  Rng rng(mixSeed(mixSeed(mixSeed(seed, "landmarks"), static_cast<std::uint64_t>(face)),
                  static_cast<std::uint64_t>(variant)));
  const data::Landmarks& wanted = imaging::faceTemplate();
  std::array<double, 5> x{}, y{};
  double meanX = 0, meanY = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    x[i] = own[i].x / 112 + normalWithin(rng, strength);
    y[i] = own[i].y / 112 + normalWithin(rng, strength);
    meanX += x[i] / 5;
    meanY += y[i] / 5;
  }
  double spread = 0, along = 0, across = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const double px = x[i] - meanX, py = y[i] - meanY;
    const double qx = wanted[i].x / 112 - kCentreX, qy = wanted[i].y / 112 - kCentreY;
    spread += px * px + py * py;
    along += px * qx + py * qy;
    across += px * qy - py * qx;
  }
  if (!(spread > 1e-9)) return {};
  const double a = along / spread, b = across / spread;
  Similarity similarity;
  similarity.scale = std::hypot(a, b);
  similarity.angle = std::atan2(b, a);
  similarity.dx = a * (kCentreX - meanX) - b * (kCentreY - meanY);
  similarity.dy = b * (kCentreX - meanX) + a * (kCentreY - meanY);
  if (!(similarity.scale > 0.1 && similarity.scale < 10)) return {};  // points that no longer span a face
  return similarity;
}

int storedSize(int size) { return size <= 16 ? 4 * size : size <= 32 ? 3 * size : std::max(112, size); }

void drawFace(int stored, const std::uint8_t* planes, const Similarity& s, bool mirrored, int size,
              std::uint8_t* out) {
  const int times = std::max(1, static_cast<int>(std::lround(static_cast<double>(stored) / size)));
  const int large = times * size;
  const bool still = s.scale == 1 && s.angle == 0 && s.dx == 0 && s.dy == 0;
  // From a pixel of the drawing to one of the stored face: centres of pixels are at half integers.
  const double a = std::cos(s.angle) / s.scale, b = std::sin(s.angle) / s.scale;
  const double step = static_cast<double>(stored) / large;
  const double x0 = 0.5 / large - kCentreX - s.dx, y0 = 0.5 / large - kCentreY - s.dy;
  const cv::Matx23d toStored(a * step, b * step, stored * (kCentreX + a * x0 + b * y0) - 0.5,  //
                             -b * step, a * step, stored * (kCentreY - b * x0 + a * y0) - 0.5);
  for (int channel = 0; channel < 3; ++channel) {
    const cv::Mat plane(stored, stored, CV_8U, const_cast<std::uint8_t*>(planes) + channel * stored * stored);
    cv::Mat warped = plane, drawn(size, size, CV_8U, out + channel * size * size);
    if (!still)
      cv::warpAffine(plane, warped, toStored, {large, large}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                     cv::BORDER_REPLICATE);
    cv::resize(warped, drawn, drawn.size(), 0, 0, cv::INTER_AREA);
    if (mirrored)
      for (int y = 0; y < size; ++y) std::reverse(drawn.ptr(y), drawn.ptr(y) + size);
  }
}

}  // namespace discern::training
