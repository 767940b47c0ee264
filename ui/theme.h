// Light and dark: one palette each, from which charts, icons and the style sheet take every colour.
#pragma once

#include <QPalette>

#include "ui/settings/settings.h"

class QApplication;

namespace discern::ui {

void applyTheme(QApplication& application, Theme theme);
QPalette themePalette(bool dark);

}  // namespace discern::ui
