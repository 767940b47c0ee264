#include "core/pipeline/aggregation_plan.h"

#include <gtest/gtest.h>

namespace discern::pipeline {
namespace {

std::vector<std::string> namesOfPlan(const jobs::EvaluateOptions& options, Known known, bool single = false) {
  std::vector<std::string> names;
  for (const auto& planned : planAggregations(options, 0.25, {}, known, single))
    names.push_back(planned.name);
  return names;
}

TEST(AggregationPlan, HasWhatItsNeedsAreKnownOf) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(namesOfPlan({}, {}), (Names{"average", "max", "trimmed-mean", "two-pass-mean", "geometric-median",
                                        "norm-weighted", "random-3", "uniform-3"}));
  EXPECT_EQ(namesOfPlan({}, {.media = true, .detector = true}),
            (Names{"average", "max", "trimmed-mean", "two-pass-mean", "geometric-median", "norm-weighted",
                   "detector-weighted", "random-3", "uniform-3", "media-mean-sum", "insightface-ijb"}));
  EXPECT_EQ(namesOfPlan({}, {.scores = true}),
            (Names{"average", "max", "trimmed-mean", "two-pass-mean", "geometric-median", "norm-weighted",
                   "random-3", "uniform-3", "top-1", "top-3", "score-weighted", "ddl rescale=off",
                   "ddl rescale=on", "ddl rescale=auto"}));
}

TEST(AggregationPlan, FollowsTheOptions) {
  jobs::EvaluateOptions options;
  options.k = 5;
  options.trim = 0.4;
  options.minCosine = 0.2;
  options.seed = 9;
  options.weights = "head";
  options.rescales = {aggregation::Rescale::On};
  const auto plan = planAggregations(options, 0.25, {}, {.scores = true, .weights = true}, false);
  const auto at = [&](const char* name) { return *std::ranges::find(plan, name, &PlannedAggregation::name); };
  EXPECT_EQ(at("top-5").how.k, 5);
  EXPECT_EQ(at("random-5").how.seed, 9U);
  EXPECT_EQ(at("trimmed-mean").how.trim, 0.4);
  EXPECT_EQ(at("two-pass-mean").how.minCosine, 0.2);
  EXPECT_EQ(at("ddl rescale=on").how.threshold, 0.25);
  EXPECT_EQ(std::ranges::count_if(plan, [](const auto& p) { return p.name.starts_with("ddl rescale"); }), 1);
  const auto& last = plan.back();
  EXPECT_EQ(last.name, "ddl weights=head");
  EXPECT_EQ(last.weights, PlannedAggregation::Weights::Others);
  EXPECT_EQ(last.how.method, aggregation::Method::Ddl);
  EXPECT_EQ(last.how.rescale, aggregation::Rescale::Off);
  EXPECT_EQ(last.how.threshold, 0.25);
}

TEST(AggregationPlan, SingleImagesAreOneRow) {
  EXPECT_EQ(namesOfPlan({}, {.scores = true, .weights = true}, true),
            (std::vector<std::string>{"single images"}));
}

}  // namespace
}  // namespace discern::pipeline
