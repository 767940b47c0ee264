// Charts of stored results: their axes, and what of a result they show. The page that has them and the
// report, which has its own, draw the same.
#pragma once

#include <QStringList>
#include <vector>

#include "core/data/group_kind.h"
#include "core/results/compare.h"
#include "ui/charts/heatmap_chart.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/images/heat_rows.h"
#include "ui/models/results/benchmarks.h"
#include "ui/models/results/identification.h"
#include "ui/models/results/run_results.h"
#include "ui/models/results/slice_runs.h"
#include "ui/models/results/training_curves.h"

namespace discern::ui {

// The charts of one evaluation.
struct EvaluationCharts {
  LineChart &roc, &det, &edc;
};
void setUpCharts(const EvaluationCharts& charts);
// Those of `drawn` aggregations.
void showEvaluation(const EvaluationCharts& charts, const EvaluationRun& run, const QStringList& drawn);
// Ten curves in one chart hide each other: at first the plain mean and the filtered ones are drawn.
bool isDrawnFirst(const QString& aggregation, const EvaluationRun& run);

// Both sides of a comparison, one over the other.
struct CompareCharts {
  LineChart &roc, &edc;
};
void setUpCharts(const CompareCharts& charts);
// Of an older version, which stated no curves, the ROC's points at the false accept rates that were asked
// for.
void showCompared(const CompareCharts& charts, const results::CompareResult& result);

// The points of a sweep as dots: entry i is point entries[i].point of curve entries[i].curve.
struct SweepDots {
  struct Entry {
    int curve = -1, point = -1;
  };
  ScatterData data;  // data.front: entries that no other beats
  std::vector<Entry> entries;
  int knee = -1;  // entry; -1: none
};
SweepDots sweepDots(const SweepRun& sweep);
void setUpCharts(ScatterChart& chart, const SweepRun& sweep, const SweepDots& dots,
                 const data::GroupKind& kind);
QString rateText(const SweepRun& sweep);  // "FAR 1e-3"

// The charts of one training.
struct TrainingCharts {
  LineChart &loss, &quality;
};
void setUpCharts(const TrainingCharts& charts);
void showTraining(const TrainingCharts& charts, const TrainingCurves& curves);

void setUpCmc(LineChart& chart);
void showCmc(LineChart& chart, const std::vector<IdentifyRun>& runs);

// SCface's rank 1 over distance, or UCCS's error among the best guess and the best five: a line a run.
void showBenchmark(LineChart& chart, jobs::Benchmark benchmark, const std::vector<BenchmarkRow>& rows);

// The charts of one run of slices: rates of its parts with their intervals, how their comparisons spread, and
// error versus discard inside each. A part has one colour in all.
struct SliceCharts {
  LineChart &tar, &far, &genuine, &impostor, &edc;
};
void setUpCharts(const SliceCharts& charts);
void showSlices(const SliceCharts& charts, const SliceRun& run);

// Kept, genuine, impostor, rank.
std::vector<HeatmapColumn> matchColumns(const data::GroupKind& kind);
HeatmapRow heatmapRow(const HeatRow& row);

}  // namespace discern::ui
