#include "core/training/student_loss.h"

#include "core/training/student_data.h"

namespace discern::training {

torch::Tensor regressionLoss(const torch::Tensor& mimic, const StudentPart& part, StudentTarget target) {
  const auto distance = (mimic.index_select(0, part.places) - part.wanted).square().sum(1).mean();
  return target == StudentTarget::AsIs ? distance : distance / (2 * kTargetNorm * kTargetNorm);
}

double shareOf(StudentTarget target, std::int64_t counted, std::int64_t faces) {
  return target == StudentTarget::AsIs ? static_cast<double>(counted) / static_cast<double>(faces) : 1.0;
}

}  // namespace discern::training
