// Clips in videos through the real program, from rendered videos to the table of classes; no job asks what
// they are.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/base/files.h"
#include "core/project/project.h"
#include "tests/app/in_project.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
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
  const json selected = done({"select"});
  EXPECT_EQ(selected["faces"], 3 * 9)
      << "the clips of the test, of classes of the same names, are not trained on";
  EXPECT_EQ(selected["identities"], 3);
  EXPECT_NE(error({"export-model", "--network", "base", "--out", (folder_ / "base.onnx").string()})
                .find("network of clips"),
            std::string::npos);
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

TEST_F(Actions, AStoppedImportGoesOn) {
  done({"import", "synthetic-actions", "--name", "one", "--count", "2", "--images", "1"});
  fs::path video;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(project_) / "images"))
    if (entry.path().extension() == ".avi") video = entry.path();
  ASSERT_FALSE(video.empty());
  const fs::path set = folder_ / "ucf", lists = set / "ucfTrainTestlist", videos = set / "UCF-101/Archery";
  fs::create_directories(lists);
  fs::create_directories(videos);
  std::ofstream list(lists / "trainlist01.txt");
  constexpr int kVideos = 200;
  for (int i = 0; i < kVideos; ++i) {
    const std::string name = fmt::format("v_Archery_g{}_c01.avi", i);
    fs::create_hard_link(video, videos / name);
    list << "Archery/" << name << " 1\n";
  }
  list.close();
  const fs::path other = folder_ / "q.discern", found = other / "detections";
  const std::vector<std::string> arguments = {"--json",     "import",   other.string(),
                                              set.string(), "--option", "part=train"};
  const auto stopped = test::run(arguments, R"("done":[1-9][^}]*"stage":"looking at videos)");
  if (stopped.exit == 0) GTEST_SKIP() << "it was done before it could be stopped";
  ASSERT_EQ(stopped.exit, 130) << stopped.out << stopped.err;
  std::ptrdiff_t known = 0;
  if (fs::exists(found))
    for (const auto& entry : fs::directory_iterator(found))
      known += std::ranges::count(readFile(entry.path()), '\n') - 1;
  ASSERT_GT(known, 0);
  const auto again = test::run(arguments);
  ASSERT_EQ(again.exit, 0) << again.out << again.err;
  EXPECT_NE(again.out.find(fmt::format("Going on after {} of {} videos.", known, kVideos)), std::string::npos)
      << again.out;
  EXPECT_EQ(project::Project::open(other.string(), project::Project::Mode::Read).sampleCount(), kVideos * 9);
  EXPECT_FALSE(fs::exists(found));
}

}  // namespace
}  // namespace discern
