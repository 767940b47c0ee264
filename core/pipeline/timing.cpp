#include "core/pipeline/timing.h"

#include <algorithm>
#include <chrono>

#include "core/features/base_model.h"

namespace discern::pipeline {

double millisecondsPerFace(features::BaseModel& model, const std::vector<cv::Mat>& faces, double seconds) {
  using Clock = std::chrono::steady_clock;
  model.extract(faces);
  std::vector<double> times;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  while (times.size() < 3 || (Clock::now() < end && times.size() < 10'000)) {
    const auto start = Clock::now();
    model.extract(faces);
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  return *middle / static_cast<double>(faces.size());
}

}  // namespace discern::pipeline
