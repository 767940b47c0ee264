#include "core/base/field_error.h"
#include "core/pipeline/score_method.h"

namespace discern::pipeline {

discriminability::ScoreOutput scoreCrfiqa(const ScoreTask& task) {
  if (task.options.metric != discriminability::Metric::Cosine)
    failField("metric", "euclidean", "CR-FIQA's ratio is of cosines; use cosine, or the method dscore");
  auto output = dscoreOf(task);
  output.table =
      discriminability::crFiqaRatio(output.table, task.roster.identity, task.roster.part, task.roster.votes);
  return output;
}

}  // namespace discern::pipeline
