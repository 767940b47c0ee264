// The little box beside the mouse that says what is under it.
#pragma once

#include <QRectF>
#include <QString>

class QFont;
class QPainter;
class QPixmap;

namespace discern::ui {

struct ChartTheme;

// `text` may have several lines. The box stays inside `bounds` and off the point itself.
void drawTip(QPainter& painter, const QRectF& bounds, const QPointF& at, const QString& text,
             const ChartTheme& theme, const QFont& font);
// The same with a picture above the text.
void drawTip(QPainter& painter, const QRectF& bounds, const QPointF& at, const QPixmap& picture,
             const QString& text, const ChartTheme& theme, const QFont& font);

}  // namespace discern::ui
