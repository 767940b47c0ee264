// Deng et al. 2019: s cos(theta + m); past theta = pi - m, where that would rise, s (cos theta - m sin m).
#include <cmath>

#include "core/networks/heads.h"

namespace discern::networks {

HeadOutput arcfaceHead(const Head& head, const torch::Tensor& features, const torch::Tensor& labels) {
  return marginOutput(head, features, labels, [](const torch::Tensor& cosine, double m) {
    const auto safe = awayFromOne(cosine);
    const auto sine = (1 - safe * safe).sqrt();
    const auto turned = safe * std::cos(m) - sine * std::sin(m);
    return torch::where(cosine > -std::cos(m), turned, cosine - m * std::sin(m));
  });
}

}  // namespace discern::networks
