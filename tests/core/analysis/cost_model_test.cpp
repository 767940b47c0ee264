#include "core/analysis/cost_model.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"

namespace discern::analysis {
namespace {

TEST(CostModel, WhatTellsTheScoresIsPaidFor) {
  const std::vector<project::FeatureTableRow> features = {
      {"big", "/big.onnx", "{}", 512, 1000, 10, ""},
      {"small", "/small.onnx", "{}", 128, 100, 1, ""},
      {"big again", "/big.onnx", "{}", 512, 1000, 10, ""}};
  project::ModelRow net;
  net.name = "net";
  net.kind = "ddnet";
  net.macs = 40;
  const std::vector<project::ModelRow> models = {net};
  const auto by = [&](const char* method, const char* told, const char* recorded = "") {
    data::ScoreTable scores;
    scores.method = method;
    scores.featureTable = told;
    return costModel({features, models}, "big", scores, recorded);
  };
  for (const char* same : {"big", "big again"})
    for (const char* method : {"head", "norm"}) {
      EXPECT_TRUE(by(method, same).scoresNeedBase) << "told from what the base model saw";
      EXPECT_EQ(by(method, same).ddnetMacs, 0);
    }
  EXPECT_FALSE(by("head", "small").scoresNeedBase);
  EXPECT_EQ(by("head", "small").ddnetMacs, 100) << "the small model saw every image";
  EXPECT_EQ(by("ddnet", "net").ddnetMacs, 40);
  EXPECT_FALSE(by("ddnet", "net").scoresNeedBase);
  EXPECT_EQ(by("ddnet", "net", R"({"macs":55,"ms":0})").ddnetMacs, 55) << "as it was when it predicted";
  EXPECT_TRUE(std::isnan(by("ddnet", "net", R"({"macs":55,"ms":0})").ddnetMilliseconds));
  EXPECT_TRUE(std::isnan(by("ddnet", "gone").ddnetMacs)) << "unknown is not free";
  EXPECT_THROW(by("ddnet", "net", "[1"), Error);
  EXPECT_FALSE(by("dscore", "big").scoresNeedBase);
}

TEST(CostModel, WeightsAddWhatTellsThem) {
  evaluation::CostModel scores, weights;
  scores.baseMacs = 1000;
  scores.ddnetMacs = 40;
  weights.ddnetMacs = 100;
  weights.scoresNeedBase = true;
  const auto both = withWeights(scores, weights);
  EXPECT_EQ(both.ddnetMacs, 140);
  EXPECT_EQ(both.baseMacs, 1000);
  EXPECT_FALSE(both.scoresNeedBase) << "only what is kept is weighed";
}

}  // namespace
}  // namespace discern::analysis
