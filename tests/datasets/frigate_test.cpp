#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
using Lines = std::vector<std::string>;

constexpr const char* kAttempt = "1712345678.123456-abcdef-1712345680.523-anna-0.95.webp";

class Frigate : public DatasetTest {
 protected:
  void library(const std::string& faces) const {
    writeImage(faces + "/anna/anna-1712345690.51.webp", 40, 50);
    writeImage(faces + "/anna/anna_1712345691.7.webp", 24, 30);
    writeImage(faces + "/ben/ben-abc123.png", 30, 33);
  }
};

TEST_F(Frigate, TrainIsNoPersonAndWhatItHoldsIsCounted) {
  library("media/clips/faces");
  writeImage(std::string("media/clips/faces/train/") + kAttempt);
  writeImage("media/clips/faces/train/1712345679.5-zzz999-1712345680.5-unknown-0.0.webp");
  for (const char* path : {"media", "media/clips", "media/clips/faces", "media/clips/faces/"}) {
    SCOPED_TRACE(path);
    const auto dataset = import(path);
    EXPECT_EQ(dataset.format, "frigate");
    EXPECT_EQ(describe(dataset),
              (Lines{"anna: anna-1712345690.51.webp anna_1712345691.7.webp", "ben: ben-abc123.png"}));
    EXPECT_TRUE(hasProblem(dataset, "media/clips/faces/train", "2 attempts")) << listProblems(dataset);
    EXPECT_EQ(dataset.problems.size(), 1U) << listProblems(dataset);
  }
}

TEST_F(Frigate, ACopyUnderAnyNameIsKnownByItsAttempts) {
  library("copy");
  writeImage(std::string("copy/train/") + kAttempt);
  EXPECT_EQ(import("copy").format, "frigate");
  EXPECT_EQ(import("copy").identities, (Lines{"anna", "ben"}));
}

TEST_F(Frigate, ALibraryWithoutAttemptsIsKnownByItsPath) {
  library("clips/faces");
  EXPECT_EQ(import("clips").format, "frigate");
  EXPECT_TRUE(import("clips").problems.empty());
  // What lies in Frigate's own train is no person, whatever it is called.
  writeImage("clips/faces/train/1.png");
  EXPECT_EQ(import("clips").identities, (Lines{"anna", "ben"}));
}

TEST_F(Frigate, APersonCalledTrainStaysAPerson) {
  library("faces");
  writeImage("faces/train/1.png");
  writeImage("faces/train/1712345678.jpg");
  EXPECT_EQ(import("faces").format, "folder");
  EXPECT_EQ(import("faces").identities, (Lines{"anna", "ben", "train"}));
  // Asked for, it is a library.
  EXPECT_EQ(import("faces", "frigate").identities, (Lines{"anna", "ben"}));
  EXPECT_EQ(import("faces", "frigate", {.identities = {"a*"}}).identities, Lines{"anna"});
}

TEST_F(Frigate, NothingButAttemptsIsSaid) {
  writeImage(std::string("clips/faces/train/") + kAttempt);
  EXPECT_NE(errorOf("clips").find("holds no images"), std::string::npos) << errorOf("clips");
}

}  // namespace
}  // namespace discern::datasets
