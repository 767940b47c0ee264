// YouTube Faces and iQIYI-VID-FACE: templates that are videos.
#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class Ytf : public DatasetTest {
 protected:
  Ytf() {
    for (const char* file : {"Ann_A/0/0.1.jpg", "Ann_A/0/0.2.jpg", "Ann_A/3/3.7.jpg", "Ben_B/1/1.9.jpg"}) {
      writeImage(fs::path("set/frame_images_DB") / file, 60, 50);
      const fs::path path(file);
      writeImage(fs::path("set/aligned_images_DB") / path.parent_path() /
                     ("aligned_detect_" + path.filename().string()),
                 60, 50);
    }
    write("set/frame_images_DB/Ann_A.labeled_faces.txt", labels_);
    write("set/frame_images_DB/Ben_B.labeled_faces.txt", "Ben_B\\1\\1.9.jpg,0,30,25,20,10,0.0,1\n");
    write("set/splits.txt", splits_);
  }
  const std::string labels_ =
      "Ann_A\\0\\0.1.jpg,0,30,25,20,10,0.0,1\nAnn_A\\0\\0.2.jpg,0,31,25,20,10,0.0,1\n"
      "Ann_A\\3\\3.7.jpg,0,32,25,20,10,0.0,1\n";
  const std::string splits_ =
      "split number, pair number, first name, second name, is same\n1, 1, Ann_A/0, Ann_A/3, 1\n"
      "1, 2, Ann_A/0, Ben_B/1, 0\n2, 1, Ann_A/3, Ben_B/1, 0\n";
};

TEST_F(Ytf, AlignedImagesAndSplits) {
  const auto dataset = import("set");
  EXPECT_EQ(dataset.format, "ytf");
  EXPECT_EQ(
      describe(dataset),
      (std::vector<std::string>{"Ann_A: aligned_detect_0.1.jpg aligned_detect_0.2.jpg aligned_detect_3.7.jpg",
                                "Ben_B: aligned_detect_1.9.jpg"}));
  EXPECT_EQ(dataset.samples[2].media, "Ann_A/3");
  EXPECT_FALSE(dataset.samples[0].image.crop);
  const auto& protocol = dataset.protocols.at(0);
  ASSERT_EQ(protocol.templates.size(), 3U);
  EXPECT_EQ(protocol.templates[0].samples, (std::vector<int>{0, 1}));
  EXPECT_EQ(protocol.folds, 2);
  ASSERT_EQ(protocol.pairs.size(), 3U);
  EXPECT_TRUE(protocol.pairs[0].genuine);
  EXPECT_EQ(protocol.pairs[2].fold, 1);
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
}

TEST_F(Ytf, FramesAreCutOutAroundTheirCentre) {
  const LoadOptions frames{.extra = {{"images", "frames"}}};
  const auto dataset = import("set", "auto", frames);
  EXPECT_EQ(dataset.samples.at(1).image.file, (root_ / "set/frame_images_DB/Ann_A/0/0.2.jpg").string());
  EXPECT_EQ(dataset.samples[1].image.crop, (data::Rect{21, 20, 20, 10}));
  EXPECT_EQ(dataset.protocols.at(0).pairs.size(), 3U);
  const auto expectError = [&](const std::string& text, const std::string& part) {
    write("set/frame_images_DB/Ann_A.labeled_faces.txt", text);
    EXPECT_TRUE(contains(errorOf("set", "auto", frames), part)) << errorOf("set", "auto", frames);
  };
  expectError(labels_ + "Ann_A\\3\\3.7.jpg,0,32\n", "Ann_A.labeled_faces.txt:4: 3 columns were found, but 8");
  expectError("0.1.jpg,0,30,25,20,10,0.0,1\n", "faces.txt:1: '0.1.jpg' was found, but Name\\3\\3.618.jpg");
  expectError("Ann_A\\0\\0.1.jpg,0,x,25,20,10,0.0,1\n", "faces.txt:1: 'x' was found; a number of pixels");
  EXPECT_TRUE(contains(errorOf("set", "auto", {.extra = {{"images", "all"}}}), "option images: 'all'"));
}

TEST_F(Ytf, SplitsAreCheckedLineByLine) {
  const auto expectError = [&](const std::string& text, const std::string& part) {
    write("set/splits.txt", text);
    EXPECT_TRUE(contains(errorOf("set"), part)) << errorOf("set");
  };
  expectError(splits_ + "2, 2, Ann_A/0\n", "splits.txt:5: 3 columns were found, but the header has 5");
  expectError(splits_ + "2, 2, Ann_A/0, Ben_B/1, 1\n",
              "splits.txt:5: says 1, but its videos are of Ann_A and Ben_B");
  expectError(splits_ + "2, 2, Ann_A, Ben_B/1, 0\n", "splits.txt:5: 'Ann_A' was found; a video such as");
  expectError(splits_ + "0, 2, Ann_A/0, Ben_B/1, 0\n", "splits.txt:5: split 0 was found");
  expectError(splits_ + "2, 2, Ann_A/0, Ben_B/1, 2\n", "splits.txt:5: the last column is 2");
  expectError("a, b, c, d, e\n1, 1, X/0, X/1, 1\n", "none of its 1 pairs names two videos");
  write("set/splits.txt", splits_ + "2, 2, Ann_A/9, Ben_B/1, 0\n");
  EXPECT_TRUE(hasProblem(import("set"), "set/splits.txt:5", "no frame of Ann_A/9 is there"));
  fs::remove(root_ / "set/splits.txt");
  EXPECT_TRUE(hasProblem(import("set"), "set/splits.txt", "is missing"));
}

class Iqiyi : public DatasetTest {
 protected:
  Iqiyi() {
    for (const char* file :
         {"IQIYI_VID_DATA_Part1/IQIYI_VID_TRAIN/IQIYI_VID_TRAIN_0000001.mp4/1.jpg/1_0.jpg",
          "IQIYI_VID_DATA_Part1/IQIYI_VID_TRAIN/IQIYI_VID_TRAIN_0000001.mp4/2.jpg",
          "frames/IQIYI_VID_TRAIN_0000002/1.jpg", "IQIYI_VID_VAL/IQIYI_VID_VAL_0000001/1.jpg"})
      writeImage(fs::path("set") / file);
    write("set/train_gt.txt", "IQIYI_VID_TRAIN_0000001.mp4 12\nIQIYI_VID_TRAIN_0000002.mp4 12\n");
    write("set/val_gt.txt", "12 IQIYI_VID_VAL_0000001.mp4 IQIYI_VID_VAL_0000002.mp4\r\n");
    write("set/IQIYI_VID_VAL/IQIYI_VID_VAL_0000002.mp4", "not read");
  }
};

TEST_F(Iqiyi, VideosAreTemplatesAndPeopleToo) {
  const auto dataset = import("set");
  EXPECT_EQ(dataset.format, "iqiyi");
  EXPECT_EQ(describe(dataset), std::vector<std::string>{"12: 1_0.jpg 2.jpg 1.jpg 1.jpg"});
  EXPECT_EQ(dataset.samples[0].media, "IQIYI_VID_TRAIN_0000001");
  ASSERT_EQ(dataset.protocols.size(), 3U);
  EXPECT_EQ(dataset.protocols[0].name, "train");
  EXPECT_EQ(dataset.protocols[0].templates.size(), 2U);
  EXPECT_EQ(dataset.protocols[1].name, "people");
  EXPECT_EQ(dataset.protocols[1].templates.at(0).samples, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(dataset.protocols[2].templates.size(), 1U);
  EXPECT_TRUE(hasProblem(dataset, "set/IQIYI_VID_VAL/IQIYI_VID_VAL_0000002.mp4",
                         "is no video of a kind that is read"))
      << listProblems(dataset);
}

TEST_F(Iqiyi, MalformedListsAreNamedByLine) {
  const auto expectError = [&](const std::string& text, const std::string& part) {
    write("set/train_gt.txt", text);
    EXPECT_TRUE(contains(errorOf("set"), part)) << errorOf("set");
  };
  expectError("IQIYI_VID_TRAIN_0000001.mp4\n",
              "train_gt.txt:1: 'IQIYI_VID_TRAIN_0000001.mp4' was found, but a video");
  expectError("IQIYI_VID_TRAIN_0000001.mp4 x\n", "train_gt.txt:1: 'x' was found; a label");
  expectError("IQIYI_VID_TRAIN_0000001.mp4 3 4\n", "train_gt.txt:1: 3 columns were found");
  expectError("3 video.mp4\n", "train_gt.txt:1: 'video.mp4' was found; a video such as");
  expectError("IQIYI_VID_TRAIN_0000001.mp4 12\nIQIYI_VID_TRAIN_0000001.mp4 13\n",
              "train_gt.txt:2: template 'IQIYI_VID_TRAIN_0000001' holds faces of two people");
  fs::remove_all(root_ / "set/IQIYI_VID_DATA_Part1");
  fs::remove_all(root_ / "set/frames");
  fs::remove_all(root_ / "set/IQIYI_VID_VAL/IQIYI_VID_VAL_0000001");
  expectError("IQIYI_VID_TRAIN_0000001.mp4 12\n",
              "none of the 3 listed videos is there, nor a folder with its frames that can be read");
}

}  // namespace
}  // namespace discern::datasets
