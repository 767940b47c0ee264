#include "core/training/mimic_fit.h"

#include "core/networks/checkpoint.h"
#include "core/training/ridge.h"

namespace discern::training {
namespace {

constexpr int kPooled = 32;
constexpr double kSolveRidge = 1e-3;  // keeps the identity layer's weights finite

// The OpenCV view of a contiguous float64 matrix.
cv::Mat viewOf(const torch::Tensor& tensor) {
  return {static_cast<int>(tensor.size(0)), static_cast<int>(tensor.size(1)), CV_64F,
          tensor.data_ptr<double>()};
}

torch::Tensor doubles(const torch::Tensor& tensor) {
  return tensor.detach().to(torch::kCPU, torch::kFloat64).contiguous();
}

torch::Tensor tensorOf(const cv::Mat& matrix) {
  const cv::Mat whole = matrix.isContinuous() ? matrix : matrix.clone();
  return torch::from_blob(whole.data, {whole.rows, whole.cols}, torch::kFloat64).clone();
}

}  // namespace

MimicFit::MimicFit(int dims, double ridge)
    : squares_(cv::Mat::zeros(kPooled + 1, kPooled + 1, CV_64F)),
      products_(cv::Mat::zeros(kPooled + 1, dims, CV_64F)),
      ridge_(ridge) {}

void MimicFit::add(const torch::Tensor& pooled, const torch::Tensor& targets) {
  const auto one = torch::ones({pooled.size(0), 1}, torch::kFloat64);
  const auto x = torch::cat({doubles(pooled), one}, 1), y = doubles(targets);
  squares_ += viewOf(x.t().matmul(x).contiguous());
  products_ += viewOf(x.t().matmul(y).contiguous());
  faces_ += static_cast<double>(pooled.size(0));
}

void MimicFit::apply(networks::Student& student) const {
  if (faces_ < 2) return;
  torch::NoGradGuard guard;
  // Centred, so that the ridge leaves the intercept alone.
  const cv::Mat mean = squares_.row(kPooled).colRange(0, kPooled) / faces_;
  const cv::Mat targetMean = products_.row(kPooled) / faces_;
  const cv::Mat variance = squares_(cv::Rect(0, 0, kPooled, kPooled)) / faces_ - mean.t() * mean;
  const cv::Mat covariance = products_.rowRange(0, kPooled) / faces_ - mean.t() * targetMean;
  const cv::Mat fitted = solveRidge(variance.clone(), covariance, ridge_);  // 32 x D

  auto tensors = networks::namedTensors(student);
  auto &weight = tensors.at("mimic.weight"), &bias = tensors.at("mimic.bias");
  auto &next = tensors.at("identity.weight"), &nextBias = tensors.at("identity.bias");
  // What came out for the mean face and for a step from it, and what has to come out again.
  const auto centre = tensorOf(mean).squeeze(0), was = doubles(next).matmul(doubles(weight));
  const auto output =
      doubles(next).matmul(doubles(weight).matmul(centre) + doubles(bias)) + doubles(nextBias);
  const auto now = tensorOf(fitted.t()), nowMean = tensorOf(targetMean).squeeze(0);  // D x 32, D
  const auto gram = now.t().matmul(now).contiguous();
  const auto inverse =
      tensorOf(solveRidge(viewOf(gram).clone(), viewOf(now.t().contiguous()), kSolveRidge));  // 32 x D
  const auto solved = was.matmul(inverse);
  weight.copy_(now);
  bias.copy_(nowMean - now.matmul(centre));
  next.copy_(solved);
  nextBias.copy_(output - solved.matmul(nowMean));
}

}  // namespace discern::training
