// Two sides of a planted protocol.
#include "core/pipeline/compare_sides.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/base/files.h"
#include "core/pipeline/evaluate.h"
#include "core/pipeline/protocol.h"
#include "core/pipeline/score.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/core/training/planted_faces.h"

namespace discern::pipeline {
namespace {

class CompareSides : public ::testing::Test {
 protected:
  CompareSides() {
    scratch_.addPeople("people", project::Role::Test, 12, 8);
    scratch_.putFeatures("good", 16, 0.3);
    scratch_.putFeatures("poor", 16, 1.2);
    ScoreJobOptions scoring;
    scoring.features = "poor";
    scoring.name = "s";
    score(*scratch_.project, scoring, silent_);
    data::Protocol protocol;
    protocol.name = "pairs";
    for (int person = 0; person < 12; ++person)
      for (const int from : {0, 4})
        protocol.templates.push_back({fmt::format("t{}", protocol.templates.size()),
                                      person,
                                      {8 * person + from, 8 * person + from + 1, 8 * person + from + 2}});
    for (int a = 0; a < 24; ++a)
      for (int b = a + 1; b < 24; ++b) protocol.pairs.push_back({a, b, a / 2 == b / 2, -1});
    scratch_.project->putProtocol(protocol);
    options_.fars = {0.05};
    options_.flipsFar = 0.05;
    options_.bootstraps = 300;
  }
  CompareResult run() { return compareSides(*scratch_.project, options_, silent_); }
  std::string refusal() {
    return training::errorOf([&] { run(); });
  }

  ScratchProject scratch_;
  Progress silent_;
  CompareOptions options_;
};

TEST_F(CompareSides, EachSideIsWhatEvaluateSays) {
  options_.featuresA = "poor";
  options_.featuresB = "good";
  options_.aggregationA = "average";
  options_.aggregationB = "ddl";
  options_.thresholdB = 0.4;
  options_.rescaleB = aggregation::Rescale::Off;
  const auto r = run();
  EXPECT_EQ(r.genuine, 12);
  EXPECT_EQ(r.impostor, 264);
  EXPECT_EQ(r.a.aggregation, "average");
  EXPECT_EQ(r.a.scores, "");
  EXPECT_EQ(r.b.aggregation, "ddl rescale=off");
  EXPECT_EQ(r.b.scores, "s");
  for (const auto& [side, tar] : {std::pair(r.a, r.tar.at(0).tarA), std::pair(r.b, r.tar[0].tarB)}) {
    EvaluateOptions evaluation;
    evaluation.features = side.features;
    evaluation.scores = "s";
    evaluation.threshold = 0.4;
    evaluation.fars = {0.05};
    const auto rows = evaluate(*scratch_.project, evaluation, silent_).aggregations;
    const auto row = std::ranges::find(rows, side.aggregation, &AggregationResult::name);
    ASSERT_NE(row, rows.end());
    EXPECT_EQ(side.auc, row->auc);
    EXPECT_EQ(tar, row->tar.at(0).tar);
    ASSERT_EQ(side.roc.size(), row->roc.size());
    for (std::size_t i = 0; i < side.roc.size(); ++i) {
      EXPECT_EQ(side.roc[i].far, row->roc[i].far);
      EXPECT_EQ(side.roc[i].tar, row->roc[i].tar);
    }
    ASSERT_FALSE(side.edc.empty());
    EXPECT_EQ(side.edc[0].discarded, 0);
    EXPECT_NEAR(side.edc[0].fnmr, 1 - tar, 1e-9) << "nothing discarded: what the flips' FAR misses";
  }
  EXPECT_NEAR(r.tar[0].difference, r.tar[0].tarB - r.tar[0].tarA, 1e-12);
  EXPECT_GT(r.tar[0].low, 0) << "planted: the poor features have four times the noise";
  EXPECT_TRUE(r.tar[0].beyondChance);
  EXPECT_TRUE(std::isnan(r.accuracyDifference));  // no folds
}

TEST_F(CompareSides, LengthsOfSideBAreThoseOfAWhereNobodySays) {
  options_.featuresA = "poor";
  options_.featuresB = "good";
  options_.lengthsA = data::Lengths::Raw;
  EXPECT_EQ(run().b.lengths, data::Lengths::Raw);
  options_.lengthsB = "unit";
  EXPECT_EQ(run().b.lengths, data::Lengths::Unit);
  options_.lengthsB = "long";
  EXPECT_NE(refusal().find("lengths b long: is not known"), std::string::npos) << refusal();
}

TEST_F(CompareSides, PairsThatFlipAreListedWithTheirImages) {
  options_.featuresA = "poor";
  options_.featuresB = "good";
  options_.out = (std::filesystem::path(scratch_.project->folder()) / "flips.csv").string();
  const auto r = run();
  const auto& t = r.tar.at(0);
  ASSERT_GT(t.gained, 0);
  EXPECT_EQ(std::ssize(r.flips), std::min<std::int64_t>(20, t.gained) + std::min<std::int64_t>(20, t.lost) +
                                     std::min<std::int64_t>(20, t.falselyGained) +
                                     std::min<std::int64_t>(20, t.falselyLost));
  const auto& first = r.flips.front();
  EXPECT_EQ(first.change, "gained");
  EXPECT_LT(first.scoreA, t.thresholdA);
  EXPECT_GE(first.scoreB, t.thresholdB);
  const int a = std::stoi(first.a.substr(1)), b = std::stoi(first.b.substr(1));
  EXPECT_EQ(a / 2, b / 2);
  EXPECT_TRUE(first.fileA.ends_with(fmt::format("{}/{}.ppm", a / 2, a % 2 == 0 ? 0 : 4))) << first.fileA;
  EXPECT_EQ(first.sampleA,
            scratch_.project->protocol("pairs").templates.at(static_cast<std::size_t>(a)).samples.at(0));
  EXPECT_EQ(first.sampleB,
            scratch_.project->protocol("pairs").templates.at(static_cast<std::size_t>(b)).samples.at(0));
  const std::string csv = readFile(options_.out);
  EXPECT_EQ(std::ranges::count(csv, '\n'), 1 + t.gained + t.lost + t.falselyGained + t.falselyLost);
}

TEST_F(CompareSides, AccuraciesAreComparedFoldByFold) {
  data::Protocol protocol = scratch_.project->protocol("pairs");
  protocol.folds = 2;  // of persons: what is of both folds is left out
  std::erase_if(protocol.pairs, [](const auto& pair) { return pair.a / 12 != pair.b / 12; });
  for (auto& pair : protocol.pairs) pair.fold = pair.a / 12;
  scratch_.project->putProtocol(protocol);
  options_.featuresA = "poor";
  options_.featuresB = "good";
  const auto r = run();
  EXPECT_NEAR(r.accuracyDifference, r.b.accuracy - r.a.accuracy, 1e-12);
  std::vector<double> of;  // each fold's difference, tested at the threshold of the other
  for (const auto* features : {"poor", "good"}) {
    EvaluateOptions evaluation;
    evaluation.features = features;
    evaluation.scores = "s";
    const auto rows = evaluate(*scratch_.project, evaluation, silent_).aggregations;
    const auto row = std::ranges::find(rows, r.a.aggregation, &AggregationResult::name);
    ASSERT_NE(row, rows.end());
    of.push_back(row->accuracyError);  // of two folds: half of what they differ by
  }
  EXPECT_LE(r.accuracyError, of[0] + of[1] + 1e-12);
  EXPECT_GE(r.accuracyError, std::abs(of[0] - of[1]) - 1e-12);
}

TEST_F(CompareSides, OnlyPairsThatBothCanCompareCount) {
  // The poor recogniser has no feature of any image of t5.
  {
    data::MappedNpy features(scratch_.project->featureFile("poor"), data::MappedNpy::Mode::ReadWrite);
    for (const int sample : {20, 21, 22})
      std::ranges::fill(features.row(sample), std::numeric_limits<float>::quiet_NaN());
    features.flush();
  }
  options_.featuresA = "good";
  options_.featuresB = "poor";
  const auto r = run();
  EXPECT_EQ(r.genuine, 11);
  EXPECT_EQ(r.impostor, 264 - 22);
}

TEST_F(CompareSides, SaysWhatCannotBeCompared) {
  EXPECT_NE(refusal().find("both sides are the same"), std::string::npos);
  options_.thresholdB = options_.thresholdA;
  EXPECT_NE(refusal().find("both sides are the same"), std::string::npos);
  options_.aggregationB = "detector-weighted";
  EXPECT_NE(refusal().find("choose another"), std::string::npos);
  options_.aggregationB = "best of all";
  EXPECT_NE(refusal().find("best of all"), std::string::npos);
}

}  // namespace
}  // namespace discern::pipeline
