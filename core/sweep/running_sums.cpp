#include "core/sweep/running_sums.h"

#include <algorithm>
#include <cmath>

#include "core/data/matrix.h"

namespace discern::sweep {

RunningSums::RunningSums(const float* rows, const float* scores, const float* others, std::size_t dims,
                         bool unit)
    : rows_(rows), scores_(scores), others_(others), dims_(dims), unit_(unit) {}

void RunningSums::moveTo(std::size_t kept) {
  if (kept == kept_) return;
  if (kept == 1) {  // the row itself: combine() needs no sums
    kept_ = 1;
    return;
  }
  if (kept_ <= 1 || kept < kept_ - kept) {
    plain_.assign(dims_, 0.0);
    rescaled_.assign(dims_, 0.0);
    if (others_ != nullptr) other_.assign(dims_, 0.0);
    kept_ = 0;
  }
  if (kept > kept_)
    add(kept);
  else
    remove(kept);
  kept_ = kept;
}

void RunningSums::add(std::size_t to) {
  const double low = scores_[to - 1];
  const double lowered = kept_ > 0 ? scores_[kept_ - 1] - low : 0.0;
  if (lowered > 0)
    for (std::size_t j = 0; j < dims_; ++j) rescaled_[j] += lowered * plain_[j];
  for (std::size_t i = kept_; i < to; ++i) {
    const float* row = rows_ + i * dims_;
    const double weight = scores_[i] - low;
    for (std::size_t j = 0; j < dims_; ++j) {
      plain_[j] += row[j];
      rescaled_[j] += weight * row[j];
    }
    if (others_ != nullptr)
      for (std::size_t j = 0; j < dims_; ++j) other_[j] += static_cast<double>(others_[i]) * row[j];
  }
}

void RunningSums::remove(std::size_t to) {
  const double oldLow = scores_[kept_ - 1];
  for (std::size_t i = to; i < kept_; ++i) {
    const float* row = rows_ + i * dims_;
    const double weight = scores_[i] - oldLow;
    for (std::size_t j = 0; j < dims_; ++j) {
      plain_[j] -= row[j];
      rescaled_[j] -= weight * row[j];
    }
    if (others_ != nullptr)
      for (std::size_t j = 0; j < dims_; ++j) other_[j] -= static_cast<double>(others_[i]) * row[j];
  }
  const double raised = scores_[to - 1] - oldLow;
  for (std::size_t j = 0; j < dims_; ++j) rescaled_[j] -= raised * plain_[j];
}

void RunningSums::combine(Weighting weighting, std::span<float> out) const {
  if (kept_ <= 1) {
    std::copy_n(rows_, kept_ * dims_, out.begin());
    if (!unit_) data::normalise(out);
    return;
  }
  const std::vector<double>& sums = weighting == Weighting::Others ? other_ : rescaled_;
  const double a = weighting == Weighting::Plain ? 0 : 1;
  const double b = weighting == Weighting::Plain ? 1 : weighting == Weighting::Score ? scores_[kept_ - 1] : 0;
  double squares = 0;
  for (std::size_t j = 0; j < dims_; ++j) {
    const double v = a * sums[j] + b * plain_[j];
    squares += v * v;
  }
  const double scale = squares > 0 ? 1 / std::sqrt(squares) : 0;
  for (std::size_t j = 0; j < dims_; ++j) out[j] = static_cast<float>((a * sums[j] + b * plain_[j]) * scale);
}

}  // namespace discern::sweep
