// Persons in tracklets through the real program: 224 x 112 samples go the whole way, and no job asks what
// they are.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "core/project/project.h"
#include "tests/app/in_project.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

class Tracklets : public test::InProject {
 protected:
  Tracklets() : InProject("discern_tracklets") {}
};

TEST_F(Tracklets, FromImportToMarsTable) {
  const json train =
      done({"import", "synthetic-tracklets", "--name", "train", "--count", "4", "--images", "4"});
  EXPECT_EQ(train["format"], "mars");
  EXPECT_EQ(train["identities"], 4);
  EXPECT_TRUE(train.value("unaligned", "").empty()) << "an upright person is no unaligned face";
  const json test = done({"import", "synthetic-tracklets", "--name", "mars", "--role", "test", "--count", "3",
                          "--images", "3", "--first-identity", "100"});
  EXPECT_EQ(test["protocols"].size(), 3U);
  EXPECT_EQ(test["problems"].size(), 1U) << test["problems"].dump() << ": only junk was left out";
  const auto samples = [&] {
    return project::Project::open(project_, project::Project::Mode::Read).samples();
  }();
  EXPECT_EQ(project::Project::open(project_, project::Project::Mode::Read).groupKind(), "tracklet");
  const json base =
      done({"train-base", "--name", "base", "--architecture", "resnet50", "--width", "0.125", "--size", "32",
            "--dims", "16", "--head", "softmax", "--triplet-weight", "1", "--epochs", "1", "--batch", "16"});
  EXPECT_EQ(base["classes"], 4);
  const json features = done({"extract", "--model", "base"});
  EXPECT_EQ(features["images"], samples.size());
  EXPECT_EQ(features["dims"], 16);
  const json scored = done({"score", "--metric", "euclidean"});
  EXPECT_GT(scored["scored"].get<int>(), 0);
  done({"score", "--method", "sharpness"});
  done({"train-ddnet", "--size", "32", "--epochs", "1", "--copies", "1", "--batch", "16"});
  const json predicted = done({"predict"});
  EXPECT_EQ(predicted["images"], samples.size()) << "distractors, too";
  EXPECT_EQ(done({"explain", "--image", "0"})["images"], 1);
  for (const char* architecture : {"attention", "rnn"}) {
    const json learned = done({"train-aggregator", "--architecture", architecture, "--hidden", "8",
                               "--epochs", "1", "--group-size", "3"});
    EXPECT_EQ(learned["groups"], "media") << "of a tracklet, in its order";
    EXPECT_EQ(learned["copies"], learned["originals"]);
  }
  const json evaluated = done({"evaluate", "--protocol", "mars/pairs", "--scores", "predicted"});
  EXPECT_GT(evaluated["genuine"].get<int>(), 0);
  EXPECT_FALSE(done({"sweep", "--protocol", "mars/pairs", "--scores", "predicted"})["curves"].empty());
  const json found = done({"identify", "--benchmark", "tracklets", "--scores", "predicted"});
  EXPECT_EQ(found["distractors"], 15);
  EXPECT_EQ(found["aggregators"], json({"rnn", "attention"}));
  std::set<std::string> rows;
  for (const auto& row : found["tracklets"]) {
    rows.insert(row["aggregation"].get<std::string>());
    EXPECT_TRUE(row["macs_share"].is_number());
    EXPECT_GE(row["map"].get<double>(), 0);
    EXPECT_LE(row["map"].get<double>(), 1);
    EXPECT_EQ(row["cmc"].size(), 20U);
  }
  for (const char* row : {"average", "max", "attention", "rnn", "ddl rescale=off"})
    EXPECT_TRUE(rows.contains(row)) << row;

  EXPECT_NE(error({"distil", "--mode", "c"}).find("squares"), std::string::npos);
  EXPECT_NE(error({"import", "synthetic-faces", "--count", "2", "--images", "2"}).find("tracklet"),
            std::string::npos)
      << "a project holds one kind";
  EXPECT_NE(error({"import", (fs::path(project_) / "images/mars").string(), "--detect", "cascade"})
                .find("finds faces, and persons are not aligned by theirs"),
            std::string::npos);
}

}  // namespace
}  // namespace discern
