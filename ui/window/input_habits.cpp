#include "ui/window/input_habits.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMainWindow>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
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

constexpr const char* kBefore = "valueBefore";  // of a spin box: when it was entered, or Enter was pressed

void remember(QAbstractSpinBox& spin) {
  if (const auto* number = qobject_cast<QDoubleSpinBox*>(&spin)) spin.setProperty(kBefore, number->value());
  if (const auto* number = qobject_cast<QSpinBox*>(&spin)) spin.setProperty(kBefore, number->value());
}

void giveBack(QAbstractSpinBox& spin) {
  const QVariant before = spin.property(kBefore);
  if (!before.isValid()) return;
  if (auto* number = qobject_cast<QDoubleSpinBox*>(&spin)) number->setValue(before.toDouble());
  if (auto* number = qobject_cast<QSpinBox*>(&spin)) number->setValue(before.toInt());
}

// The field that `object` is or is a part of, where something is typed; null: none, or one of a table's cell
// or of a dialog.
QWidget* fieldOf(QObject* object) {
  auto* widget = qobject_cast<QWidget*>(object);
  if (widget == nullptr || widget->window()->windowType() != Qt::Window) return nullptr;
  for (QWidget* at = widget->parentWidget(); at != nullptr; at = at->parentWidget())
    if (qobject_cast<QAbstractItemView*>(at)) return nullptr;
  if (QWidget* box = holder(object)) {
    const auto* combo = qobject_cast<QComboBox*>(box);
    return qobject_cast<QAbstractSpinBox*>(box) || (combo != nullptr && combo->isEditable()) ? box : nullptr;
  }
  return qobject_cast<QLineEdit*>(object);
}

// The page's own keys are heard there.
void leave(QWidget& field) {
  for (QWidget* at = field.parentWidget(); at != nullptr; at = at->parentWidget())
    if (at->isWindow() || qobject_cast<QStackedWidget*>(at->parentWidget()) ||
        qobject_cast<QMainWindow*>(at->parentWidget()))
      return at->setFocus(Qt::OtherFocusReason);
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
      const bool steps =
          key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down);
      if (steps && (qobject_cast<QComboBox*>(object) || qobject_cast<QAbstractSpinBox*>(object))) {
        event->accept();  // also where its page has them for something else
        return true;
      }
      const bool ours = key->modifiers() == Qt::ControlModifier &&
                        (key->key() == Qt::Key_E || key->key() == Qt::Key_H || key->key() == Qt::Key_K);
      if (!ours || qobject_cast<QLineEdit*>(object) == nullptr) return false;
      event->ignore();
      return true;
    }
    case QEvent::FocusIn: {
      const auto why = static_cast<QFocusEvent*>(event)->reason();
      if (auto* spin = qobject_cast<QAbstractSpinBox*>(object);
          spin != nullptr && why != Qt::PopupFocusReason && why != Qt::ActiveWindowFocusReason)
        remember(*spin);
      return false;
    }
    case QEvent::KeyPress:
      return keyPressed(object, *static_cast<QKeyEvent*>(event));
    default:
      return false;
  }
}

bool InputHabits::keyPressed(QObject* object, QKeyEvent& key) {
  const bool enter = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
  if (auto* button = qobject_cast<QAbstractButton*>(object);
      button != nullptr && enter && !key.modifiers().testFlag(Qt::ControlModifier)) {
    button->click();
    return true;
  }
  if (auto* table = qobject_cast<QTableView*>(object); table != nullptr && key.matches(QKeySequence::Copy)) {
    if (const QString text = rowsOf(*table); !text.isEmpty()) QGuiApplication::clipboard()->setText(text);
    return true;
  }
  auto* spin = qobject_cast<QAbstractSpinBox*>(object);
  if (spin != nullptr && enter)  // once it has taken what was typed
    QTimer::singleShot(0, spin, [spin] { remember(*spin); });
  if (key.key() != Qt::Key_Escape || key.modifiers() != Qt::NoModifier) return false;
  QWidget* field = fieldOf(object);
  if (field == nullptr) return false;
  if (spin != nullptr) giveBack(*spin);
  leave(*field);
  return true;
}

}  // namespace discern::ui
