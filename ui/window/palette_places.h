// Where a command palette can go by name: people, templates, saved views.
#pragma once

#include <vector>

#include "ui/window/palette.h"

namespace discern::ui {

class Session;
class Workspace;

// Those whose name answers what is typed, at most 40 of each kind; nothing typed: none.
std::vector<PaletteEntry> placeEntries(Session& session, Workspace& workspace, const QString& typed);

}  // namespace discern::ui
