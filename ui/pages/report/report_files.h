// A report drawn: in a text document for the page, as one HTML file, and as the pages of a PDF.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QPixmap>
#include <QStringList>
#include <QTextObjectInterface>

#include "ui/models/project/report_html.h"
#include "ui/pages/report/report_charts.h"

class QTextDocument;

namespace discern::ui {

// Draws the charts and pictures of a report where its document has images, and a chart's caption beneath it:
// as vectors, and text that can be found.
class ReportDrawing : public QObject, public QTextObjectInterface {
  Q_OBJECT
  Q_INTERFACES(QTextObjectInterface)

 public:
  // screen: with this palette, from pictures that are kept; else black on white.
  explicit ReportDrawing(const ProjectReport& report, std::optional<QPalette> screen = {});

  void writeTo(QTextDocument& document, ReportStyle style);
  const std::vector<ReportFigure>& figures() const { return figures_; }

  QSizeF intrinsicSize(QTextDocument* document, int place, const QTextFormat& format) override;
  void drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int place,
                  const QTextFormat& format) override;

 private:
  const ReportFigure* figure(const QString& source) const;

  ProjectReport report_;
  std::optional<QPalette> screen_;
  std::vector<ReportFigure> figures_;
  QHash<QString, QPixmap> kept_;
};

// The same bytes for the same report. Both need the window's thread.
QByteArray reportHtmlFile(const ProjectReport& report);
QByteArray reportPdfFile(const ProjectReport& report);

struct ReportSwitches {
  bool faces = false;
};
// Waits for what the report is made of, and writes it into `files` (.html, .pdf). Throws discern::Error;
// nothing is written where there is nothing to report.
void writeReport(Session& session, const QStringList& files, const ReportSwitches& switches);

}  // namespace discern::ui
