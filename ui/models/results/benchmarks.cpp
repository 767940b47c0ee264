#include "ui/models/results/benchmarks.h"

#include <QHash>
#include <algorithm>
#include <cmath>

#include "core/data/csv.h"
#include "core/evaluation/protocols.h"
#include "core/results/stored.h"
#include "core/results/students.h"
#include "ui/language/words.h"
#include "ui/models/results/run_results.h"

namespace discern::ui {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// The student that made them; empty: none of this project.
QString studentOf(const Snapshot& snapshot, const project::FeatureTableRow& table) {
  for (const auto& model : snapshot.models)
    if (model.kind == "student" && (table.model == model.file.string() || table.model == model.name))
      return QString::fromStdString(model.name);
  return {};
}

// What each student was fine-tuned from, as the newest run under its name says.
QHash<QString, QString> startsOf(const Snapshot& snapshot) {
  QHash<QString, QString> starts;
  for (const auto& run : snapshot.runs)
    if (const auto made = results::resultOf<results::DistilResult>(run))
      starts[QString::fromStdString(made->name)] = QString::fromStdString(made->startedFrom);
  return starts;
}

BenchmarkCell nameCell(const QString& name) { return {name.isEmpty() ? QString("–") : name, kUnknown}; }
BenchmarkCell shareCell(double share) { return {percentText(share, 2), share}; }

double atDistance(const IdentifyRun& run, int distance) {
  for (const auto& [group, rate] : run.byDistance)
    if (group == distance) return rate;
  return kUnknown;
}

}  // namespace

std::vector<BenchmarkRow> benchmarkRows(const Snapshot& snapshot, jobs::Benchmark benchmark) {
  const auto starts = startsOf(snapshot);
  std::vector<BenchmarkRow> rows;
  for (IdentifyRun& run : identifyRuns(snapshot)) {
    if (run.benchmark != nameOf(benchmark)) continue;
    BenchmarkRow row;
    row.network = run.features;
    const auto table = std::ranges::find(snapshot.featureTables, run.features.toStdString(),
                                         &project::FeatureTableRow::name);
    if (table != snapshot.featureTables.end()) {
      row.dims = table->dims;
      if (const QString student = studentOf(snapshot, *table); !student.isEmpty()) row.network = student;
    }
    row.startedFrom = starts.value(row.network);
    row.search = std::move(run);
    rows.push_back(std::move(row));
  }
  return rows;
}

QStringList benchmarkColumns(jobs::Benchmark benchmark, const QLocale& locale) {
  QStringList columns = {Words::tr("Network"), Words::tr("Fine-tuned from"), Words::tr("Numbers")};
  if (benchmark == jobs::Benchmark::Scface) {
    for (const double metres : evaluation::kScfaceMetres)
      columns << Words::tr("At %1 m").arg(locale.toString(metres, 'f', 2));
    columns << Words::tr("At all distances");
  } else {
    columns << Words::tr("Reduction from") << Words::tr("Top-1 error") << Words::tr("Top-5 error");
  }
  return columns << Words::tr("Identities") << Words::tr("Probes") << Words::tr("Run");
}

std::vector<BenchmarkCell> benchmarkCells(const BenchmarkRow& row, jobs::Benchmark benchmark,
                                          const QLocale& locale) {
  const auto count = [&](qint64 number) { return BenchmarkCell{locale.toString(number), double(number)}; };
  const IdentifyRun& run = row.search;
  std::vector<BenchmarkCell> cells = {nameCell(row.network), nameCell(row.startedFrom),
                                      row.dims > 0 ? count(row.dims) : nameCell({})};
  if (benchmark == jobs::Benchmark::Scface) {
    for (std::size_t i = 0; i < evaluation::kScfaceMetres.size(); ++i)
      cells.push_back(shareCell(atDistance(run, int(i) + 1)));
    cells.push_back(shareCell(run.cmc.isEmpty() ? kUnknown : run.cmc.front()));
  } else {
    cells.push_back(nameCell(run.reductionStart == "own"      ? Words::tr("own layer")
                             : run.reductionStart == "random" ? Words::tr("random weights")
                                                              : QString()));
    cells.push_back(shareCell(run.top1Error.value_or(kUnknown)));
    cells.push_back(shareCell(run.top5Error.value_or(kUnknown)));
  }
  cells.push_back(count(run.identities));
  cells.push_back(count(run.probes));
  cells.push_back({QString::number(run.run), double(run.run)});
  return cells;
}

std::string benchmarkCsv(const std::vector<BenchmarkRow>& rows, jobs::Benchmark benchmark) {
  const auto line = [](const QStringList& fields) {
    std::string text;
    for (qsizetype i = 0; i < fields.size(); ++i) {
      if (i > 0) text += ',';
      text += data::csvField(fields[i].toStdString());
    }
    text += '\n';
    return text;
  };
  std::string text = line(benchmarkColumns(benchmark, QLocale::c()));
  for (const BenchmarkRow& row : rows) {
    QStringList fields;
    for (const BenchmarkCell& cell : benchmarkCells(row, benchmark))
      fields << (std::isnan(cell.number) ? cell.text
                                         : QString::number(cell.number, 'g', QLocale::FloatingPointShortest));
    text += line(fields);
  }
  return text;
}

Recognisers benchmarkedRecognisers(const Snapshot& snapshot) {
  Recognisers all;
  for (auto model = snapshot.models.rbegin(); model != snapshot.models.rend(); ++model)
    if (model->kind == "student") all.students << QString::fromStdString(model->name);
  for (const auto& table : snapshot.featureTables)
    if (studentOf(snapshot, table).isEmpty()) all.teachers << QString::fromStdString(table.name);
  return all;
}

}  // namespace discern::ui
