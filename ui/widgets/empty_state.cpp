#include "ui/widgets/empty_state.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/charts/colours.h"
#include "ui/widgets/icons.h"

namespace discern::ui {

EmptyState::EmptyState(const QString& iconName, const QString& heading, const QString& sentence,
                       const QString& button, QWidget* parent)
    : QWidget(parent),
      iconName_(iconName),
      icon_(new QLabel(this)),
      heading_(new QLabel(this)),
      sentence_(new QLabel(this)),
      button_(new QPushButton(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(32, 24, 32, 24);
  layout->setSpacing(10);
  heading_->setObjectName(QStringLiteral("heading"));
  sentence_->setObjectName(QStringLiteral("muted"));
  button_->setObjectName(QStringLiteral("primary"));
  for (QLabel* label : {icon_, heading_, sentence_}) label->setAlignment(Qt::AlignCenter);
  sentence_->setWordWrap(true);
  sentence_->setMaximumWidth(460);
  sentence_->setMinimumWidth(220);
  layout->addStretch(2);
  layout->addWidget(icon_, 0, Qt::AlignHCenter);
  layout->addWidget(heading_, 0, Qt::AlignHCenter);
  layout->addWidget(sentence_, 0, Qt::AlignHCenter);
  layout->addSpacing(6);
  layout->addWidget(button_, 0, Qt::AlignHCenter);
  layout->addStretch(3);
  connect(button_, &QPushButton::clicked, this, &EmptyState::clicked);
  setTexts(heading, sentence, button);
  paintIcon();
}

void EmptyState::setTexts(const QString& heading, const QString& sentence, const QString& button) {
  heading_->setText(heading);
  sentence_->setText(sentence);
  // A centred label that wraps gets its height from its width.
  sentence_->setFixedWidth(qMin(460, qMax(220, sentence_->fontMetrics().horizontalAdvance(sentence) + 8)));
  sentence_->setMinimumHeight(qMax(0, sentence_->heightForWidth(sentence_->width())));
  button_->setText(button);
  button_->setVisible(!button.isEmpty());
}

void EmptyState::paintIcon() {
  const ChartTheme theme = ChartTheme::of(palette());
  icon_->setPixmap(iconPixmap(iconName_, 56, theme.frame, devicePixelRatioF()));
}

void EmptyState::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) paintIcon();
  QWidget::changeEvent(event);
}

}  // namespace discern::ui
