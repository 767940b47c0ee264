#include <QLocale>
#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/charts/colours.h"
#include "ui/models/project/session.h"
#include "ui/widgets/gallery_cell.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kRound = 5;

}  // namespace

void GalleryView::drawBadge(QPainter& painter, const QRect& face, int sample) const {
  if (sample >= table_->size() || table_->scores() == nullptr) return;
  const double score = table_->number(sample, Field::Score);
  const QString text = std::isfinite(score) ? QLocale().toString(score, 'f', 2) : QStringLiteral("–");
  const QFont small = chartFont(font(), size_ < 72 ? 0.78 : 0.86, true);
  const QFontMetrics metrics(small);
  const QSize size(metrics.horizontalAdvance(text) + 10, metrics.height() + 1);
  const QRect box(QPoint(face.right() - size.width() - 3, face.bottom() - size.height() - 3), size);
  const QColor colour = mapColour(score);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawRoundedRect(box, 4, 4);
  painter.setFont(small);
  painter.setPen(textOn(colour));
  painter.drawText(box, Qt::AlignCenter, text);
}

// What a degraded copy suffered: it looks like a bad original otherwise.
void GalleryView::drawCopyMark(QPainter& painter, const QRect& face, int sample) const {
  if (sample >= table_->size() || table_->copyText(sample).isEmpty()) return;
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.78);
  const QFontMetrics metrics(small);
  const QString text =
      metrics.elidedText(table_->shownText(sample, Field::Damage), Qt::ElideRight, face.width() - 16);
  QRect box(face.topLeft() + QPoint(3, 3), QSize(metrics.horizontalAdvance(text) + 10, metrics.height() + 1));
  QColor fill = theme.background;
  fill.setAlpha(215);
  painter.setPen(Qt::NoPen);
  painter.setBrush(fill);
  painter.drawRoundedRect(box, 4, 4);
  painter.setFont(small);
  painter.setPen(theme.text);
  painter.drawText(box, Qt::AlignCenter, text);
}

// What a person decided: crossed out in one stroke (its templates) or two (everything), and the verdict's
// sign.
void GalleryView::drawDecision(QPainter& painter, const QRect& face, int sample) const {
  if (sample >= table_->size()) return;
  const Snapshot& snapshot = table_->snapshot();
  const auto out = snapshot.samples[static_cast<std::size_t>(sample)].leftOut;
  const auto verdict = snapshot.mark(sample).verdict;
  const bool moved = snapshot.samples[static_cast<std::size_t>(sample)].movedTo >= 0;
  const ChartTheme theme = ChartTheme::of(palette());
  if (out != project::LeftOut::Nothing) {
    QColor veil = theme.background;
    veil.setAlpha(150);
    painter.setPen(Qt::NoPen);
    painter.setBrush(veil);
    painter.drawRoundedRect(face, kRound, kRound);
    painter.setPen(QPen(styleColour(5, theme.dark), 2.5));
    painter.drawLine(face.topRight() + QPoint(-6, 6), face.bottomLeft() + QPoint(6, -6));
    if (out == project::LeftOut::Everything)
      painter.drawLine(face.topLeft() + QPoint(6, 6), face.bottomRight() + QPoint(-6, -6));
  }
  QString sign;
  if (verdict == project::Verdict::Right) sign = QStringLiteral("✓");
  if (verdict == project::Verdict::Wrong) sign = QStringLiteral("✗");
  if (verdict == project::Verdict::Unsure) sign = QStringLiteral("?");
  if (moved) sign += QStringLiteral("→");
  if (sign.isEmpty()) return;
  const QFont small = chartFont(font(), 0.92, true);
  const QFontMetrics metrics(small);
  const QSize size(metrics.horizontalAdvance(sign) + 8, metrics.height() + 1);
  const QRect box(QPoint(face.left() + 3, face.bottom() - size.height() - 3), size);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.accent);
  painter.drawRoundedRect(box, 4, 4);
  painter.setFont(small);
  painter.setPen(textOn(theme.accent));
  painter.drawText(box, Qt::AlignCenter, sign);
}

void GalleryView::drawItem(QPainter& painter, const QRect& rect, int sample, int position) {
  const ChartTheme theme = ChartTheme::of(palette());
  const QRect face(rect.topLeft(), galleryPicture(session_.kind(), size_));
  QPainterPath clip;
  clip.addRoundedRect(face, kRound, kRound);
  const QPixmap picture =
      thumbnails_.thumbnail(sample, static_cast<int>(std::ceil(size_ * devicePixelRatioF())));
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.grid);
  painter.drawPath(clip);
  if (!picture.isNull()) {
    painter.save();
    painter.setClipPath(clip);
    QRect inside({}, picture.size().scaled(face.size(), Qt::KeepAspectRatio));
    inside.moveCenter(face.center());
    painter.drawPixmap(inside, picture);
    painter.restore();
  } else if (thumbnails_.failed(sample)) {
    const int side = face.width() / 3;
    painter.drawPixmap(face.center() - QPoint(side / 2, side / 2),
                       iconPixmap(QStringLiteral("warning"), side, theme.muted, devicePixelRatioF()));
  }
  drawDecision(painter, face, sample);
  drawBadge(painter, face, sample);
  drawCopyMark(painter, face, sample);
  if (caption_) {
    const QFont small = chartFont(font(), 0.86);
    painter.setFont(small);
    painter.setPen(theme.muted);
    painter.drawText(QRect(rect.left(), face.bottom() + 1, rect.width(), rect.bottom() - face.bottom()),
                     Qt::AlignCenter,
                     QFontMetrics(small).elidedText(caption_(sample), Qt::ElideMiddle, rect.width()));
  }
  const auto& chosen = session_.selection();
  const bool selected = std::binary_search(chosen.begin(), chosen.end(), sample);
  painter.setBrush(Qt::NoBrush);
  if (selected || sample == session_.current()) {
    painter.setPen(QPen(theme.accent, selected ? 3 : 1.5));
    painter.drawRoundedRect(face.adjusted(-1, -1, 1, 1), kRound + 1, kRound + 1);
  }
  if (position == focus_ && hasFocus()) {
    painter.setPen(QPen(theme.text, 1, Qt::DotLine));
    painter.drawRoundedRect(face.adjusted(-3, -3, 3, 3), kRound + 2, kRound + 2);
  }
}

void GalleryView::drawHeading(QPainter& painter, int s, int top) const {
  const GalleryGroup& section = sections_[static_cast<std::size_t>(s)];
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont bold = chartFont(font(), 1.0, true);
  const QFontMetrics metrics(bold);
  const int width = viewport()->width() - 2 * kMargin;
  const QString title = metrics.elidedText(section.title, Qt::ElideMiddle, width * 2 / 3);
  painter.setFont(bold);
  painter.setPen(theme.text);
  const QRect line(kMargin, top, width, kHeading - 6);
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, title);
  painter.setFont(chartFont(font(), 0.92));
  painter.setPen(theme.muted);
  painter.drawText(line.adjusted(metrics.horizontalAdvance(title) + 10, 0, 0, 0),
                   Qt::AlignLeft | Qt::AlignVCenter, section.note);
}

void GalleryView::paintEvent(QPaintEvent* event) {
  QPainter painter(viewport());
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  if (count_ == 0) {
    painter.setPen(ChartTheme::of(palette()).muted);
    painter.drawText(viewport()->rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap,
                     emptyText_);
    return;
  }
  const QRect seen = event->rect();
  const int from = seen.top() + scroll().y();
  const auto after = std::upper_bound(top_.begin(), top_.end(), from);
  int s = std::max(0, static_cast<int>(after - top_.begin()) - 1);
  for (; s < static_cast<int>(sections_.size()); ++s) {
    const auto index = static_cast<std::size_t>(s);
    const int top = top_[index] - scroll().y();
    if (top > seen.bottom()) break;
    if (!sections_[index].title.isEmpty()) drawHeading(painter, s, top);
    const int n = static_cast<int>(sections_[index].samples.size());
    const QRect first = itemRect(first_[index]);
    const int pitch = cell().height() + 8;
    const int hiddenRows = singleRow_ ? 0 : std::max(0, (seen.top() - first.top()) / pitch);
    for (int i = hiddenRows * columns_; i < n; ++i) {
      const QRect rect = itemRect(first_[index] + i);
      if (rect.top() > seen.bottom() || (singleRow_ && rect.left() > seen.right())) break;
      if (rect.right() < seen.left()) continue;
      drawItem(painter, rect, sections_[index].samples[static_cast<std::size_t>(i)], first_[index] + i);
    }
  }
  if (banding_) {
    const ChartTheme theme = ChartTheme::of(palette());
    QColor fill = theme.accent;
    fill.setAlpha(40);
    painter.setPen(QPen(theme.accent, 1));
    painter.setBrush(fill);
    painter.drawRect(QRect(*bandFrom_, bandTo_).normalized().translated(-scroll()));
  }
}

}  // namespace discern::ui
