#include "datasets/rendering/figure.h"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/base/rng.h"

namespace discern::rendering {
namespace {

using Colour = Figure::Colour;
constexpr int kWidth = 256, kHeight = 512;  // of the canvas
constexpr float kTurn = 2 * std::numbers::pi_v<float>;

float between(Rng& rng, double low, double high) { return static_cast<float>(rng.uniform(low, high)); }

// hue in turns, the others 0 to 1
Colour fromHsv(float hue, float saturation, float value) {
  const auto channel = [&](float offset) {
    const float k = std::fmod(offset + hue * 6, 6.0F);
    return 255 * (value - value * saturation * std::clamp(std::min(k, 4 - k), 0.0F, 1.0F));
  };
  return {channel(1), channel(3), channel(5)};
}

// Of the few colours that shops sell, so that many wear the same.
Colour cloth(Rng& rng) {
  const auto one = [&rng](std::initializer_list<float> all) {
    return *(all.begin() + rng.below(std::ssize(all))) + between(rng, -0.02, 0.02);
  };
  if (rng.chance(0.45))
    return fromHsv(between(rng, 0, 1), between(rng, 0, 0.1), one({0.1F, 0.3F, 0.6F, 0.9F}));
  return fromHsv(one({0.02F, 0.1F, 0.33F, 0.55F, 0.63F, 0.85F}), one({0.4F, 0.8F}), one({0.35F, 0.75F}));
}

cv::Scalar scalar(const Colour& c, float light = 1) { return {c[0] * light, c[1] * light, c[2] * light}; }

// Points in units of the figure's height: x to the right of its middle, y down from the top of its head.
class Canvas {
 public:
  Canvas(cv::Mat& image, float centre, float top, float height)
      : image_(image), centre_(centre), top_(top), height_(height) {}

  cv::Point at(float x, float y) const {
    return {static_cast<int>(std::lround(centre_ + x * height_)),
            static_cast<int>(std::lround(top_ + y * height_))};
  }
  void limb(float x0, float y0, float x1, float y1, float thickness, const cv::Scalar& colour) {
    const int pixels = std::max(1, static_cast<int>(std::lround(thickness * height_)));
    cv::line(image_, at(x0, y0), at(x1, y1), colour, pixels, cv::LINE_AA);
  }
  void area(const std::vector<std::array<float, 2>>& corners, const cv::Scalar& colour) {
    std::vector<cv::Point> points;
    for (const auto& [x, y] : corners) points.push_back(at(x, y));
    cv::fillConvexPoly(image_, points, colour, cv::LINE_AA);
  }
  void oval(float x, float y, float across, float down, const cv::Scalar& colour) {
    cv::ellipse(
        image_, at(x, y),
        {std::max(1, static_cast<int>(across * height_)), std::max(1, static_cast<int>(down * height_))}, 0,
        0, 360, colour, cv::FILLED, cv::LINE_AA);
  }

 private:
  cv::Mat& image_;
  float centre_, top_, height_;
};

// Thigh and shin, bent at the knee when the leg swings forward.
void drawLeg(Canvas& canvas, const Figure& f, float hip, float swing, float side, float light) {
  const float kneeX = hip + 0.5F * swing * side, footX = hip + swing * side;
  const float lift = std::max(0.0F, swing) * 0.12F;
  const float thick = 0.075F * f.width;
  const cv::Scalar cloth = scalar(f.bottom, light), skin = scalar(f.skin, light);
  canvas.limb(hip, 0.5F, kneeX, 0.72F, thick, f.legs == 2 ? skin : cloth);
  canvas.limb(kneeX, 0.72F, footX, 0.94F - lift, 0.8F * thick, f.legs == 0 ? cloth : skin);
  canvas.limb(footX, 0.965F - lift, footX + 0.05F * side, 0.97F - lift, 0.04F, scalar(f.shoe, light));
}

void drawArm(Canvas& canvas, const Figure& f, float shoulder, float swing, float side, float light) {
  const float elbowX = shoulder + 0.45F * swing * side, handX = shoulder + swing * side;
  const float thick = 0.05F * f.width;
  const cv::Scalar sleeve = scalar(f.top, light), skin = scalar(f.skin, light);
  canvas.limb(shoulder, 0.22F, elbowX, 0.36F, thick, f.sleeve > 0.3F ? sleeve : skin);
  canvas.limb(elbowX, 0.36F, handX, 0.48F, 0.85F * thick, f.sleeve > 0.7F ? sleeve : skin);
  canvas.limb(handX, 0.485F, handX, 0.5F, thick, skin);
}

void drawTorso(Canvas& canvas, const Figure& f, float shoulder, float hip, float front) {
  const auto slice = [&](float from, float to, float left, float right, const Colour& colour) {
    const auto wide = [&](float y) { return std::lerp(shoulder, hip, (y - 0.18F) / 0.35F); };
    canvas.area({{left * wide(from), from},
                 {right * wide(from), from},
                 {right * wide(to), to},
                 {left * wide(to), to}},
                scalar(colour));
  };
  slice(0.18F, 0.53F, -1, 1, f.top);
  if (f.pattern == 1)
    for (int i = 0; i < 3; ++i)
      slice(0.22F + 0.1F * static_cast<float>(i), 0.26F + 0.1F * static_cast<float>(i), -1, 1, f.second);
  if (f.pattern == 2) slice(0.25F, 0.36F, -0.6F, 0.6F, f.second);
  if (f.pattern == 3 && front > 0) slice(0.19F, 0.53F, -0.3F * front, 0.3F * front, f.second);
  if (f.pattern == 4) slice(0.36F, 0.53F, -1, 1, f.second);
}

void drawFigure(cv::Mat& image, const Figure& f, const Sight& s, float centre, float top, float height) {
  Canvas canvas(image, centre, top, height);
  const float heading = s.heading / 360 * kTurn;
  const float front = std::cos(heading), side = std::sin(heading), profile = std::abs(side);
  const float swing = std::sin(s.phase * kTurn), stride = 0.16F * (0.2F + 0.8F * profile);
  const float shoulder = 0.115F * f.width * (0.6F + 0.4F * std::abs(front));
  const float hip = 0.09F * f.width * (0.65F + 0.35F * std::abs(front));
  const float apart = 0.045F * std::abs(front), way = side < 0 ? -1.0F : 1.0F;

  if (f.bag == 1 && front > 0.3F)
    canvas.area({{-1.15F * shoulder, 0.2F},
                 {1.15F * shoulder, 0.2F},
                 {1.1F * shoulder, 0.42F},
                 {-1.1F * shoulder, 0.42F}},
                scalar(f.bagColour, 0.8F));
  drawArm(canvas, f, -way * shoulder * 0.9F, -swing * stride * 0.8F, way, 0.75F);
  drawLeg(canvas, f, -apart, swing * stride, way, 0.75F);
  drawLeg(canvas, f, apart, -swing * stride, way, 1);
  if (f.legs == 2)
    canvas.area({{-hip, 0.5F}, {hip, 0.5F}, {1.5F * hip, 0.7F}, {-1.5F * hip, 0.7F}}, scalar(f.bottom));
  canvas.area({{-hip, 0.48F}, {hip, 0.48F}, {hip, 0.56F}, {-hip, 0.56F}}, scalar(f.bottom));
  drawTorso(canvas, f, shoulder, hip, front);
  drawArm(canvas, f, way * shoulder * 0.9F, swing * stride * 0.8F, way, 1);
  if (f.bag == 1 && front < 0)
    canvas.area({{-0.8F * shoulder, 0.21F},
                 {0.8F * shoulder, 0.21F},
                 {0.8F * shoulder, 0.43F},
                 {-0.8F * shoulder, 0.43F}},
                scalar(f.bagColour));
  if (f.bag == 1 && profile > 0.5F)
    canvas.oval(-way * 1.15F * shoulder, 0.32F, 0.05F, 0.11F, scalar(f.bagColour));
  if (f.bag == 2) {
    canvas.limb(-0.7F * shoulder, 0.2F, 0.9F * hip, 0.46F, 0.015F, scalar(f.bagColour));
    canvas.oval(1.1F * hip, 0.5F, 0.05F, 0.06F, scalar(f.bagColour));
  }
  canvas.limb(0, 0.14F, 0, 0.19F, 0.06F, scalar(f.skin, 0.9F));
  canvas.oval(0, 0.08F, 0.052F, 0.075F, scalar(f.skin));
  const float back = front < 0 ? 1.0F : 0.4F + 0.3F * profile;  // of the head is hair
  canvas.oval(-way * 0.015F * profile, 0.02F + 0.05F * back, 0.058F, 0.03F + 0.05F * back * f.hair,
              scalar(f.hairColour));
  if (front > 0.2F) canvas.oval(way * 0.012F * profile, 0.1F, 0.038F, 0.045F, scalar(f.skin));
  if (f.longHair)
    canvas.limb(-way * 0.03F * profile, 0.1F, -way * 0.04F * profile, 0.19F, front < 0 ? 0.1F : 0.05F,
                scalar(f.hairColour, 0.95F));
}

// Ground, wall and what stands about: of the camera, from a place that the picture says.
void drawPlace(cv::Mat& image, std::uint64_t camera, std::uint64_t picture) {
  Rng rng(mixSeed(camera, "place"));
  const Colour wall = fromHsv(between(rng, 0, 1), between(rng, 0.05, 0.3), between(rng, 0.35, 0.75));
  const Colour ground = fromHsv(between(rng, 0, 1), between(rng, 0, 0.2), between(rng, 0.3, 0.7));
  const int edge = static_cast<int>(kHeight * rng.uniform(0.35, 0.75));
  Rng where(mixSeed(picture, "where"));
  const int shift = static_cast<int>(where.below(400));
  image.rowRange(0, edge).setTo(scalar(wall));
  image.rowRange(edge, kHeight).setTo(scalar(ground));
  for (int i = 0; i < 9; ++i) {  // windows, doors, posts
    const int width = 10 + static_cast<int>(rng.below(70)), left = static_cast<int>(rng.below(900)) - shift;
    const int top = static_cast<int>(rng.below(edge)), height = 30 + static_cast<int>(rng.below(200));
    const Colour colour = fromHsv(between(rng, 0, 1), between(rng, 0, 0.5), between(rng, 0.15, 0.85));
    cv::rectangle(image, {left, top}, {left + width, top + height}, scalar(colour), cv::FILLED, cv::LINE_AA);
  }
  for (int i = 0; i < 3; ++i) {  // joints of the ground
    const int y = edge + static_cast<int>(rng.below(kHeight - edge));
    cv::line(image, {0, y}, {kWidth, y + static_cast<int>(rng.below(30))}, scalar(ground, 0.8F), 3,
             cv::LINE_AA);
  }
}

void cover(cv::Mat& image, const Sight& s, std::uint64_t camera, std::uint64_t picture) {
  Rng rng(mixSeed(picture, "cover"));
  const float width = s.cover * kWidth;
  const float left = between(rng, 0.15, 0.85) * (kWidth - width);
  if (s.crowd) {
    Sight other = s;
    other.heading = between(rng, 0, 360);
    const Figure somebody(mixSeed(picture, "somebody"));
    // As wide as it should be: a figure is about 0.27 of its height across.
    drawFigure(image, somebody, other, left + width / 2, -0.15F * kHeight, width / 0.27F);
    return;
  }
  Rng post(mixSeed(camera, "post"));
  const Colour colour = fromHsv(between(post, 0, 1), between(post, 0, 0.4), between(post, 0.1, 0.7));
  const int top = rng.chance(0.5) ? 0 : static_cast<int>(rng.uniform(0.05, 0.35) * kHeight);
  cv::rectangle(image, cv::Point(static_cast<int>(left), top),
                cv::Point(static_cast<int>(left + width), kHeight), scalar(colour), cv::FILLED);
}

// Colour, contrast and noise of the camera; light of the frame.
void develop(cv::Mat& image, const Sight& s, std::uint64_t camera, std::uint64_t picture) {
  Rng rng(mixSeed(camera, "colour"));
  std::array<float, 3> gain{};
  for (float& g : gain) g = between(rng, 0.78, 1.18) * s.exposure;
  const float gamma = between(rng, 0.8, 1.3), noise = between(rng, 2, 6);
  std::array<std::array<unsigned char, 256>, 3> curve{};
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t v = 0; v < 256; ++v)
      curve[c][v] = cv::saturate_cast<unsigned char>(
          255 * std::pow(std::min(1.0F, gain[c] * static_cast<float>(v) / 255), gamma));
  Rng grain(mixSeed(picture, "grain"));
  for (int y = 0; y < image.rows; ++y)
    for (int x = 0; x < image.cols; ++x) {
      auto& pixel = image.at<cv::Vec3b>(y, x);
      const auto n = static_cast<float>(grain.normal()) * noise;
      for (int c = 0; c < 3; ++c)
        pixel[c] = cv::saturate_cast<unsigned char>(
            static_cast<float>(curve[static_cast<std::size_t>(c)][pixel[c]]) + n);
    }
}

}  // namespace

Figure::Figure(std::uint64_t seed) {
  Rng rng(mixSeed(seed, "figure"));
  height = between(rng, 0.86, 1);
  width = between(rng, 0.85, 1.35);
  hair = between(rng, 0.6, 1.2);
  sleeve = between(rng, 0, 1);
  const float tone = between(rng, 0, 1);
  skin = {std::lerp(60.0F, 180.0F, tone), std::lerp(85.0F, 200.0F, tone), std::lerp(130.0F, 235.0F, tone)};
  hairColour = fromHsv(between(rng, 0.04, 0.12), between(rng, 0.2, 0.7), between(rng, 0.08, 0.7));
  top = cloth(rng);
  second = cloth(rng);
  bottom = cloth(rng);
  shoe = cloth(rng);
  bagColour = cloth(rng);
  pattern = rng.chance(0.4) ? 0 : 1 + static_cast<int>(rng.below(4));
  legs = rng.chance(0.6) ? 0 : 1 + static_cast<int>(rng.below(2));
  bag = rng.chance(0.5) ? 0 : 1 + static_cast<int>(rng.below(2));
  longHair = rng.chance(0.4);
}

cv::Mat render(const Figure* figure, const Sight& s, std::uint64_t camera, std::uint64_t picture,
               cv::Size size) {
  cv::Mat canvas(kHeight, kWidth, CV_8UC3);
  drawPlace(canvas, camera, picture);
  if (figure) {
    const float height = 0.92F * kHeight * figure->height * s.zoom;
    drawFigure(canvas, *figure, s, kWidth * (0.5F - s.dx),
               kHeight * (0.97F - s.dy) - 0.97F * height + (s.zoom - 1) * kHeight * 0.5F, height);
  }
  if (s.cover > 0) cover(canvas, s, camera, picture);
  cv::Mat image;
  cv::resize(canvas, image, size, 0, 0, cv::INTER_AREA);
  if (s.resolution < 128) {
    const double share = s.resolution / 128;
    cv::Mat small;
    cv::resize(image, small,
               {std::max(2, static_cast<int>(size.width * share)),
                std::max(4, static_cast<int>(size.height * share))},
               0, 0, cv::INTER_AREA);
    cv::resize(small, image, size, 0, 0, cv::INTER_CUBIC);
  }
  if (s.blur > 0) cv::GaussianBlur(image, image, {}, s.blur * size.width / 128);
  develop(image, s, camera, picture);
  return image;
}

}  // namespace discern::rendering
