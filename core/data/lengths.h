// What enters a mean of features: of an identity's (its centroid) or of a template's.
#pragma once

#include <array>

#include "core/base/names.h"

namespace discern::data {

// Unit: directions alone, every image counts alike. Raw: as the base model gave them (both papers), longer
// features, in most recognisers of clearer faces, count more. Means are brought to length 1 either way.
enum class Lengths { Unit, Raw };
inline const auto& namesOf(Lengths) {
  static constexpr std::array<Named<Lengths>, 2> kNames{
      {{Lengths::Unit, "unit", "Features of length 1: every image counts alike"},
       {Lengths::Raw, "raw", "Features as they are, as in both papers: longer ones count more"}}};
  return kNames;
}

}  // namespace discern::data
