#include "ui/models/results/student_results.h"

#include <QJsonArray>
#include <QJsonObject>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/models/results/run_text.h"

namespace discern::ui {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr double kMega = 1e6;

// 0 stands for unknown.
double positive(const QJsonValue& value) { return value.toDouble() > 0 ? value.toDouble() : kUnknown; }

struct Cost {
  double parameters = kUnknown, megabytes = kUnknown, memory = kUnknown, milliseconds = kUnknown;
};

// By the name of network or feature table, from the newest run of `discern cost` that has it.
QHash<QString, Cost> costsOf(const Snapshot& snapshot) {
  QHash<QString, Cost> costs;
  for (const auto& run : snapshot.runs) {
    if (run.job != "cost" || run.status != "done") continue;
    for (const QJsonValue& value : objectOf(run.result)["models"].toArray()) {
      const QJsonObject model = value.toObject();
      Cost cost{positive(model["parameters"]), positive(model["file_bytes"]) / kMega};
      for (const QJsonValue& at : model["at"].toArray())
        if (at.toObject()["batch"].toInt() == 1) {
          cost.milliseconds = positive(at.toObject()["ms"]);
          cost.memory = positive(at.toObject()["peak_bytes"]) / kMega;
        }
      costs[model["name"].toString()] = cost;
    }
  }
  return costs;
}

void put(StudentRow& row, const Cost& cost) {
  for (const auto& [to, from] : {std::pair(&row.parameters, cost.parameters),
                                 {&row.megabytes, cost.megabytes},
                                 {&row.memory, cost.memory},
                                 {&row.milliseconds, cost.milliseconds}})
    if (!std::isnan(from)) *to = from;
}

StudentRow studentOf(const project::RunRow& run, const QHash<QString, Cost>& costs) {
  const QJsonObject options = objectOf(run.options), result = objectOf(run.result);
  StudentRow row;
  row.run = run.id;
  row.size = options["size"].toString().toInt();
  row.mode = options["mode"].toString();
  row.seed = options["seed"].toString();
  row.name = result["name"].toString(options["name"].toString());
  if (row.name.isEmpty()) row.name = QString("S-%1-%2").arg(row.size).arg(row.mode);
  row.teacher = result["teacher"].toString(options["teacher"].toString());
  row.state = statusText(run);
  row.note = result["error"].toString();
  if (run.status != "done") return row;
  row.parameters = positive(result["parameters"]);
  row.megabytes = positive(result["file_bytes"]) / kMega;
  row.milliseconds = positive(result["ms"]);
  put(row, costs.value(row.name));
  for (const QJsonValue& value : result["checks"].toArray()) {
    const QJsonObject check = value.toObject();
    row.checks[check["protocol"].toString()] = {numberOf(check["auc_identity"]), numberOf(check["auc_mimic"]),
                                                numberOf(check["accuracy_identity"]),
                                                numberOf(check["accuracy_mimic"])};
  }
  row.note = QString("Teacher %1, %L2 faces").arg(row.teacher).arg(result["faces"].toInteger());
  if (const QString selection = result["selection"].toString(); !selection.isEmpty())
    row.note += QString(", of which selection %1 keeps %L2 at λ %3")
                    .arg(selection)
                    .arg(result["selected"].toInteger())
                    .arg(result["lambda"].toDouble(), 0, 'g', 4);
  return row;
}

// A feature table, or several joined by '+', as a row beside its students.
StudentRow teacherOf(const Snapshot& snapshot, const QString& name, const QHash<QString, Cost>& costs) {
  StudentRow row;
  row.isTeacher = true;
  row.name = row.teacher = name;
  Cost sum{0, 0, 0, 0};
  for (const QString& part : name.split('+')) {
    QString measured = part;  // a network of the project is measured under its own name
    for (const auto& table : snapshot.featureTables)
      for (const auto& model : snapshot.models)
        if (table.name == part.toStdString() && model.file == table.model)
          measured = QString::fromStdString(model.name);
    const Cost cost = costs.value(measured);
    sum.parameters += cost.parameters;
    sum.megabytes += cost.megabytes;
    sum.memory += cost.memory;
    sum.milliseconds += cost.milliseconds;
  }
  put(row, sum);
  return row;
}

void addTeacherChecks(StudentRow& teacher, const project::RunRow& run) {
  for (const QJsonValue& value : objectOf(run.result)["checks"].toArray()) {
    const QJsonObject check = value.toObject();
    const double auc = numberOf(check["auc_teacher"]), accuracy = numberOf(check["accuracy_teacher"]);
    teacher.checks[check["protocol"].toString()] = {auc, auc, accuracy, accuracy};
  }
}

}  // namespace

StudentRow::StudentRow()
    : parameters(kUnknown), megabytes(kUnknown), memory(kUnknown), milliseconds(kUnknown) {}

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
