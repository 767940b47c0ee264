// The recogniser that real measurements use, when it lies beside the source tree.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/features/base_model.h"
#include "tests/core/features/scratch.h"

namespace discern::features {
namespace {

TEST(Face512, GivesTheSameVectorTwiceAndInAnyBatch) {
  const auto file = std::filesystem::path(DISCERN_SOURCE_DIR).parent_path() / "shared/models/face512.onnx";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not there";
  const auto model = openBaseModel(file.string(), findRecipe("insightface"));
  EXPECT_EQ(model->dims(), 512);
  EXPECT_NEAR(model->macs(), 221e6, 1e6);
  const std::vector<cv::Mat> faces = {formulaFace(112), formulaFace(112, 90), formulaFace(112),
                                      formulaFace(112, 41)};
  const data::Matrix features = model->extract(faces);
  EXPECT_TRUE(std::ranges::equal(features.row(0), features.row(2)));
  EXPECT_FALSE(std::ranges::equal(features.row(0), features.row(1)));
  const data::Matrix alone = model->extract({faces[3]});
  EXPECT_TRUE(std::ranges::equal(features.row(3), alone.row(0)));
}

}  // namespace
}  // namespace discern::features
