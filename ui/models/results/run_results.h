// The stored results of evaluations and sweeps, as plain numbers for charts and tables. No widgets.
#pragma once

#include <QPointF>
#include <QString>
#include <QVector>
#include <optional>
#include <vector>

#include "core/analysis/agreement.h"
#include "core/data/score_table.h"
#include "ui/models/project/session.h"

namespace discern::ui {

struct OperatingPoint {
  double far = 0, tar = 0, low = 0, high = 0;
  bool supported = false;  // by the number of impostors; else greyed, not printed as a result
};
struct AggregationResult {
  QString name;
  double auc = 0, eer = 0;
  std::optional<double> accuracy, accuracyError;
  std::vector<OperatingPoint> tar;
  QVector<QPointF> roc;  // (FAR, TAR)
  double keptShare = 1, computeShare = 1, milliseconds = 0;
};
struct EdcCurve {
  QString name, variant;
  QVector<QPointF> points;  // (share discarded, FNMR)
  double pauc = 0;
};
struct EvaluationRun {
  int run = -1;
  QString protocol, features, scores, started;
  bool trueScores = false;  // told from the labels that are evaluated, not predicted
  qint64 genuine = 0, impostor = 0;
  double edcFmr = 0;                  // false match rate that `edc` is at; 0: not known
  qint64 templates = 0, trained = 0;  // trained: of them, of training identities
  std::vector<AggregationResult> aggregations;
  std::vector<EdcCurve> edc;
  std::vector<analysis::Agreement> agreement;
  // (name, text): every switch and count that the result states, then every other option of the job.
  std::vector<std::pair<QString, QString>> switches;
};

struct SweepPointRow {
  double threshold = 0, kept = 1, tar = 0, accuracy = 0, macs = 0, milliseconds = 0, share = 1;
};
struct SweepCurveRow {
  QString name;
  bool baseline = false;
  std::vector<SweepPointRow> points;
};
struct SweepRun {
  int run = -1;
  QString protocol, features, scores, weights, started;
  data::Lengths lengths = data::Lengths::Unit;
  double far = 1e-3;
  qint64 impostors = -1;  // too few for that FAR; -1: there are enough, or it is not known
  std::vector<SweepCurveRow> curves;
  int kneeCurve = -1, kneePoint = -1;

  bool supported() const { return impostors < 0; }
};

// nothing when the run is not done, is another job's, or its result cannot be read.
std::optional<EvaluationRun> evaluationOf(const project::RunRow& run);
std::optional<SweepRun> sweepOf(const project::RunRow& run);

// Whether it was swept of what the point is about: its protocol, features, their lengths, and scores.
bool isOf(const SweepRun& sweep, const analysis::OperatingPoint& point);
QString featuresText(
    const SweepRun& sweep);  // "demo", "demo as they are": at which length they were averaged

// Newest first; `protocol` empty: of every protocol.
std::vector<EvaluationRun> evaluations(const Snapshot& snapshot, const QString& protocol = {});
std::optional<SweepRun> latestSweep(const Snapshot& snapshot, const QString& protocol = {});
// The newest one of this point's protocol, features, scores and weights; else of all but the weights; else
// the newest of the protocol.
std::optional<SweepRun> sweepFor(const Snapshot& snapshot, const analysis::OperatingPoint& point);

// The feature table that a head was fitted on.
QString featuresOfHead(const project::ModelRow& head);
// The newest score table that a head told from those features; empty: none.
QString scoresByHead(const Snapshot& snapshot, const QString& featureTable);

// Indices of points that no other beats in both (smaller x, larger y), by ascending x.
std::vector<int> paretoFront(const std::vector<QPointF>& points);

// "1e-3"; "98.42 %".
QString farText(double far);
// A sentence; not to be asked where they support it.
QString tooFewImpostors(qint64 impostors, double far);
QString percentText(double share, int decimals = 1);

}  // namespace discern::ui
