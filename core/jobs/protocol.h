// protocol: templates and pairs for a set that has none, or some folds of a protocol.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/field.h"
#include "core/data/degradations.h"
#include "core/project/project.h"

namespace discern::jobs {

struct ProtocolOptions {
  std::string name = "templates";
  project::Role role = project::Role::Test;
  int size = 8;                  // samples a template
  int templatesPerIdentity = 0;  // 0: as many as can be made without using an image twice
  double degraded = 0;           // share of each template's samples that are replaced by degraded copies
  std::vector<data::DegradationKind> kinds;  // empty: all
  double minStrength = 0.5, maxStrength = 1.0;
  std::int64_t impostors = 200'000;  // at most this many impostor pairs, drawn evenly; 0: all
  std::uint64_t seed = 1;
};

struct ProtocolJobOptions {
  ProtocolOptions draw;
  // Instead: these folds (counted from 1) of a protocol that has folds.
  std::string from;
  std::vector<int> folds;
};
const Fields<ProtocolOptions>& drawFields();  // of templates that are drawn
const Fields<ProtocolJobOptions>& protocolFields();

// Degradations, by the names of fields that all jobs share.
template <class O>
void addDegradation(Fields<O>& f, std::vector<data::DegradationKind> O::*kinds, double O::*weakest,
                    double O::*strongest) {
  f.add("kinds", kinds, "Degradations", "Kinds of degradation, comma-separated").whenEmpty("all").expert();
  f.add("min-strength", weakest, "Weakest", "Strength of the weakest copy").above(0).atMost(1).expert();
  f.add("max-strength", strongest, "Strongest", "Strength of the strongest copy").above(0).atMost(1).expert();
}

}  // namespace discern::jobs
