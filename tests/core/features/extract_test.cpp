// Decoding ahead: order, unreadable faces, stopping, and no more faces in memory than said.
#include <gtest/gtest.h>

#include <atomic>
#include <map>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/features/base_model.h"

namespace discern::features {
namespace {

// The "feature" of a face is its first pixel.
class FirstPixel final : public BaseModel {
 public:
  data::Matrix extract(const std::vector<cv::Mat>& faces) override {
    batches.push_back(static_cast<int>(faces.size()));
    data::Matrix features(static_cast<std::int64_t>(faces.size()), 1);
    for (std::size_t i = 0; i < faces.size(); ++i)
      features.values[i] = static_cast<float>(faces[i].at<int>(0, 0));
    return features;
  }
  int dims() const override { return 1; }
  const Recipe& recipe() const override { return recipe_; }

  std::vector<int> batches;

 private:
  Recipe recipe_;
};

cv::Mat faceOf(std::int64_t i) { return cv::Mat(1, 1, CV_32S, cv::Scalar(static_cast<double>(i))); }

TEST(ExtractAll, EveryFaceOnceInOrder) {
  for (const int threads : {1, 4}) {
    setThreadCount(threads);
    for (const std::int64_t count : {0, 1, 7, 8, 9, 500}) {
      FirstPixel model;
      std::vector<float> stored;
      std::int64_t last = -1, done = 0;
      Progress progress([&](const ProgressEvent& event) { done = event.done; });
      progress.start("extract", count);
      extractAll(
          model, count, faceOf,
          [&](std::int64_t i, std::span<const float> feature) {
            EXPECT_EQ(i, last + 1);
            last = i;
            stored.push_back(feature[0]);
          },
          [](std::int64_t, const std::string&) { FAIL(); }, {8}, progress);
      progress.finish();
      ASSERT_EQ(static_cast<std::int64_t>(stored.size()), count);
      for (std::int64_t i = 0; i < count; ++i) EXPECT_EQ(stored[i], static_cast<float>(i));
      EXPECT_EQ(done, count);
      for (std::size_t b = 0; b + 1 < model.batches.size(); ++b) EXPECT_EQ(model.batches[b], 8);
    }
  }
  setThreadCount(0);
}

TEST(ExtractAll, UnreadableFacesAreReportedAndTheRestGoesOn) {
  FirstPixel model;
  std::map<std::int64_t, std::string> problems;
  std::vector<std::int64_t> stored;
  Progress progress;
  extractAll(
      model, 40,
      [](std::int64_t i) -> cv::Mat {
        if (i % 10 == 3) fail("{}.jpg: zero bytes", i);
        if (i == 20) return {};
        return faceOf(i);
      },
      [&](std::int64_t i, std::span<const float>) { stored.push_back(i); },
      [&](std::int64_t i, const std::string& why) { problems[i] = why; }, {16}, progress);
  EXPECT_EQ(stored.size(), 35U);
  ASSERT_EQ(problems.size(), 5U);
  EXPECT_EQ(problems[13], "13.jpg: zero bytes");
  EXPECT_FALSE(problems[20].empty());
  // Which faces go through the model together depends on their places alone: 3 and 13, 20 and 23, and 33 are
  // missing.
  EXPECT_EQ(model.batches, (std::vector<int>{14, 14, 7}));
}

TEST(ExtractAll, AStopIsNoticedBetweenBatches) {
  FirstPixel model;
  std::stop_source stop;
  Progress progress({}, stop.get_token());
  std::int64_t stored = 0;
  EXPECT_THROW(extractAll(
                   model, 1'000'000, faceOf,
                   [&](std::int64_t, std::span<const float>) {
                     if (++stored == 24) stop.request_stop();
                   },
                   [](std::int64_t, const std::string&) {}, {8}, progress),
               Cancelled);
  EXPECT_EQ(stored, 24);
}

TEST(ExtractAll, OtherExceptionsOfTheLoaderEndTheJob) {
  FirstPixel model;
  Progress progress;
  EXPECT_THROW(extractAll(
                   model, 1000,
                   [](std::int64_t i) -> cv::Mat {
                     if (i == 50) throw std::bad_alloc();
                     return faceOf(i);
                   },
                   [](std::int64_t, std::span<const float>) {}, [](std::int64_t, const std::string&) {}, {8},
                   progress),
               std::bad_alloc);
}

TEST(ExtractAll, DoesNotDecodeFarAhead) {
  FirstPixel model;
  setThreadCount(4);
  std::atomic<std::int64_t> loaded{0};
  std::int64_t stored = 0, most = 0;
  Progress progress;
  extractAll(
      model, 600,
      [&](std::int64_t i) {
        ++loaded;
        return faceOf(i);
      },
      [&](std::int64_t, std::span<const float>) { most = std::max(most, loaded - stored++); },
      [](std::int64_t, const std::string&) {}, {8}, progress);
  setThreadCount(0);
  EXPECT_LE(most, 8 + 2 * 8 + 4);
}

TEST(ExtractAll, RefusesAnEmptyBatch) {
  FirstPixel model;
  Progress progress;
  EXPECT_THROW(extractAll(
                   model, 3, faceOf, [](std::int64_t, std::span<const float>) {},
                   [](std::int64_t, const std::string&) {}, {0}, progress),
               Error);
}

}  // namespace
}  // namespace discern::features
