// discern reproduce: what it says without data, and a stand-in from nothing to its table (minutes: nightly).
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>

#include "tests/app/command_runner.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using test::run;

class Reproduce : public ::testing::Test {
 protected:
  Reproduce() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~Reproduce() override { fs::remove_all(folder_); }
  const fs::path folder_ = fs::temp_directory_path() / ("discern_reproduce_" + std::to_string(::getpid()));
  const std::string project_ = folder_ / "p.discern";
};

TEST_F(Reproduce, WithoutDataItSaysWhatToPutWhere) {
  auto ran = run({"reproduce", "ddl-table-1", project_});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.err.find("ddl-table-1: needs DATA/ytf (YouTube Faces"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("--standin"), std::string::npos);
  ran = run({"reproduce", "ddl-table-1", project_, "--data", folder_});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.err.find("ytf: is missing; ddl-table-1 needs DATA/ytf"), std::string::npos) << ran.err;
  ran = run({"reproduce", "ddl-table-19", project_});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_NE(ran.err.find("ddl-table-1"), std::string::npos) << ran.err;
  fs::create_directories(folder_ / "ytf");
  fs::create_directories(folder_ / "train");
  ran = run({"reproduce", "ddl-table-1", project_, "--data", folder_, "--set", "passes=3"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.err.find("'passes=3' was set, but ddl-table-1 takes KEY=VALUE of: epochs"), std::string::npos)
      << ran.err;
  EXPECT_FALSE(fs::exists(project_));
}

TEST_F(Reproduce, AStandInIsTheItemsOwn) {
  fs::create_directories(project_ + ".standin/ddl-table-1");  // which counts as rendered
  fs::create_directories(project_ + ".standin/scface");       // what else is there is another item's
  const auto ran = run({"reproduce", "ddl-table-1", project_, "--standin"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.err.find("p.discern.standin/ddl-table-1/train"), std::string::npos) << ran.err;
}

TEST_F(Reproduce, AStandInGoesTheWholeWay) {
  const auto ran = run({"reproduce", "ddl-table-2", project_, "--standin", "--set", "epochs=1", "--json"});
  ASSERT_EQ(ran.exit, 0) << ran.err << ran.out;
  const auto table = ran.event("result");
  EXPECT_EQ(table["item"], "ddl-table-2");
  EXPECT_EQ(table["standin"], true);
  ASSERT_FALSE(table["rows"].empty());
  for (const auto& row : table["rows"])
    EXPECT_FALSE(row.contains("paper")) << "no figure of the paper is at hand";
  EXPECT_EQ(table["rows"][0]["row"], "average");
  EXPECT_EQ(table["rows"][0]["measure"], "mAP %");
  // The number of the run that stands in the project.
  double map = -1;
  for (const auto& event : ran.events)
    if (event["event"] == "result" && event.value("job", "") == "identify" &&
        event.value("aggregation", "") == "average")
      map = event["map"];
  EXPECT_NEAR(table["rows"][0]["ours"].get<double>(), 100 * map, 1e-9);
  std::string switches;
  for (const auto& line : table["switches"]) switches += line.get<std::string>() + "\n";
  for (const char* part :
       {"epochs: 1\n", "preset: paper\n", "score: as published", "identify: as published (",
        "evaluate: as published (", "train-ddnet: as published", "schedule", "lengths raw",
        "every template with every other one", "no mirrored face"})
    EXPECT_NE(switches.find(part), std::string::npos) << part << "\n" << switches;
  bool tellsTar = false;
  for (const auto& row : table["rows"]) tellsTar = tellsTar || row["measure"] == "TAR % at FAR 0.01";
  EXPECT_TRUE(tellsTar);
  const auto again = run({"reproduce", "ddl-table-2", project_, "--standin", "--set", "epochs=1", "--json"});
  EXPECT_EQ(again.event("result")["rows"], table["rows"]) << "finished steps are not done again";
}

// Every row of a stand-in's table: its number, by row and measure.
class StandIns : public Reproduce {
 protected:
  nlohmann::json table(const std::string& item, const std::string& set = "epochs=1") {
    std::vector<std::string> arguments = {"reproduce", item, project_, "--standin", "--json"};
    if (!set.empty()) arguments.insert(arguments.end(), {"--set", set});
    const auto ran = run(arguments);
    EXPECT_EQ(ran.exit, 0) << ran.err << ran.out;
    auto result = ran.event("result");
    for (const auto& row : result["rows"])
      if (row["ours"].is_number()) ours_[{row["row"], row["measure"]}] = row["ours"];
    EXPECT_EQ(ours_.size(), result["rows"].size()) << "a row twice, or without a number";
    return result;
  }
  double ours(const std::string& row, const std::string& measure) const {
    const auto at = ours_.find({row, measure});
    EXPECT_NE(at, ours_.end()) << row << ", " << measure;
    return at == ours_.end() ? std::nan("") : at->second;
  }
  bool says(const nlohmann::json& result, const std::string& part) const {
    for (const auto& line : result["switches"])
      if (line.get<std::string>().find(part) != std::string::npos) return true;
    return false;
  }
  std::map<std::pair<std::string, std::string>, double> ours_;
};

TEST_F(StandIns, FiguresAreAPictureAndItsNumbers) {
  auto result = table("ddl-figure-3", "");
  ASSERT_EQ(result["files"].size(), 3U);
  for (const auto& file : result["files"]) EXPECT_GT(fs::file_size(file.get<std::string>()), 100U) << file;
  const std::string first = result["rows"][0]["row"];
  EXPECT_LT(ours(first, "lowest score"), ours(first, "highest score"));
  EXPECT_EQ(ours(first, "images"), 8);

  ours_.clear();
  fs::remove_all(project_);
  fs::remove_all(project_ + ".standin");
  result = table("skd-figure-6", "identities=6,keep=75");
  ASSERT_EQ(result["files"].size(), 3U);
  EXPECT_EQ(ours("all faces", "identities"), 6);
  EXPECT_EQ(ours("all faces", "faces"), 72);
  EXPECT_LT(ours("the kept alone", "faces"), 72);
  EXPECT_TRUE(says(result, "kept by selection@75%"));
}

TEST_F(StandIns, TheAblationOfTheThresholdKeepsLessAtAHigherOne) {
  table("ddl-table-6");
  double before = 100;
  for (const char* t : {"0", "0.15", "0.3", "0.5", "0.7"}) {
    const double kept = ours(std::string("t = ") + t + ", rescale off", "images kept %");
    EXPECT_LE(kept, before) << t;
    before = kept;
  }
  EXPECT_EQ(ours("t = 0, rescale off", "images kept %"), 100);
  EXPECT_LT(before, 90);
  EXPECT_EQ(ours("plain mean", "images kept %"), 100);
}

TEST_F(StandIns, TheAblationOfTheScoreHasItsTruthAndItsPredictors) {
  table("ddl-table-5");
  constexpr const char* kRank = "rank correlation with the D-score";
  EXPECT_NEAR(ours("published", kRank), 1, 1e-9) << "it is the truth";
  for (const char* row : {"by ddnet-published", "by ddnet-r34", "by head", "norm", "sharpness"}) {
    EXPECT_LT(ours(row, kRank), 1) << row;
    EXPECT_GT(ours(row, "AUC"), 0.5) << row;
  }
}

TEST_F(StandIns, StudentsAreFineTunedOnOtherSubjectsOfTheBenchmark) {
  const auto result = table("skd-table-2", "epochs=1,tuning_epochs=1");
  for (const char* row :
       {"S-16-128", "S-16-128-tuned", "S-16-1024-tuned", "S-32-1024", "S-32-128-tuned", "teacher"}) {
    double sum = 0;
    for (const char* metres : {"4.20", "2.60", "1.00"})
      sum += ours(row, std::string("rank 1 % at ") + metres + " m");
    EXPECT_NEAR(sum / 3, ours(row, "rank 1 %, all distances"), 1e-9)
        << row << ": as many probes at each distance";
  }
  EXPECT_TRUE(says(result, "12 subjects tested")) << result["switches"];
  EXPECT_TRUE(says(result, "fine-tuned on 128 images of 8 other subjects")) << result["switches"];
}

TEST_F(StandIns, UccssReductionStartsFromTheStudentAndFromScratch) {
  table("skd-uccs");
  for (const char* row :
       {"S-16-c, own start", "S-16-c, random start", "S-16-sc, own start", "S-16-sc, random start"}) {
    EXPECT_LE(ours(row, "top-5 error %"), ours(row, "top-1 error %")) << row;
    EXPECT_LT(ours(row, "top-1 error %"), 95) << row << ": chance, of 20";
  }
}

TEST_F(StandIns, AccuracyOverTheResolutionIsThatOfEveryModeAndTheTeacher) {
  table("skd-figure-7");
  EXPECT_EQ(ours_.size(), 4U * 4 * 2 + 1);
  EXPECT_GT(ours("teacher", "accuracy %, full faces"), 60);
  for (const auto& [row, value] : ours_) EXPECT_GE(value, 35) << row.first;
}

TEST_F(StandIns, MemoryIsToldOfEachModelAtEachBatch) {
  table("skd-figure-8");
  EXPECT_GT(ours("S-16-sc", "memory MB, batch 1, growth of the process"), 0);
  EXPECT_GT(ours("demo", "times that of S-16-sc, batch 1"), 0);
}

}  // namespace
}  // namespace discern
