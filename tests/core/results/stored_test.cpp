// Stored results: those of the project that every version must open, and of a project from a stranger.
#include "core/results/stored.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "core/base/json_text.h"
#include "core/jobs/jobs.h"
#include "core/jobs/stored.h"
#include "core/results/visit.h"

namespace discern::results {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

project::RunRow runOf(const std::string& job, const std::string& result, const std::string& status = "done") {
  project::RunRow run;
  run.job = job;
  run.status = status;
  run.result = result;
  return run;
}

// What a stored result says again after it was read; nothing when it cannot be read.
std::optional<json> readAgain(const project::RunRow& run) {
  std::optional<json> again;
  visitResults([&](const auto& result) {
    if (const auto read = resultOf<std::decay_t<decltype(result)>>(run)) again = toJson(*read);
  });
  return again;
}

// Everything of `before` stands in `after`, which may say more.
void expectInside(const json& before, const json& after, const std::string& where) {
  if (before.is_object()) {
    for (const auto& [key, value] : before.items()) {
      ASSERT_TRUE(after.contains(key)) << where << "." << key;
      expectInside(value, after[key], where + "." + key);
    }
  } else if (before.is_array()) {
    ASSERT_EQ(before.size(), after.size()) << where;
    for (std::size_t i = 0; i < before.size(); ++i) expectInside(before[i], after[i], where + "[]");
  } else {
    EXPECT_EQ(before, after) << where;
  }
}

TEST(StoredResults, OfTheGoldenProjectLoseNothing) {
  const fs::path folder = fs::temp_directory_path() / ("discern_results_" + std::to_string(::getpid()));
  fs::copy(fs::path(DISCERN_SOURCE_DIR) / "tests/golden/project-v2", folder, fs::copy_options::recursive);
  {
    const auto project = project::Project::open(folder, project::Project::Mode::Read);
    const auto runs = project.runs();
    ASSERT_EQ(runs.size(), 17U);
    for (const auto& run : runs) {
      const auto again = readAgain(run);
      ASSERT_TRUE(again) << run.id << " " << run.job;
      expectInside(json::parse(run.result), *again, run.job);
      EXPECT_EQ(jobs::storedText(run, "seed").empty(),
                findField(jobs::jobOf(run.job).fields, "seed") == nullptr);
    }
    const auto pairs = listFromJsonText<ProbablySame>(project.setting("probably_same").value(), "pairs");
    EXPECT_EQ(toJson(pairs.at(0)), json::parse(project.setting("probably_same").value())[0]);
    EXPECT_EQ(fromJsonText<MapProgress>(project.map("tsne").options, "map").of, 12);
    EXPECT_EQ(fromJsonText<LearnedScores>(project.models().at(0).options, "head").features, "demo");
    EXPECT_FALSE(fromJsonText<SelectedBy>(project.selection("selection").options, "it").model.empty());
  }
  fs::remove_all(folder);
}

TEST(StoredResults, OfAStrangerAreNotReadableRatherThanACrash) {
  const auto reads = [](const std::string& result) {
    return resultOf<EvaluateResult>(runOf("evaluate", result)).has_value();
  };
  EXPECT_TRUE(reads("{}"));
  for (const std::string result :
       {"", "null", "[]", "{\"aggregations\":[", R"({"aggregations":{}})", R"({"aggregations":[7]})",
        R"({"aggregations":[{"roc":[[1]]}]})", R"({"aggregations":[{"tar":[[]]}]})", R"({"genuine":"many"})",
        R"({"folds":1e99})", R"({"folds":99999999999})", R"({"seed":-1})", R"({"edc":[{"curve":[1,2]}]})"})
    EXPECT_FALSE(reads(result)) << result;
  EXPECT_FALSE(reads(std::string(50000, '[') + std::string(50000, ']')));
  EXPECT_FALSE(resultOf<EvaluateResult>(runOf("evaluate", "{}", "running")));
  EXPECT_FALSE(resultOf<EvaluateResult>(runOf("sweep", "{}")));
}

TEST(StoredResults, AFailureSaysWhy) {
  EXPECT_EQ(failureOf(runOf("score", R"({"error":"no features"})", "failed")), "no features");
  EXPECT_EQ(failureOf(runOf("score", R"({"error":"no features"})")), "");
  EXPECT_EQ(failureOf(runOf("score", "{", "failed")), "");
}

TEST(StoredResults, TopLevelsOfAnyObject) {
  const std::string text = R"({"b":true,"a":"x","n":2.5,"none":null,"list":[1,2.5,"y"],"inner":{"z":1}})";
  const std::vector<std::pair<std::string, Value>> values = {
      {"a", "x"}, {"b", true}, {"n", 2.5}, {"none", std::monostate()}};
  EXPECT_EQ(topLevel(text), values);
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"a", "x"}, {"b", "true"}, {"list", "1/2.5/y"}, {"n", "2.5"}, {"none", ""}};
  EXPECT_EQ(topLevelTexts(text), texts);
  EXPECT_TRUE(topLevel("[1]").empty());
  EXPECT_TRUE(topLevel("{").empty());
}

TEST(StoredOptions, AreReadByTheFieldsOfTheJob) {
  project::RunRow run;
  run.job = "distil";
  run.options = R"({"size":"32","mode":"sc","unknown":"1"})";
  EXPECT_EQ(jobs::storedText(run, "size"), "32");
  EXPECT_EQ(jobs::storedText(run, "seed"), "1") << "its default, where it was not stored";
  EXPECT_EQ(jobs::storedText(run, "unknown"), "");
  run.job = "no such job";
  EXPECT_EQ(jobs::storedText(run, "size"), "");
}

}  // namespace
}  // namespace discern::results
