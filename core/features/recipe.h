// How pixels become a base model's input. The most common
// silent error of the field, so it is spelled out everywhere.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace discern::features {

struct Recipe {
  std::string name = "insightface";
  bool rgb = true;                                       // channel order handed to the model
  std::array<float, 3> mean = {127.5F, 127.5F, 127.5F};  // in the model's channel order, 0..255 scale
  std::array<float, 3> std = {127.5F, 127.5F, 127.5F};   // input = (x - mean) / std
  int size = 112;
  std::string outputLayer;  // empty: the model's last output
  bool flip = false;        // add the feature of the mirrored face
};

// insightface | sface | crfiqa | magface | facenet | vggface | vggface2 (FORMATS.md), or a .toml file with
// the same keys. Keys there and in JSON: name, rgb, mean, std (a number or three), size, output_layer, flip;
// an unknown key is an error.
Recipe findRecipe(const std::string& nameOrFile);  // throws Error that lists them
const std::vector<Recipe>& builtInRecipes();
std::string toJson(const Recipe& recipe);
Recipe recipeFromJson(const std::string& json);  // throws Error

}  // namespace discern::features
