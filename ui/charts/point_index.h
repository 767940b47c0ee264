// Points sorted into the cells of a grid: those of a view are found without a look at the others.
#pragma once

#include <QPointF>
#include <QRectF>
#include <algorithm>
#include <cstdint>
#include <vector>

namespace discern::ui {

class PointIndex {
 public:
  PointIndex() = default;
  struct Entry {
    QPointF place;
    int number;         // of the point
    std::uint32_t tag;  // what else is asked for of every point: beside it, because memory is slow
  };
  // One that is not finite is left out. tags: one a point, or empty.
  PointIndex(const std::vector<QPointF>& points, const std::vector<std::uint32_t>& tags);

  // Other tags: tag(number of the point).
  template <typename Tag>
  void retag(Tag tag) {
    for (Entry& entry : entries_) entry.tag = tag(static_cast<std::size_t>(entry.number));
  }

  std::size_t size() const { return entries_.size(); }
  // At least so many points are in `view`: a quick answer.
  std::size_t atLeast(const QRectF& view) const;
  // Calls visit(entry) for every point in `view`, edges included, cell by cell.
  template <typename Visit>
  void each(const QRectF& view, Visit visit) const {
    if (entries_.empty()) return;
    const int left = column(view.left()), right = column(view.right());
    const int top = row(view.top()), bottom = row(view.bottom());
    for (int r = top; r <= bottom; ++r) {
      const std::uint32_t from = begin_[cell(left, r)], to = begin_[cell(right, r) + 1];
      for (std::uint32_t i = from; i < to; ++i) {
        const QPointF& p = entries_[i].place;
        if (p.x() >= view.left() && p.x() <= view.right() && p.y() >= view.top() && p.y() <= view.bottom())
          visit(entries_[i]);
      }
    }
  }

 private:
  int column(double x) const { return place(x, bounds_.left(), bounds_.width()); }
  int row(double y) const { return place(y, bounds_.top(), bounds_.height()); }
  int place(double at, double from, double span) const {
    return span > 0 ? static_cast<int>(std::clamp((at - from) / span * side_, 0.0, side_ - 1.0)) : 0;
  }
  std::size_t cell(int c, int r) const { return static_cast<std::size_t>(r * side_ + c); }

  QRectF bounds_;
  int side_ = 1;
  std::vector<std::uint32_t> begin_;  // of each cell in entries_, row by row, and the end
  std::vector<Entry> entries_;
};

}  // namespace discern::ui
