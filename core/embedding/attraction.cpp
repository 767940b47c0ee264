#include "core/embedding/attraction.h"

#include <cmath>
#include <utility>

namespace discern::embedding {
namespace {

constexpr std::int64_t kGrain = 128;  // rows of a task

struct Pull {
  const Affinities* p;
  const float* map;  // x0 y0 x1 y1 ...
  Plane* force;
  std::int64_t begin, end;
};

// Neighbours into x and y: one load of 8 bytes each (a gather instruction is slower), then two shuffles.
template <int W, int... K, int... H>
DISCERN_INLINE void load(const float* map, const std::int32_t* column, std::integer_sequence<int, K...>,
                         std::integer_sequence<int, H...>, typename Lanes<W>::Type& x,
                         typename Lanes<W>::Type& y) {
  using V = typename Lanes<W>::Type;
  typedef double Point __attribute__((may_alias, aligned(4)));
  const auto* points = reinterpret_cast<const Point*>(map);
  const typename Lanes<W>::Halves low = {points[column[H]]...}, high = {points[column[W / 2 + H]]...};
  x = __builtin_shufflevector(reinterpret_cast<V>(low), reinterpret_cast<V>(high), (2 * K)...);
  y = __builtin_shufflevector(reinterpret_cast<V>(low), reinterpret_cast<V>(high), (2 * K + 1)...);
}

template <int W>
DISCERN_INLINE void pullLanes(Pull& pull) {
  using V = typename Lanes<W>::Type;
  const Affinities& p = *pull.p;
  for (std::int64_t i = pull.begin; i < pull.end; ++i) {
    const V xi = pull.map[2 * i] - V{}, yi = pull.map[2 * i + 1] - V{};
    V fx{}, fy{};
    for (std::int64_t e = p.rowStart[i]; e < p.rowStart[i + 1]; e += W) {
      V x, y;
      load<W>(pull.map, p.column.data() + e, std::make_integer_sequence<int, W>{},
              std::make_integer_sequence<int, W / 2>{}, x, y);
      const V dx = xi - x, dy = yi - y;
      const V w = *reinterpret_cast<const V*>(p.p.data() + e) / (1.0F + dx * dx + dy * dy);
      fx += w * dx;
      fy += w * dy;
    }
    float sumX = 0, sumY = 0;
    for (int lane = 0; lane < W; ++lane) sumX += fx[lane], sumY += fy[lane];
    pull.force->x[i] = sumX;
    pull.force->y[i] = sumY;
  }
}
DISCERN_KERNEL(pull, Pull)

}  // namespace

void attraction(const Affinities& p, const Layout& layout, Team& team, Plane& force) {
  team.blocks(p.points, kGrain, [&](std::int64_t begin, std::int64_t end) {
    Pull rows{&p, layout.map.values.data(), &force, begin, end};
    pull(rows);
  });
}

double klDivergence(const Affinities& p, const Layout& layout, double z, Team& team) {
  const std::vector<float>& y = layout.map.values;
  std::vector<double> part((p.points + kGrain - 1) / kGrain);
  team.blocks(p.points, kGrain, [&](std::int64_t begin, std::int64_t end) {
    double sum = 0;
    for (std::int64_t i = begin; i < end; ++i)
      for (std::int64_t e = p.rowStart[i]; e < p.rowStart[i + 1]; ++e) {
        const double pij = p.p[e];
        if (pij <= 0) continue;
        const std::int64_t j = p.column[e];
        const double dx = y[2 * i] - y[2 * j], dy = y[2 * i + 1] - y[2 * j + 1];
        sum += pij * std::log(pij * z * (1 + dx * dx + dy * dy));
      }
    part[begin / kGrain] = sum;
  });
  double total = 0;
  for (const double sum : part) total += sum;
  return total;
}

}  // namespace discern::embedding
