// SKD's benchmarks of identification, SCface and UCCS: the stored runs of students and teachers side by side.
// No widgets.
#pragma once

#include <QLocale>
#include <QString>
#include <QStringList>
#include <limits>
#include <string>
#include <vector>

#include "core/jobs/student_jobs.h"
#include "ui/models/results/identification.h"

namespace discern::ui {

struct BenchmarkRow {
  IdentifyRun search;
  QString network;      // the student that made the features; of others the features' name
  QString startedFrom;  // the student that it was fine-tuned from; empty: none
  qint64 dims = 0;      // numbers of a feature; 0: its table is gone
};
// Newest first.
std::vector<BenchmarkRow> benchmarkRows(const Snapshot& snapshot, jobs::Benchmark benchmark);

// What a table of them says; a row has a cell for each column.
struct BenchmarkCell {
  QString text;
  double number = std::numeric_limits<double>::quiet_NaN();  // rates are shares; NaN: a text, or not known
};
QStringList benchmarkColumns(jobs::Benchmark benchmark, const QLocale& locale = {});
std::vector<BenchmarkCell> benchmarkCells(const BenchmarkRow& row, jobs::Benchmark benchmark,
                                          const QLocale& locale = {});
std::string benchmarkCsv(const std::vector<BenchmarkRow>& rows, jobs::Benchmark benchmark);

// Who can be sent through a benchmark: the students of the project, newest first, and the feature tables that
// no student made.
struct Recognisers {
  QStringList students, teachers;
};
Recognisers benchmarkedRecognisers(const Snapshot& snapshot);

}  // namespace discern::ui
