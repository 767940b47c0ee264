// A verification protocol for sets that have none: templates,
// some samples of each degraded, genuine and impostor pairs.
#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/image_ref.h"
#include "core/project/project.h"

namespace discern::pipeline {

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

struct ProtocolResult {
  std::string name;
  int identities = 0, leftOut = 0;  // leftOut: identities with fewer than `size` images
  std::int64_t templates = 0, genuine = 0, impostor = 0, copies = 0;  // copies: new ones
};

// Copies become samples of the project, unless it has just such ones already: run 'discern extract' and
// 'discern score'/'predict' afterwards. Pairs of templates that share an original image are left out.
ProtocolResult makeProtocol(project::Project& project, const ProtocolOptions& options, Progress& progress);

// Some folds (1-based, as LFW counts them) of a protocol that has folds, as a protocol of its own: to test on
// a part whose identities were kept out of training. Templates without a pair left go too. Throws Error that
// says which folds there are.
data::Protocol someFolds(const data::Protocol& protocol, const std::vector<int>& folds,
                         const std::string& name);

}  // namespace discern::pipeline
