// Inside sweep: one template's weighted sums for any kept prefix of its samples, best score first.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace discern::sweep {

enum class Weighting { Plain, Score, Rescaled, Others };

// With low = the smallest kept score, two sums give every weighting of DDL:
//   plain    = sum f          -> plain mean
//   rescaled = sum (s - low) f -> rescaled weights
//   rescaled + low * plain = sum s f -> scores as weights
// A third one is of other weights: sum w f.
// All terms are of one sign, so nothing cancels however close the scores are. Kept in double: a row that
// leaves takes away what it brought to 1e-16, and a jump that drops more than half starts afresh.
class RunningSums {
 public:
  // rows: n x dims, scores: n, descending, others: n, not negative, or null (then nothing is weighed by
  // them); all must outlive this.
  // unit: every row has length 1.
  RunningSums(const float* rows, const float* scores, const float* others, std::size_t dims, bool unit);

  // Makes the sums those of the first `kept` rows; kept >= 1.
  void moveTo(std::size_t kept);
  // L2-normalised combination of the kept rows into out (dims); zero when they cancel.
  void combine(Weighting weighting, std::span<float> out) const;

 private:
  void add(std::size_t to);
  void remove(std::size_t to);

  const float* rows_;
  const float* scores_;
  const float* others_;
  std::size_t dims_;
  bool unit_;
  std::size_t kept_ = 0;
  std::vector<double> plain_, rescaled_, other_;  // empty until first used
};

}  // namespace discern::sweep
