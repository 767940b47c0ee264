// Maps of what a network looks at, in a project: made, made again, and never those of another network.
#include "core/pipeline/explain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stop_token>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/npy.h"
#include "core/imaging/sample.h"
#include "core/networks/checkpoint.h"
#include "core/project/upkeep.h"
#include "core/training/train_ddnet.h"
#include "core/training/trained_ddnet.h"
#include "tests/core/pipeline/scratch_project.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
using results::SaliencyMap;

class ExplainTest : public ::testing::Test {
 protected:
  ExplainTest() {
    scratch_.addPictures("people", project::Role::Train, 2, 3);
    putNetwork(1);
  }
  // Untrained, which differs by its seed.
  void putNetwork(std::uint64_t seed) {
    const networks::NetworkOptions options{.size = 32, .seed = seed};
    const auto network = networks::makeNetwork("ddnet-r18", options);
    torch::manual_seed(seed);
    const torch::NoGradGuard guard;
    network->train();  // statistics of its batch norms, or the sigmoid is flat
    for (int i = 0; i < 30; ++i) network->forward(torch::randn({16, 3, 32, 32}));
    networks::saveCheckpoint(checkpoint_, *network, "ddnet-r18", options);
    scratch_.project->putModel({"ddnet", "ddnet", "ddnet-r18", checkpoint_, 1, 1, 1, "{}"});
  }
  std::optional<results::Explained> told(int sample, const std::string& network = "ddnet") const {
    const auto row = scratch_.project->model(network);
    const auto image = scratch_.project->samples()[static_cast<std::size_t>(sample)].image;
    return results::readExplained(root_, network, sample, hashOfFile(row->file),
                                  data::hashOf({&image, 1}, root_.string()));
  }
  ExplainResult explained(const std::string& images, const std::string& out = {}) {
    Progress silent;
    ExplainOptions options;
    options.image = images;
    options.out = out;
    options.patch = 8;
    options.stride = 8;
    return explain(*scratch_.project, options, silent);
  }

  ScratchProject scratch_;
  const fs::path root_ = scratch_.project->folder();
  const fs::path checkpoint_ = root_ / "checkpoints/ddnet.safetensors";
};

TEST_F(ExplainTest, TheMapsAreThoseOfTheNetworksOwnPredictions) {
  const auto result = explained("1,4", (root_ / "pictures").string());
  EXPECT_EQ(result.images, 2);
  EXPECT_EQ(result.failed, 0);
  EXPECT_FALSE(told(0));
  ASSERT_TRUE(told(1));
  const auto samples = scratch_.project->samples();
  const data::GroupKind kind = imaging::findGroupKind("");
  const auto map = data::loadNpy(results::explainedMap(root_, "ddnet", 1, SaliencyMap::Occlusion));
  ASSERT_EQ(map.rows, 32);
  ASSERT_EQ(map.cols, 32);
  // The same place hidden by hand, and scored as predict does: grey is 127.5, which no image holds, so that
  // the mean of hiding it by 127 and by 128 stands in for it.
  const cv::Mat face = imaging::loadSample(kind, samples[1].image, {32, 32, 1}, root_);
  const training::FaceSource source{3,
                                    [&](std::int64_t i) {
                                      cv::Mat hidden = face.clone();
                                      if (i > 0)
                                        hidden(cv::Rect(8, 16, 8, 8)).setTo(cv::Scalar::all(126 + double(i)));
                                      return hidden;
                                    },
                                    0,
                                    {32, 32, 1}};
  Progress silent;
  const auto scores = training::TrainedDdnet(checkpoint_).scores(source, 4, silent);
  EXPECT_NEAR(told(1)->score, scores[0], 1e-6);
  const double drop = scores[0] - 0.5 * (scores[1] + scores[2]);
  EXPECT_GT(std::abs(drop), 1e-4);
  EXPECT_NEAR(map.row(20)[12], drop, 1e-5 + 0.02 * std::abs(drop));
  for (const char* name : {"1-occlusion.png", "1-gradient.png", "4-occlusion.png", "4-gradient.png"})
    EXPECT_GT(fs::file_size(root_ / "pictures" / name), 100U) << name;
}

TEST_F(ExplainTest, WhatAnotherNetworkOfThatNameSaidIsGone) {
  explained("0-2");
  const auto before = readFile(results::explainedMap(root_, "ddnet", 0, SaliencyMap::Gradient));
  putNetwork(2);
  EXPECT_FALSE(told(0)) << "the file is there, but it is another network's";
  explained("0");
  EXPECT_TRUE(told(0));
  EXPECT_NE(readFile(results::explainedMap(root_, "ddnet", 0, SaliencyMap::Gradient)), before);
  EXPECT_FALSE(fs::exists(results::explainedFile(root_, "ddnet", 1)));
  explained("1");
  EXPECT_TRUE(told(0)) << "what is of this network stays";
}

TEST_F(ExplainTest, FollowsTheNetworkWhenItIsRenamedAndRemoved) {
  explained("0");
  project::renameEntry(*scratch_.project, project::Entry::Network, "ddnet", "other");
  EXPECT_TRUE(told(0, "other"));
  project::removeEntry(*scratch_.project, project::Entry::Network, "other");
  EXPECT_FALSE(fs::exists(root_ / "explained/other"));
}

TEST_F(ExplainTest, RefusesWhatItCannotExplainAndStopsBetweenPatches) {
  const auto message = [&](ExplainOptions options) {
    Progress silent;
    try {
      explain(*scratch_.project, options, silent);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("done");
  };
  ExplainOptions options;
  options.image = "99";
  EXPECT_NE(message(options).find("99"), std::string::npos);
  options.image = "0";
  options.ddnet = "gone";
  EXPECT_NE(message(options).find("train a DDNet"), std::string::npos);
  scratch_.project->putModel({"base", "base", "mobilefacenet", checkpoint_, 1, 1, 1, "{}"});
  options.ddnet = "base";
  EXPECT_NE(message(options).find("a DDNet was expected"), std::string::npos);
  options.ddnet = "ddnet";
  options.patch = 64;
  EXPECT_NE(message(options).find("patch"), std::string::npos) << "larger than the input";

  options.patch = 8;
  options.batch = 1;
  options.image = "0-5";
  std::stop_source stop;
  Progress stopping(
      [&](const ProgressEvent& event) {
        if (event.done > 0) stop.request_stop();
      },
      stop.get_token());
  EXPECT_THROW(explain(*scratch_.project, options, stopping), Cancelled);
  EXPECT_FALSE(fs::exists(results::explainedFile(root_, "ddnet", 5)));
}

}  // namespace
}  // namespace discern::pipeline
