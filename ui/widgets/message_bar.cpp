#include "ui/widgets/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "ui/widgets/icons.h"

namespace discern::ui {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), icon_(new QLabel), text_(new QLabel), offer_(new QPushButton) {
  setObjectName("messageBar");
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(12, 6, 8, 6);
  text_->setObjectName("messageText");
  text_->setWordWrap(true);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* close = new QToolButton;
  close->setObjectName("closeMessage");
  close->setIcon(icon("close"));
  close->setToolTip("Close");
  close->setAccessibleName("Close the message");
  layout->addWidget(icon_);
  layout->addWidget(text_, 1);
  offer_->setObjectName("offer");
  offer_->hide();
  layout->addWidget(offer_);
  connect(offer_, &QPushButton::clicked, this, &MessageBar::taken);
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
}

void MessageBar::offer(const QString& text, const QString& button) {
  if (!isHidden() && offer_->isHidden()) return;
  say(text);
  offer_->setText(button);
  offer_->show();
}

void MessageBar::withdraw() {
  if (!offer_->isHidden()) say({});
}

QString MessageBar::text() const { return isHidden() ? QString() : text_->text(); }

}  // namespace discern::ui
