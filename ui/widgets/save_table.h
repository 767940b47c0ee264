// Where a person wants a table to be, as CSV.
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace discern::ui {

// Asks for the file, suggesting that one, and has it written; what write throws (Error) is said in a box.
void saveTable(QWidget* parent, const QString& suggestion,
               const std::function<void(const QString& file)>& write);

}  // namespace discern::ui
