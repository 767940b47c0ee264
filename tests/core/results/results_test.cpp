// Every result: filled with values that are no default, it goes through its JSON unchanged, and no two of its
// members share a key.
#include <gtest/gtest.h>

#include <set>

#include "core/base/described.h"
#include "core/base/json_text.h"
#include "core/jobs/jobs.h"
#include "core/results/doubts.h"
#include "core/results/printed.h"
#include "core/results/reproduce.h"
#include "core/results/visit.h"

namespace discern::results {
namespace {

// Gives each member another value, and counts the keys of the outermost struct.
class Filler {
 public:
  template <class T>
  void operator()(const char* key, T& value) {
    EXPECT_TRUE(keys.insert(key).second) << key << " is described twice";
    fill(value);
  }
  template <class T>
  void ifAny(const char* key, T& value) {
    (*this)(key, value);
  }
  template <class T>
  void since(const char* key, T& value, const T&) {
    (*this)(key, value);
  }
  template <class... T>
  void list(T&... numbers) {
    (fill(numbers), ...);
  }
  std::set<std::string> keys;

 private:
  template <class T>
  void fill(T& value) {
    ++count_;
    if constexpr (std::is_same_v<T, nlohmann::json>) {
      value = {{"any", count_}};
    } else if constexpr (requires { describe(*this, value); }) {
      Filler inner;
      inner.count_ = count_;
      describe(inner, value);
      count_ = inner.count_;
    } else if constexpr (std::is_same_v<T, bool>) {
      value = !value;
    } else if constexpr (NamedEnum<T>) {
      value = std::prev(std::end(namesOf(T{})))->value == value ? std::begin(namesOf(T{}))->value
                                                                : std::prev(std::end(namesOf(T{})))->value;
    } else if constexpr (std::is_floating_point_v<T>) {
      value = count_ + 0.1;
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(count_);
    } else if constexpr (std::is_same_v<T, std::string>) {
      value = "text " + std::to_string(count_);
    } else if constexpr (requires { value.has_value(); }) {
      fill(value.emplace());
    } else if constexpr (requires { typename T::mapped_type; }) {
      fill(value["a"]);
      fill(value["b"]);
    } else {
      fill(value.emplace_back());
      fill(value.emplace_back());
    }
  }
  int count_ = 0;
};

bool hasNull(const nlohmann::json& json) {
  return json.is_null() || (json.is_structured() && std::ranges::any_of(json, hasNull));
}

template <class R>
void expectRoundTrip() {
  SCOPED_TRACE(__PRETTY_FUNCTION__);
  R filled{};
  Filler filler;
  describe(filler, filled);
  const auto json = toJson(filled);
  EXPECT_FALSE(hasNull(json)) << json;
  std::set<std::string> written;
  for (const auto& [key, value] : json.items()) written.insert(key);
  EXPECT_EQ(written, filler.keys);
  EXPECT_NE(json, toJson(R{}));
  const auto again = fromJsonText<R>(textOf(json), "it");
  EXPECT_EQ(textOf(toJson(again)), textOf(json));
  EXPECT_NO_THROW(fromJsonText<R>("{}", "it"));
}

TEST(Results, GoThroughTheirJsonUnchanged) {
  visitResults([](auto result) { expectRoundTrip<decltype(result)>(); });
  expectRoundTrip<LearnedScores>();
  expectRoundTrip<SelectedBy>();
  expectRoundTrip<MapProgress>();
  expectRoundTrip<ProbablySame>();
  expectRoundTrip<DoubtsResult>();
  expectRoundTrip<ExportResult>();
  expectRoundTrip<ExportModelResult>();
  expectRoundTrip<ImportWeightsResult>();
  expectRoundTrip<RecipeResult>();
  expectRoundTrip<ReproduceResult>();
  expectRoundTrip<ProjectInfo>();
}

TEST(Results, NotedPairsFindTheirIdentities) {
  const std::vector<project::IdentityRow> identities = {{.id = 0, .name = "ann", .set = "s"},
                                                        {.id = 1, .name = "bob", .set = "s"},
                                                        {.id = 2, .name = "ann", .set = "t"}};
  const auto pairs = notedPairs(
      R"([{"a":"ann","a_set":"t","b":"bob","b_set":"s","cosine":0.7},{"a":"bob","b":"ann","b_id":2,"cosine":0.9},
          {"a":"bob","b":"ann","b_id":1,"cosine":0.8},{"a":"nobody","b":"ann","cosine":0.95}])",
      identities);
  ASSERT_EQ(pairs.size(), 3U);
  EXPECT_EQ(pairs[0].from, 2);
  EXPECT_EQ(pairs[0].into, 1);
  EXPECT_EQ(pairs[1].into, 2) << "by number";
  EXPECT_EQ(pairs[2].into, 0) << "by name, where the number is somebody else's";
  EXPECT_TRUE(notedPairs("no list", identities).empty());
}

// Those that keep no run: they show, or write files outside the project.
TEST(Results, EveryJobThatKeepsARunHasOne) {
  std::set<std::string> described = {"doubts", "export", "export-model", "import-weights",
                                     "mark",   "point",  "report",       "table"};
  visitResults([&](const auto& result) { EXPECT_TRUE(described.insert(result.kJob).second) << result.kJob; });
  std::set<std::string> jobs;
  for (const auto& job : jobs::allJobs()) jobs.insert(job.name);
  EXPECT_EQ(described, jobs);
}

// Members, not only what is in the JSON, and every number to its last digit.
TEST(Results, AnEvaluationIsReadIntoItsPlaces) {
  const auto r = fromJsonText<EvaluateResult>(
      R"({"protocol":"p","weights":"head","genuine":3,"contradicted_pairs":2,"empty_pairs":1,"far_rule":"at most",
          "edc_fmr":0.01,"seed":18446744073709551615,
          "aggregations":[{"name":"average","auc":0.1234567890123456789,"eer":null,
            "tar":[{"far":0.1,"tar":0.5,"actual_far":0.09,"low":0.4,"high":0.6,"supported":true,"threshold":null}],
            "roc":[[0,0.25],[1,1]],"accuracy":null,"kept":0.5,"macs_share":null}],
          "edc":[{"name":"s","variant":"fixed","curve":[[0,0.5],[0.5,null]],"pauc":0.2}],
          "agreement":[{"scores":"s","within":0.5,"global":null,"identities":4,"clean":9}]})",
      "it");
  EXPECT_EQ(r.weights, "head");
  EXPECT_EQ(r.genuine, 3);
  EXPECT_EQ(r.pairs.contradicted, 2);
  EXPECT_EQ(r.pairs.empty, 1);
  EXPECT_EQ(r.pairs.relabelled, 0);
  EXPECT_EQ(r.pairs.trained, 0) << "an older version did not state it";
  EXPECT_EQ(r.seed, 18446744073709551615U);
  const auto& row = r.aggregations.at(0);
  EXPECT_EQ(row.auc, 0.1234567890123456789);
  EXPECT_TRUE(std::isnan(row.eer));
  EXPECT_TRUE(std::isnan(row.accuracy));
  EXPECT_TRUE(std::isnan(row.macsShare));
  EXPECT_TRUE(row.tar.at(0).supported);
  EXPECT_EQ(row.tar[0].actualFar, 0.09);
  EXPECT_EQ(row.roc.at(0).tar, 0.25);
  EXPECT_EQ(r.edc.at(0).curve.at(0).fnmr, 0.5);
  EXPECT_TRUE(std::isnan(r.edc[0].curve[1].fnmr));
  EXPECT_EQ(r.agreement.at(0).clean, 9);
  EXPECT_TRUE(std::isnan(r.agreement[0].global));
}

TEST(Results, WhatAnOlderResultDoesNotStateIsUnknownAndNotZero) {
  const auto r = fromJsonText<EvaluateResult>(R"({"aggregations":[{"name":"average"}]})", "it");
  EXPECT_TRUE(std::isnan(r.aggregations.at(0).auc));
  EXPECT_EQ(r.aggregations[0].kept, 1);
  EXPECT_EQ(r.aggregations[0].macsShare, 1);  // there was no cost to save
  EXPECT_EQ(fromJsonText<SweepJobResult>("{}", "it").far, 1e-3);
  EXPECT_FALSE(fromJsonText<SweepJobResult>(R"({"knee":null})", "it").knee);
  EXPECT_TRUE(std::isnan(fromJsonText<TrainDdnetResult>("{}", "it").validationLoss));

  const auto old =
      fromJsonText<SweepJobResult>(R"({"curves":[{"name":"average","points":[{"threshold":0.5}]}]})", "it");
  const auto& point = old.curves.at(0).points.at(0);
  EXPECT_EQ(point.threshold, 0.5);
  for (const double number : {point.tar, point.accuracy, point.cost.macs, point.cost.milliseconds})
    EXPECT_TRUE(std::isnan(number));
  EXPECT_EQ(point.cost.share, 1);
  EXPECT_EQ(point.keptShare, 1);

  const auto tar =
      fromJsonText<AggregationResult>(R"({"tar":[{"far":0.01,"tar":0.9}, {"far":0.1}]})", "it").tar;
  EXPECT_TRUE(tar.at(0).supported);  // before it was stated all was shown
  EXPECT_EQ(tar[0].low, 0.9);
  EXPECT_EQ(tar[0].high, 0.9);
  EXPECT_TRUE(std::isnan(tar.at(1).tar));
}

}  // namespace
}  // namespace discern::results
