#include "core/analysis/operating_point.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/error.h"

namespace discern::analysis {
namespace {
namespace fs = std::filesystem;

OperatingPoint filled() {
  OperatingPoint point;
  point.features = "demo";
  point.scores = "ddnet";
  point.weights = "head";
  point.protocol = "templates/8";
  point.rescale = aggregation::Rescale::Off;
  point.threshold = 0.1 + 0.2;  // as a double, to its last digit
  point.far = 1e-4;
  return point;
}

TEST(OperatingPoint, GoesThroughJsonUnchanged) {
  EXPECT_EQ(operatingPointFromJson(toJson(filled())), filled());
  EXPECT_EQ(operatingPointFromJson("{}"), OperatingPoint{});
}

TEST(OperatingPoint, NamesTheFieldThatCannotBeOne) {
  const auto sentence = [](const std::string& json) {
    try {
      static_cast<void>(operatingPointFromJson(json));
    } catch (const Error& e) {
      return std::string(e.what());
    }
    return std::string("none");
  };
  EXPECT_NE(sentence("[]").find("no JSON object"), std::string::npos);
  EXPECT_NE(sentence(R"({"scores": 3})").find("its scores"), std::string::npos);
  EXPECT_NE(sentence(R"({"threshold": 1.5})").find("its threshold"), std::string::npos);
  EXPECT_NE(sentence(R"({"far": "low"})").find("its far"), std::string::npos);
  EXPECT_NE(sentence(R"({"far": 0})").find("its far is no number above 0"), std::string::npos);
  EXPECT_NE(sentence(R"({"rescale": "maybe"})").find("maybe"), std::string::npos);
}

TEST(OperatingPoint, WhatIsEmptyOrGoneIsTheNewest) {
  const Choices choices{{"f1", "f2"}, {"s1", "s2"}, {"p1", "p2"}};
  OperatingPoint point = resolved({}, choices);
  EXPECT_EQ(point.features, "f2");
  EXPECT_EQ(point.scores, "s2");
  EXPECT_EQ(point.protocol, "p2");
  EXPECT_EQ(point.weights, "");
  point.scores = "s1";
  point.weights = "s1";
  EXPECT_EQ(resolved(point, choices), point) << "what was chosen stays while it is there";
  point.weights = "gone";
  point.features = "gone";
  EXPECT_EQ(resolved(point, choices).weights, "");
  EXPECT_EQ(resolved(point, choices).features, "f2");
  EXPECT_EQ(resolved(filled(), {}).scores, "");
}

TEST(OperatingPoint, AggregationNamesGoBothWays) {
  OperatingPoint point = filled();
  EXPECT_EQ(aggregationName(point), "ddl weights=head");
  point.weights.clear();
  EXPECT_EQ(aggregationName(point), "ddl rescale=off");
  EXPECT_TRUE(setAggregation(point, "ddl weights=norm"));
  EXPECT_EQ(point.weights, "norm");
  EXPECT_TRUE(setAggregation(point, "ddl rescale=on"));
  EXPECT_EQ(point.weights, "");
  EXPECT_EQ(point.rescale, aggregation::Rescale::On);
  const OperatingPoint before = point;
  EXPECT_FALSE(setAggregation(point, "average"));
  EXPECT_EQ(point, before);
}

class StoredPointTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("discern-point-" + std::to_string(::getpid()) + ".discern");
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(StoredPointTest, IsKeptWithTheProject) {
  auto project = project::Project::create(folder_);
  EXPECT_EQ(storedPoint(project), OperatingPoint{});
  storePoint(project, filled());
  EXPECT_EQ(storedPoint(project), filled());
}

TEST_F(StoredPointTest, AFarOf0ThatAnOlderVersionKeptIsTheDefault) {
  auto project = project::Project::create(folder_);
  OperatingPoint point = filled();
  point.far = 0;
  storePoint(project, point);
  point.far = OperatingPoint().far;
  EXPECT_EQ(storedPoint(project), point);
}

TEST_F(StoredPointTest, TakesWhatVersion01Kept) {
  auto project = project::Project::create(folder_);
  project.putSetting("threshold", "0.42");
  project.putSetting("score_table", "norm");
  project.putSetting("feature_table", "demo");
  project.putSetting("protocol", "pairs");
  OperatingPoint expected;
  expected.threshold = 0.42;
  expected.scores = "norm";
  expected.features = "demo";
  expected.protocol = "pairs";
  EXPECT_EQ(storedPoint(project), expected);
  project.putSetting("threshold", "much");
  EXPECT_EQ(storedPoint(project).threshold, OperatingPoint{}.threshold);
}

}  // namespace
}  // namespace discern::analysis
