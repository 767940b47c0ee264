#include "ui/models/results/aggregate_text.h"

#include <QFileInfo>
#include <QLocale>
#include <cmath>

#include "ui/language/words.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/results/run_results.h"

namespace discern::ui {
namespace {

QString text(const std::string& name) { return QString::fromStdString(name); }
QString seconds(double value) { return Words::tr("%1 s").arg(QLocale().toString(value, 'f', 2)); }
QString keptText(const results::AggregateResult& r) {
  return percentText(r.images > 0 ? double(r.kept) / double(r.images) : std::nan(""));
}

}  // namespace

QStringList aggregateLines(const data::GroupKind& kind, const results::AggregateResult& r) {
  QStringList lines;
  lines << Words::tr("{Groups} of protocol %1: %L2, by %3 at threshold %L4.")
               .arg(text(r.protocol))
               .arg(r.templates)
               .arg(text(r.aggregation))
               .arg(r.threshold, 0, 'f', 4);
  lines << Words::tr("{Samples} of them: %L1; kept: %L2 (%3).").arg(r.images).arg(r.kept).arg(keptText(r));
  if (r.failed > 0 || r.empty > 0)
    lines << Words::tr("Without a score or feature: %L1; {groups} without {a sample}: %L2.")
                 .arg(r.failed)
                 .arg(r.empty);
  lines << Words::tr("DDNet %1 on all of them: %2. Base model %3 on the kept ones: %4.")
               .arg(text(r.ddnet), seconds(r.scoreSeconds), text(r.model), seconds(r.keptSeconds));
  if (std::isfinite(r.allSeconds))
    lines << Words::tr(
                 "The base model on all: %1 (measured on %L2 of %L3 dropped ones). That is %4 of its time "
                 "and %5 of its multiply-accumulates.")
                 .arg(seconds(r.allSeconds))
                 .arg(r.measured)
                 .arg(r.images - r.kept)
                 .arg(percentText(r.timeShare), percentText(r.macsShare));
  for (QString& line : lines) line = inWords(kind, line);
  for (const auto& file : {r.file, r.templatesCsv, r.imagesCsv}) lines << text(file);
  return lines;
}

QString aggregateHeadline(const data::GroupKind& kind, const results::AggregateResult& r) {
  const QString file = QFileInfo(text(r.file)).fileName();
  return inWords(kind,
                 std::isfinite(r.timeShare)
                     ? Words::tr("{Groups} are in %1: %2 of the {samples} kept, %3 of the base model's time.")
                           .arg(file, keptText(r), percentText(r.timeShare))
                     : Words::tr("{Groups} are in %1: %2 of the {samples} kept.").arg(file, keptText(r)));
}

}  // namespace discern::ui
