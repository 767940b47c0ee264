// A decision's sentence in the window's language and the words of the project's kind.
#pragma once

#include <QString>
#include <string>

#include "core/data/group_kind.h"

namespace discern::ui {

// Of project::Decision::what; a sentence that this version does not know is shown as it was stored.
QString decisionWords(const data::GroupKind& kind, const std::string& what);

}  // namespace discern::ui
