#include "ui/widgets/card.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/widgets/elided_label.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {

QFrame* cardAround(QWidget* inside, QWidget* parent) {
  auto* card = new QFrame(parent);
  card->setObjectName(QStringLiteral("card"));
  auto* layout = new QVBoxLayout(card);
  layout->setContentsMargins(4, 4, 4, 4);
  layout->addWidget(inside);
  return card;
}

QLabel* sectionHeading(const QString& text, const QString& tooltip) {
  auto* heading = new ElidedLabel;
  heading->setText(text);
  heading->setObjectName("sectionHeading");
  heading->setToolTip(tooltip);
  return heading;
}

QLabel* mutedNote(const QString& name) {
  auto* label = new QLabel;
  label->setObjectName(name);
  label->setProperty("muted", true);
  label->setWordWrap(true);
  return label;
}

QFrame* chartCard(QLabel* heading, const QList<QWidget*>& controls, QWidget* chart, QWidget* parent) {
  auto* inside = new QWidget;
  auto* layout = new QVBoxLayout(inside);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(10, 6, 10, 0);
  // The controls give way before it does.
  heading->setSizePolicy(QSizePolicy::MinimumExpanding, QSizePolicy::Preferred);
  row->addWidget(heading, 1);
  for (QWidget* control : controls) row->addWidget(control);
  layout->addLayout(row);
  layout->addWidget(chart, 1);
  return cardAround(inside, parent);
}

ImageStrip::ImageStrip(Session& session, int thumbnailSize, bool singleRow, QWidget* parent)
    : QFrame(parent),
      heading_(sectionHeading({})),
      gallery_(new GalleryView(session, ThumbnailLoader::of(session), this)) {
  setObjectName(QStringLiteral("card"));
  gallery_->setAccessibleName(tr("{Samples}"));  // until it has a heading
  gallery_->setThumbnailSize(thumbnailSize);
  if (singleRow) {
    gallery_->setSingleRow(true);
    gallery_->setFixedHeight(gallery_->sizeHint().height() + gallery_->fontMetrics().height() + 4);
  }
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(10, 8, 10, 6);
  layout->setSpacing(2);
  layout->addWidget(heading_);
  layout->addWidget(gallery_, 1);
}

void ImageStrip::setHeading(const QString& heading, const QString& tooltip) {
  heading_->setText(heading);
  heading_->setToolTip(tooltip);
  gallery_->setAccessibleName(heading);
}

}  // namespace discern::ui
