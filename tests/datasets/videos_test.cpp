// Folders of videos: which frames become samples, and what cannot be read is counted.
#include "tests/core/imaging/videos.h"

#include "core/imaging/image.h"
#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;
using imaging::goldenVideo;

class Videos : public DatasetTest {
 protected:
  void video(const fs::path& file, int frames = 100, const char* codec = "mp4v") const {
    imaging::writeNumbered(root_ / file, frames, 25, codec);
  }
  static std::vector<double> timesOf(const data::Dataset& set, const std::string& media) {
    std::vector<double> times;
    for (const auto& sample : set.samples)
      if (sample.media == media) times.push_back(sample.image.moment.value().time);
    return times;
  }
};

TEST_F(Videos, FramesAreSamplesAndVideosAreTemplates) {
  video("set/anna/door.mp4", 60);
  video("set/anna/day 2/hall.avi", 30, "MJPG");
  video("set/ben/door.mkv", 26);
  const auto set = import("set");
  EXPECT_EQ(set.format, "videos");
  EXPECT_EQ(set.identities, (std::vector<std::string>{"anna", "ben"}));
  // 2.4, 1.2 and 1.04 s at two frames a second.
  EXPECT_EQ(timesOf(set, "anna/door"), (std::vector<double>{0, 0.5, 1, 1.5, 2}));
  EXPECT_EQ(timesOf(set, "anna/day 2/hall"), (std::vector<double>{0, 0.5, 1}));
  EXPECT_EQ(timesOf(set, "ben/door"), (std::vector<double>{0, 0.5, 1}));
  ASSERT_EQ(set.protocols.size(), 1U);
  const auto& protocol = set.protocols[0];
  EXPECT_EQ(protocol.name, "videos");
  ASSERT_EQ(protocol.templates.size(), 3U);
  EXPECT_EQ(protocol.templates[0].name, "anna/day 2/hall");
  EXPECT_EQ(protocol.templates[2].samples, (std::vector<int>{8, 9, 10}));
  ASSERT_EQ(protocol.pairs.size(), 3U);
  EXPECT_TRUE(protocol.pairs[0].genuine);
  EXPECT_FALSE(protocol.pairs[1].genuine);
  EXPECT_TRUE(set.problems.empty()) << listProblems(set);
  for (const auto& sample : set.samples)
    EXPECT_EQ(imaging::numberIn(imaging::loadImage(sample.image)),
              std::lround(sample.image.moment->time * 25 - 0.3));
}

TEST_F(Videos, HowManyFramesIsAnOption) {
  video("set/anna/a.mp4", 100);
  EXPECT_EQ(import("set", "auto", {.extra = {{"fps", "10"}}}).samples.size(), 40U);
  EXPECT_EQ(import("set", "auto", {.extra = {{"fps", "60"}}}).samples.size(), 100U);  // it has no more
  const auto few = import("set", "auto", {.extra = {{"fps", "25"}, {"most", "4"}}});
  EXPECT_EQ(timesOf(few, "anna/a"), (std::vector<double>{0, 33 / 25.0, 66 / 25.0, 99 / 25.0}));
  for (const auto& [key, value] : {std::pair{"fps", "0"}, {"fps", "many"}, {"most", "-1"}, {"fps", "61"}})
    EXPECT_TRUE(errorOf("set", "auto", {.extra = {{key, value}}})
                    .starts_with(fmt::format("option {}: '{}' was given; a number from", key, value)));
}

TEST_F(Videos, MalformedOnesAreCountedAndTheRestIsImported) {
  video("set/anna/a.mp4");
  write("set/anna/empty.mp4", "");
  write("set/anna/text.mp4", std::string(1000, 'x'));
  write("set/ben/sound.mp4", readFile(goldenVideo("sound.mp4")));
  const std::string steady = readFile(goldenVideo("steady.mp4"));
  write("set/ben/half.mp4", steady.substr(0, steady.size() / 2));
  write("set/ben/varying.mp4", readFile(goldenVideo("varying.mp4")));
  write("set/ben/turned.mp4", readFile(goldenVideo("rotated.mp4")));
  video("whole.avi", 100, "MJPG");
  const std::string whole = readFile(root_ / "whole.avi");
  write("set/cem/early.avi", whole.substr(0, whole.size() / 2));
  std::string damaged = whole;
  for (std::size_t i = whole.size() / 3; i < whole.size() / 2; ++i)
    damaged[i] = static_cast<char>(i * 7919 >> 3);
  write("set/cem/damaged.avi", damaged);
  const auto set = import("set");
  EXPECT_EQ(set.protocols.at(0).templates.size(), 5U) << listProblems(set);
  EXPECT_TRUE(hasProblem(set, "set/anna/empty.mp4", "is empty; a video was expected"));
  EXPECT_TRUE(hasProblem(set, "set/anna/text.mp4", "is no video of a kind that is read"));
  EXPECT_TRUE(hasProblem(set, "set/ben/sound.mp4", "has no pictures that can be decoded, sound alone"));
  EXPECT_TRUE(hasProblem(set, "set/ben/half.mp4", "is cut off, its table of frames is missing"));
  EXPECT_TRUE(hasProblem(set, "set/cem/early.avi", "of 4.0 s; the frames until there are taken"));
  EXPECT_EQ(set.problems.size(), 5U) << listProblems(set);
  EXPECT_EQ(timesOf(set, "ben/varying").size(), 16U);
  EXPECT_EQ(timesOf(set, "cem/early").size(), 4U);
  for (const auto& sample : set.samples) EXPECT_FALSE(imaging::loadImage(sample.image).empty());
}

TEST_F(Videos, OneVideoAndVideosInTheRootAreIdentitiesOfTheirOwn) {
  video("walk.mp4");
  const auto one = import("walk.mp4");
  EXPECT_EQ(one.identities, std::vector<std::string>{"walk"});
  EXPECT_TRUE(hasProblem(one, "walk", "this is the only identity"));
  video("flat/a.mp4");
  video("flat/a.avi", 100, "MJPG");
  video("flat/b.mp4");
  const auto flat = import("flat");
  EXPECT_EQ(flat.identities, (std::vector<std::string>{"a.avi", "a.mp4", "b"}));
  EXPECT_TRUE(hasProblem(flat, "flat", "3 of its videos lie in no identity's folder"));
  fs::create_directories(root_ / "none");
  EXPECT_TRUE(errorOf("none", "videos").find("holds no videos (mp4,") != std::string::npos);
  writeImage("flat/b/1.jpg");  // a folder of images in which a video lies
  EXPECT_EQ(import("flat").format, "folder");
}

TEST_F(Videos, HiddenFoldersAreNobodysAndLinksAreFollowedOnce) {
  video("elsewhere/ben/door.mp4", 30);
  video("set/anna/door.mp4", 30);
  video("set/.Trash/gone.mp4", 30);
  fs::create_directory_symlink(root_ / "elsewhere/ben", root_ / "set/ben");
  fs::create_directory_symlink(root_ / "set/anna", root_ / "set/aaa");  // the same folder again
  fs::create_directory_symlink(root_ / "set", root_ / "elsewhere/ben/loop");
  const auto set = import("set", "videos");
  EXPECT_EQ(set.identities, (std::vector<std::string>{"anna", "ben"}));
  EXPECT_EQ(set.protocols.at(0).templates.size(), 2U);
}

TEST_F(Videos, ListedVideosOfIqiyiAreRead) {
  video("set/IQIYI_VID_TRAIN/IQIYI_VID_TRAIN_0000001.mp4", 50);
  writeImage("set/frames/IQIYI_VID_TRAIN_0000002/1.jpg");
  write("set/train_gt.txt", "IQIYI_VID_TRAIN_0000001.mp4 12\nIQIYI_VID_TRAIN_0000002.mp4 13\n");
  const auto set = import("set", "auto", {.extra = {{"fps", "5"}}});
  EXPECT_EQ(set.format, "iqiyi");
  EXPECT_EQ(timesOf(set, "IQIYI_VID_TRAIN_0000001").size(), 10U);
  ASSERT_EQ(set.protocols.at(0).templates.size(), 2U);
  EXPECT_EQ(set.protocols[0].templates[1].samples.size(), 10U);
  EXPECT_TRUE(set.problems.empty()) << listProblems(set);
}

}  // namespace
}  // namespace discern::datasets
