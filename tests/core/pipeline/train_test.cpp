#include "core/pipeline/train.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/analysis/cost_model.h"
#include "core/base/error.h"
#include "core/base/field_json.h"
#include "core/pipeline/extract.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/sample_source.h"
#include "core/pipeline/score.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/core/training/planted_faces.h"

namespace discern::pipeline {
namespace {

TrainBaseOptions quick() {
  TrainBaseOptions options;
  options.training.width = 0.25;
  options.training.dims = 8;
  options.training.size = 16;
  options.training.epochs = 1;
  options.training.batch = 3;
  return options;
}

TEST(TrainBase, LeavesAProtocolsDegradedCopiesOut) {
  ScratchProject scratch;
  scratch.addPictures("several", project::Role::Train, 2, 3);
  scratch.addPictures("one", project::Role::Train, 1, 1);
  scratch.addCopies(2);
  Progress silent;
  const auto result = trainBase(*scratch.project, quick(), silent);
  EXPECT_EQ(result.images, 6);
  EXPECT_EQ(result.classes, 2);  // a person of one image and two copies of it has one image
  auto options = quick();
  options.minImages = 4;
  options.replace = true;
  EXPECT_NE(training::errorOf([&] {
              trainBase(*scratch.project, options, silent);
            }).find("with 4 images or more; there are 0"),
            std::string::npos);
}

// Of what a model stores, its options, field by field.
template <class O>
std::vector<std::string> storedTexts(const ScratchProject& scratch, const std::string& model,
                                     const Fields<O>& fields) {
  const auto row = scratch.project->model(model);
  EXPECT_TRUE(row);
  return fields.texts(optionsFromJson(fields, nlohmann::json::parse(row.value().options)));
}

TEST(TrainBase, TheModelStoresAllThatItTakesToTrainItAgain) {
  ScratchProject scratch;
  scratch.addPictures("several", project::Role::Train, 2, 3);
  Progress silent;
  auto options = quick();
  options.training.head = "sphereface";  // whose own margin and scale are taken
  options.training.warmup = 0.25;
  options.training.weightDecay = 1e-4;
  options.training.schedule = training::Falling::Step;
  options.training.flip = false;
  options.name = "mine";
  trainBase(*scratch.project, options, silent);
  options.training.margin = 4;
  options.training.scale = 0;  // the length of the feature
  const auto& fields = jobs::trainBaseFields();
  EXPECT_EQ(storedTexts(scratch, "mine", fields), fields.texts(options));
}

TEST(TrainBase, AStoppedTrainingGoesOnOnlyWithTheSameImages) {
  ScratchProject scratch;
  scratch.addPictures("first", project::Role::Train, 3, 3);
  scratch.project->setExcluded({2}, true);
  training::Listener stopped(1), resumed, stoppedAgain(1), other;
  EXPECT_THROW(trainBase(*scratch.project, quick(), stopped.progress()), Cancelled);
  trainBase(*scratch.project, quick(), resumed.progress());
  EXPECT_TRUE(resumed.noted("Going on from"));
  EXPECT_EQ(resumed.losses, 1);

  EXPECT_THROW(trainBase(*scratch.project, quick(), stoppedAgain.progress()), Cancelled);
  scratch.project->setExcluded({0}, true);  // as many images, as many classes, other people
  scratch.project->setExcluded({2}, false);
  trainBase(*scratch.project, quick(), other.progress());
  EXPECT_TRUE(other.noted("belongs to other options or data"));
  EXPECT_EQ(other.losses, 2);
}

TEST(TrainDdnet, SaysThatItsFeaturesLackImages) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 3, 4);
  scratch.putFeatures("f", 8, 1.0);
  Progress silent;
  score(*scratch.project, {}, silent);
  scratch.addCopies(1);
  TrainDdnetOptions options;
  options.copies.copies = 0;
  const auto message = training::errorOf([&] { trainDdnet(*scratch.project, options, silent); });
  EXPECT_NE(message.find("cover 12 of 24 images"), std::string::npos) << message;
}

// People with pictures, features by a real model and scores.
class Head : public ::testing::Test {
 protected:
  Head() {
    scratch_.addPictures("train", project::Role::Train, 4, 5);
    scratch_.addPictures("test", project::Role::Test, 2, 3);
    scratch_.addPictures("pool", project::Role::Pool, 6, 1);
    look("f");
    score(*scratch_.project, {}, silent_);
    options_.copies.kinds = {data::DegradationKind::Darkness};
  }
  void look(const std::string& table) {
    ExtractOptions extraction;
    extraction.model = model_;
    extraction.recipe = recipe_;
    extraction.name = table;
    extraction.checkRecipe = false;
    extract(*scratch_.project, extraction, silent_);
  }
  PredictResult predictByHead() {
    return predict(*scratch_.project, {"head", "told", Device::Cpu, 8}, silent_);
  }
  TrainDdnetOptions taught() const {
    TrainDdnetOptions options;
    options.training.size = 16;
    options.training.epochs = 1;
    options.teacher = "head";
    options.copies = options_.copies;
    return options;
  }

  ScratchProject scratch_;
  std::string model_ = scratch_.putTinyModel(0), recipe_ = scratch_.putTinyRecipe();
  TrainHeadOptions options_;
  Progress silent_;
};

TEST_F(Head, TellsScoresFromTheFeaturesItWasFittedOn) {
  const auto result = trainHead(*scratch_.project, options_, silent_);
  EXPECT_EQ(result.originals, 20);
  EXPECT_EQ(result.copies, 20);
  EXPECT_EQ(result.fit.images, 40);
  const auto model = scratch_.project->model("head");
  ASSERT_TRUE(model);
  EXPECT_EQ(model->kind, "head");
  EXPECT_EQ(model->parameters, 8);  // six weights, one of the norm, a bias

  const auto told = predictByHead();
  EXPECT_EQ(told.images, 26);
  const auto table = scratch_.project->scores("told");
  EXPECT_EQ(table.method, "head");
  EXPECT_EQ(table.featureTable, "f");
  const auto features = scratch_.project->features("f");
  const auto expected = training::applyFeatureHead(training::loadFeatureHead(model->file), features.view());
  for (std::size_t i = 0; i < 26; ++i) EXPECT_EQ(table.score[i], expected[i]);
  for (std::size_t i = 26; i < 32; ++i) EXPECT_EQ(table.status[i], data::ScoreStatus::NotAsked);  // the pool
}

TEST_F(Head, IsRefusedByFeaturesOfAnotherModel) {
  trainHead(*scratch_.project, options_, silent_);
  scratch_.putTinyModel(5);
  look("f");
  const auto message = training::errorOf([&] { predictByHead(); });
  EXPECT_NE(message.find("no features of this project are by the model and recipe"), std::string::npos)
      << message;
  score(*scratch_.project, {}, silent_);
  const auto refused = [&] {
    return training::errorOf([&] { trainDdnet(*scratch_.project, taught(), silent_); });
  };
  EXPECT_NE(refused().find("another model or recipe than 'f'"), std::string::npos);
  scratch_.putTinyModel(0);
  look("again");  // under another name the same model will do
  EXPECT_EQ(predictByHead().images, 26);
  EXPECT_EQ(scratch_.project->scores("told").featureTable, "again");
  EXPECT_NE(refused().find("another model or recipe than 'f'"), std::string::npos);
  look("f");
  look("again");  // now the newer of two tables by one model: scores of the older are taught just as well
  ScoreJobOptions of;
  of.features = "f";
  score(*scratch_.project, of, silent_);
  EXPECT_EQ(trainDdnet(*scratch_.project, taught(), silent_).ofPool, 6);
}

TEST_F(Head, SaysThatItsScoresAreOlderThanTheFeaturesOfAnotherModel) {
  training::Listener same, stale, anew;
  trainHead(*scratch_.project, options_, same.progress());
  EXPECT_FALSE(same.noted("another model"));
  scratch_.putTinyModel(5);
  look("f");
  trainHead(*scratch_.project, options_, stale.progress());
  EXPECT_TRUE(
      stale.noted("score table 'dscore' is older than the features 'f', which another model has made since; "
                  "score again"));
  score(*scratch_.project, {}, silent_);
  trainHead(*scratch_.project, options_, anew.progress());
  EXPECT_FALSE(anew.noted("another model"));
}

TEST_F(Head, HeadAndDdnetStoreAllThatItTakesToTrainThemAgain) {
  options_.seed = 7;
  trainHead(*scratch_.project, options_, silent_);
  EXPECT_EQ(storedTexts(scratch_, "head", jobs::trainHeadFields()), jobs::trainHeadFields().texts(options_));
  auto options = taught();
  options.training.warmup = 0.25;
  options.training.weightDecay = 1e-4;
  options.training.validationShare = 0.3;
  options.training.loss = training::DdnetLoss::Ratio;
  options.name = "mine";
  trainDdnet(*scratch_.project, options, silent_);
  EXPECT_EQ(storedTexts(scratch_, "mine", jobs::trainDdnetFields()), jobs::trainDdnetFields().texts(options));
}

TEST_F(Head, TeachesADdnetThePoolToo) {
  trainHead(*scratch_.project, options_, silent_);
  const auto result = trainDdnet(*scratch_.project, taught(), silent_);
  EXPECT_EQ(result.originals, 20);
  EXPECT_EQ(result.copies, 20);
  EXPECT_EQ(result.ofPool, 6);
  for (const char* departure :
       {"of the scores: lengths unit (published: raw)", "of the scores: identities of the pool as others"})
    EXPECT_NE(result.published.find(departure), std::string::npos) << result.published;
  EXPECT_EQ(result.training.images + result.training.validationImages, 52);
  EXPECT_EQ(result.training.validationImages, 10);  // one of the four identities that have scores
  auto options = taught();
  options.replace = true;
  options.teacher = "ddnet";
  EXPECT_NE(training::errorOf([&] {
              trainDdnet(*scratch_.project, options, silent_);
            }).find("teacher ddnet: is a ddnet network"),
            std::string::npos);
  options.teacher = "nobody";
  EXPECT_NE(training::errorOf([&] {
              trainDdnet(*scratch_.project, options, silent_);
            }).find("teacher nobody: is neither"),
            std::string::npos);
  options = taught();
  options.name = "head";  // would replace its own teacher
  EXPECT_NE(training::errorOf([&] {
              trainDdnet(*scratch_.project, options, silent_);
            }).find("name head: is a head"),
            std::string::npos);
  options_.name = "ddnet";
  EXPECT_NE(training::errorOf([&] {
              trainHead(*scratch_.project, options_, silent_);
            }).find("name ddnet: is a ddnet"),
            std::string::npos);
}

TEST_F(Head, ADdnetGivenByItsFileCostsWhatItCostsByName) {
  TrainDdnetOptions options = taught();
  options.teacher.clear();
  trainDdnet(*scratch_.project, options, silent_);
  const auto model = scratch_.project->model("ddnet");
  ASSERT_TRUE(model);
  const auto copy = scratch_.project->folder() / "elsewhere.pt";
  std::filesystem::copy_file(model->file, copy);
  predict(*scratch_.project, {"ddnet", "by_name", Device::Cpu, 8}, silent_);
  predict(*scratch_.project, {copy.string(), "by_file", Device::Cpu, 8}, silent_);
  for (const char* scores : {"by_name", "by_file"}) {
    const auto cost = analysis::costModel(*scratch_.project, "f", scores);
    EXPECT_GT(cost.ddnetMacs, 0) << scores;
    EXPECT_EQ(cost.ddnetMacs, model->macs) << scores;
    EXPECT_GT(cost.ddnetMilliseconds, 0) << scores;  // of a file measured anew
  }
  EXPECT_EQ(analysis::costModel(*scratch_.project, "f", "by_name").ddnetMilliseconds, model->milliseconds);
}

TEST(FaceSource, SaysWhichImagesItGives) {
  std::vector<data::ImageRef> images(2);
  images[0].file = "/a.jpg";
  images[1].file = "/b.jpg";
  const auto print = sourceOf(imaging::findGroupKind(""), images, {16, 16, 1}, "").fingerprint;
  EXPECT_NE(print, 0U);
  EXPECT_EQ(sourceOf(imaging::findGroupKind(""), images, {32, 32, 1}, "").fingerprint, print);
  images[1].crop = data::Rect{0, 0, 9, 9};
  EXPECT_NE(sourceOf(imaging::findGroupKind(""), images, {16, 16, 1}, "").fingerprint, print);
}

}  // namespace
}  // namespace discern::pipeline
