#include "core/embedding/repulsion.h"

#include <algorithm>

#include "core/embedding/node_grid.h"

namespace discern::embedding {
namespace {

// Measured with AVX-512; with AVX2 both take up to twice as long.
constexpr double kExactNanoseconds = 0.07;        // per point squared
constexpr double kInterpolatedNanoseconds = 5.5;  // per place of the transform

class CheaperRepulsion final : public Repulsion {
 public:
  CheaperRepulsion(std::int64_t points, Team& team)
      : points_(points), team_(team), interpolated_(interpolatedRepulsion(points, team)) {}

  double compute(const Layout& layout, Plane& force) override {
    const auto places = static_cast<double>(2 * NodeGrid::around(Extent(layout)).nodes);
    const auto points = static_cast<double>(points_);
    if (kInterpolatedNanoseconds * places * places <= kExactNanoseconds * points * points)
      return interpolated_->compute(layout, force);
    if (!exact_) exact_ = exactRepulsion(points_, team_);  // its room is not taken before
    return exact_->compute(layout, force);
  }

 private:
  std::int64_t points_;
  Team& team_;
  std::unique_ptr<Repulsion> interpolated_, exact_;
};

}  // namespace

std::unique_ptr<Repulsion> makeRepulsion(std::int64_t points, std::int64_t exactLimit, Team& team) {
  if (points <= exactLimit) return exactRepulsion(points, team);
  return std::make_unique<CheaperRepulsion>(points, team);
}

}  // namespace discern::embedding
