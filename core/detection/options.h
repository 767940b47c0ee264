// How faces are found in raw photographs.
#pragma once

#include <array>
#include <string>

#include "core/base/names.h"

namespace discern::detection {

enum class Choice { Largest, Central, All };
inline const auto& namesOf(Choice) {
  static constexpr std::array<Named<Choice>, 3> kNames{
      {{Choice::Largest, "largest", "The largest face"},
       {Choice::Central, "central", "The face nearest to the middle of the photograph"},
       {Choice::All, "all", "Every face, each an image of its own"}}};
  return kNames;
}

struct DetectOptions {
  std::string model;      // of a face detector (detector.h); empty: faces are not looked for
  std::string landmarks;  // of a landmark model, for a detector that gives none
  Choice choose = Choice::Largest;
  double tinyEyes = 10;  // fewer pixels between the eyes are listed as tiny
};

}  // namespace discern::detection
