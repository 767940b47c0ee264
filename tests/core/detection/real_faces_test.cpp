// The detector and the landmark model beside the checkout, on photographs whose eyes are about where LFW's
// deep-funneled pictures have them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "core/detection/photographs.h"

namespace discern::detection {
namespace {
namespace fs = std::filesystem;

const fs::path kShared = fs::path(DISCERN_SOURCE_DIR) / "../shared";

data::Dataset somePhotographs(const fs::path& folder, std::size_t count) {
  data::Dataset set;
  std::vector<fs::path> people;
  for (const auto& entry : fs::directory_iterator(folder)) people.push_back(entry.path());
  std::ranges::sort(people);
  for (std::size_t k = 0; k < count; ++k) {
    const auto& person = people[k * people.size() / count];
    data::Sample sample;
    sample.identity = static_cast<int>(k);
    set.identities.push_back(person.filename().string());
    sample.image.file = (person / (person.filename().string() + "_0001.jpg")).string();
    set.samples.push_back(sample);
  }
  return set;
}

TEST(RealFaces, LandmarksOfLfwLieWhereItsCropHasThem) {
  if (!fs::exists(kShared / "models/detect320.onnx") || !fs::exists(kShared / "data/lfw-half"))
    GTEST_SKIP() << "no ../shared beside the checkout";
  constexpr std::size_t kCount = 40;
  auto set = somePhotographs(kShared / "data/lfw-half", kCount);
  DetectOptions options;
  options.model = (kShared / "models/detect320.onnx").string();
  options.landmarks = (kShared / "models/landmark68.onnx").string();
  options.choose = Choice::Central;
  Progress progress;
  const auto summary = detectFaces(set, options, {}, progress);
  EXPECT_EQ(summary.photographs, static_cast<int>(kCount));
  EXPECT_EQ(summary.missed, 0);
  EXPECT_EQ(summary.cropped, 0);
  // Of the crop 60,52,130,130 the template's points: 60 + 38.2946 * 130 / 112 and so on.
  const data::Landmarks expected{
      {{104.4F, 112}, {145.3F, 111.8F}, {125, 135.3F}, {108.2F, 159.2F}, {142.1F, 159}}};
  for (std::size_t k = 0; k < 5; ++k) {
    std::vector<float> x, y;
    for (const auto& sample : set.samples) {
      x.push_back((*sample.image.landmarks)[k].x);
      y.push_back((*sample.image.landmarks)[k].y);
    }
    std::ranges::sort(x);
    std::ranges::sort(y);
    EXPECT_NEAR(x[kCount / 2], expected[k].x, 8) << k;
    EXPECT_NEAR(y[kCount / 2], expected[k].y, 8) << k;
  }
}

}  // namespace
}  // namespace discern::detection
