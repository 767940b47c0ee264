#include "core/pipeline/train.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/pipeline/face_source.h"
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
  EXPECT_NE(training::errorOf([&] {
              trainBase(*scratch.project, options, silent);
            }).find("with 4 images or more; there are 0"),
            std::string::npos);
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
  options.copies = 0;
  const auto message = training::errorOf([&] { trainDdnet(*scratch.project, options, silent); });
  EXPECT_NE(message.find("cover 12 of 24 images"), std::string::npos) << message;
}

TEST(FaceSource, SaysWhichImagesItGives) {
  std::vector<data::ImageRef> images(2);
  images[0].file = "/a.jpg";
  images[1].file = "/b.jpg";
  const auto print = facesOf(images, 16, "").fingerprint;
  EXPECT_NE(print, 0U);
  EXPECT_EQ(facesOf(images, 32, "").fingerprint, print);
  images[1].crop = data::Rect{0, 0, 9, 9};
  EXPECT_NE(facesOf(images, 16, "").fingerprint, print);
}

}  // namespace
}  // namespace discern::pipeline
