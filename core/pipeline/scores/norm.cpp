#include "core/pipeline/score_method.h"

namespace discern::pipeline {

discriminability::ScoreOutput scoreNorm(const ScoreTask& task) {
  return comparator(task, discriminability::featureNorms(task.features));
}

}  // namespace discern::pipeline
