// Which table is meant where nobody said: the newest.
#pragma once

#include <string>
#include <vector>

#include "core/data/score_table.h"
#include "core/project/project.h"

namespace discern::analysis {

// `given` where it is not empty, else the last of `names` (as Project lists them: oldest first); empty: none.
std::string orNewest(const std::string& given, const std::vector<std::string>& names);

std::vector<std::string> namesOf(const std::vector<project::FeatureTableRow>& tables);

// The last of them that holds D-scores told from `features`; null: none. tables: oldest first.
const data::ScoreTable* newestDscores(const std::vector<data::ScoreTable>& tables,
                                      const std::string& features);

}  // namespace discern::analysis
