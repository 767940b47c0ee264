#include "ui/models/results/slice_runs.h"

#include <QLocale>
#include <cmath>
#include <map>

#include "core/evaluation/slices.h"
#include "core/jobs/stored.h"
#include "core/results/stored.h"
#include "ui/language/words.h"
#include "ui/models/results/run_results.h"

namespace discern::ui {
namespace {

QString text(const std::string& name) { return QString::fromStdString(name); }
QString count(qint64 n) { return QLocale().toString(n); }
QString number(double value, char format, int digits) {
  return std::isfinite(value) ? QLocale().toString(value, format, digits) : QStringLiteral("–");
}

QString shown(const results::SlicesResult& of, const std::string& value) {
  return of.metadata.empty() ? engineText(value) : text(value);
}

}  // namespace

std::vector<SliceRun> sliceRuns(const Snapshot& snapshot) {
  std::vector<SliceRun> runs;
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run)
    if (auto result = results::resultOf<results::SlicesResult>(*run))
      runs.push_back({run->id, jobs::storedText(*run, "metadata"), std::move(*result)});
  return runs;
}

std::vector<SliceRun> newestOfColumns(const Snapshot& snapshot) {
  std::map<std::pair<std::string, std::string>, SliceRun> newest;
  for (auto& run : sliceRuns(snapshot)) {
    auto key = std::pair(run.result.column, run.metadata);
    newest.try_emplace(std::move(key), std::move(run));
  }
  std::vector<SliceRun> runs;
  for (auto& [key, run] : newest) runs.push_back(std::move(run));
  return runs;
}

QString sliceTitle(const SliceRun& run) {
  return run.result.metadata.empty()
             ? text(run.result.column)
             : Words::tr("%1 of %2").arg(text(run.result.column), text(run.result.metadata));
}

QString sliceName(const results::SlicesResult& of, const results::SliceResult& slice) {
  const QString name = shown(of, slice.name);
  return slice.supported ? name : Words::tr("%1 (few)").arg(name);
}

namespace {
// Where no part can be called the worst: the lowest rate that is told of genuine comparisons enough, all the
// same.
QString unjudged(const results::SlicesResult& result) {
  const results::SliceResult* lowest = nullptr;
  for (const auto& slice : result.slices)
    if (slice.genuine >= evaluation::kLeastGenuine && std::isfinite(slice.tar) &&
        (lowest == nullptr || slice.tar < lowest->tar))
      lowest = &slice;
  if (lowest == nullptr) return Words::tr("No part has comparisons enough to be called the worst.");
  return Words::tr(
             "%1 has the lowest true accept rate, %2; there are too few comparisons to call it the worst.")
      .arg(shown(result, lowest->name), percentText(lowest->tar));
}
}  // namespace

QString sliceVerdict(const results::SlicesResult& result) {
  if (result.worst.empty()) return unjudged(result);
  for (const auto& slice : result.slices)
    if (slice.name == result.worst)
      return (result.beyondChance
                  ? Words::tr("%1 is recognised worst: %2 of its genuine comparisons are accepted, "
                              "fewer than of the "
                              "others by more than chance.")
                  : Words::tr("%1 has the lowest true accept rate, %2, but that may be chance."))
          .arg(shown(result, slice.name), percentText(slice.tar));
  return {};
}

QString sliceAbout(const SliceRun& run) {
  const auto& r = run.result;
  QString about =
      Words::tr(
          "Protocol %1, features %2, %3; one threshold for all, %4, at FAR %5 of all comparisons (TAR "
          "%6); run %7.")
          .arg(text(r.protocol), text(r.features),
               r.scores.empty() ? text(r.aggregation)
                                : Words::tr("scores %1, %2").arg(text(r.scores), text(r.aggregation)),
               number(r.accept, 'f', 3), farText(r.far),
               r.supported ? percentText(r.tar) : QStringLiteral("–, ") + Words::tr("too few impostors"),
               QString::number(run.run));
  if (r.worst.empty() && r.far > 0)
    about += QLatin1Char(' ') +
             Words::tr(
                 "To be called the worst, it and another part need %L1 genuine and %2 impostor comparisons "
                 "(3 / FAR) each.")
                 .arg(evaluation::kLeastGenuine)
                 .arg(count(qint64(evaluation::leastImpostors(r.far))));
  if (r.across > 0)
    about +=
        QLatin1Char(' ') +
        (r.across == 1
             ? Words::tr("1 comparison is across parts, or of what nobody knows.")
             : Words::tr("%1 comparisons are across parts, or of what nobody knows.").arg(count(r.across)));
  return about;
}

QStringList sliceColumns(const results::SlicesResult& result) {
  return {text(result.column),   Words::tr("Images"),     Words::tr("Score"),
          Words::tr("Kept"),     Words::tr("Genuine"),    Words::tr("TAR (95 %)"),
          Words::tr("Impostor"), Words::tr("FAR (95 %)"), Words::tr("pAUC (95 %)")};
}

QVector<QStringList> sliceRows(const results::SlicesResult& result) {
  const auto with = [](const QString& at, const QString& low, const QString& high) {
    return Words::tr("%1 (%2 … %3)").arg(at, low, high);
  };
  const auto percent = [](double share) { return number(100 * share, 'f', 1); };
  QVector<QStringList> rows;
  for (const auto& slice : result.slices)
    rows.append(
        {sliceName(result, slice), count(slice.images), number(slice.score, 'f', 3), percentText(slice.kept),
         count(slice.genuine), with(percentText(slice.tar), percent(slice.tarLow), percent(slice.tarHigh)),
         count(slice.impostor),
         with(number(slice.far, 'g', 2), number(slice.farLow, 'g', 2), number(slice.farHigh, 'g', 2)),
         std::isfinite(slice.paucLow)
             ? with(number(slice.pauc, 'f', 4), number(slice.paucLow, 'f', 4), number(slice.paucHigh, 'f', 4))
             : number(slice.pauc, 'f', 4)});
  return rows;
}

}  // namespace discern::ui
