// How large the pictures of a gallery are.
#pragma once

#include <QSize>
#include <algorithm>
#include <cmath>

#include "core/data/group_kind.h"

namespace discern::ui {

// In the form of the kind's samples, `size` on the longer side; wide enough for a score on it.
inline QSize galleryPicture(const data::GroupKind& kind, int size) {
  const double form = static_cast<double>(kind.shape.width) / kind.shape.height;
  const auto side = [&](double share) {
    return std::clamp(static_cast<int>(std::lround(size * share)), std::min(size, 48), size);
  };
  return form < 1 ? QSize(side(form), size) : QSize(size, side(1 / form));
}

}  // namespace discern::ui
