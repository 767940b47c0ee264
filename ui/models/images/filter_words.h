// What a filter can go on with while it is typed: names of fields and, behind one, the values that are there.
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <memory>

#include "ui/models/images/sample_table.h"

namespace discern::ui {

// Where the term stands that the cursor is in, and how far it is typed.
struct FilterToken {
  int start = 0, end = 0;  // in the text; end: of the whole term
  QString text;            // from start to the cursor
};
FilterToken tokenAt(const QString& text, int cursor);

// Of a field that has no others, whatever the project: role, out, verdict, status, below; else empty.
const QStringList& closedValues(Field field);

// Of one table. Values are gathered when they are first asked for; media and damages from the first 100,000
// samples.
class FilterWords {
 public:
  explicit FilterWords(std::shared_ptr<const SampleTable> table = std::make_shared<const SampleTable>());

  // Whole terms for what is typed of one, best first, at most 40: "ve" -> "verdict:"; "verdict:w" ->
  // "verdict:wrong"; "smi" -> "identity:smith"; a leading - stays.
  QStringList complete(const QString& typed) const;

 private:
  const QStringList& values(Field field) const;

  std::shared_ptr<const SampleTable> table_;
  mutable QHash<int, QStringList> values_;
};

}  // namespace discern::ui
