// The renderer: what is asked for is what is seen.
#include "datasets/rendering/face.h"

#include <gtest/gtest.h>

#include <array>
#include <opencv2/imgproc.hpp>

namespace discern::rendering {
namespace {

cv::Mat grey(const cv::Mat& image) {
  cv::Mat result;
  cv::cvtColor(image, result, cv::COLOR_BGR2GRAY);
  return result;
}

double sharpness(const cv::Mat& image) {
  cv::Mat laplacian;
  cv::Laplacian(grey(image), laplacian, CV_64F);
  cv::Scalar mean, deviation;
  cv::meanStdDev(laplacian, mean, deviation);
  return deviation[0] * deviation[0];
}

double mean(const cv::Mat& image, cv::Rect where = {0, 0, 112, 112}) {
  return cv::mean(grey(image(where)))[0];
}

cv::Mat difference(const cv::Mat& a, const cv::Mat& b) {
  cv::Mat result;
  cv::absdiff(a, b, result);
  return grey(result);
}

// Share of pixels of `where` that differ clearly.
double changed(const cv::Mat& a, const cv::Mat& b, cv::Rect where) {
  return cv::countNonZero(difference(a, b)(where) > 6) / static_cast<double>(where.area());
}

cv::Point2d centroid(const cv::Mat& weights, cv::Rect where) {
  cv::Mat strong;
  cv::threshold(weights(where), strong, 25, 0, cv::THRESH_TOZERO);
  const cv::Moments m = cv::moments(strong);
  return {where.x + m.m10 / m.m00 + 0.5, where.y + m.m01 / m.m00 + 0.5};
}

bool same(const cv::Mat& a, const cv::Mat& b) { return cv::norm(a, b, cv::NORM_INF) == 0; }

class Face : public ::testing::Test {
 protected:
  cv::Mat render(const Nuisance& n, std::uint64_t image = 3) const { return person_.render(n, image); }
  template <typename Change>
  cv::Mat with(Change change) const {
    Nuisance n;
    change(n);
    return render(n);
  }
  const FaceRenderer person_{syntheticIdentitySeed(1, 8)};  // bald: nothing hides the forehead
  const cv::Mat plain_ = person_.render({}, 3);
};

TEST_F(Face, IsAFunctionOfItsSeeds) {
  EXPECT_EQ(plain_.type(), CV_8UC3);
  EXPECT_EQ(plain_.size(), cv::Size(112, 112));
  EXPECT_TRUE(same(plain_, renderFace(syntheticIdentitySeed(1, 8), {}, 3)));
  EXPECT_FALSE(same(plain_, renderFace(syntheticIdentitySeed(1, 8), {}, 4)));
  EXPECT_FALSE(same(plain_, renderFace(syntheticIdentitySeed(2, 8), {}, 3)));
  EXPECT_EQ(renderFace(5, {}, 3, 64).size(), cv::Size(64, 64));
}

TEST_F(Face, EyesAndMouthLieOnTheTemplate) {
  for (int i = 0; i < 6; ++i) {
    const FaceRenderer person(syntheticIdentitySeed(7, i));
    Nuisance shut;
    shut.eyesClosed = 1;
    const cv::Mat change = difference(person.render({}, 1), person.render(shut, 1));
    const cv::Point2d left = centroid(change, {0, 30, 56, 45}), right = centroid(change, {56, 30, 56, 45});
    EXPECT_NEAR(left.x, 38.3, 2.5) << i;
    EXPECT_NEAR(right.x, 73.5, 2.5) << i;
    EXPECT_NEAR(left.y, 51.7, 2.5) << i;
    EXPECT_NEAR(right.y, 51.5, 2.5) << i;
    Nuisance open;
    open.mouthOpen = 0.25F;
    const cv::Point2d mouth =
        centroid(difference(person.render({}, 1), person.render(open, 1)), {36, 84, 40, 18});
    EXPECT_NEAR(mouth.x, 56, 3.5) << i;
    EXPECT_NEAR(mouth.y, 93.5, 3.5) << i;
  }
}

TEST_F(Face, BlurAndLowResolutionTakeSharpnessAway) {
  double last = sharpness(plain_);
  for (const float sigma : {0.8F, 1.6F, 3.2F}) {
    const double now = sharpness(with([&](Nuisance& n) { n.blur = sigma; }));
    EXPECT_LT(now, 0.7 * last);
    last = now;
  }
  last = sharpness(plain_);
  for (const float across : {56.0F, 28.0F, 14.0F}) {
    const double now = sharpness(with([&](Nuisance& n) { n.resolution = across; }));
    EXPECT_LT(now, 0.8 * last);
    last = now;
  }
  // Motion takes it along its direction, most of all.
  const auto edges = [&](float angle, int dx, int dy) {
    cv::Mat result;
    cv::Sobel(grey(with([&](Nuisance& n) { n.motionBlur = 12, n.motionAngle = angle; })), result, CV_64F, dx,
              dy);
    return cv::norm(result);
  };
  EXPECT_LT(edges(0, 1, 0), 0.8 * edges(90, 1, 0));
  EXPECT_LT(edges(90, 0, 1), 0.8 * edges(0, 0, 1));
}

TEST_F(Face, ExposureAndNoiseDoWhatTheySay) {
  EXPECT_LT(mean(with([](Nuisance& n) { n.exposure = 0.3F; })), 0.7 * mean(plain_));
  EXPECT_LT(mean(with([](Nuisance& n) { n.exposure = 0.08F; })), 0.45 * mean(plain_));
  EXPECT_GT(mean(with([](Nuisance& n) { n.exposure = 1.5F; })), 1.08 * mean(plain_));
  for (const float sigma : {4.0F, 10.0F}) {
    cv::Mat noise;
    grey(with([&](Nuisance& n) { n.noise = sigma; })).convertTo(noise, CV_64F);
    cv::Mat before;
    grey(plain_).convertTo(before, CV_64F);
    cv::Scalar average, deviation;
    cv::meanStdDev(noise - before, average, deviation);
    EXPECT_NEAR(deviation[0], sigma, 0.25 * sigma);
    EXPECT_NEAR(average[0], 0, 0.6);
  }
}

TEST_F(Face, LightComesFromWhereItIsSaid) {
  const cv::Rect left{28, 60, 18, 20}, right{66, 60, 18, 20};
  for (const float x : {-1.0F, 1.0F}) {
    const cv::Mat lit = with([&](Nuisance& n) { n.lightX = x, n.ambient = 0.25F; });
    EXPECT_GT((mean(lit, right) - mean(lit, left)) * x, 15);
  }
  const auto contrast = [&](float ambient) {
    const cv::Mat lit = with([&](Nuisance& n) { n.lightX = 1, n.ambient = ambient; });
    return mean(lit, right) - mean(lit, left);
  };
  EXPECT_GT(contrast(0.2F), 2 * contrast(0.8F));
  const cv::Scalar warm = cv::mean(with([](Nuisance& n) { n.lightWarmth = 1; })(left));
  const cv::Scalar cold = cv::mean(with([](Nuisance& n) { n.lightWarmth = -1; })(left));
  EXPECT_GT(warm[2] / warm[0], 1.15 * cold[2] / cold[0]);
}

TEST_F(Face, TurningAwayChangesItMoreAndMore) {
  for (const float direction : {-1.0F, 1.0F}) {
    double last = 0;
    for (const float yaw : {8.0F, 24.0F, 60.0F}) {
      const double now = cv::norm(with([&](Nuisance& n) { n.yaw = direction * yaw; }), plain_, cv::NORM_L1);
      EXPECT_GT(now, 1.1 * last);
      last = now;
    }
  }
  // Turned to the image's right, the ear on the left comes into
  // view and the far cheek goes: the head's mass moves left.
  const auto middle = [&](float yaw) {
    Nuisance a, b;
    a.yaw = b.yaw = yaw;
    b.exposure = 0.5F;
    return centroid(difference(render(a, 3), render(a, 5)), {0, 0, 112, 112}).x;  // the background's
  };
  EXPECT_GT(middle(55), middle(-55) + 10);
}

TEST_F(Face, GlassesMaskAndOcclusionCoverWhatTheySay) {
  const cv::Rect eyes{28, 44, 56, 14}, lower{36, 78, 40, 26}, face{26, 24, 60, 84};
  const cv::Mat clear = with([](Nuisance& n) { n.glasses = 1; });
  const cv::Mat sun = with([](Nuisance& n) { n.glasses = 2; });
  EXPECT_LT(mean(sun, eyes), 0.75 * mean(clear, eyes));
  EXPECT_GT(changed(clear, plain_, eyes), 0.1);
  EXPECT_LT(changed(sun, plain_, lower), 0.02);
  const cv::Mat mask = with([](Nuisance& n) { n.mask = true; });
  EXPECT_GT(changed(mask, plain_, lower), 0.9);
  EXPECT_LT(changed(mask, plain_, eyes), 0.1);
  for (const int occluder : {1, 2}) {
    for (const float share : occluder == 1 ? std::array{0.25F, 0.45F} : std::array{0.15F, 0.25F}) {
      double sum = 0;
      for (std::uint64_t image = 0; image < 8; ++image) {
        Nuisance n;
        const cv::Mat before = render(n, image);
        n.occlusion = share;
        n.occluder = occluder;
        sum += changed(render(n, image), before, face) / 8;
      }
      EXPECT_NEAR(sum, share, 0.12) << occluder;
    }
  }
}

TEST_F(Face, HeavyConditionsAreNamed) {
  Nuisance n;
  EXPECT_FALSE(n.heavy());
  n.yaw = -60;
  n.exposure = 0.1F;
  EXPECT_EQ(n.badness(), (std::vector<std::string>{"pose", "darkness"}));
  Nuisance covered;
  covered.glasses = 2;
  EXPECT_EQ(covered.badness(), std::vector<std::string>{"occlusion"});
  covered.glasses = 1;
  EXPECT_FALSE(covered.heavy());
}

// Clean portraits in changing light: somebody's nearest
// other image is nearly always his own, by plain pixels.
TEST_F(Face, PeopleCanBeToldApart) {
  constexpr int people = 24, images = 3;
  std::vector<cv::Mat> vectors;
  for (int i = 0; i < people; ++i) {
    const FaceRenderer person(syntheticIdentitySeed(11, i));
    for (int j = 0; j < images; ++j) {
      Nuisance n;
      n.lightX = 0.2F * static_cast<float>(j - 1);
      n.yaw = 4.0F * static_cast<float>(j - 1);
      n.smile = 0.3F * static_cast<float>(j);
      cv::Mat small;  // the face alone, without background
      cv::resize(person.render(n, static_cast<std::uint64_t>(100 * i + j))({26, 24, 60, 84}), small, {20, 28},
                 0, 0, cv::INTER_AREA);
      small.convertTo(small, CV_32F);
      vectors.push_back(small.reshape(1, 1));
    }
  }
  int right = 0;
  for (int a = 0; a < people * images; ++a) {
    double best = 1e300;
    int nearest = -1;
    for (int b = 0; b < people * images; ++b) {
      const double distance =
          cv::norm(vectors[static_cast<std::size_t>(a)], vectors[static_cast<std::size_t>(b)]);
      if (a != b && distance < best) best = distance, nearest = b;
    }
    right += nearest / images == a / images ? 1 : 0;
  }
  EXPECT_GE(right, people * images * 95 / 100);
}

}  // namespace
}  // namespace discern::rendering
