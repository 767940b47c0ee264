// Raw photographs through the real program: found, aligned, missed, stopped, corrected by hand.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/files.h"
#include "core/data/no_face.h"
#include "core/project/project.h"
#include "tests/app/command_runner.h"
#include "tests/core/detection/toy_detector.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using test::run;

class CliFaces : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("discern_cli_faces_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "photographs");
    detector_ = test::writeToyDetector((folder_ / "toy.onnx").string());
    project_ = (folder_ / "p.discern").string();
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const cv::Mat& photograph) const {
    const fs::path file = folder_ / "photographs" / name;
    fs::create_directories(file.parent_path());
    ASSERT_TRUE(cv::imwrite(file.string(), photograph));
  }
  // Three of anna, the second without a face; two of ben, the second with two faces.
  void writeFive() const {
    for (int i = 0; i < 5; ++i) {
      cv::Mat photograph = test::toyPhotograph();
      cv::randu(photograph, 0, 60);
      if (i != 1) test::plantLarge(photograph, 16, 16 * (i / 2));
      if (i == 4) test::plantSmall(photograph, 48, 8);
      write(std::string(i < 3 ? "anna/" : "ben/") + std::to_string(i) + ".png", photograph);
    }
  }
  json result(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "--json");
    const auto ran = run(arguments);
    EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
    return ran.event("result");
  }
  json import(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"import", project_, (folder_ / "photographs").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return result(arguments);
  }
  project::Project open() const { return project::Project::open(project_, project::Project::Mode::Read); }
  static void expectAt(const project::SampleRow& row, float x, float y, float side) {
    ASSERT_TRUE(row.image.landmarks) << row.image.file;
    const auto points = test::toyLandmarks(x, y, side);
    for (std::size_t k = 0; k < 5; ++k) {
      EXPECT_NEAR((*row.image.landmarks)[k].x, points[k].x, 0.01);
      EXPECT_NEAR((*row.image.landmarks)[k].y, points[k].y, 0.01);
    }
  }

  fs::path folder_;
  std::string detector_, project_;
};

TEST_F(CliFaces, ImportFindsAlignsCountsAndListsThem) {
  writeFive();
  const json imported = import({"--detect", detector_});
  const json expected = {{"photographs", 5}, {"missed", 1},  {"several", 1},
                         {"tiny", 0},        {"cropped", 0}, {"unreadable", 0}};
  EXPECT_EQ(imported["faces"], expected);
  EXPECT_EQ(imported["problems"].size(), 2U);
  const auto rows = open().samples();
  ASSERT_EQ(rows.size(), 5U);
  expectAt(rows[0], 16, 0, 16);
  EXPECT_TRUE(data::isWithoutFace(rows[1].image));
  EXPECT_NE(rows[1].problem.find("no face"), std::string::npos);
  expectAt(rows[4], 16, 32, 16);  // the larger one
  EXPECT_FALSE(fs::exists(fs::path(project_) / "detections"));

  const json info = result({"info", project_});
  EXPECT_EQ(info["faces"]["photographs"], 5);
  ASSERT_EQ(info["faces"]["missed"].size(), 1U);
  EXPECT_EQ(info["faces"]["missed"][0]["sample"], 1);
  ASSERT_EQ(info["faces"]["several"].size(), 1U);
  EXPECT_EQ(info["faces"]["several"][0]["sample"], 4);
  EXPECT_NE(run({"info", project_}).out.find("1 without a face, 1 with several, 0 tiny"), std::string::npos);

  // No model sees the one without a face, however often.
  for (int k = 0; k < 2; ++k) {
    result({"extract", project_, "--no-recipe-check"});
    const auto project = open();
    const auto features = project.features("demo");
    for (std::int64_t r = 0; r < 5; ++r) EXPECT_EQ(std::isnan(features.view().row(r)[0]), r == 1) << r;
    EXPECT_NE(project.samples()[1].problem.find("no face"), std::string::npos);
  }
}

TEST_F(CliFaces, AFolderThatLooksUnalignedSaysSo) {
  writeFive();
  cv::Mat wide = cv::Mat::zeros(64, 96, CV_8UC3);
  write("ben/5.png", wide);
  const auto ran = run({"import", project_, (folder_ / "photographs").string()});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_NE(ran.out.find("look unaligned: they are not square (96 x 64 pixels)"), std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("--detect"), std::string::npos);
  // Which then places the faces of what is there already.
  const json again = import({"--detect", detector_});
  EXPECT_EQ(again["added"], 0);
  EXPECT_EQ(again["placed"], 6);
  expectAt(open().samples()[0], 16, 0, 16);
  EXPECT_EQ(import({"--detect", detector_})["placed"], 0);
}

TEST_F(CliFaces, ADryRunLooksAtAFewAndChangesNothing) {
  writeFive();
  EXPECT_EQ(import({"--detect", detector_, "--dry-run"})["faces"]["missed"], 1);
  EXPECT_FALSE(fs::exists(project_));
}

TEST_F(CliFaces, AStoppedImportGoesOn) {
  for (int i = 0; i < 400; ++i) {
    cv::Mat photograph = test::toyPhotograph();
    cv::randu(photograph, 0, 60);
    test::plantLarge(photograph, 16 * (i % 3), 16);
    write((i % 2 ? "anna/" : "ben/") + std::to_string(1000 + i) + ".png", photograph);
  }
  std::vector<std::string> arguments = {"--json",   "import", project_, (folder_ / "photographs").string(),
                                        "--detect", detector_};
  const auto stopped = run(arguments, R"("done":[1-9][^}]*"stage":"finding faces)");
  if (stopped.exit == 0) GTEST_SKIP() << "it was done before it could be stopped";
  ASSERT_EQ(stopped.exit, 130) << stopped.out << stopped.err;
  EXPECT_EQ(open().sampleCount(), 0);
  const std::string left = readFile(fs::path(project_) / "detections/photographs.jsonl");
  const auto known = std::ranges::count(left, '\n') - 1;
  ASSERT_GT(known, 0);
  const auto again = run(arguments);
  ASSERT_EQ(again.exit, 0) << again.out << again.err;
  EXPECT_NE(again.out.find("Going on after " + std::to_string(known) + " of 400"), std::string::npos);
  const auto rows = open().samples();
  ASSERT_EQ(rows.size(), 400U);
  for (const auto& row : rows) {
    const int i = std::stoi(fs::path(row.image.file).stem().string()) - 1000;
    expectAt(row, static_cast<float>(16 * (i % 3)), 16, 16);
  }
  EXPECT_FALSE(fs::exists(fs::path(project_) / "detections"));
}

TEST_F(CliFaces, PointsPlacedByHandAreCheckedKeptAndLeaveNothingStaleInSilence) {
  writeFive();
  import({"--detect", detector_});
  result({"extract", project_, "--no-recipe-check"});
  result({"score", project_, "--method", "norm", "--name", "norms"});
  const auto row = [&](std::int64_t r) {
    const auto project = open();
    const auto features = project.features("demo");
    const auto view = features.view().row(r);
    return std::vector<float>(view.begin(), view.end());
  };
  const auto before = row(0), other = row(2);

  const auto said = [&](const std::string& sample, const std::string& points) {
    const auto ran = run({"align", project_, sample, "--landmarks", points});
    EXPECT_NE(ran.exit, 0);
    return ran.err;
  };
  EXPECT_NE(said("0", "1,2,3").find("--landmarks"), std::string::npos);
  EXPECT_NE(said("0", "44,22,20,22,32,34,22,46,42,46").find("not in order"), std::string::npos);
  EXPECT_NE(said("0", "20,22,44,22,32,34,22,46,42,300").find("outside its picture"), std::string::npos);
  EXPECT_NE(said("9", "20,22,44,22,32,34,22,46,42,46").find("5 images"), std::string::npos);
  EXPECT_FALSE(result({"info", project_}).contains("stale"));

  result({"align", project_, "0", "--landmarks", "20,22,44,22,32,34,22,46,42,46"});
  result({"align", project_, "1", "--landmarks", "20,22,44,22,32,34,22,46,42,46"});
  EXPECT_EQ(open().samples()[0].image.landmarks->at(2).y, 34);
  EXPECT_EQ(open().samples()[1].problem, "");
  json info = result({"info", project_});
  ASSERT_EQ(info["stale"].size(), 2U);
  EXPECT_EQ(info["stale"][0]["kind"], "features");
  EXPECT_EQ(info["stale"][0]["samples"], json::array({0}));  // image 1 had none
  EXPECT_EQ(info["stale"][0]["why"], "1 face was placed anew since (sample 0)");
  EXPECT_EQ(info["stale"][1]["kind"], "scores");
  EXPECT_EQ(info["stale"][1]["samples"], (json{0, 1}));
  EXPECT_TRUE(std::isnan(row(0)[0]));
  EXPECT_EQ(row(2), other);

  result({"extract", project_, "--no-recipe-check"});
  EXPECT_NE(row(0), before);
  EXPECT_FALSE(std::isnan(row(1)[0]));
  EXPECT_EQ(row(2), other);
  result({"score", project_, "--method", "norm", "--name", "norms"});
  info = result({"info", project_});
  EXPECT_FALSE(info.contains("stale"));
  // Another look by a detector does not move them.
  EXPECT_EQ(import({"--detect", detector_})["placed"], 0);
  EXPECT_EQ(open().samples()[0].image.landmarks->at(2).y, 34);
}

TEST_F(CliFaces, OpencvsCascadeFindsRenderedFacesWhereTheyWerePasted) {
  const auto rendered = run({"import", (folder_ / "r.discern").string(), "synthetic-faces", "--name", "r",
                             "--count", "8", "--images", "1", "--bad-share", "0", "--label-errors", "0"});
  ASSERT_EQ(rendered.exit, 0) << rendered.out << rendered.err;
  std::vector<cv::Point2d> middles;
  constexpr int kSide = 160;
  int i = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "r.discern/images/r")) {
    if (entry.path().extension() != ".jpg") continue;
    cv::Mat face = cv::imread(entry.path().string());
    cv::resize(face, face, {kSide, kSide});
    cv::Mat photograph(360, 480, CV_8UC3, cv::Scalar(120, 110, 100));
    const cv::Point at(20 + 37 * i, 180 - 20 * i);
    face.copyTo(photograph(cv::Rect(at, face.size())));
    middles.emplace_back(at.x + kSide / 2.0, at.y + kSide / 2.0);
    write(std::to_string(100 + i++) + "/1.png", photograph);
  }
  ASSERT_EQ(i, 8);
  const auto ran =
      run({"--json", "import", project_, (folder_ / "photographs").string(), "--detect", "cascade"});
  if (ran.err.find("opencv-data") != std::string::npos || ran.out.find("opencv-data") != std::string::npos)
    GTEST_SKIP() << "OpenCV's data files are not installed";
  ASSERT_EQ(ran.exit, 0) << ran.out << ran.err;
  const json faces = ran.event("result")["faces"];
  EXPECT_LE(faces["missed"].get<int>(), 2);  // it is a poor choice
  const auto rows = open().samples();
  for (const auto& row : rows) {
    if (data::isWithoutFace(row.image)) continue;
    ASSERT_TRUE(row.image.crop);
    const auto k =
        static_cast<std::size_t>(std::stoi(fs::path(row.image.file).parent_path().filename()) - 100);
    EXPECT_NEAR(row.image.crop->x + row.image.crop->width / 2.0, middles[k].x, 0.15 * kSide);
    EXPECT_NEAR(row.image.crop->y + row.image.crop->height / 2.0, middles[k].y, 0.15 * kSide);
  }
}

TEST_F(CliFaces, WhatIsNoDetectorIsSaidInOneSentence) {
  writeFive();
  const auto said = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {"import", project_, (folder_ / "photographs").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto ran = run(arguments);
    EXPECT_NE(ran.exit, 0);
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
    EXPECT_FALSE(fs::exists(project_));
    return ran.err;
  };
  EXPECT_NE(said({"--detect", "absent.onnx"}).find("absent.onnx"), std::string::npos);
  EXPECT_NE(said({"--detect", (folder_ / "toy.toml").string()}).find("toy.toml"), std::string::npos);
  EXPECT_NE(said({"--landmarks", detector_}).find("--landmarks"), std::string::npos);
  EXPECT_NE(said({"--detect", detector_, "--face", "smallest"}).find("--face"), std::string::npos);
}

}  // namespace
}  // namespace discern
