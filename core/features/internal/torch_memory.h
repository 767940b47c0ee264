// How much memory LibTorch's tensors take while something is computed. Includes LibTorch.
#pragma once

#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <algorithm>
#include <cstdint>
#include <memory>

namespace discern::features {

// Of the totals that are reported: int64_t in LibTorch 1.13, size_t in 2.x.
template <typename Report>
struct TotalOf;
template <typename Base, typename Number>
struct TotalOf<void (Base::*)(void*, int64_t, Number, Number, c10::Device)> {
  using type = Number;
};
using Total = TotalOf<decltype(&c10::MemoryReportingInfoBase::reportMemoryUsage)>::type;

// Told of every tensor that this thread makes and frees.
class TensorBytes : public c10::MemoryReportingInfoBase {
 public:
  void reportMemoryUsage(void*, int64_t bytes, Total, Total, c10::Device) override {
    now_ += bytes;
    most_ = std::max(most_, now_);
  }
  bool memoryProfilingEnabled() const override { return true; }
  std::int64_t most() const { return most_; }

 private:
  std::int64_t now_ = 0, most_ = 0;
};

// The most that `work` held at a time beyond what there was.
template <typename Work>
double peakTensorBytes(const Work& work) {
  const auto bytes = std::make_shared<TensorBytes>();
  const c10::DebugInfoGuard guard(c10::DebugInfoKind::PROFILER_STATE, bytes);
  work();
  return static_cast<double>(bytes->most());
}

}  // namespace discern::features
