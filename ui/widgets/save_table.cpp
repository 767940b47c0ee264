#include "ui/widgets/save_table.h"

#include <QFileDialog>
#include <QMessageBox>

#include "core/base/error.h"
#include "ui/language/words.h"

namespace discern::ui {

void saveTable(QWidget* parent, const QString& suggestion,
               const std::function<void(const QString& file)>& write) {
  const QString title = Words::tr("Save the table");
  const QString file = QFileDialog::getSaveFileName(parent, title, suggestion, Words::tr("Table (*.csv)"));
  if (file.isEmpty()) return;
  try {
    write(file);
  } catch (const Error& error) {
    QMessageBox::warning(parent, title, QString::fromUtf8(error.what()));
  }
}

}  // namespace discern::ui
