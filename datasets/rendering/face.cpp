#include "datasets/rendering/face.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/base/rng.h"
#include "datasets/rendering/head.h"
#include "datasets/rendering/render.h"

namespace discern::rendering {
namespace {

// 8-bit sRGB of linear light, by table: 4096 steps are
// finer than a level everywhere but in the darkest three.
const std::vector<float>& displayTable() {
  static const std::vector<float> table = [] {
    std::vector<float> t(4097);
    for (std::size_t i = 0; i < t.size(); ++i) {
      const float v = static_cast<float>(i) / 4096;
      t[i] = 255 * (v <= 0.0031308F ? 12.92F * v : 1.055F * std::pow(v, 1 / 2.4F) - 0.055F);
    }
    return t;
  }();
  return table;
}

// Exposure, a soft shoulder instead of hard clipping, and the display's curve; BGR, 0 .. 255 as floats.
cv::Mat develop(const cv::Mat& linear, float exposure) {
  const auto& table = displayTable();
  cv::Mat image(linear.size(), CV_32FC3);
  const auto* in = linear.ptr<cv::Vec3f>();
  auto* out = image.ptr<cv::Vec3f>();
  for (std::size_t i = 0; i < linear.total(); ++i)
    for (int channel = 0; channel < 3; ++channel) {
      float v = std::max(0.0F, in[i][channel] * exposure);
      if (v > 0.7F) v = 0.7F + 0.3F * (1 - std::exp(-(v - 0.7F) / 0.3F));
      out[i][2 - channel] = table[static_cast<std::size_t>(v * 4096 + 0.5F)];
    }
  return image;
}

cv::Mat motionKernel(float length, float angle) {
  const int n = 2 * static_cast<int>(std::ceil(length / 2)) + 1;
  cv::Mat kernel = cv::Mat::zeros(n, n, CV_32F);
  const float dx = std::cos(angle * 0.0174533F), dy = std::sin(angle * 0.0174533F);
  const int steps = 8 * n;
  for (int i = 0; i <= steps; ++i) {
    const float t = length * (static_cast<float>(i) / static_cast<float>(steps) - 0.5F);
    const int x = n / 2 + static_cast<int>(std::lround(t * dx)),
              y = n / 2 + static_cast<int>(std::lround(t * dy));
    if (x >= 0 && y >= 0 && x < n && y < n) kernel.at<float>(y, x) += 1;
  }
  return kernel / cv::sum(kernel)[0];
}

// Four 16-bit uniforms summed: deviation 1, tails to 3.5, much cheaper than a logarithm a pixel.
float quickNormal(std::uint64_t bits) {
  const auto part = [&](int shift) { return static_cast<std::int32_t>((bits >> shift) & 0xffff); };
  return static_cast<float>(part(0) + part(16) + part(32) + part(48) - 131070) * (1.7320508F / 65536);
}

// What lens and sensor do, in the order light meets them.
cv::Mat photograph(const cv::Mat& linear, const Nuisance& n, std::uint64_t imageSeed) {
  const int size = linear.cols;
  const float unit = static_cast<float>(size) / 112;
  cv::Mat image = develop(linear, n.exposure);
  if (n.blur > 0.05F) cv::GaussianBlur(image, image, {}, n.blur * unit);
  if (n.motionBlur > 0.5F)
    cv::filter2D(image, image, -1, motionKernel(n.motionBlur * unit, n.motionAngle), {-1, -1}, 0,
                 cv::BORDER_REPLICATE);
  if (n.resolution < 112) {
    const int across = std::max(4, static_cast<int>(std::lround(n.resolution)));
    if (across < size) cv::resize(image, image, {across, across}, 0, 0, cv::INTER_AREA);
  }
  if (n.noise > 0) {
    Rng rng(mixSeed(imageSeed, "noise"));
    auto* values = image.ptr<float>();
    for (std::size_t i = 0; i < 3 * image.total(); i += 3) {
      // Mostly brightness: cameras smooth colour noise away first.
      const float grey = n.noise * quickNormal(rng.next());
      const std::uint64_t bits = rng.next();
      for (std::size_t c = 0; c < 3; ++c)
        values[i + c] +=
            grey + 1.4F * n.noise * (static_cast<float>((bits >> (20 * c)) & 0xfffff) / 1048576 - 0.5F);
    }
  }
  if (image.cols != size) cv::resize(image, image, {size, size}, 0, 0, cv::INTER_CUBIC);
  cv::Mat result;
  image.convertTo(result, CV_8UC3);
  return result;
}

}  // namespace

struct FaceRenderer::Model {
  HeadModel head;
};

FaceRenderer::FaceRenderer(std::uint64_t identitySeed)
    : model_(std::make_unique<const Model>(Model{buildHead(identitySeed)})) {}
FaceRenderer::~FaceRenderer() = default;
FaceRenderer::FaceRenderer(FaceRenderer&&) noexcept = default;

cv::Mat FaceRenderer::render(const Nuisance& nuisance, std::uint64_t imageSeed, int size) const {
  return photograph(renderScene(model_->head, nuisance, imageSeed, size), nuisance, imageSeed);
}

int FaceRenderer::usualGlasses() const { return model_->head.look.glasses; }

cv::Mat renderFace(std::uint64_t identitySeed, const Nuisance& nuisance, std::uint64_t imageSeed, int size) {
  return FaceRenderer(identitySeed).render(nuisance, imageSeed, size);
}

std::vector<std::string> Nuisance::badness() const {
  std::vector<std::string> kinds;
  if (blur >= 2.8F || motionBlur >= 14) kinds.emplace_back("blur");
  if (occlusion >= 0.2F || mask || glasses == 2) kinds.emplace_back("occlusion");
  if (std::abs(yaw) >= 50 || std::abs(pitch) >= 25) kinds.emplace_back("pose");
  if (exposure <= 0.2F) kinds.emplace_back("darkness");
  if (resolution <= 28) kinds.emplace_back("resolution");
  if (noise >= 18) kinds.emplace_back("noise");
  return kinds;
}

std::uint64_t syntheticIdentitySeed(std::uint64_t seed, int index) {
  return mixSeed(mixSeed(seed, "people"), static_cast<std::uint64_t>(index));
}

}  // namespace discern::rendering
