// A person of sticks who does something that takes time: one frame shows a pose that several actions have,
// and only the order of frames tells them apart.
#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <span>
#include <string_view>

namespace discern::rendering {

// Names of all actions, such as "wave" and "walk left".
std::span<const std::string_view> actionNames();

// Limbs by their angle from hanging down, to the right of the picture, in radians; shares of the body's
// height.
struct Pose {
  std::array<float, 2> upperArm{}, forearm{}, thigh{}, shank{};  // left and right in the picture
  float lean = 0;                                                // of the trunk, from upright
  float x = 0, y = 0;                                            // of the hips, from where one stands
  float turned = 1;                                              // breadth as it is seen, -1 to 1
};
// phase: in turns; what an action does comes again after one.
Pose poseOf(std::size_t action, double phase);

// What stays the same in every frame of a video: the person and the place.
struct Scene {
  Scene(std::uint64_t seed, cv::Size size);

  // The place, with the person unless pose is null. seconds: the camera's hand moves with time.
  cv::Mat frame(const Pose* pose, double seconds) const;

  cv::Mat place;
  cv::Scalar skin, top, bottom;
  float height, thickness, x, ground;  // pixels
  double tempo;                        // turns a second
};

// Things that cross the picture while nobody is there.
void drawPassersBy(cv::Mat& frame, std::uint64_t seed, double seconds);

}  // namespace discern::rendering
