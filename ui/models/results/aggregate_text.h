// What making templates as they are deployed left, in words: the same as the command line says. No widgets.
#pragma once

#include <QStringList>

#include "core/data/group_kind.h"
#include "core/results/aggregate.h"

namespace discern::ui {

// How many templates and images, what both networks took, and the files that were written, a line each.
QStringList aggregateLines(const data::GroupKind& kind, const results::AggregateResult& result);
// The sentence of it that a person waits for: what was kept, what it saved, and where it is.
QString aggregateHeadline(const data::GroupKind& kind, const results::AggregateResult& result);

}  // namespace discern::ui
