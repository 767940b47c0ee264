#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/pipeline/evaluate.h"
#include "core/pipeline/identify.h"
#include "tests/core/pipeline/scratch_project.h"

namespace discern::pipeline {
namespace {

// Features of the samples are unit vectors at these angles, in degrees; protocols name samples.
class IdentifyTemplates : public ::testing::Test {
 protected:
  void put(const std::vector<int>& people, const std::vector<double>& degrees,
           const std::vector<std::pair<std::string, std::vector<std::vector<int>>>>& protocols) {
    data::Dataset set;
    set.name = "set";
    for (std::size_t i = 0; i < people.size(); ++i) {
      const auto who = static_cast<std::size_t>(people[i]);
      while (set.identities.size() <= who)
        set.identities.push_back(fmt::format("person {}", set.identities.size()));
      data::Sample sample;
      sample.image.file = fmt::format("/none/{}.ppm", i);
      sample.identity = people[i];
      set.samples.push_back(sample);
    }
    for (const auto& [name, templates] : protocols) {
      data::Protocol protocol{name, {}, {}, 0};
      for (const auto& samples : templates)
        protocol.templates.push_back({fmt::format("t{}", protocol.templates.size()),
                                      people[static_cast<std::size_t>(samples[0])], samples});
      set.protocols.push_back(protocol);
    }
    scratch_.project->addDataset(set, project::Role::Test);
    data::Matrix features(static_cast<std::int64_t>(people.size()), 2);
    for (std::size_t i = 0; i < people.size(); ++i) {
      const double length = i < lengths_.size() ? lengths_[i] : 1;
      const auto row = features.row(static_cast<std::int64_t>(i));
      row[0] = static_cast<float>(length * std::cos(degrees[i] * M_PI / 180));
      row[1] = static_cast<float>(length * std::sin(degrees[i] * M_PI / 180));
    }
    data::saveNpy(scratch_.project->featureFile("f"), features.view());
    scratch_.project->putFeatureTable({"f", "made-up", "{}", 2, 100, 2.0, ""});
  }
  IdentifyResult run(std::vector<std::string> galleries, std::vector<std::string> probes) {
    options_.benchmark = jobs::Benchmark::Templates;
    options_.galleries = std::move(galleries);
    options_.probes = std::move(probes);
    options_.maxRank = 3;
    return identify(*scratch_.project, options_, progress_);
  }
  void putScores(const std::string& name, const std::vector<float>& scores) {
    data::ScoreTable table;
    table.name = name;
    table.method = "dscore";
    table.featureTable = "f";
    table.resize(scores.size());
    table.score = table.ratio = scores;
    scratch_.project->putScores(table);
  }
  std::string errorOf(std::vector<std::string> galleries, std::vector<std::string> probes) {
    try {
      run(std::move(galleries), std::move(probes));
    } catch (const Error& e) {
      return e.what();
    }
    return "no error";
  }

  ScratchProject scratch_;
  Progress progress_;
  IdentifyOptions options_;
  std::vector<double> lengths_;  // of the features; those behind have 1
};

TEST_F(IdentifyTemplates, HandComputedOverTwoGalleries) {
  // One gallery: person 0 as the mean of 0 and 20 degrees, person 1 at 60. The other: person 2 at 100.
  // Probes: 0 at 30 (rank 1 there), 1 at 31 (nearer to 0's 10 than to 60: rank 2), 2 at 99 (rank 1).
  put({0, 0, 1, 2, 0, 1, 2}, {0, 20, 60, 100, 30, 31, 99},
      {{"G1", {{0, 1}, {2}}}, {"G2", {{3}}}, {"probes", {{4}, {5}, {6}}}});
  const auto r = run({"set/G1", "set/G2"}, {"set/probes"});
  EXPECT_EQ(r.aggregation, "average");
  ASSERT_EQ(r.galleries.size(), 2U);
  const auto &one = r.galleries[0], &two = r.galleries[1];
  EXPECT_EQ(one.templates, 2);
  EXPECT_EQ(one.known, 2);
  EXPECT_EQ(one.strangers, 1);
  EXPECT_DOUBLE_EQ(one.cmc[0], 0.5);
  EXPECT_DOUBLE_EQ(one.cmc[1], 1);
  EXPECT_NEAR(one.meanPrecision, (1 + 0.25) / 2, 1e-12);
  EXPECT_EQ(two.known, 1);
  EXPECT_EQ(two.strangers, 2);
  EXPECT_DOUBLE_EQ(two.cmc[0], 1);
  // At FPIR 0.1 no stranger may pass: G1's stranger, 99, reaches cos 39; 30 reaches cos 20 and is named.
  ASSERT_EQ(one.tpir.size(), 2U);
  EXPECT_DOUBLE_EQ(one.tpir[1].tpir, 0.5);
  EXPECT_FALSE(one.tpir[1].supported);
  EXPECT_DOUBLE_EQ(two.tpir[1].tpir, 1);
  EXPECT_DOUBLE_EQ(r.cmc[0], 0.75);
  EXPECT_DOUBLE_EQ(r.cmcDeviation[0], std::sqrt(0.125));
  EXPECT_DOUBLE_EQ(r.tpir[1].tpir, 0.75);
  EXPECT_EQ(r.gallery, 3);
  EXPECT_EQ(r.probes, 3);
}

TEST_F(IdentifyTemplates, RanksAreOfTemplatesNotOfPeople) {
  // Two of person 1 are nearer than person 0's own: rank 3, though only one other person is before it.
  put({0, 1, 1, 0}, {40, 10, 20, 0}, {{"G", {{0}, {1}, {2}}}, {"P", {{3}}}});
  const auto r = run({"set/G"}, {"set/P"});
  EXPECT_DOUBLE_EQ(r.cmc[1], 0);
  EXPECT_DOUBLE_EQ(r.cmc[2], 1);
  EXPECT_NEAR(*r.meanPrecision, (0 + 1.0 / 3) / 2, 1e-12);
  EXPECT_TRUE(r.cmcDeviation.empty());
  EXPECT_TRUE(r.tpir.empty());  // no strangers
}

TEST_F(IdentifyTemplates, OfRawFeaturesByHand) {
  // Person 0 as the mean of 0 degrees and, three times as long, 90: at 71.6 raw and at 45 of length 1. Its
  // probe at 65 is then 6.6 or 20 away, and person 1 at 50 is 15 away. Nobody looks for person 2 at 200.
  lengths_ = {1, 3, 1, 1};
  put({0, 0, 1, 2, 0, 1}, {0, 90, 50, 200, 65, 50}, {{"G", {{0, 1}, {2}, {3}}}, {"P", {{4}, {5}}}});
  auto r = run({"set/G"}, {"set/P"});
  EXPECT_EQ(r.lengths, data::Lengths::Unit);
  EXPECT_DOUBLE_EQ(r.cmc[0], 0.5);
  EXPECT_EQ(r.galleries[0].templates, 3);
  EXPECT_EQ(r.galleries[0].distractors, 1);
  options_.lengths = data::Lengths::Raw;
  r = run({"set/G"}, {"set/P"});
  EXPECT_EQ(r.lengths, data::Lengths::Raw);
  EXPECT_DOUBLE_EQ(r.cmc[0], 1);
}

TEST_F(IdentifyTemplates, EverySwitchOfTheAggregationCounts) {
  // Person 0 has images at 0 and 90 with scores 0.9 and 0.5, a probe at 20; person 1 is 15 from it, at 35.
  // Scores as weights: atan(5 / 9) = 29, 9 away. Rescaled: the worst weighs 0, 20 away. By the other table,
  // 0.1 and 0.9: at 84.
  put({0, 0, 1, 0}, {0, 90, 35, 20}, {{"G", {{0, 1}, {2}}}, {"P", {{3}}}});
  putScores("other", {0.1F, 0.9F, 0.5F, 0.5F});
  putScores("told", {0.9F, 0.5F, 0.5F, 0.5F});
  options_.aggregation = "ddl";
  options_.scores = "told";
  options_.rescale = aggregation::Rescale::Off;
  auto r = run({"set/G"}, {"set/P"});
  EXPECT_DOUBLE_EQ(r.cmc[0], 1);
  EXPECT_EQ(r.published.find("as published but for: "), 0U) << r.published;
  options_.rescale = aggregation::Rescale::On;
  options_.lengths = data::Lengths::Raw;
  r = run({"set/G"}, {"set/P"});
  EXPECT_DOUBLE_EQ(r.cmc[0], 0);
  EXPECT_EQ(r.published, "as published");
  options_.weights = "other";
  r = run({"set/G"}, {"set/P"});
  EXPECT_EQ(r.aggregation, "ddl weights=other");
  EXPECT_EQ(r.weights, "other");
  EXPECT_DOUBLE_EQ(r.cmc[0], 0);
  options_.threshold = 0.6;  // the image at 90 goes
  r = run({"set/G"}, {"set/P"});
  EXPECT_EQ(r.threshold, 0.6);
  options_.aggregation = "average";
  EXPECT_NE(errorOf({"set/G"}, {"set/P"}).find("weighs what DDL keeps"), std::string::npos);
  options_.weights.clear();
  // Two-pass: the mean of 0 and 90, each at cos 45 = 0.71 of it; top-1 by the scores is the image at 0.
  options_.aggregation = "top-k";
  options_.k = 1;
  EXPECT_EQ(run({"set/G"}, {"set/P"}).aggregation, "top-1");
}

TEST_F(IdentifyTemplates, TwoPassMeanTakesItsLeastCosine) {
  // The mean of 0, 0 and 80 degrees is at 24.4, 19.4 from the probe at 5; person 1 at 20 is nearer. Without
  // the image at 80, whose cosine with that mean is 0.565, it is at 0.
  put({0, 0, 0, 1, 0}, {0, 0, 80, 20, 5}, {{"G", {{0, 1, 2}, {3}}}, {"P", {{4}}}});
  options_.aggregation = "two-pass-mean";
  EXPECT_DOUBLE_EQ(run({"set/G"}, {"set/P"}).cmc[0], 0);
  options_.minCosine = 0.6;
  EXPECT_DOUBLE_EQ(run({"set/G"}, {"set/P"}).cmc[0], 1);
}

TEST_F(IdentifyTemplates, ThatListNoPairsAreEvaluatedAgainstEveryOther) {
  put({0, 0, 1, 1, 2}, {0, 20, 60, 75, 200}, {{"all", {{0}, {1}, {2}, {3}, {4}}}});
  EvaluateOptions options;
  options.protocol = "set/all";
  options.fars = {0.5};
  const auto r = evaluate(*scratch_.project, options, progress_);
  EXPECT_TRUE(r.everyPair);
  EXPECT_EQ(r.genuine, 2);
  EXPECT_EQ(r.impostor, 8);
  EXPECT_EQ(r.bootstraps, 0);
  ASSERT_EQ(r.aggregations.size(), 1U);
  // Genuine pairs are 20 and 15 apart, impostors at least 40.
  EXPECT_DOUBLE_EQ(r.aggregations[0].auc, 1);
  EXPECT_DOUBLE_EQ(r.aggregations[0].tar[0].tar, 1);
  EXPECT_DOUBLE_EQ(r.aggregations[0].tar[0].actualFar, 0.5);
  options.operatingPoint = scratch_.project->folder().string();
  EXPECT_THROW(evaluate(*scratch_.project, options, progress_), Error);
}

TEST_F(IdentifyTemplates, WhatCannotBeSearchedIsSaid) {
  put({0, 1, 2}, {40, 10, 20}, {{"G", {{0}, {1}}}, {"P", {{2}}}});
  EXPECT_NE(errorOf({}, {"set/P"}).find("galleries"), std::string::npos);
  EXPECT_NE(errorOf({"set/G"}, {}).find("probes"), std::string::npos);
  EXPECT_NE(errorOf({"set/G"}, {"set/P"}).find("none of the people of 'set/P' is enrolled in 'set/G'"),
            std::string::npos);
  EXPECT_NE(errorOf({"none"}, {"set/P"}).find("none"), std::string::npos);
}

}  // namespace
}  // namespace discern::pipeline
