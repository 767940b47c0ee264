// What is put before a synthetic face: spectacles and a hand.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "datasets/rendering/head.h"

namespace discern::rendering {

struct GlassesLook {
  V3 frame, lens;
  float lensAlpha = 0;
  float centreX = 0, centreY = 0, halfWidth = 0, halfHeight = 0, roundness = 0, rim = 0;
  bool halfRim = false;
};
struct GlassesPoint {
  V3 colour;
  float alpha = 0;
};
GlassesLook glassesLook(const HeadModel& head, bool sun);
// At (x, y) of the spectacles' sheet, millimetres; `soft` is half a pixel there.
GlassesPoint glassesPoint(const GlassesLook& look, float x, float y, float soft);

struct HandPoint {
  V3 normal;
  float open = 1;  // of the sky
  bool nail = false;
};

// A hand of rounded rods in the image plane, pixels.
struct Hand {
  struct Rod {
    float ax, ay, bx, by, radius;
    bool finger;
  };
  std::array<Rod, 7> rods;
  bool at(float x, float y, HandPoint& point) const;
  bool covers(float x, float y) const;
  void moveBy(float dx, float dy);
};

// Slides a hand in until it covers `share` of the pixels listed (indices of a size x size image).
Hand placeHand(std::uint64_t seed, const std::vector<int>& face, int size, float pixelsPerMillimetre,
               float share);

}  // namespace discern::rendering
