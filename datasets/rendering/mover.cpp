#include "datasets/rendering/mover.h"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "core/base/rng.h"

namespace discern::rendering {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
constexpr float kDegree = static_cast<float>(std::numbers::pi / 180);

float wave(double phase) { return static_cast<float>(std::sin(kTurn * phase)); }
// 0 at the beginning of a turn, 1 in its middle.
float swell(double phase) { return static_cast<float>((1 - std::cos(kTurn * phase)) / 2); }

void raise(Pose& pose, int side, float degrees, float forearm) {
  const float sign = side == 0 ? -1 : 1;
  pose.upperArm[static_cast<std::size_t>(side)] = sign * degrees * kDegree;
  pose.forearm[static_cast<std::size_t>(side)] = sign * forearm * kDegree;
}
void spread(Pose& pose, int side, float thigh, float shank) {
  const float sign = side == 0 ? -1 : 1;
  pose.thigh[static_cast<std::size_t>(side)] = sign * thigh * kDegree;
  pose.shank[static_cast<std::size_t>(side)] = sign * shank * kDegree;
}

Pose standing() {
  Pose pose;
  for (const int side : {0, 1}) {
    raise(pose, side, 12, 8);
    spread(pose, side, 6, 4);
  }
  return pose;
}

// Across the picture in two and a half turns, in again on the other side.
void walk(Pose& pose, double phase, float towards) {
  const double way = phase / 2.5 + 0.5;
  pose.x = towards * static_cast<float>(2 * (way - std::floor(way)) - 1);
  for (const std::size_t side : {0U, 1U}) {
    const float swing = (side == 0 ? 1.0F : -1.0F) * wave(phase);
    pose.thigh[side] = 28 * kDegree * swing;
    pose.shank[side] = pose.thigh[side] - towards * 18 * kDegree;
    pose.upperArm[side] = -25 * kDegree * swing;
    pose.forearm[side] = pose.upperArm[side] + towards * 15 * kDegree;
  }
}

void turnArm(Pose& pose, double phase) {
  pose.upperArm[1] = pose.forearm[1] = static_cast<float>(kTurn * phase);
}

void jump(Pose& pose, double phase) {
  const float up = std::max(0.0F, wave(phase)), crouch = std::max(0.0F, -wave(phase));
  pose.y = -0.3F * up + 0.08F * crouch;
  for (const int side : {0, 1}) spread(pose, side, 6 + 35 * crouch, 4 - 30 * crouch);
}

using Action = void (*)(Pose&, double);
struct Named {
  std::string_view name;
  Action act;
};
constexpr Named kActions[] = {
    {"wave", [](Pose& pose, double phase) { raise(pose, 1, 115, 180 + 35 * wave(phase)); }},
    {"walk left", [](Pose& pose, double phase) { walk(pose, phase, -1); }},
    {"walk right", [](Pose& pose, double phase) { walk(pose, phase, 1); }},
    {"circle arm down", [](Pose& pose, double phase) { turnArm(pose, phase); }},
    {"circle arm up", [](Pose& pose, double phase) { turnArm(pose, -phase); }},
    {"jump", jump},
    {"bow", [](Pose& pose, double phase) { pose.lean = 75 * kDegree * swell(phase); }},
    {"spin",
     [](Pose& pose, double phase) {
       for (const int side : {0, 1}) raise(pose, side, 85, 85);
       pose.turned = static_cast<float>(std::cos(kTurn * phase));
     }},
    {"jumping jack",
     [](Pose& pose, double phase) {
       for (const int side : {0, 1}) {
         raise(pose, side, 15 + 145 * swell(phase), 15 + 155 * swell(phase));
         spread(pose, side, 4 + 26 * swell(phase), 4 + 26 * swell(phase));
       }
       pose.y = -0.06F * std::abs(wave(phase));
     }},
    {"kick",
     [](Pose& pose, double phase) {
       const float high = std::max(0.0F, wave(phase));
       spread(pose, 1, 6 + 80 * high * high, 4 + 82 * high * high);
     }},
    {"sway", [](Pose& pose, double phase) { pose.lean = 22 * kDegree * wave(phase); }},
    {"clap",
     [](Pose& pose, double phase) {
       for (const int side : {0, 1}) raise(pose, side, 75, 100 - 130 * swell(phase));
     }},
};

cv::Point2f along(cv::Point2f from, float angle, float length, float turned = 1) {
  return {from.x + turned * length * std::sin(angle), from.y + length * std::cos(angle)};
}

}  // namespace

std::span<const std::string_view> actionNames() {
  static const auto names = [] {
    std::array<std::string_view, std::size(kActions)> list;
    for (std::size_t i = 0; i < list.size(); ++i) list[i] = kActions[i].name;
    return list;
  }();
  return names;
}

Pose poseOf(std::size_t action, double phase) {
  Pose pose = standing();
  kActions[action].act(pose, phase);
  return pose;
}

Scene::Scene(std::uint64_t seed, cv::Size size) : place(size, CV_8UC3) {
  Rng rng(mixSeed(seed, "scene"));
  const auto colour = [&](double low, double high) {
    return cv::Scalar(rng.uniform(low, high), rng.uniform(low, high), rng.uniform(low, high));
  };
  const cv::Scalar wall = colour(90, 190), floor = colour(60, 150);
  const auto edge = static_cast<int>(size.height * rng.uniform(0.55, 0.8));
  place.rowRange(0, edge).setTo(wall);
  place.rowRange(edge, size.height).setTo(floor);
  for (int i = 0; i < 5; ++i) {
    const int wide = static_cast<int>(size.width * rng.uniform(0.06, 0.25)),
              high = static_cast<int>(size.height * rng.uniform(0.1, 0.4));
    const auto left = static_cast<int>(rng.below(size.width)), top = static_cast<int>(rng.below(edge));
    cv::rectangle(place, cv::Rect(left, top, wide, high), 0.7 * wall + 0.3 * colour(30, 220), cv::FILLED);
  }
  cv::GaussianBlur(place, place, {}, 1.2);
  skin = cv::Scalar(rng.uniform(90, 150), rng.uniform(130, 180), rng.uniform(170, 225));
  top = colour(0, 255);
  bottom = colour(0, 110);
  const auto rows = static_cast<float>(size.height);
  height = rows * static_cast<float>(rng.uniform(0.58, 0.72));
  thickness = height * static_cast<float>(rng.uniform(0.055, 0.08));
  x = static_cast<float>(size.width) * static_cast<float>(rng.uniform(0.44, 0.56));
  ground = rows * static_cast<float>(rng.uniform(0.88, 0.94));
  tempo = rng.uniform(0.9, 1.3);
}

cv::Mat Scene::frame(const Pose* pose, double seconds) const {
  const cv::Matx23f moved(1, 0, static_cast<float>(1.5 * std::sin(1.7 * seconds)), 0, 1,
                          static_cast<float>(std::cos(1.3 * seconds)));
  cv::Mat image;
  cv::warpAffine(place, image, moved, place.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  if (!pose) return image;
  const float leg = 0.24F * height, trunk = 0.32F * height, arm = 0.19F * height;
  const auto line = [&](cv::Point2f a, cv::Point2f b, const cv::Scalar& colour, float share) {
    constexpr int kBits = 4;  // of fractions of a pixel
    const auto fixed = [](cv::Point2f p) {
      return cv::Point(cvRound(p.x * (1 << kBits)), cvRound(p.y * (1 << kBits)));
    };
    cv::line(image, fixed(a), fixed(b), colour, std::max(1, cvRound(share * thickness)), cv::LINE_AA, kBits);
  };
  const float turned = pose->turned, half = 0.09F * height * turned;
  const cv::Point2f hips(x + pose->x * 0.5F * static_cast<float>(place.cols) * 0.8F,
                         ground - 2 * leg + pose->y * height);
  const cv::Point2f neck(hips.x + trunk * std::sin(pose->lean), hips.y - trunk * std::cos(pose->lean));
  for (const std::size_t side : {0U, 1U}) {
    const cv::Point2f hip(hips.x + (side == 0 ? -0.6F : 0.6F) * half, hips.y);
    const cv::Point2f knee = along(hip, pose->thigh[side], leg, turned);
    line(hip, knee, bottom, 1.2F);
    line(knee, along(knee, pose->shank[side], leg, turned), bottom, 1);
  }
  line(hips, neck, top, 2.4F);
  for (const std::size_t side : {0U, 1U}) {
    const cv::Point2f shoulder(neck.x + (side == 0 ? -half : half), neck.y + 0.03F * height);
    const cv::Point2f elbow = along(shoulder, pose->upperArm[side], arm, turned);
    line(neck, shoulder, top, 1);
    line(shoulder, elbow, top, 1);
    line(elbow, along(elbow, pose->forearm[side], arm, turned), skin, 0.9F);
  }
  const cv::Point2f head(neck.x + 0.1F * height * std::sin(pose->lean),
                         neck.y - 0.1F * height * std::cos(pose->lean));
  cv::circle(image, head, cvRound(0.075F * height), skin, cv::FILLED, cv::LINE_AA);
  return image;
}

void drawPassersBy(cv::Mat& frame, std::uint64_t seed, double seconds) {
  Rng rng(mixSeed(seed, "passers-by"));
  for (int i = 0; i < 3; ++i) {
    const cv::Scalar colour(rng.uniform(0, 255), rng.uniform(0, 255), rng.uniform(0, 255));
    const double size = frame.rows * rng.uniform(0.06, 0.2), speed = rng.uniform(0.15, 0.5);
    const double way = rng.uniform() + (rng.chance(0.5) ? speed : -speed) * seconds;
    const cv::Point at(cvRound((1.4 * (way - std::floor(way)) - 0.2) * frame.cols),
                       cvRound(frame.rows * rng.uniform(0.3, 0.9)));
    if (rng.chance(0.5))
      cv::circle(frame, at, cvRound(size), colour, cv::FILLED, cv::LINE_AA);
    else
      cv::rectangle(frame, cv::Rect(at.x, at.y, cvRound(2 * size), cvRound(size)), colour, cv::FILLED);
  }
}

}  // namespace discern::rendering
