#include "core/pipeline/aggregators.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/analysis/kept.h"
#include "core/analysis/settings.h"
#include "core/pipeline/compare_sides.h"
#include "core/pipeline/evaluate.h"
#include "core/pipeline/extract.h"
#include "core/pipeline/identify.h"
#include "core/pipeline/protocol.h"
#include "core/pipeline/score.h"
#include "core/pipeline/sweep.h"
#include "core/pipeline/train.h"
#include "core/training/aggregator.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/core/training/planted_faces.h"

namespace discern::pipeline {
namespace {
using training::errorOf;

template <class Row>
const Row* rowNamed(const std::vector<Row>& rows, const std::string& name) {
  const auto row = std::ranges::find(rows, name, &Row::name);
  return row == rows.end() ? nullptr : &*row;
}

// People to train on and to test, with features, scores, and a protocol of templates of three.
class AggregatorsTest : public ::testing::Test {
 protected:
  AggregatorsTest() {
    scratch_.addPeople("train", project::Role::Train, 10, 9);
    scratch_.addPeople("test", project::Role::Test, 6, 9);
    scratch_.putFeatures("f", 8, 1.0);
    project().putSetting(analysis::settings::featureModel("f"), "77");
    score(project(), {}, silent_);
    ProtocolOptions options;
    options.name = "p";
    options.size = 3;
    makeProtocol(project(), options, silent_);
    evaluation_.protocol = "p";
    evaluation_.bootstraps = 0;
  }
  project::Project& project() { return *scratch_.project; }
  TrainAggregatorResult train(aggregation::NetworkKind kind, const std::string& name = "") {
    TrainAggregatorOptions options;
    options.training.architecture = kind;
    options.training.hidden = 4;
    options.training.epochs = 2;
    options.training.groupSize = 4;
    options.training.learningRate = 0.01;
    options.copies.copies = 0;
    options.name = name;
    options.replace = true;
    return trainAggregator(project(), options, silent_);
  }

  ScratchProject scratch_;
  EvaluateOptions evaluation_;
  Progress silent_;
};

TEST_F(AggregatorsTest, ComparisonsTakeTheNewestOfEachKind) {
  EXPECT_EQ(rowNamed(evaluate(project(), evaluation_, silent_).aggregations, "attention"), nullptr);
  train(aggregation::NetworkKind::Attention, "first");
  const auto made = train(aggregation::NetworkKind::Attention);
  EXPECT_EQ(made.name, "attention");
  EXPECT_EQ(made.features, "f");
  EXPECT_EQ(made.groups, "identity");
  EXPECT_EQ(made.originals, 90);
  EXPECT_EQ(made.copies, 0);
  EXPECT_EQ(made.identities + made.heldOut, 10);
  EXPECT_EQ(made.parameters, 8 * 4 + 4 + 4);
  train(aggregation::NetworkKind::Rnn);
  const auto model = project().model("rnn");
  ASSERT_TRUE(model);
  EXPECT_EQ(model->kind, "aggregator");
  EXPECT_EQ(model->architecture, "rnn");

  const auto result = evaluate(project(), evaluation_, silent_);
  EXPECT_EQ(result.aggregators, (std::vector<std::string>{"rnn", "attention"}));
  // By hand: the network over each template, and the cosines of the pairs.
  for (const std::string name : {"attention", "rnn"}) {
    aggregation::Options how;
    how.method = aggregation::parseMethod(name);
    how.network = std::make_shared<aggregation::GroupNetwork>(
        training::loadAggregator(project().model(name)->file).network);
    const auto protocol = project().protocol("p");
    const auto rows =
        aggregation::aggregate(project().features("f").view(), analysis::groupsOf(protocol), {}, how);
    double right = 0, couples = 0;
    std::vector<double> genuine, impostor;
    for (const auto& pair : protocol.pairs)
      (pair.genuine ? genuine : impostor).push_back(data::dot(rows.row(pair.a), rows.row(pair.b)));
    for (const double g : genuine)
      for (const double i : impostor) {
        right += g > i ? 1 : 0;
        ++couples;
      }
    const auto* row = rowNamed(result.aggregations, name);
    ASSERT_NE(row, nullptr);
    EXPECT_NEAR(row->auc, right / couples, 1e-4) << name;
    EXPECT_EQ(row->kept, 1);
    EXPECT_EQ(row->macsShare, 1);
  }
  evaluation_.aggregators = {"first"};
  const auto named = evaluate(project(), evaluation_, silent_);
  EXPECT_EQ(named.aggregators, (std::vector<std::string>{"first"}));
  EXPECT_EQ(rowNamed(named.aggregations, "rnn"), nullptr);
}

TEST_F(AggregatorsTest, EveryJobThatCombinesTakesThem) {
  IdentifyOptions search;
  search.benchmark = jobs::Benchmark::Templates;
  search.galleries = search.probes = {"p"};
  search.aggregation = "attention";
  EXPECT_NE(errorOf([&] { identify(project(), search, silent_); }).find("needs an aggregator of that kind"),
            std::string::npos);
  CompareOptions sides;
  sides.protocol = "p";
  sides.aggregationB = "attention";
  sides.bootstraps = 0;
  EXPECT_NE(
      errorOf([&] { compareSides(project(), sides, silent_); }).find("needs an aggregator of that kind"),
      std::string::npos);
  train(aggregation::NetworkKind::Attention);
  const auto found = identify(project(), search, silent_);
  EXPECT_EQ(found.aggregation, "attention");
  EXPECT_EQ(found.aggregators, (std::vector<std::string>{"attention"}));
  EXPECT_EQ(compareSides(project(), sides, silent_).b.aggregation, "attention");

  SweepJobOptions sweeping;
  sweeping.protocol = "p";
  sweeping.far = 0.1;
  const auto swept = runSweep(project(), sweeping, silent_);
  const auto* curve = rowNamed(swept.curves, "attention");
  ASSERT_NE(curve, nullptr);
  EXPECT_TRUE(curve->isBaseline);
  evaluation_.fars = {0.1};
  const auto* row = rowNamed(evaluate(project(), evaluation_, silent_).aggregations, "attention");
  EXPECT_NEAR(curve->points.at(0).tar, row->tar.at(0).tar, 1e-9);
  EXPECT_EQ(curve->points.at(0).keptShare, 1);
}

TEST_F(AggregatorsTest, ThoseOfOtherFeaturesTakeNoPart) {
  train(aggregation::NetworkKind::Attention);
  project().putSetting(analysis::settings::featureModel("f"), "78");
  EXPECT_EQ(rowNamed(evaluate(project(), evaluation_, silent_).aggregations, "attention"), nullptr);
  evaluation_.aggregators = {"attention"};
  EXPECT_NE(errorOf([&] {
              evaluate(project(), evaluation_, silent_);
            }).find("was trained on features of another model or recipe"),
            std::string::npos);
  project().putSetting(analysis::settings::featureModel("f"), "77");
  train(aggregation::NetworkKind::Attention, "other");
  evaluation_.aggregators = {"attention", "other"};
  EXPECT_NE(
      errorOf([&] { evaluate(project(), evaluation_, silent_); }).find("a second one of the kind attention"),
      std::string::npos);
  evaluation_.aggregators = {"none"};
  EXPECT_NE(errorOf([&] { evaluate(project(), evaluation_, silent_); }).find("neither an aggregator"),
            std::string::npos);
}

TEST_F(AggregatorsTest, ADamagedOneIsNotedAndTheRestGoesOn) {
  train(aggregation::NetworkKind::Attention);
  writeFileAtomically(project().model("attention")->file, "no network");
  training::Listener listener;
  const auto result = evaluate(project(), evaluation_, listener.progress());
  EXPECT_TRUE(listener.noted("aggregator 'attention' takes no part: "));
  EXPECT_EQ(rowNamed(result.aggregations, "attention"), nullptr);
  EXPECT_NE(rowNamed(result.aggregations, "average"), nullptr);
}

TEST_F(AggregatorsTest, IsNoNetworkThatTellsScoresOrFeatures) {
  train(aggregation::NetworkKind::Attention);
  EXPECT_NE(errorOf([&] {
              predict(project(), {"attention", "told", Device::Cpu, 8}, silent_);
            }).find("is a aggregator network; a DDNet or a head was expected"),
            std::string::npos);
  TrainHeadOptions head;
  head.name = "attention";
  head.copies.copies = 0;
  EXPECT_NE(
      errorOf([&] { trainHead(project(), head, silent_); }).find("is a aggregator of this project already"),
      std::string::npos);
}

TEST_F(AggregatorsTest, GroupsAreOfAMediumWhereThereAreAny) {
  data::Dataset set;
  set.name = "walks";
  for (int p = 0; p < 5; ++p) {
    set.identities.push_back("walker " + std::to_string(p));
    for (int i = 0; i < 8; ++i) {
      data::Sample sample;
      sample.image.file = "/none/walks/" + std::to_string(p) + "/" + std::to_string(i) + ".ppm";
      sample.identity = p;
      sample.media = std::to_string(i / 4);
      set.samples.push_back(sample);
    }
  }
  project().addDataset(set, project::Role::Train);
  scratch_.putFeatures("f", 8, 1.0);
  const auto made = train(aggregation::NetworkKind::Rnn);
  EXPECT_EQ(made.groups, "media");
  EXPECT_EQ(made.identities + made.heldOut, 15) << "a sample of no medium is one of an identity's";
  TrainAggregatorOptions options;
  options.training.groups = training::GroupsOf::Identity;
  options.training.epochs = 1;
  options.copies.copies = 0;
  options.name = "whole";
  EXPECT_EQ(trainAggregator(project(), options, silent_).groups, "identity");
}

TEST(AggregatorsCopies, DegradedCopiesStandForTheirImages) {
  ScratchProject scratch;
  scratch.addPictures("train", project::Role::Train, 4, 5);
  Progress silent;
  ExtractOptions extraction;
  extraction.model = scratch.putTinyModel(0);
  extraction.recipe = scratch.putTinyRecipe();
  extraction.name = "f";
  extraction.checkRecipe = false;
  extract(*scratch.project, extraction, silent);
  TrainAggregatorOptions options;
  options.training.epochs = 1;
  options.copies.copies = 2;
  const auto made = trainAggregator(*scratch.project, options, silent);
  EXPECT_EQ(made.originals, 20);
  EXPECT_EQ(made.copies, 40);
  EXPECT_EQ(made.dims, 6);
}

}  // namespace
}  // namespace discern::pipeline
