#include "ui/models/project/counts.h"

#include <QStringList>

namespace discern::ui {

QString imageCounts(const data::Word& sample, qint64 originals, qint64 copies, const QLocale& locale) {
  if (copies == 0)
    return QString("%1 %2").arg(locale.toString(originals),
                                QString::fromStdString(originals == 1 ? sample.one : sample.many));
  return QString("%1 %2 and %3 degraded %4")
      .arg(locale.toString(originals), originals == 1 ? "original" : "originals", locale.toString(copies),
           copies == 1 ? "copy" : "copies");
}

QString identityCounts(const analysis::Totals& totals, const QLocale& locale) {
  QStringList parts;
  for (const auto& [people, name] :
       {std::pair(totals.train, "training"), std::pair(totals.test, "test"), std::pair(totals.pool, "pool")})
    if (people.identities > 0) parts << QString("%1 %2").arg(locale.toString(people.identities), name);
  if (parts.isEmpty()) return "no identities";
  const QString last = parts.takeLast();
  return (parts.isEmpty() ? last : parts.join(", ") + " and " + last) +
         (totals.all.identities == 1 ? " identity" : " identities");
}

}  // namespace discern::ui
