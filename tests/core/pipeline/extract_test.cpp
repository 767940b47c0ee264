#include "core/pipeline/extract.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/features/recipe.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/score.h"
#include "core/project/contents.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/core/training/planted_faces.h"

namespace discern::pipeline {
namespace {

namespace fs = std::filesystem;

class Extract : public ::testing::Test {
 protected:
  Extract() { scratch_.addPictures("people", project::Role::Train, 2, 3); }

  ExtractResult run(Progress& progress) {
    ExtractOptions options;
    options.model = model_;
    options.recipe = recipe_;
    options.name = "f";
    options.checkRecipe = false;
    options.batch = 2;
    return extract(*scratch_.project, options, progress);
  }
  ExtractResult run() {
    Progress silent;
    return run(silent);
  }
  float firstOf(std::int64_t row) const { return scratch_.project->features("f").view().row(row)[0]; }
  // Rows that no model gives: those that are still there later were not made again.
  void mark(const fs::path& file, std::int64_t rows) {
    data::MappedNpy values(file, data::MappedNpy::Mode::ReadWrite);
    for (std::int64_t i = 0; i < rows; ++i) std::ranges::fill(values.row(i), -7.0F);
    values.flush();
  }
  static void touch(const fs::path& file, std::chrono::hours ago) {
    fs::last_write_time(file, fs::file_time_type::clock::now() - ago);
  }

  ScratchProject scratch_;
  std::string model_ = scratch_.putTinyModel(1000), recipe_ = scratch_.putTinyRecipe();
};

TEST_F(Extract, AModelThatChangedUnderItsNameMakesAllAgain) {
  const auto first = run();
  EXPECT_EQ(first.images, 6);
  EXPECT_NEAR(firstOf(0), 1000, 10);
  scratch_.putTinyModel(2000);
  touch(model_, std::chrono::hours(48));  // as a file that was copied, or restored
  const auto second = run();
  EXPECT_EQ(second.images, 6);
  EXPECT_EQ(second.skipped, 0);
  for (std::int64_t i = 0; i < 6; ++i) EXPECT_NEAR(firstOf(i), 2000, 10);
  EXPECT_EQ(run().skipped, 6);
}

TEST_F(Extract, TheMirroredImageIsAddedWhereItIsAskedFor) {
  run();
  ExtractOptions options;
  options.model = model_;
  options.recipe = recipe_;
  options.checkRecipe = false;
  options.flip = true;
  Progress silent;
  const auto flipped = extract(*scratch_.project, options, silent);
  EXPECT_TRUE(flipped.flip);
  EXPECT_EQ(flipped.name, "tiny-flip");  // beside the plain ones
  EXPECT_TRUE(isFlipped(*scratch_.project, "tiny-flip"));
  EXPECT_FALSE(isFlipped(*scratch_.project, "f"));
  // The model's bias is in both that are added.
  EXPECT_NEAR(scratch_.project->features("tiny-flip").view().row(0)[0], 2 * firstOf(0), 20);
  options.flip = false;
  options.name = "tiny-flip";
  EXPECT_THROW(extract(*scratch_.project, options, silent), Error);
}

TEST_F(Extract, ATableOfAnUnknownModelIsMadeAgain) {
  scratch_.project->putFeatureTable({"f", model_, toJson(features::findRecipe(recipe_)), 6, 0, 0, ""});
  EXPECT_EQ(run().skipped, 0);
  EXPECT_EQ(run().skipped, 6);
}

TEST_F(Extract, AModelThatWasOnlyWrittenAgainKeepsItsFeatures) {
  run();
  mark(scratch_.project->featureFile("f"), 6);
  scratch_.putTinyModel(1000);
  touch(model_, std::chrono::hours(-48));
  scratch_.addPictures("more", project::Role::Train, 1, 2);
  const auto second = run();
  EXPECT_EQ(second.images, 2);
  EXPECT_EQ(second.skipped, 6);
  EXPECT_EQ(firstOf(0), -7);
  EXPECT_NEAR(firstOf(7), 1000, 10);
}

TEST_F(Extract, AHalfMadeFileIsContinuedByTheSameContentsAlone) {
  std::stop_source stop;
  Progress stopped(
      [&](const ProgressEvent& event) {
        if (event.stage == "extracting features") stop.request_stop();
      },
      stop.get_token());
  const fs::path part = fs::path(scratch_.project->featureFile("f")).concat(".part");
  EXPECT_THROW(run(stopped), Cancelled);
  ASSERT_TRUE(fs::exists(part));
  mark(part, 3);  // in the middle of the second batch, which is made again as a whole
  training::Listener resumed;
  const auto result = run(resumed.progress());
  EXPECT_TRUE(resumed.noted("Going on after 2 of 6 images."));
  EXPECT_EQ(result.images, 6);  // what both calls made
  EXPECT_EQ(result.skipped, 0);
  EXPECT_EQ(firstOf(1), -7);
  for (std::int64_t i = 2; i < 6; ++i) EXPECT_NEAR(firstOf(i), 1000, 10);

  scratch_.addPictures("more", project::Role::Train, 1, 2);
  std::stop_source again;
  Progress stoppedAgain(
      [&](const ProgressEvent& event) {
        if (event.stage == "extracting features") again.request_stop();
      },
      again.get_token());
  EXPECT_THROW(run(stoppedAgain), Cancelled);
  mark(part, 7);
  scratch_.putTinyModel(3000);  // of the same name and size
  EXPECT_EQ(run().skipped, 0);
  for (std::int64_t i = 0; i < 8; ++i) EXPECT_NEAR(firstOf(i), 3000, 10);
}

TEST_F(Extract, GoingOnTheSameIsSaidAboutImagesThatFailed) {
  std::stop_source stop;
  Progress stopped(
      [&](const ProgressEvent& event) {
        if (event.stage == "extracting features") stop.request_stop();
      },
      stop.get_token());
  fs::remove(scratch_.project->samples()[1].image.file);
  EXPECT_THROW(run(stopped), Cancelled);
  {
    data::MappedNpy part(fs::path(scratch_.project->featureFile("f")).concat(".part"),
                         data::MappedNpy::Mode::ReadWrite);
    for (const std::int64_t i : {0, 2, 3, 4}) std::ranges::fill(part.row(i), -7.0F);
    part.flush();
  }
  const auto result = run();
  EXPECT_EQ(result.images, 5);
  EXPECT_EQ(result.failed, 1);
  EXPECT_NE(scratch_.project->samples()[1].problem.find("does not exist"), std::string::npos);
  for (const std::int64_t i : {0, 2, 3}) EXPECT_EQ(firstOf(i), -7);
  EXPECT_TRUE(std::isnan(firstOf(1)));
  EXPECT_NEAR(firstOf(4), 1000, 10);
}

TEST_F(Extract, AFileThatIsNotFilledYetIsNotGoneOnWith) {
  run();
  scratch_.addPictures("more", project::Role::Train, 1, 2);
  std::stop_source stop;
  Progress stopped(
      [&](const ProgressEvent& event) {
        if (event.stage == "extracting features") stop.request_stop();
      },
      stop.get_token());
  EXPECT_THROW(run(stopped), Cancelled);
  const fs::path note = fs::path(scratch_.project->featureFile("f")).concat(".part.json");
  ASSERT_TRUE(fs::exists(note));
  scratch_.addPictures("others", project::Role::Train, 1, 2);
  const fs::path part = fs::path(scratch_.project->featureFile("f")).concat(".part");
  fs::remove(part);
  fs::create_directory(part);  // the next call cannot make its file there
  EXPECT_THROW(run(), Error);
  EXPECT_FALSE(fs::exists(note));
}

TEST_F(Extract, AModelThatWasMovedIsKnownByItsContents) {
  run();
  const auto elsewhere = fs::path(model_).parent_path() / "elsewhere" / "tiny.onnx";
  fs::create_directories(elsewhere.parent_path());
  fs::rename(model_, elsewhere);
  model_ = elsewhere.string();
  EXPECT_EQ(run().skipped, 6);
  EXPECT_EQ(scratch_.project->featureTable("f")->model, model_);
  // Other contents elsewhere are another model, and what it is compared with stays as it is.
  fs::rename(scratch_.putTinyModel(4000), elsewhere.parent_path() / "other.onnx");
  model_ = (elsewhere.parent_path() / "other.onnx").string();
  EXPECT_THROW(run(), Error);
  EXPECT_NEAR(firstOf(0), 1000, 10);
}

TEST_F(Extract, WithoutAModelTheOneThatMadeTheFeaturesGoesOn) {
  run();
  scratch_.addPictures("more", project::Role::Train, 1, 2);
  Progress silent;
  ExtractOptions options;
  options.checkRecipe = false;
  const auto newest = extract(*scratch_.project, options, silent);
  EXPECT_EQ(newest.name, "f");
  EXPECT_EQ(newest.images, 2);
  EXPECT_EQ(newest.skipped, 6);
  EXPECT_NEAR(firstOf(7), 1000, 10);
  scratch_.addPictures("others", project::Role::Train, 1, 2);
  options.name = "f";
  EXPECT_EQ(extract(*scratch_.project, options, silent).skipped, 8);
  options.recipe = "arcfase";
  EXPECT_THROW(extract(*scratch_.project, options, silent), Error);
}

TEST_F(Extract, AnImageThatCouldNotBeReadIsTriedAgain) {
  const fs::path image = scratch_.project->samples()[1].image.file, away = fs::path(image).concat(".away");
  const auto problem = [&] { return scratch_.project->samples()[1].problem; };
  fs::rename(image, away);
  const auto first = run();
  EXPECT_EQ(first.failed, 1);
  EXPECT_EQ(first.images, 5);
  EXPECT_NE(problem().find("does not exist"), std::string::npos) << problem();
  EXPECT_EQ(run().failed, 1);  // no error: the others are there
  fs::rename(away, image);
  const auto second = run();
  EXPECT_EQ(second.images, 1);
  EXPECT_EQ(second.skipped, 5);
  EXPECT_EQ(problem(), "");
  EXPECT_NEAR(firstOf(1), 1000, 10);
  EXPECT_EQ(run().skipped, 6);
}

// A model whose features overflow on the darkest images, darker than those it is probed with: another model's
// scores lose none of them.
TEST_F(Extract, WhatOneModelCannotDoIsNoProblemOfTheImage) {
  run();
  ExtractOptions options;
  const fs::path dark = fs::path(model_).parent_path() / "dark.toml";
  writeFileAtomically(dark, "size = 8\nmean = 230\nstd = 20\n");
  options.recipe = dark.string();
  options.checkRecipe = false;
  // The first feature is the first channel's mean times `weight`, and nothing else.
  const std::string bytes = readFile(scratch_.putTinyModel(0));
  const auto weights =
      bytes.find(std::string("\x42\x01") + "g\x4a\x60");  // the last layer's, six rows of four
  ASSERT_NE(weights, std::string::npos);
  Progress silent;
  const auto failures = [&](const std::string& name, float weight) {
    const fs::path file = fs::path(model_).parent_path() / (name + ".onnx");
    const float row[] = {weight, 0, 0, 0};
    std::string changed = bytes;
    changed.replace(weights + 5, sizeof row, reinterpret_cast<const char*>(row), sizeof row);
    writeFileAtomically(file, changed);
    options.model = file.string();
    options.name = name;
    return extract(*scratch_.project, options, silent).failed;
  };
  ASSERT_EQ(failures("means", 1), 0);
  std::vector<float> means;
  for (std::int64_t i = 0; i < 6; ++i)
    means.push_back(std::abs(scratch_.project->features("means").view().row(i)[0]));
  std::ranges::sort(means);
  ASSERT_LT(means[2], means[3]);
  const auto failed = failures("overflows", std::numeric_limits<float>::max() / ((means[2] + means[3]) / 2));
  ASSERT_EQ(failed, 3);
  const auto problems = project::featureProblems(*scratch_.project, "overflows");
  EXPECT_EQ(std::ssize(problems), failed);
  for (const auto& row : scratch_.project->samples()) EXPECT_EQ(row.problem, "");
  ScoreJobOptions scored;
  scored.method = "norm";
  scored.features = "f";
  EXPECT_EQ(score(*scratch_.project, scored, silent).scored, 6);
  scored.features = "overflows";
  EXPECT_EQ(score(*scratch_.project, scored, silent).scored, 6 - failed);
  EXPECT_EQ(extract(*scratch_.project, options, silent).failed, failed);  // tried again
}

TEST_F(Extract, AnImageThatWasReplacedIsMadeAgainAndTheRestIsNot) {
  run();
  mark(scratch_.project->featureFile("f"), 6);
  const auto samples = scratch_.project->samples();
  const fs::path image = samples[2].image.file;
  const auto before = fs::last_write_time(image);
  std::string bytes = readFile(image);
  for (std::size_t i = 20; i < 200; ++i) bytes[i] = '\x7f';
  writeFileAtomically(image, bytes);
  fs::last_write_time(image, before + std::chrono::hours(1));
  const auto result = run();
  EXPECT_EQ(result.images, 1);
  EXPECT_EQ(result.skipped, 5);
  EXPECT_EQ(firstOf(1), -7);
  EXPECT_NEAR(firstOf(2), 1000, 10);
  EXPECT_TRUE(project::staleParts(*scratch_.project).empty());
}

TEST_F(Extract, FailsWhenNoImageCanBeUsed) {
  const auto message = [&] { return training::errorOf([&] { run(); }); };
  const auto expectNoProblems = [&] {
    for (const auto& row : scratch_.project->samples()) EXPECT_EQ(row.problem, "");
  };
  const fs::path images = scratch_.project->folder() / "images" / "people",
                 away = scratch_.project->folder() / "images" / "away";
  fs::rename(images, away);
  EXPECT_NE(message().find("does not exist"), std::string::npos) << message();
  EXPECT_NE(message().find("none of the 6 images"), std::string::npos) << message();
  EXPECT_FALSE(scratch_.project->featureTable("f"));
  expectNoProblems();
  fs::rename(away, images);
  EXPECT_EQ(run().images, 6);

  scratch_.putTinyModel(std::numeric_limits<float>::quiet_NaN());
  EXPECT_NE(message().find("gives no finite numbers for any face"), std::string::npos) << message();
  EXPECT_NEAR(firstOf(0), 1000, 10);  // the former features stay
  expectNoProblems();
}

TEST_F(Extract, ARowThatIsNotFiniteThroughoutIsMadeAgain) {
  run();
  {
    data::MappedNpy values(scratch_.project->featureFile("f"), data::MappedNpy::Mode::ReadWrite);
    values.row(2)[3] = std::numeric_limits<float>::infinity();
    values.flush();
  }
  const auto second = run();
  EXPECT_EQ(second.images, 1);
  EXPECT_EQ(second.skipped, 5);
  const auto features = scratch_.project->features("f");
  EXPECT_TRUE(data::isFinite(features.view().row(2)));
}

TEST_F(Extract, ADamagedFileIsMadeAgain) {
  run();
  const fs::path file = scratch_.project->featureFile("f");
  fs::resize_file(file, 100);
  const auto message = training::errorOf([&] { completeFeatures(*scratch_.project, "f", 6); });
  EXPECT_NE(message.find("f.npy"), std::string::npos) << message;
  EXPECT_NE(message.find("extract the features 'f' again"), std::string::npos) << message;
  training::Listener listener;
  const auto again = run(listener.progress());
  EXPECT_TRUE(listener.noted("the features in it are made again"));
  EXPECT_EQ(again.images, 6);
  EXPECT_EQ(again.skipped, 0);
  EXPECT_NEAR(firstOf(5), 1000, 10);
  EXPECT_EQ(run().skipped, 6);
}

TEST(ExtractOfFewImages, IsTimedOnOneOverAndOver) {
  ScratchProject scratch;
  scratch.addPictures("people", project::Role::Train, 2, 1);
  ExtractOptions options;
  options.model = scratch.putTinyModel(1000);
  options.recipe = scratch.putTinyRecipe();
  options.name = "f";
  Progress silent;
  EXPECT_GT(extract(*scratch.project, options, silent).milliseconds, 0);
  EXPECT_GT(scratch.project->featureTable("f")->milliseconds, 0);
}

TEST_F(Extract, AModelIsKnownFromAnyFolder) {
  const std::string absolute = model_;
  model_ = fs::relative(absolute).string();
  ASSERT_TRUE(fs::path(model_).is_relative());
  run();
  EXPECT_EQ(fs::path(scratch_.project->featureTable("f")->model), fs::absolute(model_).lexically_normal());
  model_ = fs::absolute(model_).lexically_normal().string();
  EXPECT_EQ(run().skipped, 6);
}

}  // namespace
}  // namespace discern::pipeline
