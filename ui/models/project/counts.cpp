#include "ui/models/project/counts.h"

#include <QStringList>

#include "ui/language/words.h"

namespace discern::ui {

QString countText(const data::Word& word, qint64 count, const QLocale& locale) {
  return QString("%1 %2").arg(locale.toString(count), engineText(count == 1 ? word.one : word.many));
}

QString imageCounts(const data::Word& sample, qint64 originals, qint64 copies, const QLocale& locale) {
  if (copies == 0) return countText(sample, originals, locale);
  const QString count = locale.toString(copies);
  return Words::tr("%1 and %2", "originals and degraded copies")
      .arg(originals == 1 ? Words::tr("1 original")
                          : Words::tr("%1 originals").arg(locale.toString(originals)),
           copies == 1 ? Words::tr("1 degraded copy") : Words::tr("%1 degraded copies").arg(count));
}

QString identityCounts(const analysis::Totals& totals, const QLocale& locale) {
  QStringList parts;
  for (const auto& [people, text] : {std::pair(totals.train, Words::tr("%1 training", "identities")),
                                     std::pair(totals.test, Words::tr("%1 test", "identities")),
                                     std::pair(totals.pool, Words::tr("%1 pool", "identities"))})
    if (people.identities > 0) parts << text.arg(locale.toString(people.identities));
  if (parts.isEmpty()) return Words::tr("no identities");
  const QString last = parts.takeLast();
  const QString all = parts.isEmpty() ? last : Words::tr("%1 and %2").arg(parts.join(", "), last);
  return totals.all.identities == 1 ? Words::tr("%1 identity").arg(all) : Words::tr("%1 identities").arg(all);
}

}  // namespace discern::ui
