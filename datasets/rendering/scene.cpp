#include "datasets/rendering/scene.h"

#include <complex>
#include <numbers>

namespace discern::rendering {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;
constexpr float kDistance = 1100;         // of the camera, millimetres
constexpr V3 kPivot{0, -62, -14};         // where the head turns on the neck
constexpr float kReferenceScale = 0.56F;  // pixels a millimetre of a frontal face at 112

V3 expressed(const Nuisance& n, V3 p, V3 smile, V3 open, V3 raise) {
  return p + smile * n.smile + open * n.mouthOpen + raise * n.browRaise;
}

// Corners further than this outside a part's edge are never seen.
constexpr float kBare = -4;

// Vertices of a grid of points, with normals from neighbours' differences; triangles where `cover` (if given)
// allows. Returns the index of the first vertex.
int addGrid(Scene& scene, const std::vector<V3>& points, int columns, int rows, Part part,
            const Camera& camera, const std::vector<float>* cover = nullptr, bool body = false) {
  const int base = static_cast<int>(scene.vertices.size());
  const int stride = columns + 1;
  const auto bare = [&](int i) { return cover && (*cover)[static_cast<std::size_t>(i)] < kBare; };
  for (int r = 0; r <= rows; ++r) {
    for (int c = 0; c <= columns; ++c) {
      const int i = r * stride + c;
      const auto at = [&](int column, int row) {
        return points[static_cast<std::size_t>(row * stride + column)];
      };
      const V3 p = at(c, r);
      Vertex vertex;
      Corner corner;
      corner.cover = cover ? (*cover)[static_cast<std::size_t>(i)] : 1;
      vertex.u = static_cast<float>(c) / static_cast<float>(columns);
      vertex.v = static_cast<float>(r) / static_cast<float>(rows);
      vertex.x0 = p.x;
      vertex.y0 = p.y;
      const bool seen =
          !bare(i) || (c > 0 && !bare(i - 1)) || (c < columns && !bare(i + 1)) ||
          (r > 0 && (!bare(i - stride) || !bare(std::max(0, i - stride - 1)) || !bare(i - stride + 1))) ||
          (r < rows && (!bare(i + stride) || !bare(i + stride - 1) ||
                        !bare(std::min(i + stride + 1, (rows + 1) * stride - 1))));
      if (seen) {  // by a triangle that has it as a corner
        const V3 along = at(std::min(c + 1, columns), r) - at(std::max(c - 1, 0), r);
        const V3 up = at(c, std::min(r + 1, rows)) - at(c, std::max(r - 1, 0));
        const V3 n = normalized(cross(along, up));
        vertex.normal = body ? camera.rotatedBody(n) : camera.rotated(n);
        camera.project(body ? camera.turnedBody(p) : camera.turned(p), corner);
      }
      scene.vertices.push_back(vertex);
      scene.corners.push_back(corner);
    }
  }
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const int i = r * stride + c, b = i + base;
      if (bare(i) && bare(i + 1) && bare(i + stride) && bare(i + stride + 1)) continue;
      scene.triangles.push_back({b, b + 1, b + stride, part});
      scene.triangles.push_back({b + 1, b + stride + 1, b + stride, part});
    }
  }
  return base;
}

void addFace(const HeadModel& head, const Nuisance& n, const Camera& camera, Scene& scene) {
  std::vector<V3> points(kGridVertices);
  for (std::size_t i = 0; i < points.size(); ++i)
    points[i] = expressed(n, head.rest[i], head.smile[i], head.open[i], head.raise[i]);
  // Skin well inside the hairline lies under the hair.
  std::vector<float> bared(kGridVertices, 1);
  if (head.look.hairStyle != HairStyle::Bald)
    for (std::size_t i = 0; i < bared.size(); ++i) bared[i] = 22 - head.hairMask[i];
  const int base = addGrid(scene, points, kColumns, kRows, Part::Skin, camera, &bared);
  for (std::size_t i = 0; i < points.size(); ++i) {
    auto& vertex = scene.vertices[static_cast<std::size_t>(base) + i];
    vertex.x0 = head.rest[i].x;
    vertex.y0 = head.rest[i].y;
  }
}

void addNeck(const HeadModel& head, const Camera& camera, Scene& scene) {
  constexpr int columns = 36, rows = 14;
  const float width = 51 * head.shape.neckWidth;
  std::vector<V3> points;
  for (int r = 0; r <= rows; ++r) {
    const float y = mix(-235, -50, static_cast<float>(r) / rows);
    const float slope = smoothStep(-150, -215, y);
    const float w = mix(width, 190, slope * slope) *
                    (1 + 0.12F * smoothStep(-120, -160, y) - 0.3F * smoothStep(-100, -50, y));
    const float d = mix(50, 85, slope);
    for (int c = 0; c <= columns; ++c) {
      const float angle = kPi * (2.0F * static_cast<float>(c) / columns - 1);
      points.push_back({w * std::sin(angle), y, -18 + d * std::cos(angle)});
    }
  }
  addGrid(scene, points, columns, rows, Part::Neck, camera, nullptr, true);
}

void addEars(const HeadModel& head, const Camera& camera, Scene& scene) {
  constexpr int columns = 22, rows = 7;
  const Shape& s = head.shape;
  for (const float side : {-1.0F, 1.0F}) {
    float x = 110;  // slide in to the head's side
    for (int i = 0; i < 30; ++i) x -= 0.8F * headDistance(s, {side * x, -9, 0});
    std::vector<V3> points;
    for (int r = 0; r <= rows; ++r) {
      const float radius = static_cast<float>(r) / rows;
      for (int c = 0; c <= columns; ++c) {
        const float angle = 2 * kPi * static_cast<float>(c) / columns * -side;
        const float up = radius * std::sin(angle), back = radius * std::cos(angle);
        const float rim = 3.2F * bump(square((radius - 0.86F) / 0.11F)) - 4.0F * bump(square(radius / 0.42F));
        const float b = 30 * up * s.earSize;
        const float a = (16 + 16 * back * (1 + 0.25F * up)) * s.earSize + 0.22F * b;  // backwards
        points.push_back({side * (x - 2 + (s.earFlare + 0.12F) * a + rim), -9 + b, 6 - a});
      }
    }
    addGrid(scene, points, columns, rows, Part::Ear, camera);
  }
}

bool hasCurtain(HairStyle style) {
  return style == HairStyle::Bob || style == HairStyle::Long || style == HairStyle::LongFringe;
}

void addHair(const HeadModel& head, bool flattened, const Camera& camera, Scene& scene) {
  if (head.look.hairStyle == HairStyle::Bald) return;
  std::vector<V3> points = head.hair;
  if (flattened) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      const V3 out = points[i] - head.rest[i];
      points[i] = head.rest[i] + out * std::min(1.0F, 4 / std::max(4.0F, length(out)));
    }
  }
  addGrid(scene, points, kColumns, kRows, Part::Hair, camera, &head.hairMask);
}

void addCurtain(const HeadModel& head, const Camera& camera, Scene& scene) {
  constexpr int columns = 64, rows = 26;
  const Look& l = head.look;
  const bool bob = l.hairStyle == HairStyle::Bob;
  const float bottom = bob ? -88 - 14 * l.hairPart / 34 : -185.0F;
  std::vector<V3> points;
  std::vector<float> cover;
  for (int r = 0; r <= rows; ++r) {
    const float y = mix(bottom, 72, static_cast<float>(r) / rows);
    const float opening =
        (y > 5 ? mix(64, 46, smoothStep(5, 72, y)) : mix(64, bob ? 58.0F : 50.0F, smoothStep(5, -110, y)));
    const float dome = std::sqrt(std::max(0.05F, 1 - square(std::max(0.0F, y - 10) / 104)));
    const float swell =
        5 * l.hairVolume * smoothStep(40, -50, y) - (bob ? 9.0F : 4.0F) * smoothStep(-60, -150, y);
    const float width = (77 * head.shape.skullWidth + 5 * l.hairVolume) * dome + swell;
    const float depth = (96 * head.shape.skullDepth + 6) * dome + swell;
    for (int c = 0; c <= columns; ++c) {
      const float t = 2.0F * static_cast<float>(c) / columns - 1;  // -1 .. 1 around the back
      const float angle = (180 + t * (180 - opening)) * kPi / 180;
      const float edge =
          (1 - std::abs(t)) * (180 - opening) * kPi / 180 * width;  // millimetres from the opening
      const float tuck = 1 - 0.09F * smoothStep(14, 0, edge);
      const float wave = 1.6F * valueNoise(angle * 7, y * 0.03F, l.noiseSeed + 61);
      points.push_back(
          {std::sin(angle) * (width * tuck + wave), y, -6 + std::cos(angle) * (depth * tuck + wave)});
      cover.push_back(std::min(edge, 0.6F * (y - bottom)) - 1);
    }
  }
  addGrid(scene, points, columns, rows, Part::Curtain, camera, &cover);
}

// A sheet stretched over the head: each distance from the centre widened by its neighbours', then smoothed.
std::vector<V3> stretchedOver(const HeadModel& head, int passes) {
  const auto stride = static_cast<std::size_t>(kColumns + 1);
  std::vector<float> radius(kGridVertices), next(kGridVertices);
  for (std::size_t i = 0; i < radius.size(); ++i) radius[i] = length(head.rest[i] - kCentre);
  for (int pass = 0; pass <= passes; ++pass) {
    next = radius;
    for (std::size_t i = stride + 1; i + stride + 1 < radius.size(); ++i) {
      const float mean = 0.25F * (radius[i - 1] + radius[i + 1] + radius[i - stride] + radius[i + stride]);
      next[i] = std::max(mean, pass < passes ? radius[i] : 0);
    }
    radius.swap(next);
  }
  std::vector<V3> points(kGridVertices);
  for (std::size_t i = 0; i < radius.size(); ++i)
    points[i] = kCentre + normalized(head.rest[i] - kCentre) * radius[i];
  return points;
}

void addMask(const HeadModel& head, const Camera& camera, Scene& scene) {
  std::vector<V3> points = stretchedOver(head, 6);
  for (V3& p : points) p += normalized(p - kCentre) * 3;
  std::vector<float> cover(kGridVertices);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const V3 p = head.rest[i];
    const float top = head.shape.noseLength * 0.38F - 22 * square(p.x / 55);
    const float angle = std::atan2(std::abs(p.x), p.z - kCentre.z);
    cover[i] = std::min({top - p.y, (1.12F - angle) * 85, p.z - 5});
  }
  const int base = addGrid(scene, points, kColumns, kRows, Part::Mask, camera, &cover);
  for (std::size_t i = 0; i < points.size(); ++i) {
    scene.vertices[static_cast<std::size_t>(base) + i].x0 = head.rest[i].x;
    scene.vertices[static_cast<std::size_t>(base) + i].y0 = head.rest[i].y;
  }
}

}  // namespace

Camera::Rotation Camera::rotation(float yaw, float pitch, float roll) {
  const float d = kPi / 180;
  const float cy = std::cos(yaw * d), sy = std::sin(yaw * d), cp = std::cos(pitch * d),
              sp = std::sin(pitch * d);
  const float cr = std::cos(roll * d), sr = std::sin(roll * d);
  const V3 x{cy, 0, sy};
  const V3 y{-sy * sp, cp, cy * sp};
  const V3 z{-sy * cp, -sp, cy * cp};
  return {x * cr + y * sr, y * cr - x * sr, z};
}

Camera::Camera(const HeadModel& head, const Nuisance& n, int size)
    : head_(rotation(n.yaw, n.pitch, n.roll)),
      body_(rotation(0.35F * n.yaw, 0.15F * n.pitch, 0.5F * n.roll)) {
  using Complex = std::complex<double>;
  const Shape& s = head.shape;
  const std::array<std::array<float, 2>, 5> points{{{-s.eyeX, 0},
                                                    {s.eyeX, 0},
                                                    {0, s.noseLength + s.noseTip},
                                                    {-s.mouthWidth, s.mouthY + 0.8F},
                                                    {s.mouthWidth, s.mouthY + 0.8F}}};
  constexpr std::array<std::array<double, 2>, 5> target{
      {{38.2946, 51.6963}, {73.5318, 51.5014}, {56.0252, 71.7366}, {41.5493, 92.3655}, {70.7299, 92.2041}}};
  std::array<Complex, 5> from, to;
  Complex fromMean, toMean;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const V3 p{points[i][0], points[i][1], frontDepth(s, points[i][0], points[i][1])};
    const V3 q = turned(expressed(n, p, smileMove(s, p), openMove(s, p), raiseMove(s, p)));
    const float near = kDistance / (kDistance - q.z);
    from[i] = Complex(q.x * near, -q.y * near);
    to[i] = Complex(target[i][0], target[i][1]) * (size / 112.0);
    fromMean += from[i] / 5.0;
    toMean += to[i] / 5.0;
  }
  Complex numerator;
  double denominator = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    numerator += std::conj(from[i] - fromMean) * (to[i] - toMean);
    denominator += std::norm(from[i] - fromMean);
  }
  // Points of a profile nearly fall on a line; a detector's crop would not grow without bound there either.
  const double reference = kReferenceScale * size / 112.0;
  const Complex best = numerator / denominator;
  const Complex a =
      std::polar(std::clamp(std::abs(best), 0.85 * reference, 1.33 * reference), std::arg(best));
  scale_ = static_cast<float>(std::abs(a));
  cosine_ = static_cast<float>(a.real());
  sine_ = static_cast<float>(a.imag());
  const Complex shift = toMean - a * fromMean;
  shiftX_ = static_cast<float>(shift.real());
  shiftY_ = static_cast<float>(shift.imag());
}

V3 Camera::rotated(V3 n) const { return {dot(head_.x, n), dot(head_.y, n), dot(head_.z, n)}; }
V3 Camera::rotatedBody(V3 n) const { return {dot(body_.x, n), dot(body_.y, n), dot(body_.z, n)}; }
V3 Camera::turned(V3 p) const { return rotated(p - kPivot) + kPivot; }
V3 Camera::turnedBody(V3 p) const { return rotatedBody(p - kPivot) + kPivot; }

void Camera::project(V3 view, Corner& corner) const {
  corner.z = view.z;
  const float near = kDistance / (kDistance - view.z);
  const float x = view.x * near, y = -view.y * near;
  corner.sx = cosine_ * x - sine_ * y + shiftX_;
  corner.sy = sine_ * x + cosine_ * y + shiftY_;
}

void buildScene(const HeadModel& head, const Nuisance& n, const Camera& camera, Scene& scene) {
  scene.vertices.clear();
  scene.corners.clear();
  scene.triangles.clear();
  const bool hat = n.occlusion > 0 && n.occluder == 2;
  addFace(head, n, camera, scene);
  addNeck(head, camera, scene);
  if (!hasCurtain(head.look.hairStyle)) addEars(head, camera, scene);
  addHair(head, hat, camera, scene);
  if (hasCurtain(head.look.hairStyle)) addCurtain(head, camera, scene);
  if (n.mask) addMask(head, camera, scene);
}

void addHat(const HeadModel& head, float line, const Camera& camera, Scene& scene) {
  std::vector<V3> points = stretchedOver(head, 12);
  std::vector<float> cover(kGridVertices);
  for (int r = 0; r <= kRows; ++r)
    for (int c = 0; c <= kColumns; ++c) {
      const auto i = static_cast<std::size_t>(r * (kColumns + 1) + c);
      const V3 p = head.rest[i], direction = normalized(p - kCentre);
      const float above = p.y - line - 0.06F * (p.z - 95);
      const float cuff = 3.5F * smoothStep(30, 27, above);
      points[i] += direction * (7 + cuff + 8 * smoothStep(0.6F, 1, direction.y));
      cover[i] = above;
    }
  const int base = addGrid(scene, points, kColumns, kRows, Part::Hat, camera, &cover);
  for (std::size_t i = 0; i < points.size(); ++i)
    scene.vertices[static_cast<std::size_t>(base) + i].y0 = cover[i];
}

void addGlasses(const HeadModel& head, const Camera& camera, Scene& scene) {
  constexpr int columns = 44, rows = 14;
  const float bridge = frontDepth(head.shape, 0, 2) + 6;
  const float half = head.shape.eyeX + 33;
  std::vector<V3> points;
  for (int r = 0; r <= rows; ++r)
    for (int c = 0; c <= columns; ++c) {
      const float x = half * (2.0F * static_cast<float>(c) / columns - 1),
                  y = mix(-30, 22, static_cast<float>(r) / rows);
      points.push_back({x, y, bridge - 14 * square(x / half)});
    }
  addGrid(scene, points, columns, rows, Part::Glasses, camera);
  for (const float side : {-1.0F, 1.0F}) {
    std::vector<V3> arm;
    for (int r = 0; r <= 1; ++r)
      for (int c = 0; c <= 10; ++c) {
        const float t = static_cast<float>(c) / 10;
        const float width = mix(half, 78 * head.shape.skullWidth + 1, std::min(1.0F, 2 * t));
        arm.push_back({side * width, (r == 0 ? 3.5F : 8.5F) - 2 * t, mix(bridge - 14, -2, t)});
      }
    const int base = addGrid(scene, arm, 10, 1, Part::Glasses, camera);
    for (int i = base; i < static_cast<int>(scene.corners.size()); ++i)
      scene.corners[static_cast<std::size_t>(i)].cover = 2;  // all frame
  }
}

}  // namespace discern::rendering
