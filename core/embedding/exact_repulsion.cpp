#include <algorithm>
#include <vector>

#include "core/embedding/kernels.h"
#include "core/embedding/repulsion.h"

namespace discern::embedding {
namespace {

class ExactRepulsion final : public Repulsion {
 public:
  ExactRepulsion(std::int64_t points, Team& team)
      : points_(points),
        padded_(static_cast<std::int64_t>(roundUp(points, 16))),
        // At most 32 blocks, so that the partial forces of all stay small.
        block_(static_cast<std::int64_t>(roundUp(std::max<std::int64_t>(1, (padded_ + 31) / 32), 64))),
        team_(team),
        real_(padded_, 0.0F),
        number_(padded_),
        z_((padded_ + block_ - 1) / block_) {
    std::fill_n(real_.begin(), points, 1.0F);
    for (std::int64_t i = 0; i < padded_; ++i) number_[i] = static_cast<float>(i % block_);
    for (std::size_t b = 0; b < z_.size(); ++b) partial_.emplace_back(padded_);
  }

  double compute(const Layout& layout, Plane& force) override {
    const auto blocks = static_cast<std::int64_t>(z_.size());
    team_.run(blocks, [&](std::int64_t b) { push(b, layout.plane); });
    team_.blocks(padded_, block_, [&](std::int64_t begin, std::int64_t end) { gather(begin, end, force); });
    double z = 0;
    for (const double part : z_) z += part;
    return z;
  }

 private:
  // Block b of rows against itself and all that follow, into partial_[b].
  void push(std::int64_t b, const Plane& at) {
    const std::int64_t begin = b * block_, end = std::min(padded_, begin + block_);
    Plane& out = partial_[b];
    std::fill(out.x.begin() + begin, out.x.end(), 0.0F);
    std::fill(out.y.begin() + begin, out.y.end(), 0.0F);
    Plane rows(16 * (end - begin));
    Tile t{at.x.data(),   at.y.data(),   real_.data(), number_.data(), begin, end,           begin, end,
           rows.x.data(), rows.y.data(), out.x.data(), out.y.data(),   true,  end > points_, 0};
    tile(t);
    const double own = t.z;  // its own pairs came twice already
    t.z = 0;
    t.diagonal = false;
    constexpr std::int64_t kColumns = 1024;  // positions and forces of so many stay in the first cache
    for (std::int64_t j = end; j < padded_; j += kColumns) {
      t.colBegin = j;
      t.colEnd = std::min(padded_, j + kColumns);
      t.padded = t.colEnd > points_;
      tile(t);
    }
    z_[b] = own + 2 * t.z;
    for (std::int64_t i = begin; i < end; ++i)
      for (int lane = 0; lane < 16; ++lane) {
        out.x[i] += rows.x[16 * (i - begin) + lane];
        out.y[i] += rows.y[16 * (i - begin) + lane];
      }
  }

  void gather(std::int64_t begin, std::int64_t end, Plane& force) const {
    std::vector<double> x(end - begin), y(end - begin);
    for (std::int64_t b = 0; b <= begin / block_; ++b)
      for (std::int64_t i = begin; i < end; ++i) {
        x[i - begin] += partial_[b].x[i];
        y[i - begin] += partial_[b].y[i];
      }
    std::copy(x.begin(), x.end(), force.x.begin() + begin);
    std::copy(y.begin(), y.end(), force.y.begin() + begin);
  }

  std::int64_t points_, padded_, block_;
  Team& team_;
  AlignedVector<float> real_, number_;
  std::vector<Plane> partial_;  // by block of rows; only from that block on
  std::vector<double> z_;
};

}  // namespace

std::unique_ptr<Repulsion> exactRepulsion(std::int64_t points, Team& team) {
  return std::make_unique<ExactRepulsion>(points, team);
}

}  // namespace discern::embedding
