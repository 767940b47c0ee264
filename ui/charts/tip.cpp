#include "ui/charts/tip.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPixmap>
#include <algorithm>

#include "ui/charts/colours.h"

namespace discern::ui {

void drawTip(QPainter& painter, const QRectF& bounds, const QPointF& at, const QString& text,
             const ChartTheme& theme, const QFont& font) {
  drawTip(painter, bounds, at, {}, text, theme, font);
}

void drawTip(QPainter& painter, const QRectF& bounds, const QPointF& at, const QPixmap& picture,
             const QString& text, const ChartTheme& theme, const QFont& font) {
  if (text.isEmpty()) return;
  const QSizeF shown = picture.isNull() ? QSizeF() : QSizeF(picture.size()) / picture.devicePixelRatio();
  const double above = shown.isEmpty() ? 0 : shown.height() + 6;
  const QFont small = chartFont(font, 0.9);
  const QFontMetricsF metrics(small);
  const QSizeF inside =
      metrics.boundingRect(QRectF(0, 0, 420, 400), Qt::AlignLeft | Qt::TextWordWrap, text).size();
  const QSizeF size(std::max(inside.width(), shown.width()) + 18, inside.height() + above + 12);
  double x = at.x() + 14, y = at.y() + 14;
  if (x + size.width() > bounds.right() - 2) x = at.x() - 14 - size.width();
  if (y + size.height() > bounds.bottom() - 2) y = at.y() - 14 - size.height();
  x = std::clamp(x, bounds.left() + 2, std::max(bounds.left() + 2, bounds.right() - 2 - size.width()));
  y = std::clamp(y, bounds.top() + 2, std::max(bounds.top() + 2, bounds.bottom() - 2 - size.height()));
  const QRectF box(QPointF(x, y), size);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.frame, 1));
  painter.setBrush(theme.background);
  painter.drawRoundedRect(box, 5, 5);
  painter.setFont(small);
  painter.setPen(theme.text);
  if (!shown.isEmpty())
    painter.drawPixmap(QRectF(box.topLeft() + QPointF(9, 6), shown), picture, QRectF(picture.rect()));
  painter.drawText(box.adjusted(9, 6 + above, -8, -5), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap,
                   text);
  painter.restore();
}

}  // namespace discern::ui
