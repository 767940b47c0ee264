// Margins against values computed by hand for one feature at a known angle.
#include "core/networks/heads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/base/error.h"

namespace discern::networks {
namespace {

constexpr double kPi = std::numbers::pi;

// Logits of a feature at `angle` from class 0's weight; class 1's weight is at a right angle to class 0's.
torch::Tensor logits(const std::string& kind, double margin, double angle, std::int64_t label) {
  Head head({.kind = kind, .dims = 2, .classes = 2, .scale = 10, .margin = margin});
  torch::NoGradGuard guard;
  head.weight.copy_(torch::tensor({{3.0F, 0.0F}, {0.0F, 0.5F}}));
  const auto feature = torch::tensor({{2 * std::cos(angle), 2 * std::sin(angle)}}, torch::kFloat32);
  return head.forward(feature, torch::tensor({label})).logits[0];
}

TEST(Heads, ArcFaceAddsToTheAngle) {
  const auto out = logits("arcface", 0.5, 1.0, 0);
  EXPECT_NEAR(out[0].item<double>(), 10 * std::cos(1.5), 1e-4);
  EXPECT_NEAR(out[1].item<double>(), 10 * std::cos(kPi / 2 - 1.0), 1e-4);  // another class: no margin
  EXPECT_NEAR(logits("arcface", 0.5, 1.0, 1)[0].item<double>(), 10 * std::cos(1.0), 1e-4);
}

TEST(Heads, ArcFaceKeepsFallingPastPi) {
  const double last = logits("arcface", 0.5, kPi - 0.51, 0)[0].item<double>();
  const double past = logits("arcface", 0.5, kPi - 0.2, 0)[0].item<double>();
  EXPECT_NEAR(past, 10 * (std::cos(kPi - 0.2) - 0.5 * std::sin(0.5)), 1e-4);
  EXPECT_LT(past, last);
}

TEST(Heads, CosFaceSubtractsFromTheCosine) {
  const auto out = logits("cosface", 0.35, 1.0, 0);
  EXPECT_NEAR(out[0].item<double>(), 10 * (std::cos(1.0) - 0.35), 1e-4);
  EXPECT_NEAR(out[1].item<double>(), 10 * std::sin(1.0), 1e-4);
}

TEST(Heads, SphereFaceMultipliesTheAngle) {
  // m = 4: k = floor(4 * 1.0 / pi) = 1, psi = -cos(4) - 2.
  EXPECT_NEAR(logits("sphereface", 4, 1.0, 0)[0].item<double>(), 10 * (-std::cos(4.0) - 2), 1e-3);
  // 0.5: k = 0, psi = cos(2).
  EXPECT_NEAR(logits("sphereface", 4, 0.5, 0)[0].item<double>(), 10 * std::cos(2.0), 1e-3);
  // psi falls all the way.
  double before = 1e9;
  for (double angle = 0.05; angle < kPi; angle += 0.1) {
    const double now = logits("sphereface", 1.7, angle, 0)[0].item<double>();
    EXPECT_LT(now, before) << angle;
    before = now;
  }
}

TEST(Heads, SphereFaceComesToItsMarginStepByStep) {
  Head head({.kind = "sphereface", .dims = 2, .classes = 2, .scale = 10, .margin = 4, .anneal = true});
  {
    torch::NoGradGuard guard;
    head.weight.copy_(torch::tensor({{3.0F, 0.0F}, {0.0F, 0.5F}}));
  }
  const auto feature = torch::tensor({{std::cos(1.0), std::sin(1.0)}}, torch::kFloat32);
  const auto label = torch::tensor({std::int64_t{0}});
  const double plain = std::cos(1.0), hard = -std::cos(4.0) - 2;
  const auto eased = [&](double lambda) { return 10 * (lambda * plain + hard) / (1 + lambda); };
  EXPECT_NEAR(head.forward(feature, label).logits[0][0].item<double>(), eased(1000), 1e-3);
  EXPECT_NEAR(head.forward(feature, label).logits[0][0].item<double>(), eased(1000 / 1.12), 1e-3);
  head.eval();  // which is no step
  head.forward(feature, label);
  EXPECT_EQ(head.steps.item<double>(), 2);
  head.train();
  head.steps.fill_(1e6);  // not below 5
  EXPECT_NEAR(head.forward(feature, label).logits[0][0].item<double>(), eased(5), 1e-3);
  Head other({.kind = "arcface", .dims = 2, .classes = 2, .anneal = true});  // which has nothing to ease
  EXPECT_EQ(other.easing(), 0);
}

TEST(Heads, WithoutAScaleSphereFaceTakesTheLengthOfTheFeature) {
  Head head({.kind = "sphereface", .dims = 2, .classes = 2, .scale = 0, .margin = 4});
  torch::NoGradGuard guard;
  head.weight.copy_(torch::tensor({{3.0F, 0.0F}, {0.0F, 0.5F}}));
  const auto feature = torch::tensor({{7 * std::cos(0.5), 7 * std::sin(0.5)}}, torch::kFloat32);
  const auto out = head.forward(feature, torch::tensor({std::int64_t{0}})).logits[0];
  EXPECT_NEAR(out[0].item<double>(), 7 * std::cos(2.0), 1e-3);
  EXPECT_NEAR(out[1].item<double>(), 7 * std::sin(0.5), 1e-3);
}

TEST(Heads, HaveTheMarginsAndScalesOfTheirPapers) {
  const auto usual = [](const char* name) {
    const auto& head = catalog::heads().find(name);
    return std::pair(head.usual, head.scale);
  };
  EXPECT_EQ(usual("arcface"), std::pair(0.5, 64.0));
  EXPECT_EQ(usual("cosface"), std::pair(0.35, 64.0));
  EXPECT_EQ(usual("sphereface"), std::pair(4.0, 0.0));
}

TEST(Heads, SoftmaxIsLinear) {
  Head head({.kind = "softmax", .dims = 2, .classes = 2});
  torch::NoGradGuard guard;
  head.weight.copy_(torch::tensor({{1.0F, 2.0F}, {-1.0F, 0.5F}}));
  head.bias.copy_(torch::tensor({0.25F, -3.0F}));
  const auto out = head.forward(torch::tensor({{4.0F, 6.0F}}), torch::tensor({std::int64_t{1}})).logits[0];
  EXPECT_FLOAT_EQ(out[0].item<float>(), 16.25F);
  EXPECT_FLOAT_EQ(out[1].item<float>(), -4.0F);
}

TEST(Heads, ScoresHaveNoMarginAndGradientsAreFiniteAtTheEnds) {
  Head head({.kind = "arcface", .dims = 2, .classes = 2, .scale = 10, .margin = 0.5});
  {
    torch::NoGradGuard guard;
    head.weight.copy_(torch::tensor({{1.0F, 0.0F}, {0.0F, 1.0F}}));
  }
  // Exactly on the weight and exactly opposite.
  auto feature = torch::tensor({{1.0F, 0.0F}, {-1.0F, 0.0F}}).set_requires_grad(true);
  const auto out = head.forward(feature, torch::tensor({std::int64_t{0}, std::int64_t{0}}));
  EXPECT_FLOAT_EQ(out.scores[0][0].item<float>(), 1.0F);
  out.logits.sum().backward();
  EXPECT_TRUE(torch::isfinite(feature.grad()).all().item<bool>());
  EXPECT_TRUE(torch::isfinite(head.weight.grad()).all().item<bool>());
}

TEST(Heads, BadOptionsAreNamed) {
  const auto message = [](const HeadOptions& options) -> std::string {
    try {
      Head head(options);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(message({.kind = "arc", .classes = 3}).find("arcface, cosface, sphereface, softmax"),
            std::string::npos);
  EXPECT_NE(message({.kind = "sphereface", .classes = 3, .margin = 0.4}).find("at least 1"),
            std::string::npos);
  EXPECT_NE(message({.kind = "arcface", .classes = 3, .margin = 1.6}).find("at least 0 and less than 1.571"),
            std::string::npos);
  EXPECT_EQ(message({.kind = "softmax", .classes = 3, .margin = -7}), "");  // it has none
  EXPECT_NE(message({.kind = "arcface", .classes = 3, .scale = 0}).find("head scale 0"), std::string::npos);
  EXPECT_NE(message({.classes = 1}).find("two classes"), std::string::npos);
}

}  // namespace
}  // namespace discern::networks
