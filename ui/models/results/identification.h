// The stored results of 1:N identification, as plain numbers for a chart and a table. No widgets.
#pragma once

#include <QLocale>
#include <QString>
#include <QStringList>
#include <QVector>
#include <optional>
#include <vector>

#include "ui/models/project/session.h"

namespace discern::ui {

struct IdentifyRun {
  int run = -1;
  QString benchmark, features;
  QString aggregation;  // templates, tracklets, actions: a run of the latter two is one of these for each
  qint64 identities = 0, probes = 0, strangers = 0;
  QVector<double> cmc;  // element k: share of probes found at rank k + 1 or better; empty for uccs
  struct Tpir {
    double fpir = 0, tpir = 0;
    bool supported = false;  // by the number of strangers
  };
  std::vector<Tpir> tpir;
  std::vector<std::pair<int, double>> byDistance;  // scface: rank 1 at its distances 1 to 3
  std::optional<double> top1Error, top5Error;      // uccs; none: not known
  QString reductionStart;                          // uccs: own, random
  std::optional<double> meanPrecision;             // templates, tracklets: mAP
  std::optional<double> stepMeanPrecision;         // tracklets: with queries out, stepwise
  std::optional<double> top1, top5, compute;       // actions: accuracies, share of the base model's compute
};

// Newest first; runs that are not done, or whose result cannot be read, are none.
std::vector<IdentifyRun> identifyRuns(const Snapshot& snapshot);

QString benchmarkText(const IdentifyRun& run);  // "search", "tracklets, average"
// What a table of them says; a row has a text for each column.
QStringList identifyColumns();
QStringList identifyRow(const IdentifyRun& run, const QLocale& locale = {});

}  // namespace discern::ui
