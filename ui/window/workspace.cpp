#include "ui/window/workspace.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QShortcut>
#include <QStackedWidget>
#include <algorithm>

#include "core/base/error.h"
#include "ui/charts/chart.h"
#include "ui/pages/page.h"
#include "ui/pages/pages.h"
#include "ui/widgets/icons.h"

namespace discern::ui {
namespace {

constexpr int kNavigationWidth = 168, kNavigationRow = 40;

}  // namespace

Workspace::Workspace(Session& session, JobRunner& runner, QWidget* parent)
    : QWidget(parent), navigation_(new QListWidget), stack_(new QStackedWidget) {
  navigation_->setObjectName("navigation");
  navigation_->setAccessibleName(tr("Pages"));
  navigation_->setFixedWidth(kNavigationWidth);
  navigation_->setIconSize({20, 20});
  navigation_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  const PageTools tools{session, runner};
  for (const PageFactory make : ui::pages()) add(make(tools));
  connect(navigation_, &QListWidget::currentRowChanged, stack_, &QStackedWidget::setCurrentIndex);
  connect(navigation_, &QListWidget::itemClicked, this, &Workspace::goIn);
  connect(navigation_, &QListWidget::itemActivated, this, &Workspace::goIn);
  navigation_->installEventFilter(this);
  connect(stack_, &QStackedWidget::currentChanged, this, [this, last = 0](int row) mutable {
    constexpr std::size_t kMost = 50;
    if (!goingBack_ && row != last) before_.push_back(last);
    if (before_.size() > kMost) before_.erase(before_.begin());
    last = row;
    emit pageShown(shown());
  });
  navigation_->setCurrentRow(0);
  auto* columns = new QHBoxLayout(this);
  columns->setContentsMargins(0, 0, 0, 0);
  columns->setSpacing(0);
  columns->addWidget(navigation_);
  columns->addWidget(stack_, 1);
}

void Workspace::add(Page* page) {
  pages_.push_back(page);
  stack_->addWidget(page);
  auto* item = new QListWidgetItem(icon(page->iconName()), page->shownTitle(), navigation_);
  item->setSizeHint({0, kNavigationRow});
  connect(page, &Page::jobRequested, this, &Workspace::jobRequested);
  connect(page, &Page::dialogMade, this, &Workspace::dialogMade);
  connect(page, &Page::pageRequested, this, [this](const QString& title) {
    if (this->page(title) != nullptr) showPage(title);
  });
}

QStringList Workspace::titles() const {
  QStringList titles;
  for (const Page* page : pages_) titles << page->title();
  return titles;
}

Page* Workspace::page(const QString& title) const {
  for (Page* page : pages_)
    if (page->title().compare(title, Qt::CaseInsensitive) == 0) return page;
  return nullptr;
}

void Workspace::showPage(const QString& title) {
  Page* wanted = page(title);
  if (wanted == nullptr)
    fail("There is no page '{}'; the pages are {}.", title.toStdString(), titles().join(", ").toStdString());
  showRow(stack_->indexOf(wanted));
}

void Workspace::showRow(int row) { navigation_->setCurrentRow(row); }

void Workspace::startWith(int row) {
  showRow(row);
  before_.clear();
}

// What none of its parts wanted: an open list closes by it first.
void Workspace::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Escape || event->modifiers() != Qt::NoModifier)
    return QWidget::keyPressEvent(event);
  back();
}

// Where the focus was on that page, else the page: its keys are heard, and Tab goes to its first part.
void Workspace::goIn() {
  QWidget* page = stack_->currentWidget();
  QWidget* last = page->focusWidget();
  (last != nullptr && last->isVisible() && last->isEnabled() ? last : page)->setFocus(Qt::OtherFocusReason);
}

bool Workspace::pressOnPage(QKeyEvent& key) {
  if (key.modifiers() != Qt::NoModifier || key.text().isEmpty()) return false;
  for (auto* shortcut : stack_->currentWidget()->findChildren<QShortcut*>()) {
    if (shortcut->key() != QKeySequence(key.key()) || !shortcut->isEnabled()) continue;
    goIn();
    emit shortcut->activated();
    return true;
  }
  return false;
}

// While the list of pages has the focus, the shown page's letters come before a search by first letters.
bool Workspace::eventFilter(QObject* object, QEvent* event) {
  if (object == navigation_ && event->type() == QEvent::KeyPress &&
      pressOnPage(*static_cast<QKeyEvent*>(event)))
    return true;
  return QWidget::eventFilter(object, event);
}

void Workspace::back() {
  if (before_.empty()) return;
  goingBack_ = true;
  const int row = before_.back();
  before_.pop_back();
  showRow(row);
  goingBack_ = false;
}

QString Workspace::shown() const { return titles().value(stack_->currentIndex()); }

void Workspace::setToolTip(int row, const QString& text) { navigation_->item(row)->setToolTip(text); }

bool Workspace::settledBut(const Page* page) const {
  bool settled = true;
  for (Page* other : pages_) {
    if (other == page) continue;
    other->catchUp();
    settled = other->settled() && settled;
  }
  return settled;
}

std::vector<Chart*> Workspace::charts() const {
  std::vector<Chart*> charts;
  for (Page* page : pages_) {
    page->catchUp();
    for (Chart* chart : page->charts())
      if (chart->hasContent()) charts.push_back(chart);
  }
  return charts;
}

}  // namespace discern::ui
