// Photographs that are not part of the project: looked for beside it, or where DISCERN_SHARED says.
#include <cstdlib>

#include "core/imaging/image.h"
#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

fs::path shared() {
  const char* given = std::getenv("DISCERN_SHARED");
  return given ? fs::path(given) : fs::path(DISCERN_SOURCE_DIR) / ".." / "shared";
}

TEST(RealSets, HalfOfLfwWithItsPairs) {
  const fs::path folder = shared() / "data" / "lfw-half";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not there";
  Progress progress;
  const auto dataset = load(
      folder, "auto", {.extra = {{"pairs", (shared() / "data" / "lfw-half-pairs.txt").string()}}}, progress);
  EXPECT_EQ(dataset.format, "lfw");
  EXPECT_EQ(dataset.samples.size(), 6922U);
  EXPECT_EQ(dataset.identities.size(), 3554U);
  ASSERT_EQ(dataset.protocols.size(), 1U);
  EXPECT_EQ(dataset.protocols[0].pairs.size(), 3000U);
  EXPECT_EQ(dataset.protocols[0].folds, 5);
  EXPECT_EQ(dataset.samples[0].image.crop->x, 60);
  EXPECT_TRUE(dataset.problems.empty()) << dataset.problems[0].where << ": " << dataset.problems[0].what;
  const auto found = load(folder, "auto", {}, progress);  // the only pairs file beside it
  ASSERT_EQ(found.protocols.size(), 1U);
  EXPECT_EQ(found.protocols[0].pairs.size(), 3000U);
  EXPECT_EQ(imaging::loadFace(dataset.samples[17].image).size(), cv::Size(112, 112));
}

TEST(RealSets, Faces112) {
  const fs::path folder = shared() / "data" / "faces112";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not there";
  Progress progress;
  const auto dataset = load(folder, "auto", {}, progress);
  EXPECT_EQ(dataset.format, "folder");
  EXPECT_EQ(dataset.samples.size(), 2857U);
  EXPECT_EQ(dataset.identities.size(), 16U);
  EXPECT_EQ(load(folder, "folder", {.identities = {"id0[1-3]"}}, progress).identities.size(), 3U);
}

}  // namespace
}  // namespace discern::datasets
