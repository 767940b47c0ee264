// What a person decided about one image.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/base/names.h"

namespace discern::project {

enum class LeftOut { Nothing, Templates, Everything };
inline const auto& namesOf(LeftOut) {
  static constexpr std::array<Named<LeftOut>, 3> kNames{
      {{LeftOut::Nothing, "nothing", "It counts everywhere"},
       {LeftOut::Templates, "templates",
        "In no template; it still counts for centroids, scores and training"},
       {LeftOut::Everything, "everything", "It counts nowhere"}}};
  return kNames;
}

enum class Verdict { None, Right, Wrong, Unsure };
inline const auto& namesOf(Verdict) {
  static constexpr std::array<Named<Verdict>, 4> kNames{
      {{Verdict::None, "none", "Not looked at"},
       {Verdict::Right, "right", "It is who it is said to be, and as it should be"},
       {Verdict::Wrong, "wrong", "It is not"},
       {Verdict::Unsure, "unsure", "Looked at, and not clear"}}};
  return kNames;
}

struct Mark {
  LeftOut leftOut = LeftOut::Nothing;
  int movedTo = -1;  // the identity that it is of, says a person; -1: the one of its data set
  Verdict verdict = Verdict::None;
  std::vector<std::string> tags = {};  // ascending, each once
  std::string note = {};

  bool operator==(const Mark&) const = default;
};

}  // namespace discern::project
