#include "core/features/recipe.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"

namespace discern::features {
namespace {
using nlohmann::json;
constexpr int kSmallest = 8, kLargest = 1024, kMostFrames = 256;

void readChannels(const json& value, const char* key, const std::string& where, std::array<float, 3>& out) {
  const auto bad = [&] { fail("{}: {} must be a number or a list of three (one a channel)", where, key); };
  if (value.is_number()) {
    out.fill(value.get<float>());
    return;
  }
  if (!value.is_array() || value.size() != 3) bad();
  for (std::size_t c = 0; c < 3; ++c) {
    if (!value[c].is_number()) bad();
    out[c] = value[c].get<float>();
  }
}

// One reader for both formats; `where` names the file or text in errors. A key that is not known is an error:
// a misspelt one would silently leave its default.
Recipe fromObject(const json& object, const std::string& where) {
  if (!object.is_object()) fail("{}: expected an object with the keys of a recipe", where);
  Recipe recipe;
  for (const auto& [key, value] : object.items()) {
    const auto expect = [&, k = key](bool ok, const char* what) {
      if (!ok) fail("{}: {} must be {}", where, k, what);
    };
    if (key == "name") {
      expect(value.is_string(), "a text");
      recipe.name = value.get<std::string>();
    } else if (key == "rgb") {
      expect(value.is_boolean(), "true (RGB) or false (BGR)");
      recipe.rgb = value.get<bool>();
    } else if (key == "mean") {
      readChannels(value, "mean", where, recipe.mean);
    } else if (key == "std") {
      readChannels(value, "std", where, recipe.std);
    } else if (key == "size") {
      expect(value.is_number_integer(), "a whole number of pixels");
      recipe.size = value.get<int>();
    } else if (key == "height" || key == "frames") {
      expect(value.is_number_integer(), "a whole number");
      (key == "height" ? recipe.height : recipe.frames) = value.get<int>();
    } else if (key == "output_layer") {
      expect(value.is_string(), "a text");
      recipe.outputLayer = value.get<std::string>();
    } else if (key == "flip") {
      expect(value.is_boolean(), "true or false");
      recipe.flip = value.get<bool>();
    } else {
      fail(
          "{}: the key {} is not known; a recipe has name, rgb, mean, std, size, output_layer, flip, height, "
          "frames",
          where, key);
    }
  }
  for (std::size_t c = 0; c < 3; ++c)
    if (!std::isfinite(recipe.mean[c]) || !std::isfinite(recipe.std[c]) || recipe.std[c] == 0)
      fail("{}: mean and std must be finite and std not 0", where);
  if (recipe.size < kSmallest || recipe.size > kLargest)
    fail("{}: size is {}, expected {} to {} pixels", where, recipe.size, kSmallest, kLargest);
  if (recipe.height != 0 && (recipe.height < kSmallest || recipe.height > kLargest))
    fail("{}: height is {}, expected {} to {} pixels", where, recipe.height, kSmallest, kLargest);
  if (recipe.frames < 1 || recipe.frames > kMostFrames)
    fail("{}: frames is {}, expected 1 to {}", where, recipe.frames, kMostFrames);
  return recipe;
}

Recipe fromToml(const std::string& file) {
  const std::string text = readFile(file);
  try {
    const toml::table table = toml::parse(text, file);
    std::ostringstream asJson;
    asJson << toml::json_formatter{table};
    Recipe recipe = fromObject(parseJson(asJson.str(), file), file);
    if (!table.contains("name")) recipe.name = std::filesystem::path(file).stem().string();
    return recipe;
  } catch (const toml::parse_error& e) {
    fail("{}, line {}: {}; expected lines such as rgb = true", file, e.source().begin.line, e.description());
  }
}
}  // namespace

const std::vector<Recipe>& builtInRecipes() {
  static const std::vector<Recipe> recipes = {
      {"insightface", true, {127.5F, 127.5F, 127.5F}, {127.5F, 127.5F, 127.5F}, 112, "", false},
      {"sface", true, {0, 0, 0}, {1, 1, 1}, 112, "", false},
      {"crfiqa", true, {127.5F, 127.5F, 127.5F}, {127.5F, 127.5F, 127.5F}, 112, "", false},
      {"magface", false, {0, 0, 0}, {255, 255, 255}, 112, "", false},
      {"facenet", true, {127.5F, 127.5F, 127.5F}, {128, 128, 128}, 160, "", false},
      {"vggface", false, {93.5940F, 104.7624F, 129.1863F}, {1, 1, 1}, 224, "", false},
      {"vggface2", false, {91.4953F, 103.8827F, 131.0912F}, {1, 1, 1}, 224, "", false},
      {"imagenet", true, {123.675F, 116.28F, 103.53F}, {58.395F, 57.12F, 57.375F}, 224, "", false},
      {"kinetics",
       true,
       {110.2008F, 100.63983F, 95.99475F},
       {58.14765F, 56.46975F, 55.332195F},
       112,
       "",
       false},
      {"slowfast", true, {114.75F, 114.75F, 114.75F}, {57.375F, 57.375F, 57.375F}, 224, "", false},
  };
  return recipes;
}

Recipe findRecipe(const std::string& nameOrFile) {
  const std::vector<Recipe>& known = builtInRecipes();
  const auto found = std::ranges::find(known, nameOrFile, &Recipe::name);
  if (found != known.end()) return *found;
  if (std::filesystem::path(nameOrFile).extension() == ".toml") return fromToml(nameOrFile);
  std::string names;
  for (const Recipe& recipe : known) names += (names.empty() ? "" : ", ") + recipe.name;
  fail("there is no recipe called {}; expected one of {} or a .toml file", nameOrFile, names);
}

Recipe inFormOf(const Recipe& recipe, const data::Shape& form) {
  if (recipe.height > 0 || recipe.frames > 1 || form.isSquare()) return recipe;
  Recipe result = recipe;
  const data::Shape shape = form.at(recipe.size);
  if (shape.height != shape.width) result.height = shape.height;
  result.frames = shape.frames;
  return result;
}

std::string toJson(const Recipe& recipe) {
  json object = {{"name", recipe.name}, {"rgb", recipe.rgb},   {"mean", recipe.mean},
                 {"std", recipe.std},   {"size", recipe.size}, {"output_layer", recipe.outputLayer},
                 {"flip", recipe.flip}};
  if (recipe.height > 0) object["height"] = recipe.height;  // tables are told apart by this text
  if (recipe.frames > 1) object["frames"] = recipe.frames;
  return object.dump();
}

Recipe recipeFromJson(const std::string& text) {
  const json object = parseJson(text);
  if (object.is_discarded()) fail("the recipe is no valid JSON: {}", text.substr(0, 80));
  return fromObject(object, "recipe");
}

}  // namespace discern::features
