// Liu et al. 2017: s psi(theta), psi = (-1)^k cos(m theta) - 2k for theta in [k pi / m, (k + 1) pi / m].
#include <numbers>

#include "core/networks/heads.h"

namespace discern::networks {

HeadOutput spherefaceHead(const Head& head, const torch::Tensor& features, const torch::Tensor& labels) {
  return marginOutput(head, features, labels, [](const torch::Tensor& cosine, double m) {
    const auto angle = awayFromOne(cosine).acos();
    const auto k = (angle * (m / std::numbers::pi)).floor().detach();
    const auto sign = 1 - 2 * k.remainder(2);
    return sign * (angle * m).cos() - 2 * k;
  });
}

}  // namespace discern::networks
