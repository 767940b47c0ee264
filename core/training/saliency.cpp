#include "core/training/saliency.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"

namespace discern::training {
namespace {

constexpr float kGreyLevel = 127.5F;  // of a pixel is one unit of the network's input

// Where the k-th patch along a side begins.
int beginOf(int k, int length, int patch, int stride) { return std::min(k * stride, length - patch); }

}  // namespace

int patchesAlong(int length, int patch, int stride) { return 1 + (length - patch + stride - 1) / stride; }

data::Matrix occlusionMap(networks::Network& network, const torch::Tensor& image, int patch, int stride,
                          int batch, Progress& progress) {
  const auto rows = static_cast<int>(image.size(2)), cols = static_cast<int>(image.size(3));
  if (patch < 1 || patch > std::min(rows, cols))
    fail("a patch of {} pixels: at least 1 and at most the input's {} were expected", patch,
         std::min(rows, cols));
  if (stride < 1 || stride > patch)
    fail("a step of {} pixels: at least 1 and at most the patch's {} were expected", stride, patch);
  network.eval();
  const torch::NoGradGuard guard;
  const double whole = network.forward(image).select(1, 0).item<double>();
  const int down = patchesAlong(rows, patch, stride), across = patchesAlong(cols, patch, stride);
  std::vector<double> sum(static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols));
  std::vector<int> covered(sum.size());
  for (int first = 0; first < down * across; first += batch) {
    progress.throwIfStopped();
    const int n = std::min(batch, down * across - first);
    const auto hidden = image.repeat({n, 1, 1, 1});
    const auto top = [&](int i) { return beginOf((first + i) / across, rows, patch, stride); };
    const auto left = [&](int i) { return beginOf((first + i) % across, cols, patch, stride); };
    for (int i = 0; i < n; ++i) hidden[i].narrow(1, top(i), patch).narrow(2, left(i), patch).zero_();
    const auto scores = network.forward(hidden).select(1, 0).to(torch::kCPU, torch::kFloat32).contiguous();
    for (int i = 0; i < n; ++i)
      for (int y = top(i); y < top(i) + patch; ++y)
        for (int x = left(i); x < left(i) + patch; ++x) {
          const auto at =
              static_cast<std::size_t>(y) * static_cast<std::size_t>(cols) + static_cast<std::size_t>(x);
          sum[at] += whole - static_cast<double>(scores.data_ptr<float>()[i]);
          ++covered[at];
        }
    progress.advance(n);
  }
  data::Matrix map(rows, cols);
  for (std::size_t at = 0; at < sum.size(); ++at) map.values[at] = static_cast<float>(sum[at] / covered[at]);
  return map;
}

data::Matrix gradientMap(networks::Network& network, const torch::Tensor& image, double sigma) {
  network.eval();
  const torch::AutoGradMode guard(true);
  const auto input = image.detach().clone().requires_grad_(true);
  const auto score = network.forward(input).select(1, 0).sum();
  const auto gradient = torch::autograd::grad({score}, {input})[0]
                            .abs()
                            .sum(1)
                            .div(kGreyLevel)
                            .squeeze(0)
                            .to(torch::kCPU, torch::kFloat32)
                            .contiguous();
  data::Matrix map(gradient.size(0), gradient.size(1));
  std::copy_n(gradient.data_ptr<float>(), map.values.size(), map.values.begin());
  if (sigma > 0) {
    cv::Mat view(static_cast<int>(map.rows), static_cast<int>(map.cols), CV_32F, map.values.data());
    cv::GaussianBlur(view, view, {}, sigma);
  }
  return map;
}

}  // namespace discern::training
