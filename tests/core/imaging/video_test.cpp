// Frames of videos against what is drawn on them, and files that are none.
#include "core/imaging/video.h"

#include <sys/stat.h>

#include <atomic>
#include <cmath>
#include <fstream>
#include <random>
#include <thread>

#include "core/base/error.h"
#include "core/imaging/image.h"
#include "tests/core/imaging/videos.h"

namespace discern::imaging {
namespace {
namespace fs = std::filesystem;

class Video : public ::testing::Test {
 protected:
  Video() { fs::create_directories(folder_); }
  ~Video() override { fs::remove_all(folder_); }

  fs::path put(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  const fs::path folder_ =
      fs::path(::testing::TempDir()) /
      ("video_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
};

int numberAt(const fs::path& file, double time) { return numberIn(framesAt(file, {&time, 1}).front()); }

std::string errorOf(const fs::path& file) {
  try {
    probeVideo(file);
  } catch (const Error& e) {
    return e.what();
  }
  return "a video";
}

// The last of `numbers`, frame n of which is shown from n / 25 s on, that is shown by then.
int shownAt(const std::vector<int>& numbers, double time) {
  int shown = numbers.front();
  for (const int number : numbers)
    if (number / 25.0 <= time + 0.001) shown = number;
  return shown;
}

void expectTruth(const fs::path& file, const std::vector<int>& numbers) {
  const double end = (numbers.back() + 1) / 25.0;
  std::vector<double> times;
  for (double time = 0; time < end; time += 0.037) times.push_back(time);
  const auto frames = framesAt(file, times);
  ASSERT_EQ(frames.size(), times.size());
  std::size_t taken = 0;
  framesAt(file, times, [&](std::size_t i, const cv::Mat& frame) {
    EXPECT_EQ(i, taken++);
    EXPECT_EQ(numberIn(frame), numberIn(frames[i]));
  });
  EXPECT_EQ(taken, times.size());
  for (std::size_t i = 0; i < times.size(); ++i)
    ASSERT_EQ(numberIn(frames[i]), shownAt(numbers, times[i])) << file << " forward at " << times[i];
  std::mt19937 random(7);
  std::uniform_real_distribution<double> anywhere(0, end);
  for (int k = 0; k < 40; ++k) {
    const double time = anywhere(random);
    if (std::abs(time * 25 - std::round(time * 25)) < 0.05) continue;  // between two frames
    ASSERT_EQ(numberAt(file, time), shownAt(numbers, time)) << file << " jumping to " << time;
  }
}

std::vector<int> upTo(int count) {
  std::vector<int> numbers;
  for (int i = 0; i < count; ++i) numbers.push_back(i);
  return numbers;
}

TEST_F(Video, TheFrameIsTheOneThatIsShownThen) {
  for (const auto& [name, codec] :
       {std::pair{"a.mp4", "mp4v"}, {"a.avi", "MJPG"}, {"a.mkv", "mp4v"}, {"a.mov", "mp4v"}}) {
    writeNumbered(folder_ / name, 200, 25, codec);
    const auto info = probeVideo(folder_ / name);
    EXPECT_NEAR(info.seconds, 8, 0.01) << name;
    EXPECT_NEAR(info.rate, 25, 0.05) << name;
    EXPECT_EQ(info.frames, 200) << name;
    EXPECT_EQ(cv::Size(info.width, info.height), cv::Size(128, 48));
    expectTruth(folder_ / name, upTo(200));
  }
}

TEST_F(Video, TimeStampsCountAndNotTheMeanRate) {
  std::vector<int> numbers;
  for (int n = 0; n < 200; ++n)
    if (n < 50 || n % 10 == 0) numbers.push_back(n);
  expectTruth(goldenVideo("varying.mp4"), numbers);
  EXPECT_NEAR(probeVideo(goldenVideo("varying.mp4")).seconds, 7.8, 0.2);
  numbers.clear();
  for (int n = 0; n < 200; ++n)
    if (n >= 150 || n % 25 == 0) numbers.push_back(n);
  expectTruth(goldenVideo("varying-late.mp4"), numbers);
  EXPECT_EQ(probeVideo(goldenVideo("varying-late.mp4")).frames, 56);
}

TEST_F(Video, TimesCountFromTheFirstFrame) {
  for (const char* name : {"steady.mp4", "later.mkv", "stream.ts"}) {
    EXPECT_NEAR(probeVideo(goldenVideo(name)).seconds, 4, 0.01) << name;
    expectTruth(goldenVideo(name), upTo(100));
  }
}

TEST_F(Video, ATurnedVideoComesUpright) {
  const auto info = probeVideo(goldenVideo("rotated.mp4"));
  EXPECT_EQ(cv::Size(info.width, info.height), cv::Size(48, 128));
  const double time = 11 / 25.0;
  cv::Mat back;
  cv::rotate(framesAt(goldenVideo("rotated.mp4"), {&time, 1}).front(), back, cv::ROTATE_90_COUNTERCLOCKWISE);
  EXPECT_EQ(numberIn(back), 11);
}

TEST_F(Video, NothingIsDecodedTwice) {
  const fs::path file = folder_ / "a.mp4";
  writeNumbered(file, 200, 25);
  auto before = decodedFrames();
  for (int i = 0; i < 200; i += 5) EXPECT_EQ(numberAt(file, i / 25.0), i);
  EXPECT_EQ(numberAt(file, 195 / 25.0), 195);  // it is remembered
  EXPECT_LE(decodedFrames() - before, 200);
  fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(5));  // another file, as it were
  before = decodedFrames();
  std::atomic<int> next{0};
  std::vector<std::jthread> threads;
  std::vector<int> found(200, -1);
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = next++; i < 200; i = next++) found[static_cast<std::size_t>(i)] = numberAt(file, i / 25.0);
    });
  threads.clear();
  EXPECT_EQ(found, upTo(200));
  // Alone, each of the four would decode all of it.
  EXPECT_LE(decodedFrames() - before, 400);
}

TEST_F(Video, AFileThatEndsEarlyGivesWhatIsThere) {
  writeNumbered(folder_ / "a.avi", 200, 25, "MJPG");
  const std::string whole = readFile(folder_ / "a.avi");
  const fs::path half = put("half.avi", whole.substr(0, whole.size() / 2));
  const auto info = probeVideo(half);
  EXPECT_NEAR(info.announcedSeconds, 8, 0.1);
  EXPECT_GT(info.seconds, 3);
  EXPECT_LT(info.seconds, 5);
  EXPECT_EQ(info.frames, std::lround(info.seconds * 25));
  EXPECT_EQ(numberAt(half, 2), 50);
  try {
    numberAt(half, 7);
    FAIL() << "there is no such frame";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("but its frame at 7.0 s was asked for"), std::string::npos)
        << e.what();
  }
  EXPECT_EQ(numberAt(half, 1), 25);
  const std::string mp4 = readFile(goldenVideo("steady.mp4"));
  EXPECT_NE(errorOf(put("half.mp4", mp4.substr(0, mp4.size() / 2))).find("is cut off, its table of frames"),
            std::string::npos);
}

TEST_F(Video, WhatIsDamagedInTheMiddleIsPassedOver) {
  writeNumbered(folder_ / "a.mkv", 200, 25);
  std::string bytes = readFile(folder_ / "a.mkv");
  std::mt19937 random(3);
  const std::size_t from = bytes.size() * 4 / 10, to = bytes.size() * 5 / 10;
  for (std::size_t i = from; i < to; ++i) bytes[i] = static_cast<char>(random());
  const fs::path file = put("damaged.mkv", bytes);
  EXPECT_NEAR(probeVideo(file).seconds, 8, 0.1);
  EXPECT_EQ(numberAt(file, 1), 25);
  EXPECT_EQ(numberAt(file, 7), 175);
  for (double time = 0; time < 8; time += 0.1) EXPECT_FALSE(framesAt(file, {&time, 1}).front().empty());
}

TEST_F(Video, WhatIsNoneGetsASentence) {
  const auto expect = [&](const fs::path& file, const std::string& part) {
    const std::string error = errorOf(file);
    EXPECT_TRUE(error.starts_with(file.string() + ": ")) << error;
    EXPECT_NE(error.find(part), std::string::npos) << error;
  };
  expect(goldenVideo("sound.mp4"), "has no pictures that can be decoded, sound alone or nothing");
  expect(put("empty.mp4", ""), "is empty; a video was expected");
  expect(put("text.mp4", std::string(2000, 'x')), "is no video of a kind that is read");
  expect(put("list.mp4", "#EXTM3U\n#EXTINF:2,\n" + goldenVideo("steady.mp4").string() + "\n"),
         "is no video of a kind that is read");
  std::string head = "\x1A\x45\xDF\xA3";  // in two steps: GCC 14 doubts the sum of both
  head.append(500, 'x');
  expect(put("head.mkv", head), "has no pictures that can be decoded");
  expect(folder_, "is a folder; a plain file was expected");
  expect(folder_ / "gone.mp4", "cannot be read (No such file");
  ASSERT_EQ(::mkfifo((folder_ / "pipe.mp4").c_str(), 0600), 0);
  expect(folder_ / "pipe.mp4", "is a named pipe; a plain file was expected");
}

TEST_F(Video, TimesThatItsFramesCannotFillAreRefused) {
  const fs::path file = folder_ / "slow.avi";
  writeNumbered(file, 30, 0.004, "MJPG");  // a frame each 250 s
  EXPECT_NE(errorOf(file).find("too late for its 30 frames"), std::string::npos) << errorOf(file);
}

TEST_F(Video, AnotherFileOfThatNameIsReadAnew) {
  const fs::path file = folder_ / "a.mp4";
  writeNumbered(file, 50, 25);
  EXPECT_EQ(numberAt(file, 1), 25);
  writeNumbered(file, 50, 25, "mp4v", 100);
  fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(2));
  EXPECT_EQ(numberAt(file, 1), 125);
}

TEST_F(Video, ASampleIsTheFrameAtItsMoment) {
  const fs::path file = folder_ / "a.mp4";
  writeNumbered(file, 60, 25);
  data::ImageRef image;
  image.file = file.filename();
  image.moment = data::Moment{1.48, 0};
  EXPECT_EQ(numberIn(loadImage(image, folder_)), 37);
  EXPECT_EQ(numberIn(decode(readEncoded(image, folder_), "frame")), 37);
  image.crop = data::Rect{0, 0, 16, 48};  // the lowest bit
  EXPECT_GT(cv::mean(loadFace(image, 112, folder_))[0], 200);
  image.moment->time = 1.44;
  EXPECT_LT(cv::mean(loadFace(image, 112, folder_))[0], 50);
}

TEST_F(Video, EndingsInAnyCase) {
  for (const char* name : {"a.mp4", "A.MOV", "b.mkv", "c.WebM", "d.m2ts"})
    EXPECT_TRUE(isVideoFile(name)) << name;
  for (const char* name : {"a.jpg", "mp4", "a.mp4.txt", ""}) EXPECT_FALSE(isVideoFile(name)) << name;
}

}  // namespace
}  // namespace discern::imaging
