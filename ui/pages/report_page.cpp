#include "ui/pages/report_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "ui/models/project/session.h"
#include "ui/pages/pages.h"
#include "ui/pages/report/report_files.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"

namespace discern::ui {
namespace {

constexpr int kLaterMs = 300;
constexpr int kNarrowest = 600, kWidest = 1400;  // pixels of the charts of a line
constexpr int kAround = 60;                      // margins of the page and its scroll bar

}  // namespace

ReportPage::ReportPage(Session& session, QWidget* parent)
    : Page(session, parent), templates_(TemplateSource::of(session)) {
  auto* layout = new QVBoxLayout(this);
  stack_ = new QStackedWidget;
  layout->addWidget(stack_);
  empty_ = new EmptyState(
      "report", tr("Nothing to report yet"),
      tr("Import {subjects} first; everything that is done with them is written down here."), tr("Import…"));
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
  connect(&templates_, &TemplateSource::changed, this, &ReportPage::changed);
}

ReportPage::~ReportPage() = default;

QWidget* ReportPage::buildContent() {
  auto* content = new QWidget;
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(10);
  auto* row = new QHBoxLayout;
  about_ = new ElidedLabel;
  about_->setProperty("muted", true);
  faces_ = new QCheckBox(tr("{Subjects}"));
  faces_->setObjectName("reportFaces");
  faces_->setToolTip(tr("Pictures of the worst and best {groups}; off, since a report travels"));
  format_ = new QComboBox;
  format_->setObjectName("reportFormat");
  format_->setAccessibleName(tr("Format"));
  format_->addItem(tr("HTML and PDF"), QStringList{"html", "pdf"});
  format_->addItem("HTML", QStringList{"html"});
  format_->addItem(tr("PDF"), QStringList{"pdf"});
  save_ = new QPushButton(tr("Export…"));
  save_->setObjectName("saveReport");
  save_->setProperty("primary", true);
  save_->setToolTip(
      tr("One HTML file with everything in it, or the pages of a PDF; discern report does the same"));
  row->addWidget(about_, 1);
  row->addWidget(faces_);
  row->addWidget(format_);
  row->addWidget(save_);
  layout->addLayout(row);
  view_ = new QTextBrowser;
  view_->setObjectName("report");
  view_->setOpenLinks(false);
  view_->setAccessibleName(tr("Report"));
  view_->document()->setDocumentMargin(20);
  layout->addWidget(view_, 1);
  connect(save_, &QPushButton::clicked, this, &ReportPage::chooseFile);
  connect(faces_, &QCheckBox::toggled, this, &ReportPage::changed);
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
  about_->setText(tr("Being made anew…"));  // ticks and zooms elsewhere are in it, too
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

void ReportPage::refresh() {
  if (session_.snapshot()->samples.empty()) return task_.cancel();
  templates_.follow();
  if (templates_.busy()) return;  // it says when it is done
  const ReportRequest request{session_.folder(),   session_.snapshot(),  session_.point(),
                              templates_.answer(), templates_.problem(), faces_->isChecked()};
  task_.run([request](const LatestTask::Stopped&) { return projectReport(request); },
            [this](const ProjectReport& report) { showReport(report); },
            [this](const std::string& problem) { about_->setText(QString::fromStdString(problem)); });
}

void ReportPage::showReport(const ProjectReport& report) {
  const int scrolled = view_->verticalScrollBar()->value();
  const QPalette& colours = view_->palette();
  ReportStyle style;
  style.text = colours.color(QPalette::Text).name();
  style.muted = colours.color(QPalette::PlaceholderText).name();
  style.line = colours.color(QPalette::Mid).name();
  style.band = colours.color(QPalette::AlternateBase).name();
  style.ground = colours.color(QPalette::Base).name();
  style.width = std::clamp(view_->viewport()->width() - kAround, kNarrowest, kWidest);
  auto drawing = std::make_unique<ReportDrawing>(report, colours);
  drawing->writeTo(*view_->document(), style);
  drawing_ = std::move(drawing);  // the former one goes when nothing is drawn by it any more
  view_->verticalScrollBar()->setValue(scrolled);
  about_->setText(report.asOf.isEmpty() ? tr("Nothing ran yet")
                                        : tr("As of %1 UTC; made of the project and its operating point, "
                                             "whatever other pages show")
                                              .arg(report.asOf));
}

void ReportPage::chooseFile() {
  const QStringList kinds = format_->currentData().toStringList();
  const QString folder = QDir(session_.folder()).filePath("exports");
  if (kinds.size() > 1) {
    const QString chosen =
        QFileDialog::getExistingDirectory(this, tr("Folder for report.html and report.pdf"), folder);
    if (!chosen.isEmpty()) tell([&] { exportTo(chosen); }, chosen);
    return;
  }
  QString file =
      QFileDialog::getSaveFileName(this, tr("Export the report"), QDir(folder).filePath("report." + kinds[0]),
                                   kinds[0] == "pdf" ? tr("PDF (*.pdf)") : tr("HTML, one file (*.html)"));
  if (file.isEmpty()) return;
  if (QFileInfo(file).suffix().isEmpty()) file += '.' + kinds[0];
  tell([&] { save(file); }, file);
}

void ReportPage::tell(const std::function<void()>& work, const QString& where) {
  try {
    work();
    about_->setText(tr("Written to %1.").arg(where));
  } catch (const Error& error) {
    about_->setText(QString::fromUtf8(error.what()));
  }
}

void ReportPage::save(const QString& file) { writeReport(session_, {file}, {.faces = faces_->isChecked()}); }

QStringList ReportPage::exportTo(const QString& folder) {
  if (session_.snapshot()->samples.empty()) return {};
  QStringList files = {QDir(folder).filePath("report.html"), QDir(folder).filePath("report.pdf")};
  writeReport(session_, files, {.faces = faces_->isChecked()});
  return files;
}

Page* makeReportPage(const PageTools& tools) { return new ReportPage(tools.session); }

}  // namespace discern::ui
