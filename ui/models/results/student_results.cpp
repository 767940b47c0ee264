#include "ui/models/results/student_results.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/jobs/stored.h"
#include "core/results/stored.h"
#include "core/results/students.h"
#include "ui/language/words.h"
#include "ui/models/results/run_text.h"

namespace discern::ui {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr double kMega = 1e6;

// 0 stands for unknown.
double positive(double value) { return value > 0 ? value : kUnknown; }

struct Cost {
  double parameters = kUnknown, megabytes = kUnknown, counted = kUnknown, memory = kUnknown,
         milliseconds = kUnknown, gpuMilliseconds = kUnknown;
};

// By the name of network or feature table, from the newest runs of `discern cost` on the CPU and on a GPU
// that have it.
QHash<QString, Cost> costsOf(const Snapshot& snapshot) {
  QHash<QString, Cost> costs;
  for (const auto& run : snapshot.runs) {
    const auto measured = results::resultOf<results::CostResult>(run);
    if (!measured) continue;
    for (const auto& model : measured->models) {
      Cost& cost = costs[QString::fromStdString(model.name)];
      cost.parameters = positive(model.parameters);
      cost.megabytes = positive(model.fileBytes) / kMega;
      for (const auto& at : model.at) {
        if (at.batch != 1) continue;
        if ((at.device.empty() ? jobs::storedText(run, "device") : at.device) == "cuda") {
          cost.gpuMilliseconds = positive(at.milliseconds);
          continue;
        }
        cost.milliseconds = positive(at.milliseconds);
        cost.memory = positive(at.peakBytes) / kMega;
        cost.counted = positive(at.weightBytes + at.workspaceBytes) / kMega;
      }
    }
  }
  return costs;
}

void put(StudentRow& row, const Cost& cost) {
  for (const auto& [to, from] : {std::pair(&row.parameters, cost.parameters),
                                 {&row.megabytes, cost.megabytes},
                                 {&row.counted, cost.counted},
                                 {&row.memory, cost.memory},
                                 {&row.milliseconds, cost.milliseconds},
                                 {&row.gpuMilliseconds, cost.gpuMilliseconds}})
    if (!std::isnan(from)) *to = from;
}

StudentRow studentOf(const project::RunRow& run, const QHash<QString, Cost>& costs) {
  const auto text = [&](const char* option) { return QString::fromStdString(jobs::storedText(run, option)); };
  StudentRow row;
  row.run = run.id;
  row.size = text("size").toInt();
  row.mode = text("mode");
  row.seed = text("seed");
  row.name = text("name");
  row.teacher = text("teacher");
  row.state = statusText(run);
  row.note = QString::fromStdString(results::failureOf(run));
  const auto result = results::resultOf<results::DistilResult>(run);
  if (result && !result->name.empty()) row.name = QString::fromStdString(result->name);
  if (result && !result->teacher.empty()) row.teacher = QString::fromStdString(result->teacher);
  if (row.name.isEmpty()) row.name = QString("S-%1-%2").arg(row.size).arg(row.mode);
  if (!result) return row;
  row.parameters = positive(result->parameters);
  row.megabytes = positive(result->fileBytes) / kMega;
  row.milliseconds = positive(result->milliseconds);
  put(row, costs.value(row.name));
  for (const auto& check : result->checks)
    row.checks[QString::fromStdString(check.protocol)] = {check.aucIdentity, check.aucMimic,
                                                          check.accuracyIdentity, check.accuracyMimic};
  row.note = Words::tr("Teacher %1, %L2 faces").arg(row.teacher).arg(result->faces);
  if (!result->selection.empty() && std::isnan(result->lambda))  // of an order
    row.note = Words::tr("%1, of which selection %2 keeps %L3")
                   .arg(row.note)
                   .arg(QString::fromStdString(result->selection))
                   .arg(result->selected);
  else if (!result->selection.empty())
    row.note = Words::tr("%1, of which selection %2 keeps %L3 at λ %L4")
                   .arg(row.note)
                   .arg(QString::fromStdString(result->selection))
                   .arg(result->selected)
                   .arg(result->lambda, 0, 'g', 4);
  return row;
}

// A feature table, or several joined by '+', as a row beside its students.
StudentRow teacherOf(const Snapshot& snapshot, const QString& name, const QHash<QString, Cost>& costs) {
  StudentRow row;
  row.isTeacher = true;
  row.name = row.teacher = name;
  Cost sum{0, 0, 0, 0, 0, 0};
  for (const QString& part : name.split('+')) {
    QString measured = part;  // a network of the project is measured under its own name
    for (const auto& table : snapshot.featureTables)
      for (const auto& model : snapshot.models)
        if (table.name == part.toStdString() && model.file == table.model)
          measured = QString::fromStdString(model.name);
    const Cost cost = costs.value(measured);
    sum.parameters += cost.parameters;
    sum.megabytes += cost.megabytes;
    sum.counted += cost.counted;
    sum.memory += cost.memory;
    sum.milliseconds += cost.milliseconds;
    sum.gpuMilliseconds += cost.gpuMilliseconds;
  }
  put(row, sum);
  return row;
}

void addTeacherChecks(StudentRow& teacher, const project::RunRow& run) {
  if (const auto result = results::resultOf<results::DistilResult>(run))
    for (const auto& check : result->checks)
      teacher.checks[QString::fromStdString(check.protocol)] = {check.aucTeacher, check.aucTeacher,
                                                                check.accuracyTeacher, check.accuracyTeacher};
}

}  // namespace

StudentRow::StudentRow()
    : parameters(kUnknown),
      megabytes(kUnknown),
      counted(kUnknown),
      memory(kUnknown),
      milliseconds(kUnknown),
      gpuMilliseconds(kUnknown) {}

double StudentRow::auc(const QString& protocol, Layer layer) const {
  const auto check = checks.constFind(protocol);
  if (check == checks.constEnd()) return kUnknown;
  return layer == Layer::Identity ? check->aucIdentity : check->aucMimic;
}

double StudentRow::accuracy(const QString& protocol, Layer layer) const {
  const auto check = checks.constFind(protocol);
  if (check == checks.constEnd()) return kUnknown;
  return layer == Layer::Identity ? check->accuracyIdentity : check->accuracyMimic;
}

QString StudentRow::key() const {
  return isTeacher ? "teacher " + name : run >= 0 ? QString("run %1").arg(run) : QString("job %1").arg(job);
}

std::vector<StudentRow> studentRows(const Snapshot& snapshot) {
  const QHash<QString, Cost> costs = costsOf(snapshot);
  std::vector<StudentRow> rows, teachers;
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run) {
    if (run->job != "distil") continue;
    rows.push_back(studentOf(*run, costs));
    if (run->status != "done" || rows.back().teacher.isEmpty()) continue;
    const auto known = std::ranges::find(teachers, rows.back().teacher, &StudentRow::name);
    if (known != teachers.end()) continue;
    teachers.push_back(teacherOf(snapshot, rows.back().teacher, costs));
    addTeacherChecks(teachers.back(), *run);
  }
  rows.insert(rows.end(), teachers.begin(), teachers.end());
  return rows;
}

QStringList protocolsOf(const std::vector<StudentRow>& rows) {
  QStringList names;
  for (const StudentRow& row : rows)
    for (auto check = row.checks.begin(); check != row.checks.end(); ++check)
      if (!names.contains(check.key())) names << check.key();
  names.sort();
  return names;
}

TrainingCurves studentCurves(const std::vector<project::MetricRow>& metrics) {
  TrainingCurves curves;
  for (const project::MetricRow& metric : metrics)
    addPoint(curves, QString::fromStdString(metric.name), static_cast<double>(metric.step), metric.value);
  return curves;
}

}  // namespace discern::ui
