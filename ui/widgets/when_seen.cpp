#include "ui/widgets/when_seen.h"

#include <QEvent>
#include <QWidget>

namespace discern::ui {

WhenSeen::WhenSeen(QWidget& widget, std::function<void()> work)
    : QObject(&widget), widget_(widget), work_(std::move(work)) {
  widget.installEventFilter(this);
}

void WhenSeen::ask() {
  owed_ = true;
  if (widget_.isVisible()) catchUp();
}

void WhenSeen::catchUp() {
  if (!owed_) return;
  owed_ = false;
  ++done_;
  work_();
}

bool WhenSeen::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() ==
      QEvent::Show)  // filters are called last first; works depend on each other in their order
    for (auto* work : widget_.findChildren<WhenSeen*>(Qt::FindDirectChildrenOnly)) work->catchUp();
  return QObject::eventFilter(watched, event);
}

}  // namespace discern::ui
