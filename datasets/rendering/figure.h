// A walking figure: a person of a seed, with a body and clothes that stay the same in every picture, drawn as
// a camera of a seed sees it.
#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core/mat.hpp>

namespace discern::rendering {

// One frame of a tracklet. Shares are of the box.
struct Sight {
  float phase = 0;         // of the walk, in turns
  float heading = 0;       // degrees: 0 towards the camera, 90 to the right, 180 away
  float exposure = 1;      // factor on linear light is near enough to one on pixels
  float dx = 0, dy = 0;    // how far the box misses the figure
  float zoom = 1;          // above 1: the box is smaller than the figure
  float cover = 0;         // of the width, by what stands in front; 0: nothing
  bool crowd = false;      // it is somebody else who covers
  float blur = 0;          // sigma in pixels of a box of 128
  float resolution = 128;  // pixels across before it was enlarged
};

// What everybody has, whatever the camera.
struct Figure {
  explicit Figure(std::uint64_t seed);

  using Colour = std::array<float, 3>;  // B, G, R, 0 to 255
  float height, width, hair, sleeve;    // of the usual; sleeve: how far down the arm
  Colour skin, hairColour, top, second, bottom, shoe, bagColour;
  int pattern;  // 0 plain, 1 stripes across, 2 a block, 3 open over another colour, 4 two halves
  int legs;     // 0 trousers, 1 shorts, 2 skirt
  int bag;      // 0 none, 1 on the back, 2 at the side
  bool longHair;
};

// rows x cols, 8-bit BGR. Without a figure: what the camera sees where nobody is. image: of noise and of the
// place behind.
cv::Mat render(const Figure* figure, const Sight& sight, std::uint64_t camera, std::uint64_t image,
               cv::Size size = {128, 256});

}  // namespace discern::rendering
