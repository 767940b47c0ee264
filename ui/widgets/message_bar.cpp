#include "ui/widgets/message_bar.h"

#include <QEnterEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include "ui/widgets/icons.h"

namespace discern::ui {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), icon_(new QLabel), text_(new QLabel), away_(new QTimer(this)), offer_(new QPushButton) {
  setAutoFillBackground(true);
  away_->setSingleShot(true);
  connect(away_, &QTimer::timeout, this, &QWidget::hide);
  if (parent != nullptr) parent->installEventFilter(this);
  setObjectName("messageBar");
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(12, 6, 8, 6);
  text_->setObjectName("messageText");
  text_->setWordWrap(true);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* close = new QToolButton;
  close->setObjectName("closeMessage");
  close->setIcon(icon("close"));
  close->setToolTip(tr("Close"));
  close->setAccessibleName(tr("Close the message"));
  layout->addWidget(icon_);
  layout->addWidget(text_, 1);
  offer_->setObjectName("offer");
  offer_->hide();
  layout->addWidget(offer_);
  connect(offer_, &QPushButton::clicked, this, [this] {
    const auto work = std::exchange(work_, {});
    hide();
    if (work) work();
  });
  layout->addWidget(close);
  hide();
  connect(close, &QToolButton::clicked, this, &QWidget::hide);
}

void MessageBar::say(const QString& text, bool isError) {
  icon_->setPixmap(icon(isError ? "warning" : "info").pixmap(18, 18));
  setProperty("error", isError);
  text_->setText(text);
  offer_->hide();
  setVisible(!text.isEmpty());
  stay(isError ? kLongMs : kShownMs);
  place();
}

void MessageBar::stay(int milliseconds) {
  away_->setInterval(milliseconds);
  if (isHidden() || underMouse())
    away_->stop();
  else
    away_->start();
}

void MessageBar::enterEvent(QEnterEvent* event) {
  away_->stop();
  QFrame::enterEvent(event);
}

void MessageBar::leaveEvent(QEvent* event) {
  if (!isHidden()) away_->start();
  QFrame::leaveEvent(event);
}

void MessageBar::place() {
  if (parentWidget() == nullptr || isHidden()) return;
  constexpr int kMargin = 12, kWidest = 900;
  const QRect all = parentWidget()->rect();
  const int width = std::min(kWidest, all.width() - 2 * kMargin);
  const int height = std::max(sizeHint().height(), heightForWidth(width));
  setGeometry(all.left() + (all.width() - width) / 2, all.bottom() - height - kMargin, width, height);
  raise();
}

bool MessageBar::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::Resize || event->type() == QEvent::Show) place();
  return QFrame::eventFilter(object, event);
}

void MessageBar::offer(const QString& text, const QString& button, std::function<void()> work) {
  if (!isHidden() && offer_->isHidden()) return;
  say(text);
  work_ = std::move(work);
  offer_->setText(button);
  offer_->show();
  stay(kLongMs);
  place();
}

void MessageBar::withdraw(const QString& button) {
  if (!offer_->isHidden() && offer_->text() == button) say({});
}

QString MessageBar::text() const { return isHidden() ? QString() : text_->text(); }

}  // namespace discern::ui
