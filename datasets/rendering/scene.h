// The posed geometry of one image: the head with its expression, neck, ears, hair, and what is worn.
#pragma once

#include <vector>

#include "datasets/rendering/face.h"
#include "datasets/rendering/head.h"
#include "datasets/rendering/raster.h"

namespace discern::rendering {

// Rotation of the head, perspective, and the similarity that brings the five points onto the template.
class Camera {
 public:
  Camera(const HeadModel& head, const Nuisance& nuisance, int size);

  V3 turned(V3 p) const;      // head frame -> camera frame
  V3 turnedBody(V3 p) const;  // the neck follows the head only partly
  V3 rotated(V3 n) const;     // directions
  V3 rotatedBody(V3 n) const;
  void project(V3 view, Corner& corner) const;
  float pixelsPerMillimetre() const { return scale_; }

 private:
  struct Rotation {
    V3 x, y, z;  // rows
  };
  static Rotation rotation(float yaw, float pitch, float roll);

  Rotation head_, body_;
  float scale_ = 1, cosine_ = 1, sine_ = 0, shiftX_ = 0, shiftY_ = 0;
};

struct Scene {
  std::vector<Vertex> vertices;
  std::vector<Corner> corners;  // of the same vertices
  std::vector<Triangle> triangles;
};

// Everything opaque but the hat, whose edge depends on how much of the face is seen.
void buildScene(const HeadModel& head, const Nuisance& nuisance, const Camera& camera, Scene& scene);
// The hat from `line` (millimetres above the eyes) upwards, and the spectacles.
void addHat(const HeadModel& head, float line, const Camera& camera, Scene& scene);
void addGlasses(const HeadModel& head, const Camera& camera, Scene& scene);

}  // namespace discern::rendering
