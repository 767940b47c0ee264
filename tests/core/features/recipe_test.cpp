#include "core/features/recipe.h"

#include <gtest/gtest.h>

#include <functional>

#include "core/base/error.h"
#include "tests/core/features/scratch.h"

namespace discern::features {
namespace {

std::string messageOf(const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& e) {
    return e.what();
  }
  return {};
}

TEST(Recipe, BuiltInTable) {
  EXPECT_TRUE(findRecipe("insightface").rgb);
  EXPECT_EQ(findRecipe("insightface").mean[1], 127.5F);
  EXPECT_EQ(findRecipe("sface").std[0], 1);
  EXPECT_FALSE(findRecipe("magface").rgb);
  EXPECT_EQ(findRecipe("magface").std[2], 255);
  EXPECT_EQ(findRecipe("facenet").size, 160);
  EXPECT_EQ(findRecipe("facenet").std[0], 128);
  // Blue first, as the model takes it.
  EXPECT_EQ(findRecipe("vggface").mean[0], 93.5940F);
  EXPECT_EQ(findRecipe("vggface2").mean[2], 131.0912F);
  // torchvision's and pytorchvideo's are told of values from 0 to 1.
  EXPECT_FLOAT_EQ(findRecipe("imagenet").mean[0] / 255, 0.485F);
  EXPECT_FLOAT_EQ(findRecipe("kinetics").std[2] / 255, 0.216989F);
  EXPECT_FLOAT_EQ(findRecipe("slowfast").mean[1] / 255, 0.45F);
  EXPECT_EQ(builtInRecipes().size(), 10U);
}

TEST(Recipe, AnUnknownNameListsTheKnownOnes) {
  const std::string message = messageOf([] { findRecipe("arcfase"); });
  EXPECT_NE(message.find("arcfase"), std::string::npos);
  EXPECT_NE(message.find("insightface"), std::string::npos);
  EXPECT_NE(message.find("vggface2"), std::string::npos);
}

TEST(Recipe, Toml) {
  const Scratch scratch;
  const std::string file =
      scratch.write("mine.toml",
                    "rgb = false  # as OpenCV reads\nmean = [1.5, 2, 3]\nstd = 64\nsize = 96\n"
                    "output_layer = \"fc1\"\nflip = true\n");
  const Recipe recipe = findRecipe(file);
  EXPECT_EQ(recipe.name, "mine");
  EXPECT_FALSE(recipe.rgb);
  EXPECT_EQ(recipe.mean, (std::array<float, 3>{1.5F, 2, 3}));
  EXPECT_EQ(recipe.std, (std::array<float, 3>{64, 64, 64}));
  EXPECT_EQ(recipe.size, 96);
  EXPECT_EQ(recipe.outputLayer, "fc1");
  EXPECT_TRUE(recipe.flip);
}

TEST(Recipe, TomlErrorsNameTheFileAndWhatIsWrong) {
  const Scratch scratch;
  const auto message = [&](const std::string& text) {
    const std::string file = scratch.write("bad.toml", text);
    const std::string found = messageOf([&] { findRecipe(file); });
    EXPECT_NE(found.find("bad.toml"), std::string::npos) << text;
    return found;
  };
  EXPECT_NE(message("rgb = true\nmaen = 3\n").find("maen"), std::string::npos);
  EXPECT_NE(message("rgb = true\nrgb = =\n").find("line 2"), std::string::npos);
  EXPECT_NE(message("rgb = \"yes\"\n").find("rgb"), std::string::npos);
  EXPECT_NE(message("std = [1, 0, 1]\n").find("std"), std::string::npos);
  EXPECT_NE(message("mean = [1, 2]\n").find("mean"), std::string::npos);
  EXPECT_NE(message("size = 3\n").find("size"), std::string::npos);
  EXPECT_NE(message("size = 11.5\n").find("size"), std::string::npos);
  EXPECT_FALSE(messageOf([&] { findRecipe(scratch.path("absent.toml")); }).empty());
}

TEST(Recipe, TakesTheFormOfAKindUnlessItSaysItself) {
  const Recipe square = findRecipe("insightface");
  EXPECT_EQ(square.shape(), (data::Shape{112, 112, 1}));
  EXPECT_EQ(toJson(inFormOf(square, {112, 112, 1})), toJson(square)) << "features of faces stay valid";
  EXPECT_EQ(toJson(square).find("height"), std::string::npos);
  const Recipe upright = inFormOf(square, {224, 112, 1}), clip = inFormOf(square, {24, 12, 4});
  EXPECT_EQ(upright.shape(), (data::Shape{224, 112, 1}));
  EXPECT_EQ(clip.shape(), (data::Shape{224, 112, 4}));
  EXPECT_EQ(recipeFromJson(toJson(clip)).shape(), clip.shape());
  EXPECT_EQ(inFormOf(recipeFromJson(R"({"height": 96})"), {224, 112, 1}).shape(), (data::Shape{96, 112, 1}));
  EXPECT_THROW(recipeFromJson(R"({"height": 4})"), Error);
  EXPECT_THROW(recipeFromJson(R"({"frames": 0})"), Error);
  EXPECT_THROW(recipeFromJson(R"({"frames": 1000})"), Error);
}

TEST(Recipe, JsonRoundTrip) {
  Recipe recipe = findRecipe("vggface");
  recipe.outputLayer = "fc7";
  recipe.flip = true;
  const Recipe back = recipeFromJson(toJson(recipe));
  EXPECT_EQ(back.name, recipe.name);
  EXPECT_EQ(back.rgb, recipe.rgb);
  EXPECT_EQ(back.mean, recipe.mean);
  EXPECT_EQ(back.std, recipe.std);
  EXPECT_EQ(back.size, recipe.size);
  EXPECT_EQ(back.outputLayer, recipe.outputLayer);
  EXPECT_EQ(back.flip, recipe.flip);
  EXPECT_THROW(recipeFromJson("{"), Error);
  EXPECT_THROW(recipeFromJson("[1]"), Error);
  EXPECT_THROW(recipeFromJson("{\"sizes\": 3}"), Error);
}

}  // namespace
}  // namespace discern::features
