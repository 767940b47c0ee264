// What every kind of base model shares: pixels to input blobs by the recipe, mirrored faces, the checks.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/features/base_model.h"

namespace discern::features {

// n samples as n x 3 x rows x width float32 of recipe.shape(), (x - mean) / std in the recipe's channel
// order. Throws Error when one is not 8-bit, three channels and of that shape.
std::vector<float> makeBlob(const Recipe& recipe, const std::vector<cv::Mat>& faces, bool mirrored);

class BlobModel : public BaseModel {
 public:
  explicit BlobModel(Recipe recipe) : recipe_(std::move(recipe)) {}

  data::Matrix extract(const std::vector<cv::Mat>& faces) override { return extractAs(recipe_, faces); }
  data::Matrix extractAs(const Recipe& recipe, const std::vector<cv::Mat>& faces) override;
  const Recipe& recipe() const override { return recipe_; }

  // blob: as recipe().shape().tensor(n). Returns n x dims().
  virtual data::Matrix forward(const std::vector<float>& blob, std::int64_t n) = 0;

 protected:
  std::int64_t pixels() const { return 3 * recipe_.shape().pixels(); }

 private:
  Recipe recipe_;
};

// Number of values of the one vector an image of `shape` holds (all its dimensions but one are 1), at most
// 65,536. Throws Error naming the model and the shape otherwise. `hint`: what to do, a clause.
int vectorLength(const std::string& model, const std::vector<std::int64_t>& shape, const std::string& hint);
std::string shapeText(const std::vector<std::int64_t>& shape);  // "1 x 3 x 8 x 8", -1 as N

}  // namespace discern::features
