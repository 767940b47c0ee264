// What distilling left in the project, as plain numbers for table and charts: students, and their teachers
// beside them. No widgets.
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <vector>

#include "ui/models/project/session.h"
#include "ui/models/results/training_curves.h"

namespace discern::ui {

// On one protocol; NaN: not evaluated.
struct StudentCheck {
  double aucIdentity, aucMimic, accuracyIdentity, accuracyMimic;
};

struct StudentRow {
  enum class Layer { Identity, Mimic };  // whose features are compared; a teacher has but one

  bool isTeacher = false;
  int run = -1, job = -1;  // of the project; of this sitting's runner, while it is not in the project yet
  QString name, teacher, mode, seed;
  int size = 0;   // pixels a side; 0: unknown
  QString state;  // as in the project, or "waiting", "starting", "running 40 %"; empty: a teacher
  QString note;   // a sentence for the tooltip: what it was made of, or why it failed
  // NaN: unknown. Time: one face on one CPU thread, and on a GPU. Memory in MB: weights and workspace,
  // counted; growth of the process.
  double parameters, megabytes, counted, memory, milliseconds, gpuMilliseconds;
  QHash<QString, StudentCheck> checks;  // by protocol

  StudentRow();
  double auc(const QString& protocol, Layer layer) const;
  double accuracy(const QString& protocol, Layer layer) const;
  QString key() const;  // stays while the row stands for the same thing
};

// Newest first, then the teachers of them. What `discern
// cost` measured last counts before what distilling measured.
std::vector<StudentRow> studentRows(const Snapshot& snapshot);
QStringList protocolsOf(const std::vector<StudentRow>& rows);

// Of a distillation, which counts everything in steps, validation too.
TrainingCurves studentCurves(const std::vector<project::MetricRow>& metrics);

}  // namespace discern::ui
