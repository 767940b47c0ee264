// What is installed beside the program: recipes.
#pragma once

#include <QString>

namespace discern::ui {

// resources/NAME of the running program; throws discern::Error that says where it looked.
QString resourceFile(const QString& name);

}  // namespace discern::ui
