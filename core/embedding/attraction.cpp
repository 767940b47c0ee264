#include "core/embedding/attraction.h"

#include <cmath>

#include "core/embedding/kernels.h"

namespace discern::embedding {
namespace {

constexpr std::int64_t kGrain = 128;  // rows of a task

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
