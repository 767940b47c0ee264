// A chart as a file: .png, .svg, .pdf or .csv by its extension. Throws discern::Error; never half a file.
#pragma once

#include <QByteArray>
#include <QColor>
#include <QImage>
#include <QSize>
#include <QString>
#include <utility>
#include <vector>

class QPainter;
class QRectF;

namespace discern::ui {

class Chart;

// The file's contents: black on white, `kind` "png", "svg", "pdf" or "csv".
QByteArray chartBytes(Chart& chart, const QString& kind, QSize size = {1200, 800});
void exportChart(Chart& chart, const QString& file, QSize size = {1200, 800});
// Black on white too: `size` as a widget would have, with `scale` times as many pixels each way.
QImage chartImage(Chart& chart, QSize size, double scale);
// As part of a document, `target` as large as a widget would be.
void drawOnPaper(Chart& chart, QPainter& painter, const QRectF& target);
// The theme of paper, and one that suits a dark page: where a vector drawing has a colour of the first, a
// dark page shows the one beside it.
std::vector<std::pair<QColor, QColor>> darkColours();
// Beside the old one first, then renamed over it.
void writeBytes(const QString& file, const QByteArray& bytes);
// All four beside each other: FOLDER/NAME.png, .svg, .pdf, .csv.
void exportChartAll(Chart& chart, const QString& folder, QSize size = {1200, 800});

}  // namespace discern::ui
