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

namespace discern::features {

// network(shape.tensor(n) on `device`) -> n x dims. On the CPU a few
// images a thread, each thread single-threaded: one pool of threads instead
// of two that fight, and results that do not depend on how many there are.
template <typename Network>
data::Matrix forwardInThreads(const std::vector<float>& blob, std::int64_t n, const data::Shape& shape,
                              int dims, at::Device device, const Network& network) {
  constexpr std::int64_t imagesPerThread = 4;
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
  parallelFor(n, imagesPerThread, [&](std::int64_t begin, std::int64_t end) {
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

}  // namespace discern::features
