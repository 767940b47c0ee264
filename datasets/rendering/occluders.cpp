#include "datasets/rendering/occluders.h"

#include <numbers>

#include "core/base/rng.h"

namespace discern::rendering {
namespace {

float rodDistance(const Hand::Rod& rod, float x, float y) {
  const float bx = rod.bx - rod.ax, by = rod.by - rod.ay, px = x - rod.ax, py = y - rod.ay;
  const float t = clamp01((px * bx + py * by) / std::max(1e-6F, bx * bx + by * by));
  return std::hypot(px - t * bx, py - t * by);
}

}  // namespace

GlassesLook glassesLook(const HeadModel& head, bool sun) {
  GlassesLook look;
  const Look& l = head.look;
  look.frame = l.frameColour;
  look.lens = sun ? rgb(14, 14, 17) : rgb(235, 240, 245);
  look.lensAlpha = sun ? 0.95F : 0.05F;
  look.centreX = head.shape.eyeX + 2.5F;
  look.centreY = -2;
  constexpr std::array<std::array<float, 4>, 4> styles{
      {{22, 21, 20, 1.5F}, {26, 16.5F, 5, 2.4F}, {28, 23, 14, 2.2F}, {26, 17, 9, 1.4F}}};
  const auto& [w, h, r, rim] = styles[static_cast<std::size_t>(l.frameStyle)];
  look.halfWidth = w + (sun ? 2.0F : 0.0F);
  look.halfHeight = h + (sun ? 3.0F : 0.0F);
  look.roundness = r;
  look.rim = rim;
  look.halfRim = l.frameStyle == 3 && !sun;
  return look;
}

GlassesPoint glassesPoint(const GlassesLook& look, float x, float y, float soft) {
  const float ax = std::abs(x), dy = y - look.centreY;
  const float qx = std::abs(ax - look.centreX) - look.halfWidth + look.roundness;
  const float qy = std::abs(dy) - look.halfHeight + look.roundness;
  const float d =
      std::hypot(std::max(qx, 0.0F), std::max(qy, 0.0F)) + std::min(std::max(qx, qy), 0.0F) - look.roundness;
  float frame = smoothStep(look.rim + soft, look.rim - soft, std::abs(d));
  if (look.halfRim && dy < 0) frame *= 0.15F;
  const float gap = look.centreX - look.halfWidth;
  const float bridge = std::abs(dy - 5 - 2.5F * (1 - square(x / std::max(gap, 2.0F))));
  if (ax < gap + 1) frame = std::max(frame, smoothStep(look.rim + soft, look.rim - soft, bridge));
  const float hinge = look.centreX + look.halfWidth;
  if (ax > hinge)
    frame = std::max(frame, smoothStep(look.rim + 0.6F + soft, look.rim + 0.6F - soft, std::abs(dy - 8)));
  GlassesPoint point{look.frame, frame};
  if (d < 0) {
    const float glare = smoothStep(3.5F, 1, std::abs(ax - look.centreX - 0.6F * dy - 5)) * 0.10F;
    const float lens = clamp01(look.lensAlpha + glare * (look.lensAlpha > 0.5F ? 0.0F : 1.0F));
    const V3 tint = look.lens + V3{0.10F, 0.11F, 0.13F} *
                                    (smoothStep(-5, 16, dy) * (look.lensAlpha > 0.5F ? 1.0F : 0.0F));
    point.colour = mix(tint, look.frame, frame);
    point.alpha = std::max(frame, lens);
  }
  return point;
}

bool Hand::at(float x, float y, HandPoint& point) const {
  float best = -1;
  const Rod* top = nullptr;
  for (const Rod& rod : rods) {
    const float height = 1 - rodDistance(rod, x, y) / rod.radius;
    const float rank = height > 0 ? height + (rod.finger ? 1.0F : 0.0F) : -1;
    if (rank > best) best = rank, top = &rod;
  }
  if (top == nullptr) return false;
  const float bx = top->bx - top->ax, by = top->by - top->ay;
  const float t = clamp01(((x - top->ax) * bx + (y - top->ay) * by) / std::max(1e-6F, bx * bx + by * by));
  const float nx = (x - top->ax - t * bx) / top->radius, ny = (y - top->ay - t * by) / top->radius;
  const float bend = top->finger ? 0.85F : 0.6F;
  point.normal = normalized({bend * nx, -bend * ny, std::sqrt(std::max(0.05F, 1 - nx * nx - ny * ny))});
  point.open = mix(0.5F, 1, smoothStep(0, 0.45F, 1 - std::hypot(nx, ny)));
  const float length = std::hypot(bx, by);
  const float along = t * length + (t >= 1 ? std::hypot(x - top->bx, y - top->by) : 0.0F);
  point.nail = top->finger && std::hypot(nx, ny) < 0.55F && along > length - 0.3F * top->radius && t < 1.01F;
  return true;
}

bool Hand::covers(float x, float y) const {
  return std::any_of(rods.begin(), rods.end(),
                     [&](const Rod& rod) { return rodDistance(rod, x, y) < rod.radius; });
}

void Hand::moveBy(float dx, float dy) {
  for (Rod& rod : rods) rod.ax += dx, rod.bx += dx, rod.ay += dy, rod.by += dy;
}

Hand placeHand(std::uint64_t seed, const std::vector<int>& face, int size, float mm, float share) {
  Rng rng(seed);
  // Fingers point where the hand moves to; from below mostly, sometimes from a side.
  const float angle = static_cast<float>(rng.uniform(-1.15, 1.15));
  const float fx = std::sin(angle), fy = -std::cos(angle), sx = -fy, sy = fx;  // forward and sideways
  const float thumbSide = rng.chance(0.5) ? 1.0F : -1.0F;
  constexpr std::array<std::array<float, 5>, 7> rods{
      {{-70, 0, -8, 0, 36},  // palm and wrist: forward, side, to, radius
       {-190, 0, -60, 0, 29},
       {10, -27, 66, -33, 8.6F},
       {14, -9, 84, -11, 9.2F},
       {14, 9, 88, 11, 9.4F},
       {10, 27, 76, 32, 9},
       {-50, 26, 2, 60, 10.5F}}};
  Hand hand;
  for (std::size_t i = 0; i < rods.size(); ++i) {
    const auto& [af, as, bf, bs, radius] = rods[i];
    const float a = as * thumbSide, b = bs * thumbSide;
    hand.rods[i] = {(af * fx + a * sx) * mm,
                    (af * fy + a * sy) * mm,
                    (bf * fx + b * sx) * mm,
                    (bf * fy + b * sy) * mm,
                    radius * mm,
                    i >= 2};
  }
  if (face.empty()) return hand;
  float cx = 0, cy = 0;
  for (const int i : face) {
    const int row = i / size;
    cx += static_cast<float>(i % size), cy += static_cast<float>(row);
  }
  cx /= static_cast<float>(face.size());
  cy /= static_cast<float>(face.size());
  const float aside = static_cast<float>(rng.uniform(-22, 22)) * mm;
  hand.moveBy(cx + aside * sx, cy + aside * sy);
  const auto covered = [&](float slide) {
    Hand moved = hand;
    moved.moveBy(slide * fx, slide * fy);
    const auto hits = std::count_if(face.begin(), face.end(), [&](int i) {
      const int row = i / size;
      return moved.covers(static_cast<float>(i % size), static_cast<float>(row));
    });
    return static_cast<float>(hits) / static_cast<float>(face.size());
  };
  float low = -170 * mm, high = 75 * mm;
  for (int i = 0; i < 12; ++i) {
    const float middle = 0.5F * (low + high);
    (covered(middle) < share ? low : high) = middle;
  }
  hand.moveBy(high * fx, high * fy);
  return hand;
}

}  // namespace discern::rendering
