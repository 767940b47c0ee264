// How one kind of score is computed: a file each in scores/, listed in core/data/score_methods.def.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/score_methods.h"
#include "core/discriminability/dscore.h"
#include "core/pipeline/inputs.h"

namespace discern::pipeline {

struct ScoreTask {
  std::string method;  // its name
  const data::GroupKind& kind;
  const Roster& roster;
  data::MatrixView features;  // a row a sample
  const discriminability::ScoreOptions& options;
  Progress& progress;
  // Of a shard, and of the call that merges them: as of discriminability::ScoreInput. Who has nothing to gain
  // from either may compute all.
  std::span<const unsigned char> wanted = {};
  const discriminability::ScoreOutput* compared = nullptr;
};

// Fills the table; what else it knows is told to the person.
using ScoreFunction = discriminability::ScoreOutput (*)(const ScoreTask& task);

// A score of a program's own, before it computes; throws Error when the name is taken.
void registerScore(const data::ScoreMethod& info, ScoreFunction function);
// Throws Error that lists the methods which can be computed.
ScoreFunction findScore(const std::string& method);

// For the methods' files. Of one raw number a sample (NaN: none), larger is better.
discriminability::ScoreOutput comparator(const ScoreTask& task, const std::vector<float>& raw);
discriminability::ScoreOutput dscoreOf(const ScoreTask& task);

}  // namespace discern::pipeline
