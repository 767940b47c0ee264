// Small float vectors and the smooth functions that the synthetic head is modelled with.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace discern::rendering {

struct V3 {
  float x = 0, y = 0, z = 0;

  V3 operator+(V3 o) const { return {x + o.x, y + o.y, z + o.z}; }
  V3 operator-(V3 o) const { return {x - o.x, y - o.y, z - o.z}; }
  V3 operator*(V3 o) const { return {x * o.x, y * o.y, z * o.z}; }
  V3 operator*(float s) const { return {x * s, y * s, z * s}; }
  V3& operator+=(V3 o) { return *this = *this + o; }
};

inline float dot(V3 a, V3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline V3 cross(V3 a, V3 b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
inline float length(V3 a) { return std::sqrt(dot(a, a)); }
inline V3 normalized(V3 a) { return a * (1.0F / std::max(1e-12F, length(a))); }

inline float clamp01(float v) { return std::clamp(v, 0.0F, 1.0F); }
inline float mix(float a, float b, float t) { return a + (b - a) * t; }
inline V3 mix(V3 a, V3 b, float t) { return a + (b - a) * t; }
inline float square(float v) { return v * v; }
// 0 below `low`, 1 above `high`; `low` may exceed `high`, which turns the step around.
inline float smoothStep(float low, float high, float v) {
  const float t = clamp01((v - low) / (high - low));
  return t * t * (3 - 2 * t);
}
// exp(-d2 / 2), cut off where it no longer shows.
inline float bump(float d2) { return d2 > 12 ? 0.0F : std::exp(-0.5F * d2); }

// Union and difference of signed distances, blended over k millimetres.
inline float smoothUnion(float a, float b, float k) {
  const float h = std::max(k - std::abs(a - b), 0.0F) / k;
  return std::min(a, b) - h * h * k * 0.25F;
}
inline float smoothCut(float a, float b, float k) { return -smoothUnion(-a, b, k); }

// First-order distance to an ellipsoid, good near the surface.
inline float ellipsoid(V3 p, V3 centre, V3 radii) {
  const V3 q = p - centre;
  const V3 a{q.x / radii.x, q.y / radii.y, q.z / radii.z};
  const V3 b{a.x / radii.x, a.y / radii.y, a.z / radii.z};
  const float k0 = length(a), k1 = length(b);
  return k1 < 1e-9F ? -std::min({radii.x, radii.y, radii.z}) : k0 * (k0 - 1) / k1;
}

// A rod whose radius changes from ra at a to rb at b.
inline float taperedRod(V3 p, V3 a, V3 b, float ra, float rb) {
  const V3 pa = p - a, ba = b - a;
  const float t = clamp01(dot(pa, ba) / dot(ba, ba));
  return length(pa - ba * t) - mix(ra, rb, t);
}

inline std::uint32_t hashInt(std::uint32_t x) {
  x = (x ^ (x >> 16)) * 0x7feb352dU;
  x = (x ^ (x >> 15)) * 0x846ca68bU;
  return x ^ (x >> 16);
}
// The same of four at once.
typedef std::uint32_t FourInts __attribute__((vector_size(16)));
typedef float FourFloats __attribute__((vector_size(16)));
inline FourInts hashInts(FourInts x) {
  x = (x ^ (x >> 16)) * 0x7feb352dU;
  x = (x ^ (x >> 15)) * 0x846ca68bU;
  return x ^ (x >> 16);
}
// Uniform in [-1, 1) for a lattice point.
inline float hashNoise(int x, int y, std::uint32_t seed) {
  const auto h = hashInt(static_cast<std::uint32_t>(x) * 0x9e3779b1U ^
                         hashInt(static_cast<std::uint32_t>(y) * 0x85ebca6bU ^ seed));
  return static_cast<float>(h >> 8) * (2.0F / 16777216.0F) - 1.0F;
}
// Value noise with smooth interpolation, about [-1, 1], one bump a unit.
inline float valueNoise(float x, float y, std::uint32_t seed) {
  // Truncation and a correction: without SSE 4.1, std::floor is a call.
  const int ix = static_cast<int>(x) - (x < 0 ? 1 : 0), iy = static_cast<int>(y) - (y < 0 ? 1 : 0);
  const float fx = x - static_cast<float>(ix), fy = y - static_cast<float>(iy);
  const float tx = fx * fx * (3 - 2 * fx), ty = fy * fy * (3 - 2 * fy);
  // hashNoise of the four corners.
  const std::uint32_t left = static_cast<std::uint32_t>(ix) * 0x9e3779b1U, right = left + 0x9e3779b1U;
  const std::uint32_t low = static_cast<std::uint32_t>(iy) * 0x85ebca6bU;
  const std::uint32_t below = hashInt(low ^ seed), above = hashInt((low + 0x85ebca6bU) ^ seed);
  const FourInts hash = hashInts(FourInts{left, right, left, right} ^ FourInts{below, below, above, above});
  typedef std::int32_t Signed __attribute__((vector_size(16)));
  const FourFloats v =
      __builtin_convertvector(reinterpret_cast<Signed>(hash >> 8), FourFloats) * (2.0F / 16777216.0F) - 1.0F;
  return mix(mix(v[0], v[1], tx), mix(v[2], v[3], tx), ty);
}

inline float toLinear(float srgb) {
  return srgb <= 0.04045F ? srgb / 12.92F : std::pow((srgb + 0.055F) / 1.055F, 2.4F);
}
// Linear-light colour of an 8-bit sRGB triple.
inline V3 rgb(float r, float g, float b) { return {toLinear(r / 255), toLinear(g / 255), toLinear(b / 255)}; }

}  // namespace discern::rendering
