// The names of the choices that an evaluation has.
#pragma once

#include <array>

#include "core/base/names.h"
#include "core/evaluation/edc.h"
#include "core/evaluation/verification.h"

namespace discern::evaluation {

inline const auto& namesOf(FarRule) {
  static constexpr std::array<Named<FarRule>, 2> kNames{
      {{FarRule::AtMost, "at-most", "FAR <= target"}, {FarRule::Nearest, "nearest", "InsightFace's"}}};
  return kNames;
}

inline const auto& namesOf(EdcVariant) {
  static constexpr std::array<Named<EdcVariant>, 2> kNames{
      {{EdcVariant::FixedThreshold, "fixed", "The threshold of zero discard throughout"},
       {EdcVariant::CrFiqa, "cr-fiqa", "The threshold anew at every step, of all comparisons"}}};
  return kNames;
}

}  // namespace discern::evaluation
