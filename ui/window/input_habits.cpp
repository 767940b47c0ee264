#include "ui/window/input_habits.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <algorithm>

namespace discern::ui {
namespace {

// Of a part of a composed widget, as the line of a spin box: the whole.
QWidget* holder(QObject* object) {
  auto* widget = qobject_cast<QWidget*>(object);
  for (QWidget* at = widget; at != nullptr; at = at->parentWidget())
    if (qobject_cast<QComboBox*>(at) || qobject_cast<QAbstractSpinBox*>(at) ||
        (qobject_cast<QAbstractSlider*>(at) && !qobject_cast<QScrollBar*>(at)))
      return at;
    else if (at->isWindow())
      break;
  return nullptr;
}

// The chosen rows of the shown columns, as text with tabs.
QString rowsOf(const QTableView& table) {
  std::vector<int> columns, rows;
  for (int visual = 0; visual < table.horizontalHeader()->count(); ++visual)
    if (const int c = table.horizontalHeader()->logicalIndex(visual); !table.isColumnHidden(c))
      columns.push_back(c);
  for (const QModelIndex& index : table.selectionModel()->selectedIndexes()) rows.push_back(index.row());
  std::ranges::sort(rows);
  rows.erase(std::ranges::unique(rows).begin(), rows.end());
  QStringList lines, cells;
  const auto end = [&] {
    lines << cells.join('\t');
    cells.clear();
  };
  for (const int c : columns) cells << table.model()->headerData(c, Qt::Horizontal).toString();
  end();
  for (const int row : rows) {
    for (const int c : columns)
      cells << table.model()->index(row, c).data().toString().replace('\t', ' ').replace('\n', ' ');
    end();
  }
  return rows.empty() ? QString() : lines.join('\n') + '\n';
}

}  // namespace

void InputHabits::install() {
  if (qApp->findChild<InputHabits*>() == nullptr) qApp->installEventFilter(new InputHabits(qApp));
}

bool InputHabits::eventFilter(QObject* object, QEvent* event) {
  switch (event->type()) {
    case QEvent::Polish:
      if (auto* table = qobject_cast<QTableView*>(object)) table->setTabKeyNavigation(false);
      if (QWidget* box = holder(object); box != nullptr && box->focusPolicy() == Qt::WheelFocus)
        box->setFocusPolicy(Qt::StrongFocus);  // the wheel would bring the focus with it
      return false;
    case QEvent::Wheel:
      if (QWidget* box = holder(object);
          box != nullptr && !box->hasFocus() && !box->isAncestorOf(qApp->focusWidget())) {
        event->ignore();  // goes on to what it stands on
        return true;
      }
      return false;
    case QEvent::ShortcutOverride: {
      auto* key = static_cast<QKeyEvent*>(event);
      const bool ours = key->modifiers() == Qt::ControlModifier &&
                        (key->key() == Qt::Key_E || key->key() == Qt::Key_H || key->key() == Qt::Key_K);
      if (!ours || qobject_cast<QLineEdit*>(object) == nullptr) return false;
      event->ignore();
      return true;
    }
    case QEvent::KeyPress: {
      auto* key = static_cast<QKeyEvent*>(event);
      if (auto* button = qobject_cast<QAbstractButton*>(object);
          button != nullptr && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
          key->modifiers().testFlag(Qt::ControlModifier) == false) {
        button->click();
        return true;
      }
      if (auto* table = qobject_cast<QTableView*>(object);
          table != nullptr && key->matches(QKeySequence::Copy)) {
        if (const QString text = rowsOf(*table); !text.isEmpty()) QGuiApplication::clipboard()->setText(text);
        return true;
      }
      return false;
    }
    default:
      return false;
  }
}

}  // namespace discern::ui
