#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class Lfw : public DatasetTest {
 protected:
  Lfw() {
    for (const char* name : {"Abel_Pacheco/Abel_Pacheco_0001.jpg", "Abel_Pacheco/Abel_Pacheco_0004.jpg",
                             "Dean_Barker/Dean_Barker_0001.jpg", "Dean_Barker/Dean_Barker_0002.jpg"})
      writeImage(fs::path("lfw") / name, 250, 250);
  }
  const std::string twoFolds_ =
      "2\t1\n"
      "Abel_Pacheco\t1\t4\n"
      "Abel_Pacheco\t1\tDean_Barker\t1\n"
      "Dean_Barker\t1\t2\n"
      "Abel_Pacheco\t4\tDean_Barker\t2\n";
};

void expectTwoFolds(const data::Dataset& dataset) {
  ASSERT_EQ(dataset.protocols.size(), 1U);
  const auto& protocol = dataset.protocols[0];
  EXPECT_EQ(protocol.folds, 2);
  EXPECT_EQ(protocol.templates.size(), 4U);
  ASSERT_EQ(protocol.pairs.size(), 4U);
  const bool genuine[] = {true, false, true, false};
  const int folds[] = {0, 0, 1, 1};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(protocol.pairs[i].genuine, genuine[i]) << i;
    EXPECT_EQ(protocol.pairs[i].fold, folds[i]) << i;
  }
  const auto& one = protocol.templates[static_cast<std::size_t>(protocol.pairs[3].a)];
  EXPECT_EQ(one.name, "Abel_Pacheco_0004");
  EXPECT_EQ(one.samples, std::vector<int>{1});
  EXPECT_EQ(one.identity, 0);
}

TEST_F(Lfw, PairsInTheFolderOrBesideItOrGiven) {
  write("lfw/pairs.txt", twoFolds_);
  auto dataset = import("lfw");
  EXPECT_EQ(dataset.format, "lfw");
  expectTwoFolds(dataset);
  fs::rename(root_ / "lfw/pairs.txt", root_ / "pairs.txt");
  dataset = import("lfw");
  EXPECT_EQ(dataset.format, "lfw");
  expectTwoFolds(dataset);
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  fs::rename(root_ / "pairs.txt", root_ / "my-pairs.txt");
  dataset = import("lfw", "auto", {.extra = {{"pairs", (root_ / "my-pairs.txt").string()}}});
  EXPECT_EQ(dataset.protocols.at(0).name, "my-pairs");
  expectTwoFolds(dataset);
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  EXPECT_TRUE(contains(errorOf("lfw", "lfw", {.extra = {{"pairs", "/no/such.txt"}}}), "/no/such.txt"));
}

TEST_F(Lfw, TheOnlyFileThatReadsLikePairsIsTakenAndNamed) {
  write("LFW_Pairs_half.TXT", twoFolds_);
  write("people_pairs_notes.txt", "these are notes\n");
  write("lfw/other-pairs.txt", "1\t1\nNobody\t1\t2\nNobody\t1\tNowhere\t1\n");  // of another set
  auto dataset = import("lfw");
  EXPECT_EQ(dataset.format, "lfw");
  expectTwoFolds(dataset);
  EXPECT_EQ(dataset.protocols.at(0).name, "LFW_Pairs_half");
  EXPECT_TRUE(hasProblem(dataset, "LFW_Pairs_half.TXT", "this file was taken")) << listProblems(dataset);
  EXPECT_EQ(dataset.problems.size(), 1U) << listProblems(dataset);

  write("lfw/pairsDevTest.txt", twoFolds_);  // two: nobody guesses
  dataset = import("lfw");
  EXPECT_TRUE(dataset.protocols.empty());
  EXPECT_TRUE(hasProblem(dataset, "lfw", "several files read like one")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "lfw", "pairsDevTest.txt")) << listProblems(dataset);
  write("lfw/pairs.txt", twoFolds_);  // the usual name goes before them
  dataset = import("lfw");
  expectTwoFolds(dataset);
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
}

TEST_F(Lfw, FilesThatOnlySoundLikePairsAreExplained) {
  write("my-pairs.txt", "2\t1\nAbel_Pacheco\t1\t4\nAbel_Pacheco\tone\tDean_Barker\t1\n");
  const auto dataset = import("lfw");
  EXPECT_EQ(dataset.format, "lfw");
  EXPECT_TRUE(dataset.protocols.empty());
  EXPECT_TRUE(hasProblem(dataset, "lfw", "my-pairs.txt:3")) << listProblems(dataset);
}

// As detectors save what they cut out: the number of the face behind that of the image.
TEST_F(Lfw, FacesThatADetectorCutOutKeepTheirImagesNumber) {
  for (const char* name : {"Abel_Pacheco/Abel_Pacheco_0001", "Abel_Pacheco/Abel_Pacheco_0004",
                           "Dean_Barker/Dean_Barker_0001", "Dean_Barker/Dean_Barker_0002"})
    fs::rename(root_ / "lfw" / (std::string(name) + ".jpg"), root_ / "lfw" / (std::string(name) + "_0.jpg"));
  write("lfw/pairs.txt", twoFolds_);
  auto dataset = import("lfw");
  EXPECT_EQ(dataset.format, "lfw");
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  ASSERT_EQ(dataset.protocols.at(0).pairs.size(), 4U);
  writeImage("lfw/Dean_Barker/Dean_Barker_0001_1.jpg");
  dataset = import("lfw");
  ASSERT_EQ(dataset.protocols.at(0).pairs.size(), 4U);
  const auto& barker =
      dataset.protocols[0].templates.at(static_cast<std::size_t>(dataset.protocols[0].pairs[1].b));
  EXPECT_EQ(barker.name, "Dean_Barker_0001_0");
  EXPECT_TRUE(hasProblem(dataset, "lfw", "1 images are further faces")) << listProblems(dataset);
}

TEST_F(Lfw, AColumnTooManyIsIgnoredAndSaid) {
  for (const char* separator : {"\t", ",", ";", " "}) {
    std::string pairs = "2\t1\n";
    for (const char* line : {"Abel_Pacheco|1|4|1", "Abel_Pacheco|1|Dean_Barker|1|1", "Dean_Barker|1|2|1",
                             "Abel_Pacheco|4|Dean_Barker|2|1"})
      for (const char* c = line;; ++c) {
        pairs += *c == '|' ? std::string(separator) : std::string(1, *c == 0 ? '\n' : *c);
        if (*c == 0) break;
      }
    write("lfw/pairs.txt", pairs);
    const auto dataset = import("lfw");
    expectTwoFolds(dataset);
    EXPECT_TRUE(hasProblem(dataset, "lfw/pairs.txt", "1 more column than LFW's, which was ignored"))
        << listProblems(dataset);
  }
}

TEST_F(Lfw, APairsFileThatCannotBeUsedIsNamed) {
  for (const char* name : {"set/anna/x.jpg", "set/anna/y.jpg", "set/ben/z.jpg"}) writeImage(name);
  write("set/pairs.txt", twoFolds_);
  const auto dataset = import("set");
  EXPECT_EQ(dataset.format, "folder");
  EXPECT_TRUE(hasProblem(dataset, "set/pairs.txt", "was not read")) << listProblems(dataset);
}

TEST_F(Lfw, LfwSizedImagesAreCropped) {
  writeImage("lfw/Zoe/Zoe_0001.jpg", 112, 112);
  const auto dataset = import("lfw", "lfw");
  const auto crop = dataset.samples.at(0).image.crop;
  ASSERT_TRUE(crop.has_value());
  EXPECT_EQ(crop->x, 60);
  EXPECT_EQ(crop->y, 52);
  EXPECT_EQ(crop->width, 130);
  EXPECT_EQ(crop->height, 130);
  EXPECT_FALSE(dataset.samples.back().image.crop.has_value());  // already cropped by somebody
  EXPECT_EQ(import("lfw", "lfw", {.crop = data::Rect{1, 1, 9, 9}}).samples[0].image.crop->width, 9);
}

TEST_F(Lfw, AnyWhiteSpaceAndNoHeader) {
  write("lfw/pairs.txt",
        "\xEF\xBB\xBF  2   1 \r\nAbel_Pacheco 1   4\r\n\r\nAbel_Pacheco\t1 Dean_Barker\t 1\r\n"
        " Dean_Barker 1 2\nAbel_Pacheco 4 Dean_Barker 2");
  expectTwoFolds(import("lfw"));
  write("lfw/pairs.txt", twoFolds_.substr(4));
  const auto dataset = import("lfw");
  expectTwoFolds(dataset);  // recognised by their order
  EXPECT_TRUE(hasProblem(dataset, "lfw/pairs.txt", "no header"));
}

TEST_F(Lfw, OneSetWithoutFolds) {
  write("lfw/pairs.txt",
        "2\nAbel_Pacheco\t1\t4\nDean_Barker\t1\t2\n"
        "Abel_Pacheco\t1\tDean_Barker\t1\nAbel_Pacheco\t4\tDean_Barker\t2\n");
  const auto dataset = import("lfw");
  EXPECT_EQ(dataset.protocols.at(0).folds, 0);
  EXPECT_EQ(dataset.protocols.at(0).pairs.at(3).fold, -1);
}

TEST_F(Lfw, NamesWithSpacesBetweenTabs) {
  writeImage("lfw/Jo Ann/Jo Ann_0001.jpg");
  writeImage("lfw/Jo Ann/Jo Ann_0002.jpg");
  write("lfw/pairs.txt", "1\t1\nJo Ann\t1\t2\nJo Ann\t1\tDean_Barker\t1\n");
  EXPECT_EQ(import("lfw").protocols.at(0).pairs.size(), 2U);
}

TEST_F(Lfw, PairsOfAbsentImagesAreListedAndSkipped) {
  write("lfw/pairs.txt",
        "2\t1\nAbel_Pacheco\t1\t3\nAbel_Pacheco\t1\tDean_Barker\t1\n"
        "Dean_Barker\t1\t2\nAbel_Pacheco\t4\tNobody\t2\n");
  const auto dataset = import("lfw");
  ASSERT_EQ(dataset.protocols.at(0).pairs.size(), 2U);
  EXPECT_EQ(dataset.protocols[0].pairs[1].fold, 1);
  EXPECT_EQ(dataset.protocols[0].folds, 2);
  EXPECT_TRUE(hasProblem(dataset, "lfw/pairs.txt:2", "image 3 of Abel_Pacheco"));
  EXPECT_TRUE(hasProblem(dataset, "lfw/pairs.txt:5", "image 2 of Nobody"));
  EXPECT_EQ(dataset.problems.size(), 2U) << listProblems(dataset);
  write("lfw/pairs.txt", "1\t1\nNobody\t1\t2\nNobody\t1\tNowhere\t1\n");
  EXPECT_TRUE(contains(errorOf("lfw"), "none of its 2 pairs")) << errorOf("lfw");
  EXPECT_TRUE(import("lfw", "auto", {.extra = {{"pairs", "none"}}}).protocols.empty());
}

TEST_F(Lfw, MalformedLinesAreNamed) {
  write("lfw/pairs.txt", "2\t1\nAbel_Pacheco\t1\t4\nAbel_Pacheco\tone\tDean_Barker\t1\n");
  EXPECT_TRUE(contains(errorOf("lfw"), "pairs.txt:3")) << errorOf("lfw");
  write("lfw/pairs.txt", "2\t1\nAbel_Pacheco\t1\t4\nAbel_Pacheco\t1\tDean_Barker\t1\tmore\n");
  EXPECT_TRUE(contains(errorOf("lfw"), "pairs.txt:3")) << errorOf("lfw");
  write("lfw/pairs.txt", "10\t300\nAbel_Pacheco\t1\t4\n");
  EXPECT_TRUE(contains(errorOf("lfw"), "10 folds of 2 x 300 pairs, but 1")) << errorOf("lfw");
  write("lfw/pairs.txt", "\n");
  EXPECT_TRUE(contains(errorOf("lfw"), "holds no pairs")) << errorOf("lfw");
}

TEST_F(Lfw, PairsFollowTheSelectionOfIdentities) {
  write("lfw/pairs.txt", twoFolds_);
  const auto dataset = import("lfw", "auto", {.identities = {"Dean*"}});
  EXPECT_EQ(dataset.samples.size(), 2U);
  ASSERT_EQ(dataset.protocols.at(0).pairs.size(), 1U);
  EXPECT_TRUE(hasProblem(dataset, "protocol pairs", "2 templates and 3 pairs")) << listProblems(dataset);
  EXPECT_EQ(dataset.protocols[0].folds, 1);
  EXPECT_EQ(dataset.protocols[0].pairs[0].fold, 0);  // the second fold's
  EXPECT_TRUE(hasProblem(dataset, "protocol pairs", "1 of 2 folds")) << listProblems(dataset);
}

}  // namespace
}  // namespace discern::datasets
