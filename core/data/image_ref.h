// Where the pixels of one sample are, and which part of them is the face.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace discern::data {

struct Point {
  float x = 0, y = 0;
};
// Image-left eye, image-right eye, nose, image-left and
// image-right corner of the mouth; pixels of the stored image.
using Landmarks = std::array<Point, 5>;

// Pixels of the stored image; the rectangle may reach outside (filled with black).
struct Rect {
  int x = 0, y = 0, width = 0, height = 0;
  bool operator==(const Rect&) const = default;
};

enum class DegradationKind { None, DownScale, GaussianBlur, MotionBlur, Jpeg, Darkness, Noise, Occlusion };

// A repeatable damage done to the face crop. strength in (0,
// 1]: 0 nothing, 1 hardly recognisable (imaging/degrade.h).
struct Degradation {
  DegradationKind kind = DegradationKind::None;
  float strength = 0;
  std::uint64_t seed = 0;
};

// Where in a video a sample lies, in seconds of its time stamps: the frame shown at `time`, or a clip from
// there on, of as many frames as samples of its kind have, evenly spaced: frame i of n at time + i seconds /
// n.
struct Moment {
  double time = 0;
  double seconds = 0;  // 0: one frame
  bool operator==(const Moment&) const = default;
};

// Bytes [offset, offset + length) of `file` are an encoded image (length 0: the whole file), so that
// containers (.bin, .rec) need no unpacking. The face is: landmarks -> 5-point alignment; else `crop`; else
// the whole image.
struct ImageRef {
  std::string file;  // absolute, or relative to the project folder
  std::int64_t offset = 0;
  std::int64_t length = 0;
  std::optional<Landmarks> landmarks;
  std::optional<Rect> crop;
  std::optional<Moment> moment;  // none: `file` is a picture
  Degradation degradation;
};

// Of where and what, not of the pixels: what was begun with some images goes on only with the same. Of a file
// under `root` only the path from there counts, so that a project may be moved.
std::uint64_t hashOf(std::span<const ImageRef> images, std::string_view root = {});

}  // namespace discern::data
