// Splitting a batch over threads for networks of LibTorch. Includes LibTorch.
#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/data/group_kind.h"
#include "core/data/matrix.h"
#include "core/features/internal/torch_memory.h"

namespace discern::features {

constexpr std::int64_t kImagesPerThread = 4;

// network(shape.tensor(n) on `device`) -> n x dims. On the CPU a few
// images a thread, each thread single-threaded: one pool of threads instead
// of two that fight, and results that do not depend on how many there are.
template <typename Network>
data::Matrix forwardInThreads(const std::vector<float>& blob, std::int64_t n, const data::Shape& shape,
                              int dims, at::Device device, const Network& network) {
  data::Matrix features(n, dims);
  const std::int64_t pixels = 3 * shape.pixels();
  const auto part = [&](std::int64_t begin, std::int64_t end) {
    const c10::InferenceMode inference;
    const at::Tensor input = at::from_blob(const_cast<float*>(blob.data() + begin * pixels),
                                           shape.tensor(end - begin), at::kFloat);
    const at::Tensor out =
        network(input.to(device)).to(at::kCPU, at::kFloat).reshape({end - begin, -1}).contiguous();
    if (out.size(1) != dims)
      fail("the model gave {} numbers for one image and {} for another; it is no base model", dims,
           out.size(1));
    std::copy_n(out.data_ptr<float>(), out.numel(), features.row(begin).data());
  };
  if (!device.is_cpu()) {
    part(0, n);
    return features;
  }
  parallelFor(n, kImagesPerThread, [&](std::int64_t begin, std::int64_t end) {
    const int before = at::get_num_threads();
    at::set_num_threads(1);
    try {
      part(begin, end);
    } catch (...) {
      at::set_num_threads(before);
      throw;
    }
    at::set_num_threads(before);
  });
  return features;
}

// The workspace of forwardInThreads: of the tensors of one thread's images, as often as threads compute side
// by side.
template <typename Network>
double workspaceInThreads(std::int64_t n, const data::Shape& shape, at::Device device,
                          const Network& network) {
  const c10::InferenceMode inference;
  const std::int64_t together = device.is_cpu() ? std::min(n, kImagesPerThread) : n;
  const auto parts = (n + together - 1) / together;
  const at::Tensor input = at::zeros(shape.tensor(together), at::TensorOptions().device(device));
  return peakTensorBytes([&] { network(input); }) *
         static_cast<double>(std::min<std::int64_t>(parts, device.is_cpu() ? threadCount() : 1));
}

// Of parameters and buffers, or of anything else that gives tensors one by one.
template <typename Tensors>
double bytesOf(const Tensors& tensors) {
  double bytes = 0;
  for (const at::Tensor& tensor : tensors) bytes += static_cast<double>(tensor.nbytes());
  return bytes;
}

}  // namespace discern::features
