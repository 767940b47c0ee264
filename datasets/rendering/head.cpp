#include "datasets/rendering/head.h"

#include <numbers>

#include "core/base/rng.h"

namespace discern::rendering {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;

V3 skinColour(float melanin, float hue) {
  constexpr std::array<V3, 6> stops{V3{243, 213, 197}, V3{230, 190, 166}, V3{208, 160, 131},
                                    V3{168, 119, 91},  V3{120, 82, 62},   V3{78, 53, 43}};
  const float t = clamp01(melanin) * 4.999F;
  const int i = static_cast<int>(t);
  const V3 c = mix(stops[i], stops[i + 1], t - static_cast<float>(i));
  return rgb(c.x, c.y * (1 + 0.006F * hue), c.z * (1 - 0.04F * hue));
}

V3 hairColour(Rng& rng, float melanin, float age) {
  constexpr std::array<V3, 7> palette{V3{22, 18, 17},   V3{44, 30, 24},  V3{80, 53, 36}, V3{120, 84, 54},
                                      V3{190, 152, 98}, V3{142, 68, 34}, V3{98, 62, 40}};
  const bool dark = rng.chance(clamp01(2.2F * melanin - 0.25F));
  const auto pick = dark ? rng.below(2) : rng.below(static_cast<std::int64_t>(palette.size()));
  V3 c = palette[static_cast<std::size_t>(pick)];
  if (rng.chance(square(age) * 0.9F))
    c = mix(c, V3{196, 194, 192}, static_cast<float>(rng.uniform(0.55, 1.0)));
  return rgb(c.x, c.y, c.z);
}

void drawShape(Rng& rng, float masculine, Shape& s) {
  const auto n = [&](float mean, float deviation) {
    return mean + deviation * static_cast<float>(std::clamp(rng.normal(), -2.3, 2.3));
  };
  s.skullWidth = n(1, 0.045F);
  s.skullHeight = n(1, 0.05F);
  s.skullDepth = n(1, 0.03F);
  s.foreheadProjection = n(0, 2.0F) - 1.0F * masculine;
  s.faceWidth = n(1, 0.06F);
  s.jawWidth = n(1 + 0.05F * masculine, 0.085F);
  s.jawHeight = n(-66, 6);
  s.chinWidth = n(1 + 0.10F * masculine, 0.2F);
  s.chinLength = n(-105 - 2.5F * masculine, 5);
  s.chinProjection = n(0, 3.2F);
  s.cheekbone = n(1, 0.3F);
  s.cheekFullness = n(0, 3.2F);
  s.browRidge = n(1.2F + 1.6F * masculine, 1.1F);
  s.eyeX = n(31.7F, 1.9F);
  s.eyeWidth = n(15.6F - 0.3F * masculine, 1.2F);
  s.eyeOpening = n(5.5F - 0.5F * masculine, 0.85F);
  s.eyeTilt = n(0.05F, 0.07F);
  s.eyeDepth = n(0, 1.8F);
  s.lidCrease = n(3.2F, 1.1F);
  s.noseLength = n(-39, 3.6F);
  s.noseWidth = n(1 + 0.04F * masculine, 0.16F);
  s.noseProjection = n(0.6F * masculine, 3.2F);
  s.noseBridge = n(0.8F * masculine, 2.0F);
  s.noseHump = n(0.6F, 1.6F);
  s.noseTip = n(0, 2.2F);
  s.mouthY = n(-70.5F, 2.8F);
  s.mouthWidth = n(25, 2.6F);
  s.lipUpper = std::max(2.2F, n(5.4F - 0.9F * masculine, 1.6F));
  s.lipLower = std::max(3.5F, n(8.0F - 1.0F * masculine, 1.7F));
  s.lipProjection = n(0, 1.7F);
  s.browY = n(20.0F - 1.8F * masculine, 2.2F);
  s.browLength = n(1, 0.1F);
  s.browThickness = std::max(1.6F, n(3.7F + 0.9F * masculine, 1.1F));
  s.browArch = n(3.0F - 1.2F * masculine, 1.9F);
  s.browTilt = n(0.02F, 0.08F);
  s.earSize = n(1 + 0.03F * masculine, 0.1F);
  s.earFlare = n(0.42F, 0.14F);
  s.neckWidth = n(1 + 0.09F * masculine, 0.06F);
  s.asymmetry = n(0, 1.1F);
}

HairStyle drawHairStyle(Rng& rng, bool male, float age) {
  using enum HairStyle;
  if (male) {
    if (age > 0.55F && rng.chance(0.55)) return rng.chance(0.5) ? Bald : Receding;
    constexpr std::array<HairStyle, 9> styles{Short, Short,  Quiff, Buzz,    Quiff,
                                              Curly, Fringe, Bald,  Receding};
    return styles[static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(styles.size())))];
  }
  constexpr std::array<HairStyle, 8> styles{Long, LongFringe, Bob, TiedBack, Long, Curly, Quiff, Bob};
  return styles[static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(styles.size())))];
}

void drawBeard(Rng& rng, Look& look) {
  look.stubble = static_cast<float>(rng.uniform(0.1, 0.6));
  switch (rng.below(7)) {
    case 0:
      look.beard = look.moustache = 1;
      break;
    case 1:
      look.moustache = 1;
      break;
    case 2:
      look.goatee = look.moustache = 1;
      break;
    case 3:
      look.beard = look.moustache = 0.55F;  // a short one
      break;
    default:
      break;
  }
}

void drawLook(Rng& rng, bool male, Look& l) {
  const auto u = [&](double low, double high) { return static_cast<float>(rng.uniform(low, high)); };
  const float melanin = u(0, 1);
  l.age = u(0, 1);
  l.skin = skinColour(melanin, std::clamp(static_cast<float>(rng.normal()), -1.5F, 1.5F));
  l.redness = u(0.3, 1.0);
  l.oiliness = u(0.5, 1.3);
  l.hair = hairColour(rng, melanin, l.age);
  l.brow = mix(l.hair, rgb(35, 24, 19), u(0.35, 0.75));
  l.beardColour = mix(l.hair, rgb(40, 28, 22), u(0.1, 0.5));
  const V3 lipTint = male ? rgb(170, 88, 80) : mix(rgb(180, 78, 82), rgb(168, 30, 48), u(0, 1) * u(0, 1));
  l.lips =
      mix(l.skin * V3{0.78F, 0.52F, 0.52F}, lipTint * (0.45F + 0.9F * l.skin.x), male ? 0.3F : u(0.35, 0.9));
  constexpr std::array<V3, 6> irises{V3{52, 33, 22},  V3{84, 54, 32},   V3{112, 92, 52},
                                     V3{92, 114, 84}, V3{84, 122, 156}, V3{112, 124, 132}};
  const auto iris = rng.below(melanin > 0.5F ? 2 : 6);
  const V3 c = irises[static_cast<std::size_t>(iris)];
  l.iris = rgb(c.x, c.y, c.z);
  l.browDensity = u(0.65, 1.0);
  l.hairStyle = drawHairStyle(rng, male, l.age);
  l.hairlineY = u(54, 70) + (l.hairStyle == HairStyle::Receding ? 12.0F : 0.0F);
  l.hairVolume = u(0.6, 1.5);
  l.hairPart = rng.chance(0.5) ? u(-34, -14) : u(14, 34);
  l.widowsPeak = u(0, 1) * u(0, 1);
  l.temples = male ? u(0, 1) : u(0, 0.3);
  l.stubble = l.beard = l.moustache = l.goatee = 0;
  if (male) drawBeard(rng, l);
  l.freckles = melanin < 0.45F && rng.chance(0.3) ? u(0.4, 1) : 0;
  for (auto count = rng.below(4); count > 0; --count)
    l.moles.push_back({u(-52, 52), u(-96, 48), u(1.0, 2.2)});
  l.glasses = rng.chance(0.2) ? 1 : 0;
  l.frameStyle = static_cast<int>(rng.below(4));
  constexpr std::array<V3, 5> frames{V3{22, 20, 20}, V3{60, 36, 24}, V3{130, 126, 120}, V3{120, 24, 30},
                                     V3{30, 44, 84}};
  const V3 frame = frames[static_cast<std::size_t>(rng.below(5))];
  l.frameColour = rgb(frame.x, frame.y, frame.z);
  l.shirt = rgb(u(20, 225), u(20, 225), u(20, 225));
  l.noiseSeed = static_cast<std::uint32_t>(rng.next());
}

float noseDistance(const Shape& s, V3 p) {
  const float tipZ = 110 + s.noseProjection, tipY = s.noseLength, bridgeZ = 84 + s.noseBridge;
  const V3 middle{0, mix(4, tipY, 0.48F), mix(bridgeZ, tipZ, 0.50F) + s.noseHump};
  const V3 tip{0, tipY + s.noseTip, tipZ - 2};
  float d = taperedRod(p, {0, 9, bridgeZ}, middle, 4.6F, 5.0F);
  d = smoothUnion(d, taperedRod(p, middle, tip, 5.0F, 8.0F * mix(1, s.noseWidth, 0.7F)), 5);
  const V3 wing{10.8F * s.noseWidth, tipY - 3.5F, tipZ - 13};
  d = smoothUnion(d, ellipsoid(p, wing, {5.2F * mix(1, s.noseWidth, 0.6F), 5.4F, 7.5F}), 6);
  return smoothUnion(d, ellipsoid(p, {0, tipY - 5, tipZ - 9}, {5, 4, 9}), 4);
}

float mouthDistance(const Shape& s, V3 p) {
  const float z = 94.5F + s.lipProjection, back = square(p.x / s.mouthWidth) * 9;
  const V3 q{p.x, p.y, p.z + back};  // the lips follow the teeth's arch
  const float upper = ellipsoid(q, {0, s.mouthY + 0.45F * s.lipUpper, z - 1.5F},
                                {s.mouthWidth * 1.02F, 0.75F * s.lipUpper + 0.8F, 5.8F});
  const float lower = ellipsoid(q, {0, s.mouthY - 0.52F * s.lipLower, z - 2.6F},
                                {s.mouthWidth * 0.86F, 0.62F * s.lipLower + 0.8F, 6.4F});
  return smoothUnion(upper, lower, 1.2F);
}

V3 pointOnRay(const Shape& s, V3 direction, float& t) {
  // `t` starts from the neighbour's distance and comes back
  // as this one's; from outside where the nose stands out.
  const bool nose = std::abs(direction.x) < 0.4F && direction.z > 0;
  t = std::min(t + (nose ? 30.0F : 3.0F), 165.0F);
  for (int i = 0; i < 48; ++i) {
    const float d = headDistance(s, kCentre + direction * t);
    t -= 0.85F * d;
    if (std::abs(d) < 0.04F || t < 10) break;
  }
  return kCentre + direction * t;
}

// How thick the hair is above a point `cover` millimetres inside the hairline.
float hairThickness(const Look& l, V3 p, V3 direction, float cover) {
  using enum HairStyle;
  const float top = smoothStep(0.15F, 0.85F, direction.y);
  const float lump = valueNoise(direction.x * 4 + 7, direction.z * 4 + direction.y * 3, l.noiseSeed);
  const float edge = smoothStep(-2, 16, cover);
  const float groove = 1 - 0.5F * bump(square((p.x - l.hairPart) / 4)) * smoothStep(0.4F, 0.8F, direction.y);
  const float v = l.hairVolume;
  const float sides = mix(0.3F, 1, std::max(top, smoothStep(0.35F, 0.9F, direction.z)));
  switch (l.hairStyle) {
    case Bald:
      return 0;
    case Buzz:
      return 0.5F + 2.2F * edge;
    case Receding:
      return 1 + (4 + 2 * lump) * edge * v;
    case Short:
      return 1 + ((4 + 9 * top) * v + 1.5F * lump) * sides * edge * groove;
    case Quiff: {
      const float front = smoothStep(-0.2F, 0.5F, direction.z);
      return 1.5F + ((4 + 10 * top + 12 * top * front) * v + 2.5F * lump) * sides * smoothStep(-2, 9, cover);
    }
    case Fringe:
    case LongFringe:
      return 4.0F + ((3 + 9 * top) * v + 1.5F * lump) * edge;
    case TiedBack:
      return 1 + (3.5F + 2 * top) * edge * groove;
    case Curly:
      return 3 + (17 * v + 6 * lump) * smoothStep(-2, 18, cover);
    case Bob:
    case Long:
      return 1.5F + ((5 + 8 * top) * v + 1.5F * lump) * edge * groove;
  }
  return 0;
}

}  // namespace

void drawIdentity(std::uint64_t seed, Shape& shape, Look& look) {
  Rng rng(mixSeed(seed, "identity"));
  const bool male = rng.chance(0.5);
  const float masculine = (male ? 1.0F : -1.0F) * static_cast<float>(rng.uniform(0.4, 1.2));
  drawShape(rng, masculine, shape);
  drawLook(rng, male, look);
}

V3 gridDirection(int column, int row) {
  const float u = 2.0F * static_cast<float>(column) / kColumns - 1;
  const float v = 2.0F * static_cast<float>(row) / kRows - 1;
  const float theta = kPi * (0.5F * u + 0.5F * u * u * u);
  const float w = v + 0.085F;  // densest 14 degrees below the centre's horizon: nose and mouth
  const float phi = std::clamp((51.6F * w + 37.6F * w * w * w - 14) / 180, -0.5F, 0.5F) * kPi;
  return {std::cos(phi) * std::sin(theta), std::sin(phi), std::cos(phi) * std::cos(theta)};
}

float headDistance(const Shape& s, V3 p) {
  p.x += s.asymmetry * 0.012F * (p.y + 20);  // a slight lean, so that no face is a mirror image
  p.x = std::abs(p.x);
  float d = ellipsoid(p, {0, 30, -8}, {74 * s.skullWidth, 84 * s.skullHeight, 95 * s.skullDepth});
  d = smoothUnion(d, ellipsoid(p, {0, 44, 40 + s.foreheadProjection}, {56 * s.skullWidth, 42, 50}), 14);
  d = smoothUnion(d, ellipsoid(p, {0, -22, 26}, {61 * s.faceWidth, 74, 62}), 18);
  const float jawX = 40 * s.jawWidth * mix(1, s.faceWidth, 0.5F);
  const float chinY = s.chinLength + 11, chinZ = 75 + s.chinProjection;
  d = smoothUnion(
      d, taperedRod(p, {jawX, s.jawHeight, 10}, {12 * s.chinWidth, chinY + 2, chinZ - 4}, 11.5F, 10), 26);
  d = smoothUnion(d, ellipsoid(p, {0, chinY, chinZ}, {15 * s.chinWidth, 12, 16}), 14);
  d = smoothUnion(d, ellipsoid(p, {45 * s.faceWidth, -25, 54}, {16, 11, 16 + 4 * s.cheekbone}), 18);
  const float cheek = 21 + s.cheekFullness;
  d = smoothUnion(d, ellipsoid(p, {29 * s.faceWidth, -55, 58}, {cheek, cheek + 6, cheek}), 22);
  d = smoothUnion(d, ellipsoid(p, {s.eyeX - 8, 16, 82}, {19, 7, 6 + s.browRidge}), 15);
  d = smoothUnion(d, ellipsoid(p, {0, -66, 72 + s.lipProjection * 0.6F}, {27, 23, 20}), 16);
  d = smoothCut(d, ellipsoid(p, {s.eyeX, -1, 100 - s.eyeDepth}, {19, 12.5F, 12 + 0.5F * s.browRidge}), 14);
  d = smoothUnion(d, length(p - V3{s.eyeX, -0.5F, 73.5F - s.eyeDepth}) - 13.2F, 4);
  d = smoothUnion(d, noseDistance(s, p), 11);
  d = smoothUnion(d, mouthDistance(s, p), 3.5F);
  return smoothCut(
      d, ellipsoid(p, {0, mix(s.mouthY, s.noseLength, 0.55F), 103 + s.lipProjection}, {2.6F, 5, 4}), 4);
}

float frontDepth(const Shape& shape, float x, float y) {
  float z = 135;
  for (int i = 0; i < 64; ++i) {
    const float d = headDistance(shape, {x, y, z});
    if (d < 0.03F) break;
    z -= 0.8F * d;
  }
  return z;
}

float mouthLine(const Shape& shape, float x) {
  const float t = x / shape.mouthWidth;
  return shape.mouthY + 0.9F * bump(square(x / 5)) * -1.0F + 0.8F * t * t;
}

V3 smileMove(const Shape& s, V3 p) {
  const float front = smoothStep(20, 60, p.z), side = p.x < 0 ? -1.0F : 1.0F, x = std::abs(p.x);
  const float corner = bump(square((x - s.mouthWidth) / 13) + square((p.y - s.mouthY) / 12)) * front;
  const float cheek = bump(square((x - 40) / 15) + square((p.y + 44) / 15)) * front;
  const float lips = bump(square(x / 22) + square((p.y - s.mouthY) / 10)) * front;
  return V3{side * 5.5F, 6.0F, -3.5F} * corner + V3{side * 1.0F, 3.5F, 3.5F} * cheek +
         V3{0, -0.6F, -1.5F} * lips;
}

V3 openMove(const Shape& s, V3 p) {
  const float reach = std::abs(p.x) / s.mouthWidth;
  const float spread = mix(3.6F, 34, smoothStep(0.62F, 1.5F, reach));
  const float below = smoothStep(0, 1, (mouthLine(s, p.x) - p.y) / spread + 0.12F);
  const float front = smoothStep(-15, 45, p.z);
  const float upper = bump(square(p.x / 18) + square((p.y - s.mouthY - 4) / 5)) * (1 - below);
  return V3{0, -17, -5} * (below * front) + V3{0, 1.2F, 0} * (upper * front);
}

V3 raiseMove(const Shape& s, V3 p) {
  const float front = smoothStep(30, 70, p.z);
  return V3{0, 6.5F, 0.5F} * (bump(square((p.y - s.browY - 3) / 9) + square(p.x / 60)) * front);
}

namespace {

// The hairline's height over the angle from the front, in degrees.
using Hairline = std::array<std::array<float, 2>, 12>;
Hairline hairline(const Look& l) {
  using enum HairStyle;
  const bool fringe = l.hairStyle == Fringe || l.hairStyle == LongFringe;
  const float recede = l.temples * (l.hairStyle == Receding ? 22.0F : 9.0F);
  const float h = fringe ? 21 : l.hairlineY;
  const float side = l.hairStyle == Curly || l.hairStyle == Buzz ? -4.0F : -20.0F;
  return {{{0, h - 5 * l.widowsPeak},
           {14, h + 0.3F * recede},
           {34, fringe ? h - 2 : h + recede},
           {50, fringe ? h - 6 : h - 12 + 0.8F * recede},
           {60, 30},
           {68, 10},
           {75, side},
           {84, side - 2},
           {90, 12},
           {108, 8},
           {125, -45},
           {181, -72}}};
}

}  // namespace

float hairCover(const Look& l, V3 p) {
  const float theta = std::atan2(std::abs(p.x), p.z - kCentre.z) * 180 / kPi;
  const Hairline line = hairline(l);
  std::size_t i = 1;
  while (i + 1 < line.size() && line[i][0] < theta) ++i;
  const float t = clamp01((theta - line[i - 1][0]) / (line[i][0] - line[i - 1][0]));
  const float y = mix(line[i - 1][1], line[i][1], t);
  const float wave = 1.6F * valueNoise(p.x * 0.12F, p.z * 0.1F, l.noiseSeed + 5);
  return p.y - y + wave;
}

bool isBelowHairline(const Look& l, V3 p) {
  // Within 50 degrees of the front (tan 50 = 1.19), below the
  // lowest of the line there by the wave's height and more.
  if (!(std::abs(p.x) < 1.19F * (p.z - kCentre.z))) return false;
  const Hairline line = hairline(l);
  return p.y < std::min({line[0][1], line[1][1], line[2][1], line[3][1]}) - 6.4F;
}

HeadModel buildHead(std::uint64_t identitySeed) {
  HeadModel head;
  drawIdentity(identitySeed, head.shape, head.look);
  const Shape& s = head.shape;
  head.rest.resize(kGridVertices);
  head.smile.resize(kGridVertices);
  head.open.resize(kGridVertices);
  head.raise.resize(kGridVertices);
  head.hair.resize(kGridVertices);
  head.hairMask.resize(kGridVertices);
  for (int column = 0; column <= kColumns; ++column) {
    float t = 140;
    for (int row = 0; row <= kRows; ++row) {
      const auto i = static_cast<std::size_t>(row) * (kColumns + 1) + static_cast<std::size_t>(column);
      const V3 direction = gridDirection(column, row);
      const V3 p = pointOnRay(s, direction, t);
      head.rest[i] = p;
      head.smile[i] = smileMove(s, p);
      head.open[i] = openMove(s, p);
      head.raise[i] = raiseMove(s, p);
      head.hairMask[i] = head.look.hairStyle == HairStyle::Bald ? -50.0F : hairCover(head.look, p);
      head.hair[i] = p + direction * hairThickness(head.look, p, direction, head.hairMask[i]);
    }
  }
  paintSkin(head);
  return head;
}

}  // namespace discern::rendering
