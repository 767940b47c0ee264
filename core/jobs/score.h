// score: the D-score, or a comparator, of every image.
#pragma once

#include <string>

#include "core/base/field.h"
#include "core/discriminability/dscore.h"
#include "core/jobs/shards.h"

namespace discern::jobs {

struct ScoreJobOptions {
  std::string features;           // feature table; empty: the newest
  std::string method = "dscore";  // one of data::computedScores()
  std::string name;               // of the score table; empty: the method
  discriminability::ScoreOptions dscore;
  ShardOptions shards;
};
const Fields<ScoreJobOptions>& scoreFields();
// Of the D-score alone: a table's are stored with it, for who learns from it.
const Fields<discriminability::ScoreOptions>& dscoreFields();

}  // namespace discern::jobs
