// Which faces a student learns what from, which are held
// out, and in which order they come. Knows no LibTorch.
#pragma once

#include <cstdint>
#include <vector>

#include "core/training/train_student.h"

namespace discern::training {

// Throws Error naming what is wrong with the options or the data.
void checkStudent(const StudentOptions& options, const StudentData& data);

// The norm that targets are given. With it at sqrt(D), the step of the mimic layer's weights would be D times
// too small beside all others; at 1, the identity layer behind it would need weights that are too large.
constexpr double kTargetNorm = 4;

// The teacher's features as targets of the mimic layer.
class StudentTargets {
 public:
  StudentTargets(const StudentOptions& options, const StudentData& data);
  bool has(std::int64_t face) const { return factor_[static_cast<std::size_t>(face)] > 0; }
  // Copies the target, D floats.
  void copy(std::int64_t face, float* out) const;
  int dims() const { return static_cast<int>(data_.teacher.cols); }
  double scale() const { return scale_; }  // of raw targets; 0: each has its own
  std::uint64_t hash() const;              // of some values of every row: another teacher differs in all

 private:
  std::int64_t row(std::int64_t face) const;

  const StudentData& data_;
  std::vector<float> factor_;  // a face each; 0: no target
  double scale_ = 0;
};

// Throws Error when the mode, or the first stage before it, has nothing to learn from.
void checkStudentRoles(const StudentOptions& options, const StudentData& data, const StudentTargets& targets);

enum StudentRole : unsigned char { kClassify = 1, kRegress = 2 };
// What a mode (init, c, s, sc, dc) does with each face, a sum of roles.
std::vector<unsigned char> studentRoles(StudentMode mode, const StudentData& data,
                                        const StudentTargets& targets);

// 1: held out. Depends on labels, targets and seed alone, so that all modes
// leave out the same: of each class the given share, of at least three images
// one at most less than two remain; of faces without a class the same share.
std::vector<unsigned char> studentHoldOut(const StudentOptions& options, const StudentData& data,
                                          const StudentTargets& targets);

// One epoch's batches of the faces with a role: each batch
// holds each sum of roles in the share it has of the whole.
std::vector<std::vector<std::int64_t>> planStudent(const std::vector<std::int64_t>& faces,
                                                   const std::vector<unsigned char>& roles, int batch,
                                                   std::uint64_t seed, int epoch);

}  // namespace discern::training
