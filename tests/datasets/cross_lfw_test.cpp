// CPLFW and CALFW; XQLFW, which LFW's own reader takes.
#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class CrossLfw : public DatasetTest {
 protected:
  CrossLfw() {
    for (const char* file : {"Ann_A_1.jpg", "Ann_A_2.jpg", "Ben_B_1.jpg", "Ben_B_2.jpg"})
      writeImage(fs::path("set/images") / file, 112, 112);
    write("set/pairs_CPLFW.txt", pairs_);
  }
  const std::string pairs_ =
      "Ann_A_1.jpg 1\nAnn_A_2.jpg 1\nAnn_A_1.jpg 0\nBen_B_1.jpg 0\nBen_B_1.jpg 1\nBen_B_2.jpg 1\n";
};

TEST_F(CrossLfw, TwoLinesAreAPair) {
  auto dataset = import("set");
  EXPECT_EQ(dataset.format, "cross-lfw");
  EXPECT_EQ(describe(dataset),
            (std::vector<std::string>{"Ann_A: Ann_A_1.jpg Ann_A_2.jpg", "Ben_B: Ben_B_1.jpg Ben_B_2.jpg"}));
  const auto& protocol = dataset.protocols.at(0);
  EXPECT_EQ(protocol.name, "pairs_CPLFW");
  EXPECT_EQ(protocol.templates.size(), 4U);
  EXPECT_EQ(protocol.folds, 3);
  ASSERT_EQ(protocol.pairs.size(), 3U);
  EXPECT_TRUE(protocol.pairs[0].genuine);
  EXPECT_FALSE(protocol.pairs[1].genuine);
  EXPECT_EQ(protocol.pairs[2].fold, 2);
  EXPECT_TRUE(hasProblem(dataset, "set/pairs_CPLFW.txt", "folds are not stated; 3 were taken"));
  fs::rename(root_ / "set/images", root_ / "set/aligned images");
  fs::rename(root_ / "set/pairs_CPLFW.txt", root_ / "set/pairs_CALFW.txt");
  dataset = import("set");
  EXPECT_EQ(dataset.samples.size(), 4U);
  EXPECT_EQ(dataset.protocols.at(0).name, "pairs_CALFW");
  fs::rename(root_ / "set/aligned images", root_ / "set/mine");
  EXPECT_EQ(import("set", "auto", {.extra = {{"images", "mine"}}}).samples.size(), 4U);
  EXPECT_TRUE(contains(errorOf("set", "auto", {.extra = {{"images", "his"}}}), "his is no folder"));
}

TEST_F(CrossLfw, MissingImagesTakeTheirPairsAlong) {
  fs::remove(root_ / "set/images/Ben_B_2.jpg");
  const auto dataset = import("set");
  EXPECT_TRUE(hasProblem(dataset, "set/pairs_CPLFW.txt:6", "Ben_B_2.jpg: cannot be read"))
      << listProblems(dataset);
  EXPECT_EQ(dataset.protocols.at(0).pairs.size(), 2U);
}

TEST_F(CrossLfw, MalformedListsAreNamedByLine) {
  const auto expectError = [&](const std::string& text, const std::string& part) {
    write("set/pairs_CPLFW.txt", text);
    EXPECT_TRUE(contains(errorOf("set"), part)) << errorOf("set");
  };
  expectError("Ann_A_1.jpg\nAnn_A_2.jpg 1\n",
              "pairs_CPLFW.txt:1: 'Ann_A_1.jpg' was found, but an image and a label");
  expectError("Ann_A_1.jpg x\n", "txt:1: 'Ann_A_1.jpg x' was found");
  expectError("Ann_A_1.jpg 1\nAnn_A_2.jpg 0\n",
              "txt:2: the label is 0, but that of the pair's first image is 1");
  expectError("Ann_A_1.jpg 1\nBen_B_1.jpg 1\n",
              "txt:2: the label is 1, but the pair's images are of Ann_A and Ben_B");
  expectError("Ann_A_1.jpg 1\n", "has 1 lines; two for each pair");
  expectError("Ann.jpg 1\nAnn.jpg 1\n", "txt:1: 'Ann.jpg' was found; an image such as Name_0001.jpg");
  expectError("../Ann_A_1.jpg 1\n../Ann_A_1.jpg 1\n", "txt:1: '../Ann_A_1.jpg' was found");
  write("set/pairs_CPLFW.txt",
        "\xEF\xBB\xBF"
        "Ann_A_1.jpg\t1\r\nAnn_A_2.jpg\t1\r\n");
  EXPECT_EQ(import("set").protocols.at(0).pairs.size(), 1U);
}

TEST_F(CrossLfw, AListBesideAnotherSetIsNotItsOwn) {
  write("pairs_CPLFW.txt", pairs_);
  writeImage("lfw/Ann_A/Ann_A_0001.jpg");
  writeImage("lfw/Ben_B/Ben_B_0001.jpg");
  EXPECT_NE(import("lfw").format, "cross-lfw");
  fs::remove(root_ / "set/pairs_CPLFW.txt");
  EXPECT_EQ(import("set").format, "cross-lfw");
}

TEST_F(CrossLfw, XqlfwIsReadAsLfw) {
  for (const char* file : {"x/Ann_A/Ann_A_0001.jpg", "x/Ann_A/Ann_A_0002.jpg", "x/Ben_B/Ben_B_0001.jpg"})
    writeImage(file, 250, 250);
  write("x/xqlfw_pairs.txt", "2\t1\nAnn_A\t1\t2\nAnn_A 1  Ben_B 1\nAnn_A\t1\t2\nAnn_A\t2\tBen_B\t1\n");
  const auto dataset = import("x");
  EXPECT_EQ(dataset.format, "lfw");
  EXPECT_EQ(dataset.protocols.at(0).folds, 2);
  EXPECT_EQ(dataset.protocols[0].pairs.size(), 4U);
}

}  // namespace
}  // namespace discern::datasets
