#include "ui/pages/report/report_files.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QEventLoop>
#include <QFileInfo>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "ui/charts/export_chart.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

constexpr QSize kSvg{960, 608};
constexpr double kSvgZoom = 1.5;                     // as chartBytes() draws it
constexpr int kPageWidth = 1122, kPageHeight = 793;  // A4, lying, at 96 dpi
constexpr int kMargin = 53;
constexpr int kResolution = 1200;
constexpr double kScreen = 96;
constexpr int kFace = 28, kGap = 8, kCaption = 34;  // pixels

QString chartSource(const Chart& chart) { return "chart:" + chart.name(); }

// One <svg> element for the middle of a page: no declarations, names of its own, sized by the page.
QString inlineSvg(const ReportFigure& figure) {
  const QSize size = (QSizeF(figure.size) * kSvgZoom).toSize();
  QString svg = QString::fromUtf8(chartBytes(*figure.chart, "svg", size));
  svg.remove(0, svg.indexOf("<svg"));
  svg.remove(0, svg.indexOf('>') + 1);
  static const QRegularExpression about("<(title|desc)>.*?</\\1>\\s*",
                                        QRegularExpression::DotMatchesEverythingOption);
  static const QRegularExpression named("(\\bid=\"|url\\(#)");
  svg.remove(about).replace(named, "\\1" + figure.chart->name() + '-').replace("xlink:href", "href");
  return QString("<svg viewBox=\"0 0 %1 %2\" role=\"img\" aria-label=\"%3\">")
             .arg(size.width())
             .arg(size.height())
             .arg(figure.caption.toHtmlEscaped()) +
         svg.trimmed();
}

QString pictureData(const QImage& image) {
  if (image.isNull()) return {};
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return "data:image/png;base64," + QString::fromLatin1(buffer.data().toBase64());
}

// Who looks for "off" shall find it: a space that is not seen keeps its letters apart.
void withoutLigatures(QFont& font) { font.setLetterSpacing(QFont::AbsoluteSpacing, 0.02); }

// In pixels: points would be those of the device.
QFont captionFont() {
  QFont font("DejaVu Sans");
  font.setPixelSize(10);
  withoutLigatures(font);
  return font;
}

// --- pages

struct Page {
  double height = 0;
  int of(double y) const { return int(y / height); }
};

// The lines of a block, which may begin on the page behind the one where the block does.
double topOf(const QTextDocument& document, const QTextBlock& block) {
  const double top = document.documentLayout()->blockBoundingRect(block).top();
  const QTextLayout* lines = block.layout();
  return top + (lines->lineCount() > 0 ? lines->lineAt(0).y() : 0);
}
double bottomOf(const QTextDocument& document, const QTextBlock& block) {
  const QTextLayout* lines = block.layout();
  return topOf(document, block) + (lines->lineCount() > 0 ? lines->lineAt(0).height() - 1 : 0);
}

// A heading, or the first of several, must have something of its own on its page: a line, or the first row of
// a table.
bool isAlone(const QTextDocument& document, const QTextBlock& heading, const Page& page) {
  QTextBlock next = heading;
  while (next.isValid() && next.blockFormat().headingLevel() > 0) next = next.next();
  if (!next.isValid()) return false;
  if (QTextTable* table = QTextCursor(next).currentTable(); table != nullptr && table->rows() > 1)
    next = table->cellAt(1, 0).firstCursorPosition().block();
  return page.of(topOf(document, heading)) != page.of(bottomOf(document, next));
}

// Qt lays out what changed, and leaves blocks behind a table that did without a height.
void layOutAnew(QTextDocument& document) { document.markContentsDirty(0, document.characterCount()); }

bool isFigure(const QTextBlock& block) {
  return block.begin() != block.end() && block.begin().fragment().charFormat().isImageFormat() &&
         QTextCursor(block).currentTable() == nullptr;
}

// In the lower half of a page, with a sentence or two between it and a figure that is on the next one.
bool isLeftBehind(const QTextDocument& document, const QTextBlock& heading, const Page& page) {
  constexpr double kFoot = 0.5;  // of a page
  const double top = topOf(document, heading);
  if (top - page.of(top) * page.height < kFoot * page.height) return false;
  QTextBlock next = heading.next();
  while (next.isValid() && !isFigure(next)) {
    if (next.blockFormat().headingLevel() > 0 || QTextCursor(next).currentTable() != nullptr) return false;
    next = next.next();
  }
  return next.isValid() && page.of(topOf(document, next)) != page.of(top);
}

// A figure that went to the next page leaves a hole: where much of a page would be empty, and it need not
// become much smaller, it is drawn smaller instead.
void fitFigure(QTextDocument& document, const QTextBlock& block, const Page& page) {
  constexpr double kHole = 0.3, kSmallest = 0.55;  // of a page, of its own height
  if (!block.previous().isValid()) return;
  const double before = document.documentLayout()->blockBoundingRect(block.previous()).bottom();
  const double top = topOf(document, block), high = bottomOf(document, block) + 1 - top;
  const double left = (page.of(before) + 1) * page.height - before - 2 * kMargin;
  if (page.of(top) == page.of(before) || left < kHole * page.height || left >= high ||
      left < kSmallest * high)
    return;
  std::vector<QTextFragment> images;
  for (auto at = block.begin(); at != block.end(); ++at)
    if (at.fragment().charFormat().isImageFormat()) images.push_back(at.fragment());
  for (const QTextFragment& one : images) {
    QTextImageFormat format = one.charFormat().toImageFormat();
    format.setWidth(std::floor((format.width() - kGap) * (left - kCaption) / (high - kCaption)) + kGap);
    QTextCursor cursor(&document);
    cursor.setPosition(one.position());
    cursor.setPosition(one.position() + one.length(), QTextCursor::KeepAnchor);
    cursor.setCharFormat(format);
  }
  layOutAnew(document);
}

// From the top: what moves moves all that is behind it.
void fillPages(QTextDocument& document) {
  const Page page{document.pageSize().height()};
  for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
    if (isFigure(block)) fitFigure(document, block, page);
    if (block.blockFormat().headingLevel() == 0) continue;
    if (isAlone(document, block, page) || isLeftBehind(document, block, page)) {
      QTextCursor cursor(block);
      QTextBlockFormat format = block.blockFormat();
      format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
      cursor.setBlockFormat(format);
      layOutAnew(document);
    }
    while (block.next().isValid() && block.next().blockFormat().headingLevel() > 0) block = block.next();
  }
}

void repeatHeads(QTextFrame* frame) {
  for (QTextFrame* child : frame->childFrames()) {
    if (auto* table = qobject_cast<QTextTable*>(child)) {
      QTextTableFormat format = table->format();
      format.setHeaderRowCount(1);
      table->setFormat(format);
    }
    repeatHeads(child);
  }
}

}  // namespace

ReportDrawing::ReportDrawing(const ProjectReport& report, std::optional<QPalette> screen)
    : report_(report), screen_(std::move(screen)), figures_(reportFigures(report)) {
  if (screen_)
    for (const ReportFigure& figure : figures_) figure.chart->setPalette(*screen_);
}

void ReportDrawing::writeTo(QTextDocument& document, ReportStyle style) {
  style.target = ReportStyle::For::Document;
  style.picture = [this](int sample) {
    return report_.figures.pictures.value(sample).isNull() ? QString() : QString("face:%1").arg(sample);
  };
  QVector<ReportChart> charts;
  for (const ReportFigure& figure : figures_)
    charts.append(
        {figure.chart->name(), figure.section, figure.caption, chartSource(*figure.chart), figure.wide});
  document.documentLayout()->registerHandler(QTextFormat::ImageObject, this);
  document.setHtml(reportHtml(report_, charts, style));
}

const ReportFigure* ReportDrawing::figure(const QString& source) const {
  for (const ReportFigure& one : figures_)
    if (chartSource(*one.chart) == source) return &one;
  return nullptr;
}

QSizeF ReportDrawing::intrinsicSize(QTextDocument*, int, const QTextFormat& format) {
  const QTextImageFormat image = format.toImageFormat();
  if (const ReportFigure* one = figure(image.name())) {
    const double width = image.width() > 0 ? image.width() : one->size.width();
    return {width, (width - kGap) * one->size.height() / one->size.width() + kCaption};
  }
  return {image.name() == "face:" ? 0.0 : kFace + 2.0, kFace + 2.0};
}

void ReportDrawing::drawObject(QPainter* painter, const QRectF& rect, QTextDocument*, int,
                               const QTextFormat& format) {
  const QTextImageFormat image = format.toImageFormat();
  const ReportFigure* one = figure(image.name());
  painter->save();
  if (one == nullptr) {
    if (image.name() == "face:") return painter->restore();
    const QImage picture = report_.figures.pictures.value(image.name().section(':', 1).toInt());
    const QRectF place = rect.adjusted(1, 1, -1, -1);
    const QSizeF size = QSizeF(picture.size()).scaled(place.size(), Qt::KeepAspectRatio);
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawImage(QRectF(place.topLeft(), size), picture);
    painter->restore();
    return;
  }
  const QRectF whole = rect.adjusted(0, 0, -kGap, -kCaption);
  // As large as it was made for, so that its text keeps its measure to the lines.
  const double zoom = whole.width() / one->size.width();
  const QRectF own(QPointF(), QSizeF(one->size));
  if (screen_) {
    const double ratio = painter->device()->devicePixelRatioF();
    QPixmap& kept = kept_[image.name() + QString::number(whole.width() * ratio)];
    if (kept.isNull()) {
      kept = QPixmap((whole.size() * ratio).toSize());
      kept.setDevicePixelRatio(ratio);
      kept.fill(screen_->color(QPalette::Base));
      QPainter drawing(&kept);
      drawing.scale(zoom, zoom);
      one->chart->drawWhole(drawing, own);
    }
    painter->drawPixmap(whole.topLeft(), kept);
  } else {
    painter->save();
    painter->translate(whole.topLeft());
    painter->scale(zoom, zoom);
    drawOnPaper(*one->chart, *painter, own);
    painter->restore();
  }
  painter->setPen(screen_ ? screen_->color(QPalette::PlaceholderText) : QColor(0x66, 0x70, 0x80));
  painter->setFont(captionFont());
  painter->drawText(QRectF(whole.left(), whole.bottom() + 2, whole.width(), kCaption - 4),
                    Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, one->caption);
  painter->restore();
}

QByteArray reportHtmlFile(const ProjectReport& report) {
  QVector<ReportChart> charts;
  for (const ReportFigure& figure : reportFigures(report))
    charts.append({figure.chart->name(), figure.section, figure.caption, inlineSvg(figure), figure.wide});
  ReportStyle style;
  style.target = ReportStyle::For::Browser;
  style.dark = darkColours();
  style.picture = [&report](int sample) { return pictureData(report.figures.pictures.value(sample)); };
  return reportHtml(report, charts, style).toUtf8();
}

QByteArray reportPdfFile(const ProjectReport& report) {
  ReportDrawing drawing(report);
  QTextDocument document;
  QFont font("DejaVu Sans");
  font.setPointSizeF(7.5);
  withoutLigatures(font);
  document.setDefaultFont(font);
  document.setUseDesignMetrics(true);
  document.setDocumentMargin(kMargin);
  ReportStyle style;
  style.points = 8;
  style.width = kPageWidth - 2 * kMargin;
  drawing.writeTo(document, style);
  repeatHeads(document.rootFrame());
  document.setPageSize(QSizeF(kPageWidth, kPageHeight));
  layOutAnew(document);
  fillPages(document);

  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setTitle(Words::tr("%1 – Discern report").arg(report.project));
  writer.setCreator("Discern");
  writer.setPageSize(QPageSize(QPageSize::A4));
  writer.setPageOrientation(QPageLayout::Landscape);  // tables are wide
  writer.setPageMargins({});                          // the document has its own
  writer.setResolution(kResolution);
  QPainter painter(&writer);
  painter.scale(kResolution / kScreen, kResolution / kScreen);
  const int pages = document.pageCount();
  for (int page = 0; page < pages; ++page) {
    if (page > 0) writer.newPage();
    painter.save();
    painter.translate(0, -double(page) * kPageHeight);
    QAbstractTextDocumentLayout::PaintContext context;
    context.clip = QRectF(0, double(page) * kPageHeight, kPageWidth, kPageHeight);
    context.palette.setColor(QPalette::Text, QColor(style.text));
    painter.setClipRect(context.clip);
    document.documentLayout()->draw(&painter, context);
    painter.restore();
    painter.setFont(captionFont());
    painter.setPen(QColor(style.muted));
    painter.drawText(QRectF(kMargin, kPageHeight - 36, kPageWidth - 2 * kMargin, 20),
                     Qt::AlignLeft | Qt::AlignVCenter, report.project);
    painter.drawText(QRectF(kMargin, kPageHeight - 36, kPageWidth - 2 * kMargin, 20),
                     Qt::AlignRight | Qt::AlignVCenter, QString("%1 / %2").arg(page + 1).arg(pages));
  }
  painter.end();
  return buffer.data();
}

void writeReport(Session& session, const QStringList& files, const ReportSwitches& switches) {
  for (const QString& file : files)
    if (const QString kind = QFileInfo(file).suffix().toLower(); kind != "html" && kind != "pdf")
      fail("{}", Words::tr("%1: a report is written as .html or .pdf; give the file one of these endings")
                     .arg(file)
                     .toStdString());
  if (session.snapshot()->samples.empty())
    fail("{}", Words::tr("%1: there is nothing to report yet; import images first")
                   .arg(session.folder())
                   .toStdString());
  TemplateSource& templates = TemplateSource::of(session);
  templates.follow();
  if (templates.busy()) {
    QEventLoop loop;
    QObject::connect(&templates, &TemplateSource::changed, &loop, [&] {
      if (!templates.busy()) loop.quit();
    });
    loop.exec();
  }
  const ProjectReport report = projectReport({session.folder(), session.snapshot(), session.point(),
                                              templates.answer(), templates.problem(), switches.faces});
  for (const QString& file : files)
    writeBytes(file,
               QFileInfo(file).suffix().toLower() == "pdf" ? reportPdfFile(report) : reportHtmlFile(report));
}

}  // namespace discern::ui
