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

// Identities that are classes: those of one name are one class among the training ones. A sample of a test is
// scored as one of it and has no vote in its centroid; one of the pool is no rival of it.
void amongTrained(const ScoreTask& task, std::vector<int>& identity, std::vector<unsigned char>& votes) {
  const auto classes = classesOf(task.roster, task.kind);
  for (std::size_t s = 0; s < identity.size(); ++s) {
    if (identity[s] < 0) continue;
    const auto own = static_cast<std::size_t>(identity[s]);
    if (classes[own] == identity[s]) continue;
    const auto part = task.roster.part[own];
    identity[s] = part == data::Part::Train || part == data::Part::Test ? classes[own] : -1;
    if (part != data::Part::Train) votes[s] = 0;
  }
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
  std::vector<int> identity = task.roster.identity;
  std::vector<unsigned char> votes = task.roster.votes;
  if (task.kind.areClasses) amongTrained(task, identity, votes);
  discriminability::ScoreInput input;
  input.features = task.features;
  input.identity = identity;
  input.part = task.roster.part;
  input.identities = static_cast<int>(task.roster.identities.size());
  input.votes = votes;
  input.wanted = task.wanted;
  input.compared = task.compared;
  auto output = discriminability::score(input, task.options, task.progress);
  if (task.kind.areClasses) output.probablySame.clear();  // a class is nobody under two names
  return output;
}

}  // namespace discern::pipeline
