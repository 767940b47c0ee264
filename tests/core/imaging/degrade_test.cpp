#include "core/imaging/degrade.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/names.h"
#include "core/base/rng.h"
#include "core/data/degradations.h"
#include "core/imaging/image.h"

namespace discern::imaging {
namespace {
using data::Degradation;
using data::DegradationKind;

// Detail at every scale, as a face has it, and bright enough to be darkened.
cv::Mat textured(int size) {
  cv::Mat image(size, size, CV_32FC3, cv::Scalar::all(140));
  Rng rng(11);
  for (int cells = 4; cells <= size; cells *= 2) {
    cv::Mat coarse(cells, cells, CV_32FC3), fine;
    for (auto* v = coarse.ptr<float>(); v != coarse.ptr<float>() + coarse.total() * 3; ++v)
      *v = static_cast<float>(rng.normal() * 60.0 / std::sqrt(cells));
    cv::resize(coarse, fine, image.size(), 0, 0, cv::INTER_LINEAR);
    image += fine;
  }
  image.convertTo(image, CV_8U);
  return image;
}

double damage(const cv::Mat& face, DegradationKind kind, double strength, std::uint64_t seed) {
  const cv::Mat out = degrade(face, {kind, static_cast<float>(strength), seed});
  EXPECT_EQ(out.size(), face.size());
  EXPECT_EQ(out.type(), CV_8UC3);
  return cv::norm(face, out, cv::NORM_L2SQR) / static_cast<double>(face.total());
}

class EachKind : public ::testing::TestWithParam<DegradationKind> {};

TEST_P(EachKind, DamageGrowsWithStrength) {
  const cv::Mat face = textured(112);
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    double last = 0;
    for (double strength = 0.1; strength < 1.05; strength += 0.1) {
      const double now = damage(face, GetParam(), std::min(strength, 1.0), seed);
      EXPECT_GT(now, last) << toString(GetParam()) << " at " << strength << ", seed " << seed;
      last = now;
    }
  }
}

TEST_P(EachKind, IsRepeatableAndLeavesItsInputAlone) {
  const cv::Mat face = textured(96), before = face.clone();
  const Degradation damage{GetParam(), 0.7F, 42};
  EXPECT_EQ(cv::norm(degrade(face, damage), degrade(face, damage), cv::NORM_INF), 0);
  EXPECT_EQ(cv::norm(face, before, cv::NORM_INF), 0);
  EXPECT_EQ(cv::norm(degrade(face, {GetParam(), 0, 42}), face, cv::NORM_INF), 0);
  for (const cv::Size odd : {cv::Size(1, 1), cv::Size(16, 16), cv::Size(40, 90)})
    EXPECT_EQ(degrade(cv::Mat(odd, CV_8UC3, cv::Scalar::all(90)), {GetParam(), 1, 1}).size(), odd);
}

TEST_P(EachKind, NameRoundTrips) {
  EXPECT_EQ(parseName<data::DegradationKind>(toString(GetParam()), "damage"), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Degrade, EachKind, ::testing::ValuesIn(allDegradations()), [](const auto& info) {
  std::string name = toString(info.param);
  std::erase(name, '-');
  return name;
});

TEST(Degrade, TheSeedMattersWhereThereIsChance) {
  const cv::Mat face = textured(112);
  for (const auto kind : {DegradationKind::MotionBlur, DegradationKind::Darkness, DegradationKind::Noise,
                          DegradationKind::Occlusion})
    EXPECT_GT(cv::norm(degrade(face, {kind, 0.6F, 1}), degrade(face, {kind, 0.6F, 2}), cv::NORM_L1), 0)
        << toString(kind);
}

TEST(Degrade, DownScaleRemovesDetailAtTheStatedSize) {
  cv::Mat stripes(112, 112, CV_8UC3);  // period 14: the mean of one is grey, at 8 px each is one
  for (int y = 0; y < 112; ++y)
    for (int x = 0; x < 112; ++x) stripes.at<cv::Vec3b>(y, x) = cv::Vec3b::all(x % 14 < 7 ? 40 : 200);
  const auto contrast = [&](float strength) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(degrade(stripes, {DegradationKind::DownScale, strength, 1}), mean, deviation);
    return deviation[0];
  };
  EXPECT_GT(contrast(0.01F), 60);
  EXPECT_LT(contrast(1.0F), 1);
}

TEST(Degrade, BlurHasTheStatedSigma) {
  cv::Mat edge(112, 112, CV_8UC3, cv::Scalar::all(0));
  edge(cv::Rect(56, 0, 56, 112)).setTo(cv::Scalar::all(250));
  const cv::Mat out = degrade(edge, {DegradationKind::GaussianBlur, 0.5F, 1});
  for (int x = 44; x < 68; ++x) {  // the blurred edge is the normal distribution's integral
    const double expected = 125 * std::erfc(-(x + 0.5 - 56) / (3.0 * std::sqrt(2.0)));
    EXPECT_NEAR(out.at<cv::Vec3b>(50, x)[0], expected, 3) << x;
  }
}

TEST(Degrade, NoiseHasTheStatedSigmaAndDarknessTheStatedGain) {
  const cv::Mat grey(112, 112, CV_8UC3, cv::Scalar::all(128));
  cv::Scalar mean, deviation;
  cv::meanStdDev(degrade(grey, {DegradationKind::Noise, 0.3F, 7}), mean, deviation);
  EXPECT_NEAR(mean[0], 128, 1);
  EXPECT_NEAR(deviation[0], 27, 0.7);
  const cv::Mat bright(112, 112, CV_8UC3, cv::Scalar::all(250));
  cv::meanStdDev(degrade(bright, {DegradationKind::Darkness, 1, 7}), mean, deviation);
  EXPECT_NEAR(mean[1], 0.06 * 250, 0.5);
  EXPECT_GT(deviation[1], 1);
}

TEST(Degrade, OcclusionCoversItsShare) {
  const cv::Mat face(200, 200, CV_8UC3, cv::Scalar::all(255));  // no patch is that bright
  for (std::uint64_t seed = 1; seed <= 40; ++seed)
    for (const float strength : {0.2F, 0.5F, 1.0F}) {
      cv::Mat changed;
      cv::inRange(degrade(face, {DegradationKind::Occlusion, strength, seed}), cv::Scalar::all(255),
                  cv::Scalar::all(255), changed);
      const double covered = 1 - cv::countNonZero(changed) / 40000.0;
      EXPECT_NEAR(covered, 0.6 * strength, 0.01) << seed;
    }
}

TEST(Degrade, RefusesWhatItCannotDo) {
  const cv::Mat face = textured(112);
  EXPECT_THROW(degrade(face, {DegradationKind::Noise, 1.5F, 1}), Error);
  EXPECT_THROW(degrade(face, {DegradationKind::Noise, NAN, 1}), Error);
  EXPECT_THROW(degrade({}, {DegradationKind::Noise, 0.5F, 1}), Error);
  try {
    parseName<data::DegradationKind>("rain", "damage");
    FAIL() << "an Error was expected";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("motion-blur"), std::string::npos);
  }
  EXPECT_EQ(cv::norm(degrade(face, {DegradationKind::None, 1, 1}), face, cv::NORM_INF), 0);
  EXPECT_LT(sharpness(degrade(face, {DegradationKind::GaussianBlur, 0.5F, 1})), sharpness(face));
}

}  // namespace
}  // namespace discern::imaging
