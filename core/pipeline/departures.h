// What of a job's inputs is not as the papers published it, beside the options that its preset has.
#pragma once

#include <string>
#include <vector>

#include "core/discriminability/dscore.h"
#include "core/jobs/select.h"
#include "core/pipeline/inputs.h"

namespace discern::pipeline {

// publishedText of a training, whose schedule no preset knows: the papers leave it open, and it says so.
std::string publishedTraining(const std::vector<std::string>& departures);

// Whether people of the pool are others, to whom training faces are compared.
bool hasPool(const Roster& roster);

// Of D-scores made with these options: each of them that differs, the pool, and the floor where it raised
// the hardest negative of some face of `table`.
std::vector<std::string> scoreDepartures(const discriminability::ScoreOptions& options, const Roster& roster,
                                         const data::ScoreTable& table);

// Of a stored selection: a value that no selection can have is said of it, not of the job that reads it.
jobs::SelectOptions optionsOfSelection(const project::SelectionRow& row);
std::vector<std::string> selectionDepartures(const project::SelectionRow& row, const Roster& roster);

}  // namespace discern::pipeline
