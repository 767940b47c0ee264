// The names of ways to rescale.
#pragma once

#include <array>

#include "core/aggregation/aggregate.h"
#include "core/base/names.h"

namespace discern::aggregation {

inline const auto& namesOf(Rescale) {
  static constexpr std::array<Named<Rescale>, 3> kNames{
      {{Rescale::Off, "off"}, {Rescale::On, "on"}, {Rescale::Auto, "auto", "Where scores spread enough"}}};
  return kNames;
}

}  // namespace discern::aggregation
