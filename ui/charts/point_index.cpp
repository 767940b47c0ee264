#include "ui/charts/point_index.h"

#include <cmath>

namespace discern::ui {

PointIndex::PointIndex(const std::vector<QPointF>& points, const std::vector<std::uint32_t>& tags) {
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
    if (finite(points[i]))
      entries_[next[cellOf(points[i])]++] = {points[i], static_cast<int>(i), tags.empty() ? 0 : tags[i]};
}

std::size_t PointIndex::atLeast(const QRectF& view) const {
  if (entries_.empty()) return 0;
  // The cells that an edge goes through do not count.
  const auto inner = [](int cell, bool beyond, int step) { return beyond ? cell : cell + step; };
  const int left = inner(column(view.left()), view.left() <= bounds_.left(), 1);
  const int right = inner(column(view.right()), view.right() >= bounds_.right(), -1);
  const int top = inner(row(view.top()), view.top() <= bounds_.top(), 1);
  const int bottom = inner(row(view.bottom()), view.bottom() >= bounds_.bottom(), -1);
  std::size_t count = 0;
  for (int r = top; r <= bottom && left <= right; ++r)
    count += begin_[cell(right, r) + 1] - begin_[cell(left, r)];
  return count;
}

}  // namespace discern::ui
