#include "ui/models/project/counts.h"

#include <QLocale>
#include <QStringList>

namespace discern::ui {
namespace {

QString number(qint64 n) { return QLocale().toString(n); }

}  // namespace

QString imageCounts(const data::Word& sample, qint64 originals, qint64 copies) {
  if (copies == 0)
    return QString("%1 %2").arg(number(originals),
                                QString::fromStdString(originals == 1 ? sample.one : sample.many));
  return QString("%1 %2 and %3 degraded %4")
      .arg(number(originals), originals == 1 ? "original" : "originals", number(copies),
           copies == 1 ? "copy" : "copies");
}

QString identityCounts(const analysis::Totals& totals) {
  QStringList parts;
  for (const auto& [people, name] :
       {std::pair(totals.train, "training"), std::pair(totals.test, "test"), std::pair(totals.pool, "pool")})
    if (people.identities > 0) parts << QString("%1 %2").arg(number(people.identities), name);
  if (parts.isEmpty()) return "no identities";
  const QString last = parts.takeLast();
  return (parts.isEmpty() ? last : parts.join(", ") + " and " + last) +
         (totals.all.identities == 1 ? " identity" : " identities");
}

}  // namespace discern::ui
