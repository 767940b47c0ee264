#include "ui/charts/chart.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>

#include "core/base/error.h"
#include "ui/charts/colours.h"
#include "ui/charts/export_chart.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

constexpr double kRoomForContext = 170;  // pixels: a lower chart has no line to spare

}  // namespace

void Chart::setContext(const QString& context) {
  if (context == context_) return;
  context_ = context;
  setAccessibleDescription(context);
  contextChanged();
}

QRectF Chart::drawContext(QPainter& painter, const QRectF& target) const {
  if (context_.isEmpty() || target.height() < kRoomForContext) return target;
  const ChartTheme theme = ChartTheme::of(palette());
  const QFont small = chartFont(font(), 0.8);
  const QFontMetricsF metrics(small);
  const QRectF line(target.left(), target.bottom() - metrics.height() - 3, target.width(),
                    metrics.height() + 3);
  painter.save();
  painter.fillRect(line, theme.background);
  painter.setFont(small);
  painter.setPen(theme.muted);
  const double room = line.width() - 2 * kChartMargin;
  painter.drawText(QPointF(line.left() + kChartMargin, line.top() + metrics.ascent()),
                   metrics.elidedText(context_, Qt::ElideRight, room));
  painter.restore();
  return target.adjusted(0, 0, 0, -line.height());
}

void Chart::drawWhole(QPainter& painter, const QRectF& target) {
  draw(painter, drawContext(painter, target));
}

QMenu* Chart::makeMenu(QWidget* parent) {
  auto* menu = new QMenu(parent);
  const auto add = [&](const QString& name, const QString& text, auto does) {
    QAction* action = menu->addAction(text, this, does);
    action->setObjectName(name);
    return action;
  };
  const bool full = hasContent();
  add("copyPicture", tr("Copy picture"), [this] {
    QGuiApplication::clipboard()->setImage(chartImage(*this, size().expandedTo({400, 260}), 2));
  })->setEnabled(full);
  add("copyTable", tr("Copy table"), [this] {
    QGuiApplication::clipboard()->setText(QString::fromUtf8(chartBytes(*this, "csv")));
  })->setEnabled(full);
  add("saveAs", tr("Save as…"), [this] { saveAs(); })->setEnabled(full);
  menu->addSeparator();
  add("resetZoom", tr("Reset zoom"), [this] { resetZoom(); })->setEnabled(isZoomed());
  return menu;
}

void Chart::contextMenuEvent(QContextMenuEvent* event) {
  QMenu* menu = makeMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->popup(event->globalPos());
}

void Chart::saveAs() {
  QFileDialog dialog(this, tr("Save %1 as").arg(engineText(captionOf(name()))));
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setNameFilters(
      {tr("Picture (*.png)"), tr("Vector graphics (*.svg)"), tr("Document (*.pdf)"), tr("Table (*.csv)")});
  const auto follow = [&dialog](const QString& filter) {
    dialog.setDefaultSuffix(filter.section('.', -1).chopped(1));
  };
  connect(&dialog, &QFileDialog::filterSelected, &dialog, follow);
  follow(dialog.selectedNameFilter());
  dialog.selectFile(name());
  if (dialog.exec() != QDialog::Accepted) return;
  try {
    exportChart(*this, dialog.selectedFiles().front());
  } catch (const Error& error) {
    QMessageBox::warning(this, dialog.windowTitle(), QString::fromUtf8(error.what()));
  }
}

}  // namespace discern::ui
