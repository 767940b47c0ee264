#include "core/pipeline/score_method.h"

namespace discern::pipeline {

discriminability::ScoreOutput scoreDscore(const ScoreTask& task) { return dscoreOf(task); }

}  // namespace discern::pipeline
