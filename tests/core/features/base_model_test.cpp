// What a model is called from any folder, and what tells it from another under the same name.
#include "core/features/base_model.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/features/resources.h"
#include "tests/core/features/scratch.h"

namespace discern::features {
namespace {

namespace fs = std::filesystem;

TEST(AbsoluteModel, HoldsFromAnyFolder) {
  const fs::path here = fs::current_path();
  EXPECT_EQ(absoluteModel("nets/../r50.onnx"), (here / "r50.onnx").string());
  EXPECT_EQ(absoluteModel("/nets/r50.onnx"), "/nets/r50.onnx");
  EXPECT_EQ(absoluteModel("demo"), "demo");
  EXPECT_THROW(absoluteModel(""), Error);
}

TEST(AbsoluteModel, OfEachMemberOfAnEnsemble) {
  const Scratch scratch;
  const std::string at = scratch.write("a@b.pt", "its name has an @ of its own");
  const fs::path here = fs::current_path();
  EXPECT_EQ(absoluteModel("ensemble:x.pt@facenet,demo," + at + ",demo@sface"),
            "ensemble:" + (here / "x.pt").string() + "@facenet,demo," + at + ",demo@sface");
  EXPECT_THROW(absoluteModel("ensemble:x.pt"), Error);
}

TEST(HashOfModel, IsOfTheContentsNotOfTheName) {
  const Scratch scratch;
  const std::string a = scratch.write("a.pt", "one network"), b = scratch.write("b.pt", "one network");
  const auto hash = hashOfModel(a);
  EXPECT_EQ(hashOfModel(b), hash);
  scratch.write("a.pt", "two network");  // of the same length, as a network trained anew is
  EXPECT_NE(hashOfModel(a), hash);
  // Made from a checkpoint of an earlier version, whose features still are its own.
  EXPECT_EQ(hashOfModel("demo"), 0x24ac19b7a84f0ec7);
  EXPECT_THROW(hashOfModel(scratch.path("gone.pt")), Error);
}

TEST(HashOfModel, OfAnEnsembleIsOfEachMemberAndItsRecipe) {
  const Scratch scratch;
  const std::string a = scratch.write("a.pt", "one"), b = scratch.write("b.pt", "two"),
                    c = scratch.write("c.pt", "one");
  const auto hash = hashOfModel("ensemble:" + a + "," + b);
  EXPECT_EQ(hashOfModel("ensemble:" + c + "," + b), hash);
  EXPECT_NE(hashOfModel("ensemble:" + b + "," + a), hash);
  EXPECT_NE(hashOfModel("ensemble:" + a + "," + b + "@facenet"), hash);
  EXPECT_NE(hashOfModel("ensemble:" + a + "," + b + "," + a), hash);
  scratch.write("b.pt", "six");
  EXPECT_NE(hashOfModel("ensemble:" + a + "," + b), hash);
  scratch.write("b.pt", "two");
  EXPECT_EQ(hashOfModel("ensemble:" + a + "," + b), hash);
}

}  // namespace
}  // namespace discern::features
