// How pixels become a base model's input. The most common
// silent error of the field, so it is spelled out everywhere.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/data/group_kind.h"

namespace discern::features {

struct Recipe {
  std::string name = "insightface";
  bool rgb = true;                                       // channel order handed to the model
  std::array<float, 3> mean = {127.5F, 127.5F, 127.5F};  // in the model's channel order, 0..255 scale
  std::array<float, 3> std = {127.5F, 127.5F, 127.5F};   // input = (x - mean) / std
  int size = 112;                                        // pixels across
  std::string outputLayer;                               // empty: the model's last output
  bool flip = false;                                     // add the feature of the mirrored sample
  int height = 0;                                        // pixels; 0: as many as across
  int frames = 1;                                        // of a sample, one behind the other

  data::Shape shape() const { return {height > 0 ? height : size, size, frames}; }
};

// The recipe in the form of a kind of samples, at the same size across; as it is when it says its height or
// frames itself.
Recipe inFormOf(const Recipe& recipe, const data::Shape& form);

// insightface | sface | crfiqa | magface | facenet | vggface | vggface2 (FORMATS.md) | imagenet | kinetics
// (torchvision's networks of pictures and of clips) | slowfast (pytorchvideo's), or a .toml file with
// the same keys. Keys there and in JSON: name, rgb, mean, std (a number or three), size, output_layer, flip,
// height, frames; an unknown key is an error.
Recipe findRecipe(const std::string& nameOrFile);  // throws Error that lists them
const std::vector<Recipe>& builtInRecipes();
std::string toJson(const Recipe& recipe);
Recipe recipeFromJson(const std::string& json);  // throws Error

}  // namespace discern::features
