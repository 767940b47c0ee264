// Wang et al. 2018: s (cos theta - m).
#include "core/networks/heads.h"

namespace discern::networks {

HeadOutput cosfaceHead(const Head& head, const torch::Tensor& features, const torch::Tensor& labels) {
  return marginOutput(head, features, labels,
                      [](const torch::Tensor& cosine, double m) { return cosine - m; });
}

}  // namespace discern::networks
