#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "core/analysis/cost_model.h"
#include "core/analysis/settings.h"
#include "core/features/base_model.h"
#include "core/networks/checkpoint.h"
#include "core/pipeline/identify.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/score.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/message_of.h"

namespace discern::pipeline {
namespace {

// A clip: the feature's angle in degrees and length, a score.
struct MadeClip {
  double degrees;
  float score = 0.5F;
  float length = 1;
};
struct MadeVideo {
  std::string action;
  std::vector<MadeClip> clips;
};

class IdentifyActions : public ::testing::Test {
 protected:
  void add(const std::string& name, project::Role role, const std::vector<MadeVideo>& videos) {
    data::Dataset set;
    set.name = name;
    set.kind = "clip";
    data::Protocol protocol{"videos", {}, {}, 0};
    for (const MadeVideo& video : videos) {
      auto action = std::ranges::find(set.identities, video.action);
      if (action == set.identities.end()) action = set.identities.insert(action, video.action);
      const auto identity = static_cast<int>(action - set.identities.begin());
      data::Template one{fmt::format("{}{}", name, protocol.templates.size()), identity, {}};
      for (const MadeClip& clip : video.clips) {
        data::Sample sample;
        sample.image.file = "/none/" + one.name + ".avi";
        sample.image.moment = data::Moment{2.0 * static_cast<double>(one.samples.size()), 2};
        sample.identity = identity;
        sample.media = one.name;
        one.samples.push_back(static_cast<int>(set.samples.size()));
        set.samples.push_back(sample);
        clips_.push_back(clip);
      }
      protocol.templates.push_back(std::move(one));
    }
    if (role == project::Role::Test) set.protocols = {protocol};
    scratch_.project->addDataset(set, role);
  }
  void putNumbers(const std::string& model = "made-up") {
    data::Matrix features(std::ssize(clips_), 2);
    data::ScoreTable scores;
    scores.name = "told";
    scores.method = "ddnet";
    scores.resize(clips_.size());
    for (std::size_t i = 0; i < clips_.size(); ++i) {
      const double angle = clips_[i].degrees * M_PI / 180;
      features.values[2 * i] = static_cast<float>(clips_[i].length * std::cos(angle));
      features.values[2 * i + 1] = static_cast<float>(clips_[i].length * std::sin(angle));
      scores.score[i] = scores.ratio[i] = clips_[i].score;
      scores.status[i] = data::ScoreStatus::Scored;
    }
    data::saveNpy(scratch_.project->featureFile("f"), features.view());
    scratch_.project->putFeatureTable({"f", model, "{}", 2, 100, 2.0, ""});
    if (std::filesystem::exists(model))
      scratch_.project->putSetting(analysis::settings::featureModel("f"),
                                   std::to_string(features::hashOfModel(model)));
    scratch_.project->putScores(scores);
    scratch_.project->putSetting(analysis::settings::scoreCost("told"),
                                 analysis::toJson(analysis::RecordedCost{10, 0.2}));
  }
  // Three actions that point to 0, 90 and 180 degrees.
  void addTraining() {
    add("train", project::Role::Train,
        {{"archery", {{-2}, {2}}}, {"bowling", {{88}, {92}}}, {"cricket", {{178}, {182}}}});
  }
  // Of the first only the first clip shows its action, which its score says; its mean points to bowling.
  void addTest() {
    add("net", project::Role::Test,
        {{"archery", {{0, 0.9F}, {85, 0.1F}, {85, 0.12F}}},
         {"bowling", {{90, 0.8F}, {80, 0.7F}}},
         {"diving", {{0}, {0}}}});
  }
  IdentifyResult run(const IdentifyOptions& given = {}) {
    IdentifyOptions options = given;
    options.benchmark = jobs::Benchmark::Actions;
    return identify(*scratch_.project, options, progress_);
  }
  static const results::ActionAccuracy& row(const IdentifyResult& r, const std::string& name,
                                            const std::string& classifier = "centroids") {
    for (const auto& one : r.actions)
      if (one.aggregation == name && one.classifier == classifier) return one;
    throw std::runtime_error("no row " + name);
  }
  std::string message(const IdentifyOptions& options = {}) {
    return testing::messageOf([&] { run(options); });
  }

  ScratchProject scratch_;
  Progress progress_;
  std::vector<MadeClip> clips_;
};

TEST_F(IdentifyActions, VideosAreOfTheNearestCentroidUnderEachAggregation) {
  addTraining();
  addTest();
  putNumbers();
  IdentifyOptions options;
  options.clips = {2, 3};
  const auto r = run(options);
  EXPECT_EQ(r.identities, 3);
  EXPECT_EQ(r.gallery, 6);
  EXPECT_EQ(r.probes, 2);
  EXPECT_EQ(r.unknownVideos, 1) << "nobody was trained to dive";
  EXPECT_EQ(r.scores, "told");
  const auto average = row(r, "average");
  EXPECT_DOUBLE_EQ(average.accuracy.top1, 0.5);
  EXPECT_DOUBLE_EQ(average.accuracy.perClass, 0.5);
  EXPECT_DOUBLE_EQ(average.accuracy.top5, 1) << "there are only three classes";
  EXPECT_DOUBLE_EQ(average.accuracy.mean, 0.75);
  EXPECT_DOUBLE_EQ(average.kept, 1);
  EXPECT_DOUBLE_EQ(average.compute, 1);
  // Five clips, those of the unknown video left out. DDL keeps the first of three, and both of the other
  // video; DDNet costs a tenth of the base model on each.
  const auto ddl = row(r, "ddl rescale=off");
  EXPECT_DOUBLE_EQ(ddl.accuracy.top1, 1);
  EXPECT_DOUBLE_EQ(ddl.kept, 3.0 / 5);
  EXPECT_DOUBLE_EQ(ddl.compute, 3.0 / 5 + 0.1);
  EXPECT_DOUBLE_EQ(row(r, "top-1").accuracy.top1, 1);
  EXPECT_DOUBLE_EQ(row(r, "top-1").compute, 2.0 / 5 + 0.1);
  EXPECT_DOUBLE_EQ(row(r, "top-2").accuracy.top1, 1) << "0 and 85 degrees with one weight: 42.5";
  EXPECT_DOUBLE_EQ(row(r, "top-3").accuracy.top1, 0.5);
  EXPECT_DOUBLE_EQ(row(r, "uniform-2").compute, 4.0 / 5) << "no score is asked for";
  EXPECT_DOUBLE_EQ(row(r, "uniform-2").accuracy.top1, 1) << "the first and the third clip";
  EXPECT_DOUBLE_EQ(row(r, "uniform-3").accuracy.top1, 0.5);
  for (const auto& one : r.actions) EXPECT_EQ(one.classifier, "centroids") << one.aggregation;
  EXPECT_EQ(r.aggregation, "average");
  EXPECT_DOUBLE_EQ(r.top1Error.value(), 0.5);

  options.aggregation = "ddl";
  options.rescale = aggregation::Rescale::Off;
  options.probes = {"net/videos"};
  const auto chosen = run(options);
  EXPECT_EQ(chosen.aggregation, "ddl rescale=off");
  EXPECT_DOUBLE_EQ(chosen.top1Error.value(), 0);

  options.aggregation = "top-k";
  options.clips = {3, 1, 2};
  const auto first = run(options);
  EXPECT_EQ(first.aggregation, "top-3") << "what was asked for first";
  EXPECT_DOUBLE_EQ(first.top1Error.value(), 0.5);
}

TEST_F(IdentifyActions, TheNetworksOwnLayerIsTakenWhereItIsKept) {
  addTraining();
  addTest();
  // Wherever the centroids are: bowling unless the feature's first number is above 0.3, and then archery.
  const auto file = scratch_.project->folder() / "checkpoints" / "base.safetensors";
  const networks::NetworkOptions options{.size = 32, .width = 0.25, .dims = 2};
  const auto network = networks::makeNetwork("mobilefacenet", options);
  const auto weight = torch::tensor({{0.F, 0.F}, {10.F, 0.F}, {0.F, 0.F}});
  networks::saveCheckpoint(file, *network, "mobilefacenet", options,
                           R"({"class_names":["bowling","archery","cricket"]})",
                           {{"head.weight", weight}, {"head.bias", torch::tensor({0.F, -3.F, -1.F})}});
  clips_[6].length = 3;  // the archer's first clip: of features as they are the mean is (1.06, 0.66)
  putNumbers(file.string());
  const auto r = run();
  EXPECT_DOUBLE_EQ(row(r, "average").accuracy.top1, 0.5) << "of unit features as before";
  EXPECT_DOUBLE_EQ(row(r, "average", "layer").accuracy.top1, 1) << "the long feature decides";
  EXPECT_DOUBLE_EQ(row(r, "average", "layer").compute, 1);
  EXPECT_DOUBLE_EQ(row(r, "top-1", "layer").accuracy.top1, 1);
  EXPECT_THROW(row(r, "max", "layer"), std::runtime_error) << "no weighted mean";

  networks::saveCheckpoint(file, *network, "mobilefacenet", options,
                           R"({"class_names":["bowling","archery","cricket"]})",
                           {{"head.weight", weight}, {"head.bias", torch::tensor({0.F, -4.F, -1.F})}});
  for (const auto& one : run().actions) EXPECT_EQ(one.classifier, "centroids") << "it was trained anew";
}

TEST_F(IdentifyActions, AClassThatTheLayerDoesNotKnowLeavesTheCentroids) {
  addTraining();
  addTest();
  const auto file = scratch_.project->folder() / "checkpoints" / "base.safetensors";
  const networks::NetworkOptions options{.size = 32, .width = 0.25, .dims = 2};
  networks::saveCheckpoint(file, *networks::makeNetwork("mobilefacenet", options), "mobilefacenet", options,
                           R"({"class_names":["bowling","archery"]})",
                           {{"head.weight", torch::ones({2, 2})}});
  putNumbers(file.string());
  for (const auto& one : run().actions) EXPECT_EQ(one.classifier, "centroids");
}

TEST_F(IdentifyActions, WhatCannotBeToldIsSaid) {
  addTraining();
  putNumbers();
  EXPECT_NE(message().find("no imported set brought the protocol videos"), std::string::npos) << message();
  addTest();
  putNumbers();
  IdentifyOptions options;
  options.galleries = {"net/videos"};
  EXPECT_NE(message(options).find("classes are the training identities"), std::string::npos);
  options = {};
  options.weights = "told";
  EXPECT_NE(message(options).find("weighs templates, not videos"), std::string::npos);
  options = {};
  options.clips = {};
  EXPECT_NE(message(options).find("clips"), std::string::npos);
  // Videos of a part that was trained on.
  const auto identities = scratch_.project->identities();
  scratch_.project->setRole({identities.back().id}, project::Role::Train);
  EXPECT_NE(message().find("would be recognised by themselves"), std::string::npos) << message();
}

TEST_F(IdentifyActions, ATestedClipIsScoredAmongTheTrainedClasses) {
  addTraining();
  add("net", project::Role::Test, {{"archery", {{10}, {80}}}, {"diving", {{10}, {20}}}});
  putNumbers();
  jobs::ScoreJobOptions options;
  options.method = "dscore";
  options.name = "d";
  score(*scratch_.project, options, progress_);
  const auto table = scratch_.project->scores("d");
  // Of ten degrees the own centroid is archery's of the training (0), the hardest bowling's (90).
  EXPECT_NEAR(table.own[6], std::cos(10 * M_PI / 180), 1e-5);
  EXPECT_NEAR(table.hardest[6], std::cos(80 * M_PI / 180), 1e-5);
  EXPECT_NEAR(table.own[7], std::cos(80 * M_PI / 180), 1e-5);
  EXPECT_NEAR(table.hardest[7], std::cos(10 * M_PI / 180), 1e-5);
  EXPECT_NEAR(table.own[8], std::cos(5 * M_PI / 180), 1e-5) << "nobody was trained to dive: its own centroid";
  // The training's own scores do not depend on what is tested.
  EXPECT_NEAR(table.own[0], std::cos(2 * M_PI / 180), 1e-5);
}

TEST_F(IdentifyActions, ClassesOfOneNameInTwoSetsAreNoRivals) {
  addTraining();
  add("more", project::Role::Train, {{"archery", {{-1}, {1}}}});
  add("pool", project::Role::Pool, {{"archery", {{0}, {1}}}, {"diving", {{50}}}});
  putNumbers();
  jobs::ScoreJobOptions options;
  options.method = "dscore";
  options.name = "d";
  score(*scratch_.project, options, progress_);
  const auto table = scratch_.project->scores("d");
  // The four archers of both sets have their centroid at 0; the nearest rival is the pool's diver.
  EXPECT_NEAR(table.own[0], std::cos(2 * M_PI / 180), 1e-5);
  EXPECT_NEAR(table.hardest[0], std::cos(52 * M_PI / 180), 1e-5);
  EXPECT_NEAR(table.own[6], std::cos(M_PI / 180), 1e-5);
  EXPECT_NEAR(table.hardest[6], std::cos(51 * M_PI / 180), 1e-5);
  EXPECT_EQ(table.status[8], data::ScoreStatus::NotAsked);

  const auto roster = readRoster(*scratch_.project);
  EXPECT_EQ(classesOf(roster, kindOf(*scratch_.project)), (std::vector<int>{0, 1, 2, 0, 0, 5}));
  EXPECT_EQ(classesOf(roster, imaging::findGroupKind("face")), (std::vector<int>{0, 1, 2, 3, 4, 5}))
      << "people";
}

}  // namespace
}  // namespace discern::pipeline
