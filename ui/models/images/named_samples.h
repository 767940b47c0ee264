// Images found by what they are called: by their identity, or by their file. Any thread; no widgets.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "ui/models/images/sample_table.h"

namespace discern::ui {

// At most so many names of identities of `samples`, then of their files, with `typed` in them in any case;
// those that begin with it first. Files only for three letters and more.
QStringList namesLike(const SampleTable& table, const std::vector<int>& samples, const QString& typed,
                      int limit = 12);
// Those of `samples` whose identity is called so; else whose file is; else of which either has it in its
// name, in any case. Empty: none, or nothing was typed.
std::vector<int> samplesNamed(const SampleTable& table, const std::vector<int>& samples, const QString& name);

}  // namespace discern::ui
