#include "ui/charts/point_index.h"

#include <cmath>

namespace discern::ui {

PointIndex::PointIndex(const std::vector<QPointF>& points) {
  constexpr double kOfACell = 8;  // points, if they lay evenly
  double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
  const auto finite = [](const QPointF& p) { return std::isfinite(p.x()) && std::isfinite(p.y()); };
  std::size_t count = 0;
  for (const QPointF& p : points) {
    if (!finite(p)) continue;
    ++count;
    left = std::min(left, p.x()), right = std::max(right, p.x());
    top = std::min(top, p.y()), bottom = std::max(bottom, p.y());
  }
  if (count == 0) return;
  bounds_ = QRectF(left, top, right - left, bottom - top);
  side_ = std::clamp(static_cast<int>(std::sqrt(static_cast<double>(count) / kOfACell)), 1, 512);
  begin_.assign(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_) + 1, 0);
  const auto cellOf = [&](const QPointF& p) { return cell(column(p.x()), row(p.y())); };
  for (const QPointF& p : points)
    if (finite(p)) ++begin_[cellOf(p) + 1];
  for (std::size_t c = 1; c < begin_.size(); ++c) begin_[c] += begin_[c - 1];
  std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
  entries_.resize(count);
  for (std::size_t i = 0; i < points.size(); ++i)
    if (finite(points[i])) entries_[next[cellOf(points[i])]++] = {points[i], static_cast<int>(i)};
}

}  // namespace discern::ui
