// Faces of the frames of a video: each frame is looked at once, those without a face leave, and a stopped
// import goes on. The detector is a toy that finds what the test planted.
#include <gtest/gtest.h>

#include <fstream>
#include <opencv2/videoio.hpp>
#include <sstream>

#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/detection/photographs.h"
#include "core/imaging/image.h"
#include "core/imaging/video.h"
#include "tests/core/detection/scratch.h"
#include "tests/core/detection/toy_detector.h"

namespace discern::detection {
namespace {
namespace fs = std::filesystem;

constexpr int kFrames = 100;

// Four seconds: a face, nobody, the face further down, the face and a smaller one.
class VideoFaces : public testing::Test {
 protected:
  void SetUp() override {
    options_.model = test::writeToyDetector(scratch_.path("toy.onnx"));
    options_.tinyEyes = 0;
    cv::VideoWriter writer(file_, cv::CAP_FFMPEG, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), 25,
                           {test::kToySide, test::kToySide});
    ASSERT_TRUE(writer.isOpened());
    for (int i = 0; i < kFrames; ++i) {
      cv::Mat frame = test::toyPhotograph();
      if (i < 25) test::plantLarge(frame, 16, 16);
      if (i >= 50) test::plantLarge(frame, 16, 32);
      if (i >= 75) test::plantSmall(frame, 48, 8);
      writer.write(frame);
    }
    writer.release();
    set_.name = "videos";
    set_.identities = {"anna", "ben"};
    data::Protocol protocol{"videos", {{"all", 0, {}}, {"nobody", 1, {2, 3}}}, {{0, 1, false, -1}}, 0};
    for (int s = 0; s < 8; ++s) {
      data::Sample sample;
      sample.image.file = file_;
      sample.image.moment = data::Moment{s / 2.0, 0};
      sample.identity = 0;
      protocol.templates[0].samples.push_back(s);
      set_.samples.push_back(sample);
    }
    set_.protocols.push_back(protocol);
    setThreadCount(1);
  }
  void TearDown() override { setThreadCount(0); }

  Summary detect(const fs::path& cache = {}) { return detectFaces(set_, options_, cache, progress_); }
  void expectFaces() const {
    ASSERT_EQ(set_.samples.size(), 6U);
    const std::vector<double> times = {0, 0.5, 2, 2.5, 3, 3.5};
    for (std::size_t i = 0; i < times.size(); ++i) {
      const auto& image = set_.samples[i].image;
      EXPECT_EQ(image.moment.value().time, times[i]);
      const auto truth = test::toyLandmarks(16, i < 2 ? 16 : 32, 16);
      ASSERT_TRUE(image.landmarks);
      for (std::size_t k = 0; k < truth.size(); ++k) {
        EXPECT_NEAR((*image.landmarks)[k].x, truth[k].x, 0.01);
        EXPECT_NEAR((*image.landmarks)[k].y, truth[k].y, 0.01);
      }
    }
  }

  Scratch scratch_;
  const std::string file_ = scratch_.path("walk.avi");
  DetectOptions options_;
  data::Dataset set_;
  Progress progress_;
};

TEST_F(VideoFaces, FramesWithoutAFaceLeaveWithTheirTemplates) {
  const auto before = imaging::decodedFrames();
  const Summary summary = detect();
  EXPECT_LE(imaging::decodedFrames() - before, kFrames) << "no frame is decoded twice";
  EXPECT_EQ(summary.photographs, 8);
  EXPECT_EQ(summary.missed, 2);
  EXPECT_EQ(summary.several, 2);
  expectFaces();
  const auto& protocol = set_.protocols[0];
  ASSERT_EQ(protocol.templates.size(), 1U);
  EXPECT_EQ(protocol.templates[0].samples, (std::vector<int>{0, 1, 2, 3, 4, 5}));
  EXPECT_TRUE(protocol.pairs.empty());
  std::vector<std::string> told;
  for (const auto& problem : set_.problems) told.push_back(problem.what);
  EXPECT_EQ(told,
            (std::vector<std::string>{"2 of its frames show no face; they were left out",
                                      "2 of its frames show several faces, of which one was taken",
                                      "1 templates and 1 pairs were left out, for no frame of their videos "
                                      "shows a face"}));
}

TEST_F(VideoFaces, EveryFaceOfAFrameIsASampleOfThatMoment) {
  options_.choose = Choice::All;
  EXPECT_EQ(detect().several, 0);
  ASSERT_EQ(set_.samples.size(), 8U);
  EXPECT_EQ(set_.samples[4].image.moment, set_.samples[5].image.moment);
  EXPECT_NE(set_.samples[4].image.crop, set_.samples[5].image.crop);
}

TEST_F(VideoFaces, AStoppedImportGoesOnWhereItWas) {
  const std::string cache = scratch_.path("found.jsonl");
  const data::Dataset before = set_;
  detect(cache);
  // As it was after the first five frames, the last line half written.
  std::istringstream lines(readFile(cache));
  std::string line, kept;
  for (int i = 0; i < 6 && std::getline(lines, line); ++i) kept += line + "\n";
  std::getline(lines, line);
  std::ofstream(cache, std::ios::binary) << kept << line.substr(0, line.size() / 2);
  set_ = before;
  const auto decoded = imaging::decodedFrames();
  detect(cache);
  expectFaces();
  EXPECT_LE(imaging::decodedFrames() - decoded, 60) << "only what lies behind 2.5 s";
  set_ = before;
  const auto after = imaging::decodedFrames();
  detect(cache);
  expectFaces();
  EXPECT_EQ(imaging::decodedFrames(), after) << "all is known";
}

TEST_F(VideoFaces, AFrameThatCannotBeReadIsCounted) {
  const auto size = fs::file_size(file_);
  fs::resize_file(file_, size / 2);
  set_.samples[7].image.moment->time = 3.9;
  const Summary summary = detect();
  EXPECT_GE(summary.unreadable, 1);
  EXPECT_LE(summary.unreadable, 2);
  EXPECT_NE(set_.problems[0].what.find("of its frames cannot be read; they were left out"),
            std::string::npos);
}

}  // namespace
}  // namespace discern::detection
