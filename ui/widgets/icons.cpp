#include "ui/widgets/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

// A static library's resources are only there once somebody asked for them; Qt's macro wants no namespace.
static void useResources() { Q_INIT_RESOURCE(resources); }

namespace discern::ui {
namespace {

QByteArray source(const QString& name) {
  useResources();
  QFile file(QStringLiteral(":/discern/icons/%1.svg").arg(name));
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void paintIcon(QPainter& painter, const QByteArray& svg, const QRectF& target, const QColor& colour) {
  QByteArray coloured = svg;
  coloured.replace("#808080", colour.name().toLatin1());
  QSvgRenderer renderer(coloured);
  renderer.render(&painter, target);
}

class LineIconEngine : public QIconEngine {
 public:
  explicit LineIconEngine(const QByteArray& svg) : svg_(svg) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    const QPalette palette = QGuiApplication::palette();
    const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
    const auto role = mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::WindowText;
    paintIcon(*painter, svg_, rect, palette.color(group, role));
  }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(), size), mode, state);
    return pixmap;
  }
  QIconEngine* clone() const override { return new LineIconEngine(svg_); }

 private:
  QByteArray svg_;
};

}  // namespace

QIcon icon(const QString& name) {
  const QByteArray svg = source(name);
  return svg.isEmpty() ? QIcon() : QIcon(new LineIconEngine(svg));
}

QPixmap iconPixmap(const QString& name, int size, const QColor& colour, double pixelRatio) {
  QPixmap pixmap(QSize(size, size) * pixelRatio);
  pixmap.setDevicePixelRatio(pixelRatio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  paintIcon(painter, source(name), QRectF(0, 0, size, size), colour);
  return pixmap;
}

QString styleSheet() {
  useResources();
  QFile file(QStringLiteral(":/discern/style/workbench.qss"));
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace discern::ui
