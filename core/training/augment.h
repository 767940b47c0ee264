// Changes of a sample while training, on planes R, G, B (data::Shape), in place; every frame alike.
#pragma once

#include <cstdint>

#include "core/base/rng.h"
#include "core/data/group_kind.h"

namespace discern::training {

void mirror(const data::Shape& shape, std::uint8_t* planes);

// Mild, so that a face stays itself: a shifted crop of 90 to 100 % scaled back, brightness x 0.8 .. 1.2, and
// for one in five a Gaussian blur of up to 1.2 px at 112.
void augment(const data::Shape& shape, std::uint8_t* planes, Rng& rng);

}  // namespace discern::training
