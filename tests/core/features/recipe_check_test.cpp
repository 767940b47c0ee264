// Models with a planted preference: the check must name the recipe under which identities separate.
#include "core/features/recipe_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/features/internal/blob_model.h"

namespace discern::features {
namespace {

constexpr int kSize = 8;

// Sees the first channel it is given, through `see`.
class FirstChannel final : public BlobModel {
 public:
  FirstChannel(Recipe recipe, std::function<float(float)> see)
      : BlobModel(std::move(recipe)), see_(std::move(see)) {}
  int dims() const override { return kSize * kSize; }

 protected:
  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    data::Matrix features(n, dims());
    for (std::int64_t i = 0; i < n; ++i)
      for (int k = 0; k < dims(); ++k) features.row(i)[k] = see_(blob[i * pixels() + k]);
    return features;
  }

 private:
  std::function<float(float)> see_;
};

Recipe sized(const char* name) {
  Recipe recipe = findRecipe(name);
  recipe.size = kSize;
  return recipe;
}

// Red shows the identity's pattern with some noise; green and blue are noise.
struct Faces {
  std::vector<cv::Mat> images;
  std::vector<int> identity;
};

Faces redFaces(int identities, int each) {
  Rng rng(9);
  Faces faces;
  for (int id = 0; id < identities; ++id) {
    std::vector<double> pattern(kSize * kSize);
    for (double& v : pattern) v = rng.uniform(0, 255);
    for (int k = 0; k < each; ++k) {
      cv::Mat image(kSize, kSize, CV_8UC3);
      for (int p = 0; p < kSize * kSize; ++p) {
        unsigned char* bgr = image.data + 3 * p;
        bgr[0] = static_cast<unsigned char>(rng.below(256));
        bgr[1] = static_cast<unsigned char>(rng.below(256));
        bgr[2] = static_cast<unsigned char>(std::clamp(pattern[p] + 30 * rng.normal(), 0.0, 255.0));
      }
      faces.images.push_back(image);
      faces.identity.push_back(id);
    }
  }
  return faces;
}

float same(float x) { return x; }

TEST(RecipeCheck, FindsSwappedChannels) {
  const Faces faces = redFaces(6, 8);
  Recipe bgr = sized("insightface");
  bgr.rgb = false;
  FirstChannel model(bgr, same);
  const RecipeVerdict verdict = checkRecipe(model, faces.images, faces.identity);
  EXPECT_TRUE(verdict.suspicious);
  EXPECT_TRUE(verdict.better.rgb);
  EXPECT_NE(verdict.sentence.find("look wrong"), std::string::npos);
  EXPECT_NE(verdict.sentence.find("RGB"), std::string::npos);
  EXPECT_LT(verdict.given.value(), 1);
  EXPECT_GT(verdict.best.value(), 3);
  EXPECT_EQ(verdict.faces, 48);
  EXPECT_EQ(verdict.identities, 6);
}

TEST(RecipeCheck, IsContentWithTheRightRecipe) {
  const Faces faces = redFaces(6, 8);
  FirstChannel model(sized("insightface"), same);
  const RecipeVerdict verdict = checkRecipe(model, faces.images, faces.identity);
  EXPECT_FALSE(verdict.suspicious) << verdict.sentence;
  EXPECT_TRUE(verdict.better.rgb);
  EXPECT_NE(verdict.sentence.find("looks right"), std::string::npos);
  EXPECT_GT(verdict.given.own, verdict.given.impostor + 0.5);
}

TEST(RecipeCheck, FindsAMissingScale) {
  // A network that saturates: with pixels of 0 .. 255 every face is a vector of ones.
  const Faces faces = redFaces(6, 8);
  FirstChannel model(sized("sface"), [](float x) { return std::tanh(2 * x); });
  const RecipeVerdict verdict = checkRecipe(model, faces.images, faces.identity);
  EXPECT_TRUE(verdict.suspicious);
  EXPECT_EQ(verdict.better.mean[0], 127.5F);
  EXPECT_TRUE(verdict.better.rgb);
  EXPECT_NE(verdict.sentence.find("(x - 127.5) / 127.5"), std::string::npos);
  FirstChannel right(sized("insightface"), [](float x) { return std::tanh(2 * x); });
  EXPECT_FALSE(checkRecipe(right, faces.images, faces.identity).suspicious);
}

TEST(RecipeCheck, CallsASmallGainByItsName) {
  // Sees mostly the second channel, which both orders share, and a little of the first.
  Faces faces = redFaces(8, 12);
  Rng rng(4);
  for (std::size_t i = 0; i < faces.images.size(); ++i)
    for (int p = 0; p < kSize * kSize; ++p) {
      unsigned char* bgr = faces.images[i].data + 3 * p;
      bgr[1] = static_cast<unsigned char>(std::clamp(bgr[2] + 40 * rng.normal(), 0.0, 255.0));
    }
  class TwoChannels final : public BlobModel {
   public:
    using BlobModel::BlobModel;
    int dims() const override { return kSize * kSize; }

   protected:
    data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
      data::Matrix features(n, dims());
      for (std::int64_t i = 0; i < n; ++i)
        for (int k = 0; k < dims(); ++k)
          features.row(i)[k] = 0.3F * blob[i * pixels() + k] + blob[i * pixels() + dims() + k];
      return features;
    }
  };
  Recipe bgr = sized("insightface");
  bgr.rgb = false;
  TwoChannels wrong(bgr), right(sized("insightface"));
  const RecipeVerdict verdict = checkRecipe(wrong, faces.images, faces.identity);
  EXPECT_TRUE(verdict.suspicious) << verdict.given.value() << " " << verdict.best.value();
  EXPECT_LT(verdict.best.value(), 1.25 * verdict.given.value());
  EXPECT_NE(verdict.sentence.find("seems to fit this model better"), std::string::npos) << verdict.sentence;
  EXPECT_FALSE(checkRecipe(right, faces.images, faces.identity).suspicious);
}

TEST(RecipeCheck, UsesTheSameNumberOfEachIdentity) {
  Faces faces = redFaces(5, 40);
  faces.identity[0] = -1;
  FirstChannel model(sized("insightface"), same);
  RecipeCheckOptions options;
  options.faces = 31;
  const RecipeVerdict verdict = checkRecipe(model, faces.images, faces.identity, options);
  EXPECT_EQ(verdict.identities, 5);
  EXPECT_LE(verdict.faces, 31);
  EXPECT_GE(verdict.faces, 30);
}

TEST(RecipeCheck, SaysWhenItCannotTell) {
  Faces faces = redFaces(1, 8);
  FirstChannel model(sized("insightface"), same);
  const RecipeVerdict verdict = checkRecipe(model, faces.images, faces.identity);
  EXPECT_FALSE(verdict.suspicious);
  EXPECT_FALSE(verdict.checked);
  EXPECT_NE(verdict.sentence.find("could not be checked"), std::string::npos);
  faces.identity.pop_back();
  EXPECT_THROW(checkRecipe(model, faces.images, faces.identity), Error);
}

TEST(Separation, ByHand) {
  // Two identities at right angles, two equal features each: own 1, impostor 0.
  data::Matrix features(4, 2);
  features.values = {1, 0, 2, 0, 0, 1, 0, 3};
  const std::vector<int> identity = {0, 0, 1, 1};
  const Separation s = separation(features.view(), identity);
  EXPECT_NEAR(s.own, 1, 1e-6);
  EXPECT_NEAR(s.impostor, 0, 1e-6);
  EXPECT_NEAR(s.deviation, 0.001, 1e-6);
  EXPECT_EQ(s.gap.size(), 4U);
  EXPECT_NEAR(s.gap[2], 1, 1e-6);
  // At 60 degrees within an identity: own = 0.5; impostors by the other's centroid.
  features.values = {1, 0, 0.5F, std::sqrt(0.75F), -1, 0, -0.5F, -std::sqrt(0.75F)};
  const Separation t = separation(features.view(), identity);
  EXPECT_NEAR(t.own, 0.5, 1e-6);
  EXPECT_NEAR(t.impostor, -std::sqrt(0.75), 1e-6);
}

}  // namespace
}  // namespace discern::features
