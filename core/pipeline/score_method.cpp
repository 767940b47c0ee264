#include "core/pipeline/score_method.h"

#include <fmt/ranges.h>

#include <map>

#include "core/base/field_error.h"

namespace discern::pipeline {

#define SCORE(file, function, ...) discriminability::ScoreOutput function(const ScoreTask& task);
#define TOLD(...)
#define GIVEN(...)
#include "core/data/score_methods.def"
#undef SCORE

namespace {

std::map<std::string, ScoreFunction>& functions() {
#define SCORE(file, function, ...) {data::ScoreMethod{__VA_ARGS__}.name, function},
  static std::map<std::string, ScoreFunction> all = {
#include "core/data/score_methods.def"
  };
#undef SCORE
#undef TOLD
#undef GIVEN
  return all;
}

}  // namespace

void registerScore(const data::ScoreMethod& info, ScoreFunction function) {
  data::scoreMethods().add(info);
  functions().emplace(info.name, function);
}

ScoreFunction findScore(const std::string& method) {
  const auto found = functions().find(method);
  if (found == functions().end())
    failField("method", method, "is not known; use one of {}", fmt::join(data::computedScores(), ", "));
  return found->second;
}

discriminability::ScoreOutput comparator(const ScoreTask& task, const std::vector<float>& raw) {
  discriminability::ScoreOutput output;
  output.table = discriminability::normaliseComparator(task.method, raw, task.roster.identity,
                                                       task.roster.part, task.roster.votes);
  return output;
}

discriminability::ScoreOutput dscoreOf(const ScoreTask& task) {
  discriminability::ScoreInput input;
  input.features = task.features;
  input.identity = task.roster.identity;
  input.part = task.roster.part;
  input.identities = static_cast<int>(task.roster.identities.size());
  input.votes = task.roster.votes;
  input.wanted = task.wanted;
  input.compared = task.compared;
  return discriminability::score(input, task.options, task.progress);
}

}  // namespace discern::pipeline
