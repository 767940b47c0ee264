// How a detector takes a photograph, and which kind of network it is.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "core/base/names.h"
#include "core/onnx/graph.h"

namespace discern::detection {

enum class Kind {
  UltraFace,  // decoded boxes in 0 .. 1 and their scores
  Strided,    // SCRFD: three strides, scores, distances to the sides, landmark offsets
  Priors,     // RetinaFace: prior boxes of strides 8, 16, 32
  YuNet,      // three strides, class and object scores, offsets from the cell
  OldYuNet,   // of 2022; OpenCV's FaceDetectorYN decodes it
  Cascade,    // OpenCV's cascades, .xml
  Landmarks,  // no detector: points of a face that was cut out
};
inline const auto& namesOf(Kind) {
  static constexpr std::array<Named<Kind>, 7> kNames{{{Kind::UltraFace, "ultraface"},
                                                      {Kind::Strided, "scrfd"},
                                                      {Kind::Priors, "retinaface"},
                                                      {Kind::YuNet, "yunet"},
                                                      {Kind::OldYuNet, "yunet-2022"},
                                                      {Kind::Cascade, "cascade"},
                                                      {Kind::Landmarks, "landmarks"}}};
  return kNames;
}

struct Recipe {
  Kind kind = Kind::UltraFace;
  int width = 320, height = 240;  // what the network sees
  bool stretch = false;           // the photograph fills it, else it keeps its shape and black fills the rest
  bool rgb = true;
  std::array<float, 3> mean = {127, 127, 127};  // in the network's channel order, 0..255 scale
  std::array<float, 3> std = {128, 128, 128};   // input = (x - mean) / std
  double score = 0.6;                           // least that is a face
  double overlap = 0.4;                         // most that two faces share
};

// By what the graph gives: number and shape of its outputs, and their names where shapes do not tell. What
// lies beside the model, MODEL.toml (for detect.onnx: detect.toml), changes it: kind, width, height, stretch,
// rgb, mean, std (a number or three), score, overlap; an unknown key is an error. `meant`: not guessed.
// Throws Error that says which kinds are known.
Recipe recipeOf(const std::string& model, const onnx::Graph& graph, std::optional<Kind> meant = {});
std::string toJson(const Recipe& recipe);

}  // namespace discern::detection
