#include "ui/window/palette.h"

#include <QAction>
#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace discern::ui {
namespace {

constexpr std::size_t kMost = 200;
constexpr int kWidth = 620, kHeight = 420, kFromTop = 60;

QString plain(QString text) {
  text.replace("&&", QString(QChar(1)));
  text.remove('&');
  return text.replace(QChar(1), '&');
}

void addActions(const QList<QAction*>& actions, const QString& where, std::vector<PaletteEntry>& entries) {
  for (QAction* action : actions) {
    if (action->isSeparator() || !action->isVisible()) continue;
    if (QMenu* menu = action->menu()) {
      emit menu->aboutToShow();
      addActions(menu->actions(),
                 where.isEmpty() ? plain(action->text()) : where + " › " + plain(action->text()), entries);
    } else {
      entries.push_back({plain(action->text()), where, action->shortcut().toString(QKeySequence::NativeText),
                         action->isEnabled(), [action] { action->trigger(); }});
    }
  }
}

}  // namespace

int matchOf(const QString& text, const QString& typed) {
  int worst = 0;
  bool all = true;
  for (const QString& word : typed.split(' ', Qt::SkipEmptyParts)) {
    const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
    if (at < 0) {
      all = false;
      break;
    }
    const bool begins = at == 0 || !text[at - 1].isLetterOrNumber();
    worst = std::max(worst, at == 0 ? 0 : begins ? 1 : 2);
  }
  if (all) return worst;
  qsizetype at = -1;
  for (const QChar c : typed)
    if (!c.isSpace() && (at = text.indexOf(c, at + 1, Qt::CaseInsensitive)) < 0) return -1;
  return 3;
}

std::vector<PaletteEntry> menuEntries(const QMenuBar& bar) {
  std::vector<PaletteEntry> entries;
  addActions(bar.actions(), {}, entries);
  return entries;
}

CommandPalette::CommandPalette(Entries entries, QWidget* window)
    : QDialog(window), entries_(std::move(entries)), line_(new QLineEdit), list_(new QTreeWidget) {
  setObjectName("palette");
  setWindowTitle(tr("Commands"));
  setWindowFlags(Qt::Popup | Qt::FramelessWindowHint);
  line_->setObjectName("paletteLine");
  line_->setAccessibleName(tr("Command, identity or template"));
  line_->setPlaceholderText(tr("A command, a page, a name: type some letters of it"));
  list_->setObjectName("paletteList");
  list_->setAccessibleName(tr("What fits"));
  list_->setHeaderHidden(true);
  list_->setRootIsDecorated(false);
  list_->setColumnCount(3);
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setUniformRowHeights(true);
  list_->header()->setStretchLastSection(false);
  list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  list_->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  layout->addWidget(line_);
  layout->addWidget(list_, 1);
  line_->installEventFilter(this);
  connect(line_, &QLineEdit::textChanged, this, &CommandPalette::fill);
  connect(list_, &QTreeWidget::itemClicked, this, &CommandPalette::run);
}

void CommandPalette::popUp() {
  const QWidget* window = parentWidget();
  const QSize size(std::min(kWidth, window->width() - 40),
                   std::min(kHeight, window->height() - 2 * kFromTop));
  setFixedSize(size);
  move(window->mapToGlobal(QPoint((window->width() - size.width()) / 2, kFromTop)));
  line_->clear();
  fill();
  show();
  line_->setFocus();
}

void CommandPalette::fill() {
  const QString typed = line_->text().trimmed();
  std::vector<std::pair<int, PaletteEntry>> found;
  for (PaletteEntry& entry : entries_(typed)) {
    int match = matchOf(entry.text, typed);
    if (match < 0) match = matchOf(entry.where + ' ' + entry.text, typed) < 0 ? -1 : 4;
    if (match >= 0) found.emplace_back(match + (entry.enabled ? 0 : 10), std::move(entry));
  }
  std::ranges::stable_sort(found, {}, &std::pair<int, PaletteEntry>::first);
  if (found.size() > kMost) found.resize(kMost);
  shown_.clear();
  list_->clear();
  QList<QTreeWidgetItem*> items;
  for (auto& [match, entry] : found) {
    auto* item = new QTreeWidgetItem({entry.text, entry.where, entry.keys});
    item->setForeground(1, palette().color(QPalette::Disabled, QPalette::Text));
    if (!entry.enabled) {
      item->setDisabled(true);
      item->setToolTip(0, tr("Not now: nothing is open or chosen that it could be done to"));
    }
    items << item;
    shown_.push_back(std::move(entry));
  }
  list_->addTopLevelItems(items);
  if (!items.isEmpty()) list_->setCurrentItem(items.front());
}

void CommandPalette::run() {
  const int row = list_->indexOfTopLevelItem(list_->currentItem());
  if (row < 0 || !shown_[std::size_t(row)].enabled) return;
  hide();
  // Queued: a dialog that it opens must not stand inside this one's key.
  QMetaObject::invokeMethod(parentWidget(), shown_[std::size_t(row)].run, Qt::QueuedConnection);
}

bool CommandPalette::eventFilter(QObject* object, QEvent* event) {
  if (object == line_ && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
      case Qt::Key_Up:
      case Qt::Key_Down:
      case Qt::Key_PageUp:
      case Qt::Key_PageDown:
        QCoreApplication::sendEvent(list_, event);
        return true;
      case Qt::Key_Return:
      case Qt::Key_Enter:
        run();
        return true;
      default:
        break;
    }
  }
  return QDialog::eventFilter(object, event);
}

}  // namespace discern::ui
