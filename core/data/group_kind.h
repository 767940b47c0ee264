// What is recognised together: faces in templates today; persons in tracklets and clips in videos are others.
// A kind brings its words, the shape of a sample, and how one is loaded and shown; no page and no job asks
// which kind it is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/data/image_ref.h"

namespace cv {
class Mat;
}

namespace discern::data {

// Of one sample as a network gets it, in pixels. In a cv::Mat a sample of several frames has them one below
// the other: rows() x width, 8-bit BGR; as planes R, G, B that is 3 x frames x height x width.
struct Shape {
  int height = 112, width = 112, frames = 1;

  bool operator==(const Shape&) const = default;
  int rows() const { return height * frames; }
  std::int64_t pixels() const { return std::int64_t{rows()} * width; }
  bool isSquare() const { return height == width && frames == 1; }
  // Of a tensor of n samples: n x 3 x height x width, or n x 3 x frames x height x width.
  std::vector<std::int64_t> tensor(std::int64_t n) const {
    if (frames == 1) return {n, 3, height, width};
    return {n, 3, frames, height, width};
  }
  // The same form, `across` pixels wide.
  Shape at(int across) const {
    return {static_cast<int>((std::int64_t{across} * height + width / 2) / width), across, frames};
  }
};
std::string toString(const Shape& shape);  // "224 x 112 pixels", "4 frames of 112 x 112 pixels"

// One and many of a word, in lower case.
struct Word {
  std::string one, many;
};

struct GroupKind {
  std::string name;  // as projects store it
  std::string help;  // one line
  Word sample;       // image, images: the element of a group
  Word subject;      // face, faces: what a sample shows
  Word group;        // template, templates: samples recognised together
  Word identity;     // identity, identities: whose they are
  Shape shape;       // of a sample when nobody asks for another
  // Identities are classes, which the part to train on and the part to test share by their names ("wave" of
  // either is one action); of the other kinds they are people, and a test is of people that nobody has seen.
  bool areClasses = false;
  // The sample without its degradation, shape.rows() x shape.width; `root`: what relative paths are relative
  // to. Called from several threads. Throws Error naming the file, or saying which shapes there are.
  std::function<cv::Mat(const ImageRef& sample, const Shape& shape, const std::filesystem::path& root)> load;
  // The file as it is, for the Inspector beside the sample itself; a picture of any size.
  std::function<cv::Mat(const ImageRef& sample, const std::filesystem::path& root)> stored;
};

// "1 face", "3 faces".
std::string counted(const Word& word, std::int64_t count);
// "Face": as a heading or a sentence begins.
std::string capital(const std::string& word);

}  // namespace discern::data
