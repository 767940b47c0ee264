#include "core/training/sgd.h"

#include <gtest/gtest.h>

namespace discern::training {
namespace {

TEST(LearningRate, WarmsUpAndFollowsTheCosine) {
  const Schedule schedule{.learningRate = 0.1,
                          .warmup = 1,
                          .kind = Falling::Cosine,
                          .steps = {},
                          .epochs = 3,
                          .stepsPerEpoch = 10};
  EXPECT_NEAR(learningRateAt(schedule, 0), 0.01, 1e-12);
  EXPECT_NEAR(learningRateAt(schedule, 4), 0.05, 1e-12);
  EXPECT_NEAR(learningRateAt(schedule, 9), 0.1, 1e-12);
  EXPECT_NEAR(learningRateAt(schedule, 10), 0.1, 1e-12);
  EXPECT_NEAR(learningRateAt(schedule, 20), 0.05, 1e-12);  // half-way between steps 10 and 30
  EXPECT_LT(learningRateAt(schedule, 29), 0.001);
  EXPECT_GT(learningRateAt(schedule, 29), 0);
}

// SlowFast: half a cosine from the first step on, and a straight line up to it.
TEST(LearningRate, HalfACosineIsMetByTheWarmUp) {
  const Schedule schedule{.learningRate = 0.8,
                          .warmup = 1,
                          .kind = Falling::HalfCosine,
                          .steps = {},
                          .epochs = 4,
                          .stepsPerEpoch = 10};
  const double met = 0.4 * (1 + std::sqrt(0.5));  // a quarter of the way
  EXPECT_NEAR(learningRateAt(schedule, 0), met / 10, 1e-12);
  EXPECT_NEAR(learningRateAt(schedule, 9), met, 1e-12);
  EXPECT_NEAR(learningRateAt(schedule, 10), met, 1e-12);
  EXPECT_NEAR(learningRateAt(schedule, 20), 0.4, 1e-12);
  EXPECT_NEAR(learningRateAt(schedule, 30), 0.4 * (1 - std::sqrt(0.5)), 1e-12);
}

TEST(LearningRate, StepDividesByTen) {
  const Schedule schedule{.learningRate = 1,
                          .warmup = 0,
                          .kind = Falling::Step,
                          .steps = {2, 3},
                          .epochs = 4,
                          .stepsPerEpoch = 5};
  EXPECT_NEAR(learningRateAt(schedule, 9), 1, 1e-12);
  EXPECT_NEAR(learningRateAt(schedule, 10), 0.1, 1e-12);
  EXPECT_NEAR(learningRateAt(schedule, 15), 0.01, 1e-12);
}

struct OneWeight : torch::nn::Module {
  OneWeight() : weight(register_parameter("weight", torch::full({1, 1}, 2.0F))) {
    bias = register_parameter("bias", torch::full({1}, 3.0F));
    fixed = register_parameter("fixed", torch::full({1}, 5.0F), false);
  }
  torch::Tensor weight, bias, fixed;
};

TEST(Sgd, MomentumAndDecayByHand) {
  OneWeight module;
  Sgd sgd(module, 0.9, 0.1);
  for (int step = 0; step < 2; ++step) {
    sgd.zeroGradients();
    (module.weight.sum() * 4 + module.bias.sum()).backward();
    sgd.step(0.5);
  }
  // weight: g = 4 + 0.1 * 2 = 4.2, w = 2 - 2.1 = -0.1; then v = 0.9 * 4.2 + 4 - 0.01 = 7.77, w = -3.985.
  EXPECT_NEAR(module.weight.item<float>(), -3.985F, 1e-5);
  // bias, without decay: 3 - 0.5; then v = 1.9, 2.5 - 0.95.
  EXPECT_NEAR(module.bias.item<float>(), 1.55F, 1e-5);
  EXPECT_EQ(module.fixed.item<float>(), 5.0F);
  EXPECT_EQ(sgd.momentum().size(), 2U);
  EXPECT_NEAR(sgd.momentum().at("weight").item<float>(), 7.77F, 1e-5);
}

TEST(Sgd, ClipsTheCommonNorm) {
  OneWeight module;
  Sgd sgd(module, 0, 0);
  (module.weight.sum() * 3 + module.bias.sum() * 4).backward();
  sgd.clip(10);
  EXPECT_FLOAT_EQ(module.weight.grad().item<float>(), 3.0F);
  sgd.clip(1);
  EXPECT_NEAR(module.weight.grad().item<float>(), 0.6F, 1e-5);
  EXPECT_NEAR(module.bias.grad().item<float>(), 0.8F, 1e-5);
}

}  // namespace
}  // namespace discern::training
