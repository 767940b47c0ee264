// Counts in words that say what is counted: images with degraded copies or without, identities of which part.
#pragma once

#include <QLocale>
#include <QString>

#include "core/analysis/inventory.h"
#include "core/data/group_kind.h"

namespace discern::ui {

// "1 image", "576 images".
QString countText(const data::Word& word, qint64 count, const QLocale& locale = {});
// "576 originals and 124 degraded copies"; "576 images" where there are no copies.
QString imageCounts(const data::Word& sample, qint64 originals, qint64 copies, const QLocale& locale = {});
// "16 training, 8 test and 40 pool identities"; parts without anybody are left out.
QString identityCounts(const analysis::Totals& totals, const QLocale& locale = {});

}  // namespace discern::ui
