// Many runs side by side: the options in which they, and what they were made from, differ, and their numbers.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "core/project/project.h"

namespace discern::runs {

struct RunTableOptions {
  std::vector<int> runs;  // ids, a row each in this order
  // Of evaluations, a row each where a run has it; empty: DDL's with rescaling as it sees fit, else its
  // first, else the first of all.
  std::vector<std::string> aggregations = {};
  // Whose numbers are told; empty: all that these runs were evaluated on.
  std::vector<std::string> protocols = {};
  double far = 1e-3;  // of TAR; of an evaluation the nearest that it has
};

struct Column {
  std::string of;         // the job of an option, the protocol of a number; empty: of the run itself
  std::string what;       // the label of the option, the measure: "Degraded copies", "TAR % at FAR 0.001"
  bool isOption = false;  // else a number
};
std::string titleOf(const Column& column);  // "train-ddnet: Degraded copies"
struct Cell {
  std::string text;  // empty: the run has no such option, or number
  double number = std::numeric_limits<double>::quiet_NaN();
};
struct RunTableRow {
  int run = -1;
  std::string job, name;  // of what it made, or evaluated
  std::vector<Cell> cells;
};
struct RunTable {
  std::vector<Column> columns;  // of the cells: options first
  std::vector<RunTableRow> rows;
};

// Of what it made; of an evaluation or a search that of the scores, or features.
std::string nameOfRun(const project::RunRow& run);
// Measures by name, but TAR, which has its FAR behind it: what a window translates.
std::vector<std::string> measures();
// Jobs whose runs have a row: trainings, scores, evaluations and searches.
bool isCompared(const project::RunRow& run);
// An option of a row is that of the nearest run of its job which the row was made from; one that names what
// another of these runs made is not told, for that run's own options are. The numbers of a training or of
// scores are those of the nearest evaluation that was made from them, of equally near ones the newest. runs:
// all of the project, oldest first. Throws FieldError about "runs": no such run, or one that is not done or
// of a job without numbers.
RunTable runTable(const std::vector<project::RunRow>& runs, const RunTableOptions& options);
std::string toCsv(const RunTable& table);

}  // namespace discern::runs
