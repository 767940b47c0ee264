#include "core/runs/run_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/base/field_error.h"
#include "core/base/field_json.h"
#include "core/jobs/visit.h"
#include "core/results/stored.h"
#include "core/results/visit.h"
#include "core/runs/lineage.h"

namespace discern::runs {
namespace {

// Runs as a project keeps them, with the fields and results of the jobs themselves.
class Runs {
 public:
  template <class O, class R>
  int add(const Fields<O>& fields, const std::vector<std::pair<std::string, std::string>>& given,
          const R& result, const char* status = "done") {
    O options;
    for (const auto& [field, text] : given) fields.set(options, field, text);
    project::RunRow row;
    row.id = 10 + static_cast<int>(rows.size());
    row.job = R::kJob;
    row.options = runJson(fields, options).dump();
    row.status = status;
    row.result = toJson(result).dump();
    rows.push_back(row);
    return row.id;
  }
  int score(const std::string& name, const char* metric) {
    results::ScoreJobResult result;
    result.name = name;
    result.features = "demo";
    return add(jobs::scoreFields(), {{"name", name}, {"metric", metric}}, result);
  }
  int train(const std::string& name, const std::string& scores, const char* copies, double loss) {
    results::TrainDdnetResult result;
    result.name = name;
    result.validationLoss = loss;
    result.macs = 39.65e6;
    return add(jobs::trainDdnetFields(), {{"name", name}, {"scores", scores}, {"copies", copies}}, result);
  }
  int predict(const std::string& name, const std::string& model) {
    results::PredictResult result;
    result.name = name;
    return add(jobs::predictFields(), {{"name", name}, {"network", model}}, result);
  }
  int evaluate(const std::string& scores, const std::string& protocol, const char* threshold, double tar) {
    results::EvaluateResult result;
    result.protocol = protocol;
    result.features = "demo";
    result.scores = scores;
    result.agreement = {{scores, "dscore", 0.7, 0.6, 0.5, 0.4, 0.8, 0.7, 100, 50, 5}};
    for (const char* name : {"average", "ddl rescale=auto", "ddl rescale=on"}) {
      results::AggregationResult row;
      row.name = name;
      row.auc = 0.9;
      row.kept = 0.5;
      for (const auto& [far, value] : {std::pair(1e-2, tar + 0.1), {1e-3, tar}})
        row.tar.push_back({far, value, 0, far, true, value, value});
      result.aggregations.push_back(row);
    }
    return add(jobs::evaluateFields(), {{"threshold", threshold}, {"protocol", protocol}}, result);
  }

  std::vector<project::RunRow> rows;
};

std::vector<std::string> titles(const RunTable& table) {
  std::vector<std::string> all;
  for (const auto& column : table.columns) all.push_back(titleOf(column));
  return all;
}

std::map<std::string, std::string> texts(const RunTable& table, std::size_t row) {
  std::map<std::string, std::string> all;
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (!table.rows[row].cells[c].text.empty())
      all[titleOf(table.columns[c])] = table.rows[row].cells[c].text;
  return all;
}

TEST(Lineage, FollowsNamesToTheRunThatMadeThemLast) {
  Runs r;
  r.score("dscore", "cosine");         // 0
  r.train("net", "dscore", "1", 0.1);  // 1
  r.score("dscore", "euclidean");      // 2: too late for the network
  r.predict("told", "net");            // 3
  r.evaluate("told", "p", "0.15", 0.5);
  const Lineage lineage(r.rows);
  std::vector<int> chain;
  for (const auto& ancestor : lineage.of(4)) chain.push_back(ancestor.at);
  EXPECT_EQ(chain, (std::vector<int>{4, 3, 1, 0}));
  EXPECT_EQ(lineage.of(4).back().depth, 3);
  EXPECT_EQ(lineage.makerOf({Thing::Scores, "dscore"}, 4), 2);
  EXPECT_EQ(lineage.makerOf({Thing::Scores, "dscore"}, 2), 0);
  EXPECT_EQ(lineage.makerOf({Thing::Scores, ""}, 4), 3) << "the newest";
  EXPECT_EQ(lineage.makerOf({Thing::Protocol, "p"}, 4), -1);
}

TEST(RunTable, TellsTheOptionsThatDifferAndNoOthers) {
  Runs r;
  r.score("a", "cosine");
  r.train("net-a", "a", "1", 0.125);
  r.predict("told-a", "net-a");
  r.score("b", "euclidean");
  r.train("net-b", "b", "1", 0.25);
  r.predict("told-b", "net-b");
  const int first = r.evaluate("told-a", "p", "0.15", 0.5), second = r.evaluate("told-b", "p", "0.15", 0.75);
  const auto table = runTable(r.rows, {.runs = {second, first}});
  EXPECT_EQ(titles(table),
            (std::vector<std::string>{"score: Metric", "evaluate: Aggregation", "Held-out loss", "MMACs",
                                      "p: Rank correlation", "p: Rank correlation, clean", "p: AUC",
                                      "p: TAR % at FAR 0.001", "p: Kept %", "p: Compute %"}));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].run, second);
  EXPECT_EQ(table.rows[0].name, "told-b");
  const auto b = texts(table, 0), a = texts(table, 1);
  EXPECT_EQ(b.at("score: Metric"), "euclidean");
  EXPECT_EQ(a.at("score: Metric"), "cosine");
  EXPECT_EQ(b.at("p: TAR % at FAR 0.001"), "75.00");
  EXPECT_EQ(a.at("Held-out loss"), "0.12500");
  EXPECT_EQ(a.at("evaluate: Aggregation"), "ddl rescale=auto");
  EXPECT_EQ(a.at("p: Rank correlation"), "0.700");
}

TEST(RunTable, AnEvaluationHasARowForEachAggregationThatIsAskedFor) {
  Runs r;
  r.score("a", "cosine");
  const int low = r.evaluate("a", "p", "0.15", 0.5), high = r.evaluate("a", "p", "0.4", 0.75);
  const auto table = runTable(
      r.rows, {.runs = {low, high}, .aggregations = {"average", "ddl rescale=on", "of old"}, .far = 0.02});
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(texts(table, 1).at("evaluate: Aggregation"), "ddl rescale=on");
  EXPECT_EQ(texts(table, 0).at("evaluate: Threshold"), "0.15");
  EXPECT_EQ(texts(table, 3).at("evaluate: Threshold"), "0.4");
  EXPECT_EQ(texts(table, 3).at("p: TAR % at FAR 0.01"), "85.00") << "the nearest FAR that there is";
  auto result = results::resultOf<results::EvaluateResult>(r.rows.back()).value();
  result.aggregations.erase(result.aggregations.begin() + 1);
  r.rows.back().result = toJson(result).dump();
  EXPECT_EQ(texts(runTable(r.rows, {.runs = {high}}), 0).at("evaluate: Aggregation"), "ddl rescale=on")
      << "without DDL as it is by default its first";
}

TEST(RunTable, ATrainingHasTheNumbersOfTheNearestEvaluation) {
  Runs r;
  const int score = r.score("a", "cosine");
  const int plain = r.train("net", "a", "0", 0.5);
  r.predict("told", "net");
  r.evaluate("a", "p", "0.15", 0.99);
  r.evaluate("told", "p", "0.15", 0.25);
  r.evaluate("told", "p", "0.15", 0.375);  // newer
  r.evaluate("told", "q", "0.15", 0.625);
  const int copies = r.train("other", "a", "2", 0.4);
  auto table = runTable(r.rows, {.runs = {plain, copies, score}, .protocols = {"p"}});
  EXPECT_EQ(texts(table, 0).at("p: TAR % at FAR 0.001"), "37.50");
  EXPECT_EQ(texts(table, 0).at("train-ddnet: Degraded copies"), "0");
  EXPECT_FALSE(texts(table, 1).contains("p: TAR % at FAR 0.001")) << "it was never asked";
  EXPECT_EQ(texts(table, 1).at("Held-out loss"), "0.40000");
  EXPECT_EQ(texts(table, 2).at("p: TAR % at FAR 0.001"), "99.00") << "nearer than what a network told of it";
  for (const auto& title : titles(table)) EXPECT_FALSE(title.starts_with("q:"));
  const auto csv = toCsv(table);
  EXPECT_TRUE(csv.starts_with("run,job,name,")) << csv;
  EXPECT_EQ(std::ranges::count(csv, '\n'), 4);
}

TEST(RunTable, WhatHasNoNumbersIsRefused) {
  Runs r;
  r.score("a", "cosine");
  results::ExtractResult extracted;
  const int extract = r.add(jobs::extractFields(), {}, extracted);
  const int failed = r.add(jobs::trainDdnetFields(), {}, results::TrainDdnetResult{}, "failed");
  const auto message = [&](int run) {
    try {
      runTable(r.rows, {.runs = {run}});
    } catch (const FieldError& e) {
      EXPECT_EQ(e.field(), "runs");
      return std::string(e.what());
    }
    return std::string();
  };
  EXPECT_NE(message(99).find("there is no run of this number"), std::string::npos);
  EXPECT_NE(message(extract).find("a run of extract has no numbers"), std::string::npos) << message(extract);
  EXPECT_NE(message(failed).find("is not done (failed)"), std::string::npos);
}

}  // namespace
}  // namespace discern::runs
