#include "core/training/mimic_fit.h"

#include <gtest/gtest.h>

#include "core/networks/checkpoint.h"

namespace discern::training {
namespace {

std::shared_ptr<networks::Student> makeStudent(int dims) {
  const auto student = std::dynamic_pointer_cast<networks::Student>(
      networks::makeNetwork("student", {.size = 16, .dims = dims, .identityDims = 12, .seed = 3}));
  student->eval();
  return student;
}

// Targets that are a linear function of what the layer
// sees: it has to be found, and the network's output kept.
TEST(MimicFit, FindsALinearTeacherAndKeepsTheClassifier) {
  torch::NoGradGuard guard;
  torch::manual_seed(4);
  const auto student = makeStudent(40);
  const auto teacher = torch::randn({32, 40}), offset = torch::randn({40});
  MimicFit fit(40, 0);
  for (int batch = 0; batch < 20; ++batch) {
    const auto pooled = torch::rand({64, 32});
    fit.add(pooled, pooled.matmul(teacher) + offset);
  }
  const auto probe = torch::rand({50, 32});
  const auto tensors = networks::namedTensors(*student);
  const auto mimicOf = [&] {
    return torch::linear(probe, tensors.at("mimic.weight"), tensors.at("mimic.bias"));
  };
  const auto before = student->identity(mimicOf()).clone();
  const auto wanted = probe.matmul(teacher) + offset;
  EXPECT_GT((mimicOf() - wanted).abs().max().item<float>(), 1);
  fit.apply(*student);
  EXPECT_LT((mimicOf() - wanted).abs().max().item<float>(), 0.02);
  EXPECT_LT((student->identity(mimicOf()) - before).abs().max().item<float>(), 0.02);
  EXPECT_GT(before.std().item<float>(), 0.1);
}

// Against the normal equations solved by LibTorch's plain
// inverse of a small, well-conditioned case with noise.
TEST(MimicFit, IsTheLeastSquaresSolution) {
  torch::NoGradGuard guard;
  torch::manual_seed(5);
  const auto student = makeStudent(3);
  const auto pooled = torch::rand({400, 32}), targets = torch::randn({400, 3});
  MimicFit fit(3, 0);
  fit.add(pooled.narrow(0, 0, 150), targets.narrow(0, 0, 150));
  fit.add(pooled.narrow(0, 150, 250), targets.narrow(0, 150, 250));
  fit.apply(*student);
  const auto tensors = networks::namedTensors(*student);
  const auto residual = torch::linear(pooled, tensors.at("mimic.weight"), tensors.at("mimic.bias")) - targets;
  // Orthogonal to every column it was fitted with, and without a mean.
  EXPECT_LT(residual.mean(0).abs().max().item<float>(), 1e-4);
  EXPECT_LT(pooled.t().matmul(residual).abs().max().item<float>() / 400, 1e-3);
  EXPECT_LT(residual.square().mean().item<float>(), targets.square().mean().item<float>());
}

TEST(MimicFit, WithoutFacesNothingHappens) {
  const auto student = makeStudent(8);
  const auto before = networks::namedTensors(*student).at("mimic.weight").clone();
  MimicFit(8).apply(*student);
  EXPECT_TRUE(torch::equal(networks::namedTensors(*student).at("mimic.weight"), before));
}

}  // namespace
}  // namespace discern::training
