#include "datasets/rendering/skin.h"

namespace discern::rendering {
namespace {

float strands(float x, float y, std::uint32_t seed) {
  return 0.6F * valueNoise(x, y * 0.25F, seed) + 0.4F * valueNoise(x * 2.3F, y * 0.5F, seed + 1);
}

// 0 .. 1: how much brow hair covers the point.
float browCover(const HeadModel& head, V3 p) {
  const Shape& s = head.shape;
  const float x = std::abs(p.x), inner = 9.5F, outer = s.eyeX + 19 * s.browLength;
  const float t = (x - inner) / (outer - inner);
  if (t < -0.1F || t > 1.05F || std::abs(p.y - s.browY) > 16 || p.z < 30) return 0;
  const float arch = s.browArch * (1 - square((t - 0.62F) / 0.62F));
  const float middle = s.browY - 2 + arch + s.browTilt * (x - s.eyeX);
  const float half = 0.62F * s.browThickness * mix(1.05F, 0.3F, std::max(0.0F, t) * std::max(0.0F, t));
  const float slant = (p.x < 0 ? -1.0F : 1.0F) * p.x - 0.9F * (p.y - middle);
  const float hairs = 0.35F * valueNoise(slant * 1.1F, p.y * 0.35F, head.look.noiseSeed + 11);
  const float along = smoothStep(-0.06F, 0.10F, t) * smoothStep(1.03F, 0.8F, t);
  const float across = smoothStep(half + 1.3F, half * 0.45F, std::abs(p.y - middle) * (1 + 0.5F * hairs));
  return clamp01(across * along * (head.look.browDensity + 0.5F * hairs));
}

// 0 .. 1: how much beard could grow here; `goatee` around the mouth only, `moustache` above it.
struct BeardZones {
  float beard = 0, goatee = 0, moustache = 0;
};
BeardZones beardZones(const HeadModel& head, V3 p) {
  const Shape& s = head.shape;
  BeardZones zones;
  const float x = std::abs(p.x);
  if (p.z < -12 || p.y > 0) return zones;
  const float noise = 2.5F * valueNoise(p.x * 0.35F, p.y * 0.35F, head.look.noiseSeed + 21);
  const float lipBottom = s.mouthY - s.lipLower - 2.5F;
  const float cheekLine = x < 30 ? s.mouthY + 4 : mix(s.mouthY + 4, -14.0F, square((x - 30) / 40));
  const float around = smoothStep(s.mouthWidth - 1, s.mouthWidth + 5, x + 0.4F * noise);
  const float below = smoothStep(lipBottom + 1.5F, lipBottom - 3, p.y);
  zones.beard = smoothStep(cheekLine + 4, cheekLine - 6, p.y + noise) * std::max(around, below);
  const float reach = x / s.mouthWidth, width = mix(s.mouthWidth + 5, 13, smoothStep(0, 34, s.mouthY - p.y));
  zones.goatee = smoothStep(width + 3, width - 3, x + noise) * smoothStep(s.mouthY + 5, s.mouthY - 3, p.y) *
                 std::max(smoothStep(s.mouthWidth - 1, s.mouthWidth + 3, x), below);
  const float noseBottom = s.noseLength - 12 - 7 * reach * reach,
              lipTop = s.mouthY + s.lipUpper - 1 - 4 * reach * reach;
  zones.moustache = smoothStep(1.25F, 0.95F, reach + 0.04F * noise) *
                    smoothStep(noseBottom + 1, noseBottom - 4, p.y) *
                    smoothStep(lipTop - 2, lipTop + 2, p.y + 0.5F * noise);
  return zones;
}

void paintLips(const HeadModel& head, V3 p, Surface& out) {
  const Shape& s = head.shape;
  const float t = p.x / s.mouthWidth, inside = 1 - t * t;
  if (inside <= 0 || p.z < 60) return;
  const float line = mouthLine(s, p.x);
  const float up = s.lipUpper * std::pow(inside, 0.75F) * (1 - 0.22F * bump(square(p.x / 2.6F)));
  const float down = s.lipLower * std::pow(inside, 0.6F);
  const float y = p.y - line;
  const float cover = smoothStep(up + 0.5F, up - 1.0F, y) * smoothStep(-down - 0.8F, -down + 1.2F, y);
  const float wrinkles = 1 + 0.08F * valueNoise(p.x * 1.6F, p.y * 0.2F, head.look.noiseSeed + 31);
  const V3 colour = head.look.lips * (wrinkles * (y > 0 ? 0.86F : 1.0F));
  out.albedo = mix(out.albedo, colour, 0.92F * cover);
  out.gloss = mix(out.gloss, 1.7F, cover);
  const float seam = std::exp(-square(y / 0.75F)) * smoothStep(0, 0.12F, inside);
  out.albedo = out.albedo * mix(1, 0.25F, seam);
}

void paintTone(const HeadModel& head, V3 p, Surface& out) {
  const Shape& s = head.shape;
  const Look& l = head.look;
  const float x = std::abs(p.x);
  const auto seed = l.noiseSeed;
  float tone = 1 + 0.05F * valueNoise(p.x * 0.05F, p.y * 0.05F + p.z * 0.03F, seed + 1) +
               0.035F * valueNoise(p.x * 0.3F, p.y * 0.3F + p.z * 0.2F, seed + 2) +
               0.03F * valueNoise(p.x * 1.1F, p.y * 1.1F + p.z * 0.6F, seed + 3);
  float red = 0.6F * bump(square((x - 43) / 13) + square((p.y + 36) / 13));
  red += 0.7F * bump(square(p.x / 9) + square((p.y - s.noseLength) / 9));
  const float under = bump(square((x - s.eyeX) / 13) + square((p.y + 13) / 4.5F));
  const float socket = bump(square((x - s.eyeX) / 19) + square((p.y - 3) / 10));
  tone *= 1 - (0.05F + 0.14F * l.age) * under - 0.10F * socket;
  if (p.z > 30 && l.age > 0.3F) {  // lines that come with the years
    const float old = (l.age - 0.3F) / 0.7F;
    float fold = 0, forehead = 0;
    if (p.y < -42) {
      const float foldX = mix(14, s.mouthWidth + 5, clamp01((-46 - p.y) / 24));
      fold = bump(square((x - foldX) / 1.6F)) * smoothStep(-42, -50, p.y) *
             smoothStep(s.mouthY - 9, s.mouthY, p.y);
    } else if (p.y > 30 && x < 44) {
      const float wave = std::sin(p.y * 0.62F + 0.8F * valueNoise(p.x * 0.06F, 0, seed + 6));
      forehead = smoothStep(0.75F, 1, wave) * smoothStep(30, 36, p.y) * smoothStep(60, 50, p.y) *
                 smoothStep(44, 20, x);
    }
    tone *= 1 - 0.30F * old * fold - 0.13F * old * forehead;
  }
  red *= 0.16F * l.redness;
  out.albedo = out.albedo * V3{tone * (1 + 0.4F * red), tone * (1 - red), tone * (1 - 0.85F * red)};
  out.albedo = mix(out.albedo, out.albedo * V3{0.95F, 0.78F, 0.75F}, 0.35F * socket);
}

void paintMarks(const HeadModel& head, V3 p, Surface& out) {
  const Look& l = head.look;
  if (p.z < 20) return;
  for (const auto& [x, y, radius] : l.moles) {
    const float d = std::sqrt(square(p.x - x) + square(p.y - y));
    out.albedo =
        mix(out.albedo, out.albedo * V3{0.35F, 0.24F, 0.22F}, smoothStep(radius + 0.5F, radius - 0.5F, d));
  }
  if (l.freckles > 0) {
    const float where = bump(square(p.x / 42) + square((p.y + 25) / 17));
    const float spots = valueNoise(p.x * 0.42F, p.y * 0.42F, l.noiseSeed + 41) +
                        0.5F * valueNoise(p.x * 0.9F, p.y * 0.9F, l.noiseSeed + 42);
    out.albedo = mix(out.albedo, out.albedo * V3{0.72F, 0.55F, 0.45F},
                     where * l.freckles * smoothStep(0.25F, 0.6F, spots));
  }
  const Shape& s = head.shape;  // nostrils
  const float nx = (std::abs(p.x) - 6.2F * s.noseWidth) / (3.3F * s.noseWidth),
              ny = (p.y - s.noseLength + 9.3F) / 2.1F;
  out.albedo = out.albedo * mix(1, 0.12F, smoothStep(1.25F, 0.5F, std::sqrt(nx * nx + ny * ny)));
  const float wing = bump(square((std::abs(p.x) - 16.5F * s.noseWidth) / 1.4F)) *
                     smoothStep(s.noseLength + 6, s.noseLength, p.y) *
                     smoothStep(s.noseLength - 13, s.noseLength - 8, p.y);
  out.albedo = out.albedo * (1 - 0.28F * wing);
}

constexpr float kFarBelow = -100;  // the hairline: no hair

void paintHair(const HeadModel& head, V3 p, Surface& out) {
  const Look& l = head.look;
  const float brow = browCover(head, p);
  out.albedo = mix(out.albedo, l.brow, brow);
  const bool bearded = l.stubble > 0 || l.beard > 0 || l.goatee > 0 || l.moustache > 0;
  const BeardZones z = bearded ? beardZones(head, p) : BeardZones{};
  const float cover = isBelowHairline(l, p) ? kFarBelow : hairCover(l, p);
  if (cover < -4.6F && z.beard == 0 && z.goatee == 0 && z.moustache == 0) {  // grain could show nowhere
    out.gloss *= 1 - brow;
    return;
  }
  const float grain = strands(p.x * 0.9F, p.y * 1.4F, l.noiseSeed + 51);
  const float shadow = 0.42F * l.stubble * std::max(z.beard, z.moustache) * (1 + 0.6F * grain);
  out.albedo = mix(out.albedo, out.albedo * V3{0.40F, 0.42F, 0.46F}, clamp01(shadow));
  float full = std::max({l.beard * z.beard, l.goatee * z.goatee, l.moustache * z.moustache});
  full = clamp01(full * (1.1F + 0.35F * grain));
  out.albedo = mix(out.albedo, l.beardColour * (1 + 0.45F * grain), 0.93F * full);
  const float scalp = l.hairStyle == HairStyle::Bald ? 0.3F * smoothStep(-4, 10, cover)
                                                     : smoothStep(-2.5F, 3, cover + 2 * grain);
  out.albedo = mix(out.albedo, l.hair * (0.8F + 0.3F * grain), scalp * 0.85F);
  out.gloss *= (1 - brow) * (1 - full) * (1 - 0.8F * scalp);
}

}  // namespace

void paintSkin(HeadModel& head) {
  head.albedo.resize(static_cast<std::size_t>(kTextureWidth) * kTextureHeight);
  for (int ty = 0; ty < kTextureHeight; ++ty) {
    const float gy = static_cast<float>(ty) * kRows / (kTextureHeight - 1);
    const int row = std::min(kRows - 1, static_cast<int>(gy));
    for (int tx = 0; tx < kTextureWidth; ++tx) {
      const float gx = static_cast<float>(tx) * kColumns / (kTextureWidth - 1);
      const int column = std::min(kColumns - 1, static_cast<int>(gx));
      const V3* corner = &head.rest[static_cast<std::size_t>(row * (kColumns + 1) + column)];
      const float fx = gx - static_cast<float>(column), fy = gy - static_cast<float>(row);
      const V3 p =
          mix(mix(corner[0], corner[1], fx), mix(corner[kColumns + 1], corner[kColumns + 2], fx), fy);
      Surface out{head.look.skin, 1, false, {}};
      if (p.z > -40) {
        paintTone(head, p, out);
        paintLips(head, p, out);
        paintMarks(head, p, out);
      }
      paintHair(head, p, out);
      const auto byte = [](float v) { return static_cast<std::uint8_t>(255 * std::sqrt(clamp01(v)) + 0.5F); };
      head.albedo[static_cast<std::size_t>(ty) * kTextureWidth + tx] = {
          byte(out.albedo.x), byte(out.albedo.y), byte(out.albedo.z), 0};
    }
  }
}

void drawEye(const HeadModel& head, const EyeState& eye, float x, float y, Surface& out) {
  const Shape& s = head.shape;
  const float side = x < 0 ? -1.0F : 1.0F;
  const float a = side * x - s.eyeX, t = a / s.eyeWidth;
  const float b = y - s.eyeTilt * a;
  if (std::abs(t) > 1.25F || std::abs(b) > 16) return;
  const float inside = std::max(0.0F, 1 - std::pow(std::abs(t + 0.06F * (1 - t * t)), 2.3F));
  const float fade = smoothStep(0, 0.2F, 1.12F - std::abs(t));
  const float open = s.eyeOpening * 1.06F * std::pow(inside, 0.62F);
  const float low = -s.eyeOpening * 0.62F * std::pow(inside, 0.7F);
  const float up = mix(open, low + 0.2F, clamp01(eye.closed));

  const float crease = b - (open + s.lidCrease * mix(0.55F, 1, inside) * (1 - 0.25F * eye.closed));
  out.albedo = out.albedo * (1 - 0.34F * fade * bump(square(crease / 0.9F)));
  const float lash = 1.0F + 0.5F * smoothStep(-0.3F, 0.9F, t);
  const float upper = smoothStep(lash + 0.6F, lash * 0.3F, std::abs(b - up - 0.35F * lash)) * fade;
  const V3 lashColour = mix(head.look.brow * 0.35F, rgb(16, 12, 11), 0.6F);
  if (inside > 0 && b > low && b < up) {
    const float ix = side * x - s.eyeX - side * eye.gazeX, iy = b - eye.gazeY - 0.8F;
    const float r = std::sqrt(ix * ix + iy * iy);
    V3 colour = rgb(222, 214, 208) * (0.94F - 0.35F * t * t);
    colour = mix(colour, rgb(196, 130, 118), smoothStep(-0.78F, -1.0F, t));
    const float ray =
        1 + 0.25F * hashNoise(static_cast<int>(12 * std::atan2(iy, ix)), 0, head.look.noiseSeed);
    V3 iris = head.look.iris * (ray * (1.25F - 0.25F * iy / 6));
    iris = mix(iris, iris * 0.3F, smoothStep(4.9F, 6.3F, r));
    iris = mix(iris, rgb(8, 7, 7), smoothStep(2.6F, 2.1F, r));
    colour = mix(colour, iris, smoothStep(6.8F, 6.1F, r));
    colour = colour * mix(0.45F, 1, smoothStep(0, 3.6F, up - b));  // the lid's shadow
    const float spark = smoothStep(1.5F, 0.7F, std::hypot(side * (ix - 0) - eye.sparkX, iy - eye.sparkY));
    out.albedo = colour + V3{0.9F, 0.9F, 0.9F} * (spark * eye.sparkle);
    out.gloss = 0;
    out.eyeball = true;
    out.normal = normalized({0.045F * (x - side * s.eyeX), 0.045F * b, 1});
    const float lower = smoothStep(0.9F, 0.2F, b - low);
    out.albedo = out.albedo * (1 - 0.35F * lower);
  } else {
    const float lower = smoothStep(1.3F, 0.2F, std::abs(b - low + 0.3F)) * fade * (b < up ? 1.0F : 0.0F);
    out.albedo = mix(out.albedo, out.albedo * V3{0.5F, 0.4F, 0.4F}, 0.6F * lower);
  }
  out.albedo = mix(out.albedo, lashColour, 0.9F * upper);
}

void drawMouthInside(const HeadModel& head, float open, float x, float y, Surface& out) {
  if (open < 0.04F) return;
  const Shape& s = head.shape;
  const float reach = std::abs(x) / s.mouthWidth, line = mouthLine(s, x);
  if (reach > 1) return;
  const float gap = 17 * open * (1 - smoothStep(0.5F, 1, reach)), band = 3.0F * gap / (gap + 3);
  const float t = (line + 0.2F - y) / std::max(0.05F, band);  // 0 at the upper lip, 1 at the lower
  if (t < 0 || t > 1) return;
  const float depth = t * gap;  // millimetres below the upper lip
  V3 colour = rgb(46, 16, 16);
  const float tongue = smoothStep(gap - 6, gap - 1, depth) * smoothStep(7, 11, gap);
  colour = mix(colour, rgb(150, 70, 70), tongue);
  const float teeth =
      smoothStep(1, 0, depth - 6.5F * (1 - 0.5F * reach * reach)) * smoothStep(0.85F, 0.6F, reach);
  const float seam = bump(square((std::abs(std::fmod(std::abs(x), 7.6F) - 3.8F) - 3.8F) / 0.35F));
  colour = mix(colour, rgb(224, 216, 202) * (0.9F - 0.45F * reach * reach - 0.2F * seam), teeth);
  out.albedo = colour * mix(0.6F, 1, smoothStep(0, 2, depth));
  out.gloss = 0.3F;
}

}  // namespace discern::rendering
