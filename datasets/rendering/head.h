// One synthetic person: the parameters of a head, drawn from a seed, and the meshes built from them.
// Millimetres; x to the image's right, y up, z towards the camera; the origin is between the eyes, above the
// neck's axis. A head is a smooth union of ellipsoids and rods, projected onto a grid of directions.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "datasets/rendering/math.h"

namespace discern::rendering {

// Geometry, millimetres unless a factor of the mean (around
// 1). All but the two sizes of the ears come from normals.
struct Shape {
  float skullWidth, skullHeight, skullDepth, foreheadProjection;
  float faceWidth, jawWidth, jawHeight, chinWidth, chinLength, chinProjection;
  float cheekbone, cheekFullness, browRidge;
  float eyeX, eyeWidth, eyeOpening, eyeTilt, eyeDepth, lidCrease;
  float noseLength, noseWidth, noseProjection, noseBridge, noseHump, noseTip;
  float mouthY, mouthWidth, lipUpper, lipLower, lipProjection;
  float browY, browLength, browThickness, browArch, browTilt;
  float earSize, earFlare, neckWidth;
  float asymmetry;
};

enum class HairStyle { Bald, Buzz, Short, Quiff, Receding, Fringe, Bob, Long, LongFringe, TiedBack, Curly };

// Colours (linear light), hair and marks of the skin.
struct Look {
  V3 skin, lips, iris, brow, hair, beardColour, shirt;
  float redness, oiliness, age, browDensity;
  HairStyle hairStyle = HairStyle::Short;
  float hairlineY, hairVolume, hairPart, widowsPeak, temples;
  float stubble, beard, moustache, goatee;  // 0 .. 1
  float freckles;                           // 0 .. 1
  std::vector<std::array<float, 3>> moles;  // x, y, radius
  int glasses = 0;                          // the kind this person usually wears: 0 none, 1 clear, 2 sun
  int frameStyle = 0;                       // 0 round, 1 rectangle, 2 large, 3 half rim
  V3 frameColour;
  std::uint32_t noiseSeed = 0;
};

// Directions are sampled more densely in front: kColumns x kRows quads around kCentre.
inline constexpr int kColumns = 128;
inline constexpr int kRows = 100;
inline constexpr int kGridVertices = (kColumns + 1) * (kRows + 1);
inline constexpr V3 kCentre{0, -14, 8};
V3 gridDirection(int column, int row);  // row 0 is the lowest

// Square root of linear light, 0 .. 255.
struct Texel {
  std::uint8_t r, g, b, unused;
};

// The face at rest and how each expression moves it; per grid vertex, row-major from the lowest row.
struct HeadModel {
  Shape shape;
  Look look;
  std::vector<V3> rest, smile, open, raise;
  std::vector<V3> hair;         // outer surface of the hair
  std::vector<float> hairMask;  // > 0 inside the hair, about millimetres from the hairline
  std::vector<Texel> albedo;    // kTextureWidth x kTextureHeight
};

inline constexpr int kTextureWidth = 432;
inline constexpr int kTextureHeight = 360;

void drawIdentity(std::uint64_t seed, Shape& shape, Look& look);
HeadModel buildHead(std::uint64_t identitySeed);

// Signed distance to the resting head (negative inside) and the z of its front at (x, y).
float headDistance(const Shape& shape, V3 p);
float frontDepth(const Shape& shape, float x, float y);

// Displacement at full strength of a point of the resting face.
V3 smileMove(const Shape& shape, V3 p);
V3 openMove(const Shape& shape, V3 p);
V3 raiseMove(const Shape& shape, V3 p);

// Height of the mouth's line at x.
float mouthLine(const Shape& shape, float x);
// Mask (> 0 inside) of the scalp hair at a point of the resting head.
float hairCover(const Look& look, V3 p);
// Quickly: whether the mask there is surely below -4.7 (the face in front, where most points are).
bool isBelowHairline(const Look& look, V3 p);
// Paints HeadModel::albedo.
void paintSkin(HeadModel& head);

}  // namespace discern::rendering
