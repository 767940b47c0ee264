#include "ui/pages/report_page.h"

#include <QBuffer>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QTextDocument>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <memory>

#include "core/base/error.h"
#include "ui/charts/chart.h"
#include "ui/charts/export_chart.h"
#include "ui/models/project/report_html.h"
#include "ui/models/project/session.h"
#include "ui/pages/pages.h"
#include "ui/widgets/empty_state.h"

namespace discern::ui {
namespace {

constexpr int kLaterMs = 300;
constexpr QSize kChart{600, 360};               // in a file, as a widget would have
constexpr int kNarrowest = 300, kWidest = 700;  // on screen
constexpr int kBeside = 160;                    // margins of the page and of two charts
constexpr int kPrinted = 470;                   // pixels at 96 dpi: two beside each other
constexpr double kPrintScale = 3;

QUrl sourceOf(const Chart& chart) { return QUrl("chart:" + chart.name()); }

// As it looks in the window at this moment.
QImage screenImage(Chart& chart, QSize size, double ratio) {
  QImage image(size * ratio, QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(ratio);
  QPainter painter(&image);
  chart.draw(painter, QRectF(QPointF(), QSizeF(size)));
  return image;
}

QVector<ReportChart> named(const std::vector<Chart*>& charts) {
  QVector<ReportChart> result;
  for (const Chart* chart : charts)
    result.append({chart->name(), captionOf(chart->name()), sourceOf(*chart).toString()});
  return result;
}

QByteArray htmlFile(const ProjectReport& report, const std::vector<Chart*>& charts) {
  QVector<ReportChart> embedded = named(charts);
  for (std::size_t i = 0; i < charts.size(); ++i)
    embedded[qsizetype(i)].source =
        "data:image/svg+xml;base64," +
        QString::fromLatin1(chartBytes(*charts[i], "svg", kChart * 1.5).toBase64());
  return reportHtml(report, embedded).toUtf8();
}

QByteArray pdfFile(const ProjectReport& report, const std::vector<Chart*>& charts) {
  QTextDocument document;
  for (Chart* chart : charts)
    document.addResource(QTextDocument::ImageResource, sourceOf(*chart),
                         chartImage(*chart, kChart, kPrintScale));
  ReportStyle style;
  style.points = 8;
  style.chartWidth = kPrinted;
  document.setHtml(reportHtml(report, named(charts), style));
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  {
    QPdfWriter writer(&buffer);
    writer.setTitle(report.project + " – Discern report");
    writer.setCreator("Discern");
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageOrientation(QPageLayout::Landscape);  // tables are wide
    writer.setPageMargins({});                          // the document leaves its own
    document.print(&writer);
  }
  return buffer.data();
}

}  // namespace

ReportPage::ReportPage(Session& session, std::function<std::vector<Chart*>()> charts,
                       std::function<bool()> ready, QWidget* parent)
    : Page(session, parent), charts_(std::move(charts)), ready_(std::move(ready)) {
  auto* layout = new QVBoxLayout(this);
  stack_ = new QStackedWidget;
  layout->addWidget(stack_);
  empty_ = new EmptyState("report", "Nothing to report yet",
                          "Import {subjects} first; everything that is done with them is written down here.",
                          "Import…");
  stack_->addWidget(empty_);
  stack_->addWidget(buildContent());
  later_.setSingleShot(true);
  later_.setInterval(kLaterMs);
  connect(&later_, &QTimer::timeout, this, &ReportPage::refresh);
  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested("import", {}); });
  for (auto signal : {&Session::projectChanged, &Session::snapshotChanged, &Session::scoresChanged,
                      &Session::protocolChanged})
    connect(&session_, signal, this, &ReportPage::changed);
  connect(&session_, &Session::pointChanged, this, &ReportPage::changed);
}

QWidget* ReportPage::buildContent() {
  auto* content = new QWidget;
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(10);
  auto* row = new QHBoxLayout;
  about_ = new QLabel;
  about_->setProperty("muted", true);
  about_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  save_ = new QPushButton("Save as…");
  save_->setObjectName("saveReport");
  save_->setProperty("primary", true);
  save_->setToolTip("One HTML file with everything in it, or a PDF");
  row->addWidget(about_, 1);
  row->addWidget(save_);
  layout->addLayout(row);
  view_ = new QTextBrowser;
  view_->setObjectName("report");
  view_->setOpenLinks(false);
  view_->setAccessibleName("Report");
  view_->document()->setDocumentMargin(20);
  layout->addWidget(view_, 1);
  connect(save_, &QPushButton::clicked, this, &ReportPage::chooseFile);
  return content;
}

void ReportPage::changed() {
  if (!isVisible()) return;  // made anew whenever it is shown
  stack_->setCurrentIndex(session_.snapshot()->samples.empty() ? 0 : 1);
  later_.start();
}

void ReportPage::showEvent(QShowEvent* event) {
  Page::showEvent(event);
  if (event->spontaneous()) return;
  about_->setText("Being made anew…");  // ticks and zooms elsewhere are in it, too
  changed();
}

void ReportPage::resizeEvent(QResizeEvent* event) {
  Page::resizeEvent(event);
  if (event->size().width() != event->oldSize().width()) changed();  // charts are as wide as there is room
}

void ReportPage::changeEvent(QEvent* event) {
  Page::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && view_ != nullptr) changed();
}

ReportRequest ReportPage::request() const {
  return {session_.folder(), session_.snapshot(), session_.point()};
}

// What is about one image is no part of a report.
std::vector<Chart*> ReportPage::reportCharts() const {
  std::vector<Chart*> charts = charts_();
  std::erase_if(charts, [](const Chart* chart) { return chart->name() == "score-of-image"; });
  return charts;
}

void ReportPage::refresh() {
  if (session_.snapshot()->samples.empty()) return task_.cancel();
  if (!ready_()) return later_.start();
  task_.run([request = request()](const LatestTask::Stopped&) { return projectReport(request); },
            [this](const ProjectReport& report) { showReport(report); },
            [this](const std::string& problem) { about_->setText(QString::fromStdString(problem)); });
}

void ReportPage::showReport(const ProjectReport& report) {
  report_ = report;
  const std::vector<Chart*> charts = reportCharts();
  const int scrolled = view_->verticalScrollBar()->value();
  const int width = std::clamp((view_->viewport()->width() - kBeside) / 2, kNarrowest, kWidest);
  const QSize size(width, width * kChart.height() / kChart.width());
  view_->document()->clear();
  for (Chart* chart : charts)
    view_->document()->addResource(QTextDocument::ImageResource, sourceOf(*chart),
                                   screenImage(*chart, size, devicePixelRatioF()));
  ReportStyle style;
  const QPalette& colours = view_->palette();
  style.text = colours.color(QPalette::Text).name();
  style.muted = colours.color(QPalette::PlaceholderText).name();
  style.line = colours.color(QPalette::Mid).name();
  style.band = colours.color(QPalette::AlternateBase).name();
  style.ground = colours.color(QPalette::Base).name();
  style.chartWidth = width;
  view_->setHtml(reportHtml(report, named(charts), style));
  view_->verticalScrollBar()->setValue(scrolled);
  about_->setText(
      QString("As of %1; %2 charts, as the other pages show them now.").arg(report.made).arg(charts.size()));
}

void ReportPage::chooseFile() {
  QString chosen = "HTML, one file (*.html)";
  QString file = QFileDialog::getSaveFileName(this, "Save the report",
                                              QDir(session_.folder()).filePath("exports/report.html"),
                                              "HTML, one file (*.html);;PDF (*.pdf)", &chosen);
  if (file.isEmpty()) return;
  if (QFileInfo(file).suffix().isEmpty()) file += chosen.startsWith("PDF") ? ".pdf" : ".html";
  try {
    save(file);
    about_->setText(QString("Saved as %1.").arg(file));
  } catch (const Error& error) {
    about_->setText(QString::fromUtf8(error.what()));
  }
}

void ReportPage::save(const QString& file) {
  const QString kind = QFileInfo(file).suffix().toLower();
  if (kind != "html" && kind != "pdf")
    fail("{}: a report is written as .html or .pdf; give the file one of these endings", file.toStdString());
  const ProjectReport report = projectReport(request());
  writeBytes(file, kind == "pdf" ? pdfFile(report, reportCharts()) : htmlFile(report, reportCharts()));
}

QStringList ReportPage::exportTo(const QString& folder) {
  if (session_.snapshot()->samples.empty()) return {};
  QStringList files = {QDir(folder).filePath("report.html"), QDir(folder).filePath("report.pdf")};
  for (const QString& file : std::as_const(files)) save(file);
  return files;
}

Page* makeReportPage(const PageTools& tools) {
  const auto self = std::make_shared<const Page*>(nullptr);
  auto* page = new ReportPage(tools.session, tools.charts,
                              [self, settled = tools.othersSettled] { return settled(*self); });
  *self = page;
  return page;
}

}  // namespace discern::ui
