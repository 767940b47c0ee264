// Whether a sample may be brought to the five points of a face.
#pragma once

#include "core/data/group_kind.h"

namespace discern::imaging {

// The points' template is a square of one picture (image.h); what is loaded in another form is taken as it is
// cut.
inline bool isAlignable(const data::GroupKind& kind) { return kind.shape.isSquare(); }

}  // namespace discern::imaging
