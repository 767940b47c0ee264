// The names of degradations.
#pragma once

#include <array>

#include "core/base/names.h"
#include "core/data/image_ref.h"

namespace discern::data {

inline const auto& namesOf(DegradationKind) {  // of those that damage anything
  static constexpr std::array<Named<DegradationKind>, 7> kNames{
      {{DegradationKind::DownScale, "downscale"},
       {DegradationKind::GaussianBlur, "gaussian-blur"},
       {DegradationKind::MotionBlur, "motion-blur"},
       {DegradationKind::Jpeg, "jpeg"},
       {DegradationKind::Darkness, "darkness"},
       {DegradationKind::Noise, "noise"},
       {DegradationKind::Occlusion, "occlusion"}}};
  return kNames;
}

}  // namespace discern::data
