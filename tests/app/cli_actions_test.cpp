// Clips in videos through the real program, from rendered videos to the table of classes; no job asks what
// they are.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "core/project/project.h"
#include "tests/app/in_project.h"

namespace discern {
namespace {
using nlohmann::json;

class Actions : public test::InProject {
 protected:
  Actions() : InProject("discern_actions") {}
};

TEST_F(Actions, FromImportToTheTableOfClasses) {
  const json train = done({"import", "synthetic-actions", "--name", "train", "--count", "3", "--images", "1",
                           "--bad-share", "0.5"});
  EXPECT_EQ(train["format"], "activitynet");
  EXPECT_EQ(train["identities"], 3);
  EXPECT_EQ(train["samples"], 3 * 9) << "20 seconds in clips of 2.13";
  const json test = done({"import", "synthetic-actions", "--name", "net", "--role", "test", "--count", "3",
                          "--images", "1", "--first-identity", "100"});
  EXPECT_EQ(test["protocols"].size(), 2U);
  const auto samples = [&] {
    return project::Project::open(project_, project::Project::Mode::Read).samples();
  }();
  EXPECT_EQ(project::Project::open(project_, project::Project::Mode::Read).groupKind(), "clip");
  const json base =
      done({"train-base", "--name", "base", "--architecture", "r3d-50", "--width", "0.0625", "--size", "16",
            "--dims", "8", "--head", "softmax", "--epochs", "1", "--batch", "16"});
  EXPECT_EQ(base["classes"], 3);
  EXPECT_EQ(done({"extract", "--model", "base"})["images"], samples.size());
  const json scored = done({"score"});
  EXPECT_EQ(scored["scored"], samples.size()) << "those of a test among the trained classes";
  EXPECT_EQ(scored["probably_same"], 0) << "a class of both parts is no person under two names";
  done({"train-ddnet", "--architecture", "ddnet-3d-r18", "--size", "16", "--epochs", "1", "--copies", "0",
        "--batch", "16"});
  EXPECT_EQ(done({"predict"})["images"], samples.size());
  const json found = done({"identify", "--benchmark", "actions", "--scores", "predicted", "--clips", "3,2"});
  EXPECT_EQ(found["identities"], 3);
  EXPECT_EQ(found["probes"], 3);
  std::set<std::string> rows;
  for (const auto& row : found["actions"]) {
    rows.insert(row["aggregation"].get<std::string>() + ", " + row["classifier"].get<std::string>());
    EXPECT_GE(row["top1"].get<double>(), 0);
    EXPECT_EQ(row["top5"], 1) << "of three classes";
    EXPECT_GT(row["compute"].get<double>(), 0);
  }
  for (const char* row :
       {"average, centroids", "average, layer", "top-3, centroids", "top-2, layer", "random-3, layer",
        "uniform-2, centroids", "ddl rescale=off, layer", "max, centroids"})
    EXPECT_TRUE(rows.contains(row)) << row;
  EXPECT_FALSE(rows.contains("max, layer"));
}

}  // namespace
}  // namespace discern
