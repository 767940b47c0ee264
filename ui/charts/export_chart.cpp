#include "ui/charts/export_chart.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "ui/charts/chart.h"
#include "ui/charts/colours.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

const QColor kPaper = Qt::white, kInk(0x1a, 0x1a, 0x1a), kNight(0x16, 0x18, 0x1d), kChalk(0xe6, 0xe8, 0xec);

// Files are made for paper: black on white, whatever the window looks like at the moment.
class PaperPalette {
 public:
  explicit PaperPalette(Chart& chart) : chart_(chart), before_(chart.palette()) {
    set_ = chart.testAttribute(Qt::WA_SetPalette);
    QPalette paper = before_;
    paper.setColor(QPalette::Base, kPaper);
    paper.setColor(QPalette::Text, kInk);
    chart.setPalette(paper);
  }
  ~PaperPalette() { chart_.setPalette(set_ ? before_ : QPalette()); }
  PaperPalette(const PaperPalette&) = delete;
  PaperPalette& operator=(const PaperPalette&) = delete;

 private:
  Chart& chart_;
  QPalette before_;
  bool set_ = false;
};

// A chart of `size` is drawn as if it were this many times
// smaller, so that its text can be read in a document.
constexpr double kZoom = 1.5;

QImage image(Chart& chart, QSize size, double zoom) {
  QImage image(size, QImage::Format_ARGB32_Premultiplied);
  if (image.isNull())
    fail("{}", Words::tr("a picture of %1 x %2 pixels does not fit into memory; choose a smaller size")
                   .arg(size.width())
                   .arg(size.height())
                   .toStdString());
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.scale(zoom, zoom);
  chart.drawWhole(painter, QRectF(QPointF(), QSizeF(size) / zoom));
  return image;
}

QByteArray png(Chart& chart, QSize size) {
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  image(chart, size, kZoom).save(&buffer, "PNG");
  return buffer.data();
}

QByteArray svg(Chart& chart, QSize size) {
  QBuffer buffer;
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(size);
  generator.setViewBox(QRect(QPoint(), size));
  generator.setTitle(chart.name());
  QPainter painter(&generator);
  painter.setFont(chart.font());  // not the window's, which is written down even where no text is drawn
  painter.scale(kZoom, kZoom);
  chart.drawWhole(painter, QRectF(QPointF(), QSizeF(size) / kZoom));
  painter.end();
  return buffer.data();
}

QByteArray pdf(Chart& chart, QSize size) {
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  {
    QPdfWriter writer(&buffer);
    writer.setTitle(chart.name());
    writer.setCreator(QStringLiteral("Discern"));
    const QSizeF points = QSizeF(size) * 0.5;  // 1200 pixels become 600 points, about a page's width
    writer.setPageSize(QPageSize(points, QPageSize::Point, chart.name(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setResolution(1200);
    const QSizeF logical = QSizeF(size) / kZoom;
    QPainter painter(&writer);
    painter.scale(writer.width() / logical.width(), writer.height() / logical.height());
    chart.drawWhole(painter, QRectF(QPointF(), logical));
  }
  return buffer.data();
}

QByteArray csv(const Chart& chart) {
  const ChartTable table = chart.table();
  std::string text;
  const auto line = [&text](const QStringList& fields) {
    for (qsizetype i = 0; i < fields.size(); ++i) {
      if (i > 0) text += ',';
      text += data::csvField(fields[i].toStdString());
    }
    text += '\n';
  };
  line(table.columns);
  for (const QStringList& row : table.rows) line(row);
  return QByteArray::fromStdString(text);
}

}  // namespace

void writeBytes(const QString& file, const QByteArray& bytes) {
  writeFileAtomically(file.toStdString(),
                      std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

std::vector<std::pair<QColor, QColor>> darkColours() {
  QPalette light, dark;
  light.setColor(QPalette::Base, kPaper);
  light.setColor(QPalette::Text, kInk);
  dark.setColor(QPalette::Base, kNight);
  dark.setColor(QPalette::Text, kChalk);
  const ChartTheme day = ChartTheme::of(light), night = ChartTheme::of(dark);
  std::vector<std::pair<QColor, QColor>> pairs = {{day.background, night.background},
                                                  {day.text, night.text},
                                                  {day.muted, night.muted},
                                                  {day.grid, night.grid},
                                                  {day.frame, night.frame}};
  for (int style = 0; style < kColours; ++style)
    if (const QColor shown = styleColour(style, true); shown != styleColour(style, false))
      pairs.emplace_back(styleColour(style, false), shown);
  return pairs;
}

void drawOnPaper(Chart& chart, QPainter& painter, const QRectF& target) {
  const PaperPalette paper(chart);
  chart.drawWhole(painter, target);
}

QImage chartImage(Chart& chart, QSize size, double scale) {
  const PaperPalette paper(chart);
  return image(chart, (QSizeF(size) * scale).toSize(), scale);
}

QByteArray chartBytes(Chart& chart, const QString& kind, QSize size) {
  const PaperPalette paper(chart);
  QByteArray bytes;
  if (kind == "png")
    bytes = png(chart, size);
  else if (kind == "svg")
    bytes = svg(chart, size);
  else if (kind == "pdf")
    bytes = pdf(chart, size);
  else if (kind == "csv")
    bytes = csv(chart);
  else
    fail("{}",
         Words::tr(".%1: a chart is written as .png, .svg, .pdf or .csv; give the file one of these endings")
             .arg(kind)
             .toStdString());
  if (bytes.isEmpty())
    fail("{}", Words::tr("chart %1 could not be drawn as %2; choose another format")
                   .arg(chart.name(), kind)
                   .toStdString());
  return bytes;
}

void exportChart(Chart& chart, const QString& file, QSize size) {
  writeBytes(file, chartBytes(chart, QFileInfo(file).suffix().toLower(), size));
}

void exportChartAll(Chart& chart, const QString& folder, QSize size) {
  if (!QDir().mkpath(folder))
    fail("{}", Words::tr("%1: this folder cannot be made; choose one that you may write to")
                   .arg(folder)
                   .toStdString());
  for (const char* kind : {"png", "svg", "pdf", "csv"})
    exportChart(chart, QDir(folder).filePath(chart.name() + '.' + kind), size);
}

}  // namespace discern::ui
