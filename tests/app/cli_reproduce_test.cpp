// discern reproduce: what it says without data, and a stand-in from nothing to its table (minutes: nightly).
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

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
  ran = run({"reproduce", "ddl-table-9", project_});
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

}  // namespace
}  // namespace discern
