// A plain z-buffer for grids of vertices: which triangle is seen in each pixel, and where on it.
#pragma once

#include <cstdint>
#include <vector>

#include "datasets/rendering/math.h"

namespace discern::rendering {

enum class Part : std::uint8_t { Skin, Neck, Ear, Hair, Curtain, Hat, Mask, Glasses };

// What the rasteriser needs of a vertex, apart from the rest because it passes over all of them.
struct Corner {
  float sx = 0, sy = 0;  // pixels
  float z = 0;           // camera's frame, millimetres; larger is nearer
  float cover = 1;       // parts with an edge are seen where this is positive
};

struct Vertex {
  V3 normal;             // camera's frame
  float u = 0, v = 0;    // texture, or coordinates of the part's own
  float x0 = 0, y0 = 0;  // of the resting face
};

struct Triangle {
  int a, b, c;
  Part part;
};

struct Pixel {
  float z = -1e9F;
  int triangle = -1;
  float b = 0, c = 0;  // barycentric weights of vertices b and c
};

// Calls visit(pixelIndex, z, weightB, weightC) for the pixels whose centre the triangle covers and that face
// the camera (or any, if twoSided).
template <typename Visit>
void scanTriangle(const Corner& p, const Corner& q, const Corner& r, int size, bool twoSided, Visit&& visit) {
  const float area = (q.sx - p.sx) * (r.sy - p.sy) - (q.sy - p.sy) * (r.sx - p.sx);
  if (std::abs(area) < 1e-9F || (area > 0 && !twoSided)) return;  // y runs down: facing us is negative
  // Pixel centres are at .5: for v >= 0 the first one at or after v is truncate(v + 0.5).
  const int x0 = static_cast<int>(std::max(0.0F, std::min(p.sx, std::min(q.sx, r.sx))) + 0.5F);
  const int x1 =
      std::min(size, static_cast<int>(std::max(0.0F, std::max(p.sx, std::max(q.sx, r.sx))) + 0.5F)) - 1;
  const int y0 = static_cast<int>(std::max(0.0F, std::min(p.sy, std::min(q.sy, r.sy))) + 0.5F);
  const int y1 =
      std::min(size, static_cast<int>(std::max(0.0F, std::max(p.sy, std::max(q.sy, r.sy))) + 0.5F)) - 1;
  if (x0 > x1 || y0 > y1) return;
  const float inverse = 1 / area;
  const float bdx = (r.sy - p.sy) * inverse, bdy = -(r.sx - p.sx) * inverse;
  const float cdx = -(q.sy - p.sy) * inverse, cdy = (q.sx - p.sx) * inverse;
  for (int y = y0; y <= y1; ++y) {
    const float dy = static_cast<float>(y) + 0.5F - p.sy;
    for (int x = x0; x <= x1; ++x) {
      const float dx = static_cast<float>(x) + 0.5F - p.sx;
      const float b = dx * bdx + dy * bdy, c = dx * cdx + dy * cdy;
      if (b < 0 || c < 0 || b + c > 1) continue;
      visit(y * size + x, p.z + b * (q.z - p.z) + c * (r.z - p.z), b, c);
    }
  }
}

}  // namespace discern::rendering
