// Stored runs of `slices`: error rates of parts of a protocol, for the page and the report. No widgets.
#pragma once

#include <QStringList>
#include <QVector>
#include <vector>

#include "core/results/slices.h"
#include "ui/models/project/snapshot.h"

namespace discern::ui {

struct SliceRun {
  int run = -1;
  std::string metadata;  // file as it was given; empty: the project itself
  results::SlicesResult result;
};
std::vector<SliceRun> sliceRuns(const Snapshot& snapshot);  // newest first
// Of each column (of each file) the newest one, in the order of the columns.
std::vector<SliceRun> newestOfColumns(const Snapshot& snapshot);

QString sliceTitle(const SliceRun& run);  // "camera of faces.csv"
// Its name, marked where it has few comparisons. Values of a table stay as they are, the project's own are in
// the window's language.
QString sliceName(const results::SlicesResult& of, const results::SliceResult&);
QString sliceVerdict(const results::SlicesResult& result);  // which part is the worst, and whether by chance
QString sliceAbout(const SliceRun& run);                    // what it was measured with
QStringList sliceColumns(const results::SlicesResult& result);
QVector<QStringList> sliceRows(const results::SlicesResult& result);  // a part each

}  // namespace discern::ui
