// What a synthetic face looks like up close: the eyes, drawn at shading time because they move and close, and
// the inside of an open mouth. The rest of the skin is painted once per person (paintSkin).
#pragma once

#include "datasets/rendering/head.h"

namespace discern::rendering {

// A point of the surface to shade: albedo in linear light, strength of the highlight, and for wet parts of
// the eye a normal of its own (head coordinates).
struct Surface {
  V3 albedo;
  float gloss = 0;
  bool eyeball = false;
  V3 normal;
};

// Where the eyes look and how far they are closed; the highlight sits towards the light.
struct EyeState {
  float closed = 0;
  float gazeX = 0, gazeY = 0;    // millimetres of the iris on the eyeball
  float sparkX = 0, sparkY = 0;  // offset of the highlight from the iris's centre
  float sparkle = 1;
};

// Repaints `surface` where (x, y) of the resting face belongs to an eye, a lash or a lid's crease.
void drawEye(const HeadModel& head, const EyeState& eye, float x, float y, Surface& surface);
// Repaints it where the mouth's gap shows teeth, tongue or dark.
void drawMouthInside(const HeadModel& head, float open, float x, float y, Surface& surface);

}  // namespace discern::rendering
