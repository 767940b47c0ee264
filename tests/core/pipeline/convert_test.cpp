#include "core/pipeline/convert.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/features/base_model.h"
#include "tests/core/networks/old_checkpoint.h"
#include "tests/core/pipeline/scratch_project.h"

namespace discern::pipeline {
namespace {

namespace fs = std::filesystem;

class ConvertProject : public testing::Test {
 protected:
  ConvertProject() : folder_(scratch_.project->folder() / "checkpoints") {
    const networks::NetworkOptions options{.size = 32, .width = 0.05, .dims = 8};
    networks::saveCheckpoint(folder_ / "new", *networks::makeNetwork("mobilefacenet", options),
                             "mobilefacenet", options);
    test::makeOld(folder_ / "new", folder_ / "net.pt");
    fs::remove(folder_ / "new");
    test::saveOld(folder_ / "half.pt.state", "discern_state", {"text", {{"a", torch::ones({2})}}});
    auto& project = *scratch_.project;
    for (const char* name : {"net", "gone", "head"})
      project.putModel({name, "base", "mobilefacenet",
                        folder_ / (std::string(name) + (*name == 'h' ? ".json" : ".pt")), 1, 2, 3, "{}"});
    project.putFeatureTable({"own", (folder_ / "net.pt").string(), "{}", 4, 0, 0, ""});
    project.putFeatureTable({"demo", "demo", "{}", 4, 0, 0, ""});
  }

  ScratchProject scratch_;
  fs::path folder_;
};

TEST_F(ConvertProject, WhatPointedToAnOldFilePointsToTheNewOne) {
  auto& project = *scratch_.project;
  const auto hash = features::hashOfModel((folder_ / "net.pt").string());
  Progress progress;
  const auto result = convertCheckpoints(project, progress);
  EXPECT_EQ(result.converted, (std::vector<std::string>{(folder_ / "half.safetensors.state").string(),
                                                        (folder_ / "net.safetensors").string()}));
  EXPECT_TRUE(result.left.empty());
  const auto models = project.models();
  ASSERT_EQ(models.size(), 3U);  // in their order
  EXPECT_EQ(models[0].file, folder_ / "net.safetensors");
  EXPECT_EQ(models[0].milliseconds, 3);
  EXPECT_EQ(models[1].file, folder_ / "gone.pt");
  EXPECT_EQ(models[2].file, folder_ / "head.json");
  const auto table = project.featureTable("own");
  EXPECT_EQ(table->model, (folder_ / "net.safetensors").string());
  EXPECT_EQ(project.featureTable("demo")->model, "demo");
  // The features that it made are still its own, by its old path too, which another project may have noted.
  EXPECT_EQ(features::hashOfModel(table->model), hash);
  EXPECT_EQ(features::hashOfModel((folder_ / "net.pt").string()), hash);
  features::Recipe recipe = features::findRecipe("insightface");
  recipe.size = 32;
  EXPECT_EQ(features::openBaseModel(table->model, recipe)->dims(), 8);
  EXPECT_TRUE(convertCheckpoints(project, progress).converted.empty());
}

TEST_F(ConvertProject, OneThatCannotBeConvertedStaysAndIsNamed) {
  fs::resize_file(folder_ / "half.pt.state", fs::file_size(folder_ / "half.pt.state") - 30);
  Progress progress;
  const auto result = convertCheckpoints(*scratch_.project, progress);
  EXPECT_EQ(result.converted.size(), 1U);
  ASSERT_EQ(result.left.size(), 1U);
  EXPECT_NE(result.left[0].find("half.pt.state"), std::string::npos) << result.left[0];
  EXPECT_TRUE(fs::exists(folder_ / "half.pt.state"));
}

}  // namespace
}  // namespace discern::pipeline
