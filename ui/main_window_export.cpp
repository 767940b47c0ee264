// Charts and pages as files: the same code for the menu and for a machine without a display.
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileDialog>
#include <QStackedWidget>
#include <QTimer>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "ui/charts/chart.h"
#include "ui/export/export_chart.h"
#include "ui/main_window.h"
#include "ui/pages/page.h"

namespace discern::ui {
namespace {

constexpr int kQuietRounds = 3;  // settled this many times in a row: one page's end may start another's work
constexpr int kRoundMs = 30;

void makeFolder(const QString& folder) {
  if (!QDir().mkpath(folder))
    fail("{}: the folder could not be made; choose one that may be written to.", folder.toStdString());
}

}  // namespace

bool MainWindow::settledBut(const Page* page) const {
  return std::all_of(pages_.begin(), pages_.end(),
                     [page](const Page* other) { return other == page || other->settled(); });
}

bool MainWindow::waitSettled(int timeoutMs) {
  QElapsedTimer timer;
  timer.start();
  for (int quiet = 0; quiet < kQuietRounds;) {
    QEventLoop loop;
    QTimer::singleShot(kRoundMs, &loop, &QEventLoop::quit);
    loop.exec();
    quiet = settledBut(nullptr) ? quiet + 1 : 0;
    if (timer.elapsed() > timeoutMs) return false;
  }
  return true;
}

std::vector<Chart*> MainWindow::chartsWithNumbers() const {
  std::vector<Chart*> charts;
  for (Page* page : pages_)
    for (Chart* chart : page->charts())
      if (!chart->table().rows.isEmpty()) charts.push_back(chart);
  return charts;
}

int MainWindow::exportCharts(const QString& folder) {
  makeFolder(folder);
  const std::vector<Chart*> charts = chartsWithNumbers();
  for (Chart* chart : charts) exportChartAll(*chart, folder);
  for (Page* page : pages_) page->exportTo(folder);
  return int(charts.size());
}

QStringList MainWindow::saveScreenshots(const QString& folder, QSize size) {
  makeFolder(folder);
  resize(size);
  pictured_ = !isVisible();
  show();
  QStringList files;
  // A picture of the inspector without an image would show nothing: take the lowest score.
  if (const auto scores = session_.scores(); scores && session_.current() < 0) {
    const auto lower = [&](float a, float b) { return !std::isnan(a) && (std::isnan(b) || a < b); };
    const auto lowest = std::min_element(scores->score.begin(), scores->score.end(), lower);
    if (lowest != scores->score.end()) session_.select({static_cast<int>(lowest - scores->score.begin())});
  }
  const QString before = pageTitles().value(stack_->currentIndex());
  for (const QString& title : session_.isOpen() ? pageTitles() : QStringList{"start"}) {
    if (session_.isOpen()) showPage(title);
    waitSettled();
    const QString file = QDir(folder).filePath(title.toLower().replace(' ', '-') + ".png");
    if (!grab().save(file))
      fail("{}: the picture could not be written; is the disk full?", file.toStdString());
    files << file;
  }
  if (session_.isOpen()) showPage(before);
  return files;
}

void MainWindow::exportAll() {
  const QString folder = QFileDialog::getExistingDirectory(this, "Where charts and numbers go",
                                                           QDir(session_.folder()).filePath("exports"));
  if (folder.isEmpty()) return;
  guarded([&] {
    showMessage("Waiting for the pages to be ready…");
    const QString project = session_.folder();
    export_->setEnabled(false);
    const bool ready = waitSettled();
    export_->setEnabled(session_.isOpen());
    if (session_.folder() != project) fail("Another project was opened meanwhile; export again.");
    if (!ready) fail("The pages were not ready after a minute; export again when no job runs.");
    const int charts = exportCharts(folder);
    enqueue({{"export", {"--out", folder, "--numbers-only"}}});
    showMessage(QString("%1 charts (PNG, SVG, PDF, CSV) and the report are in %2; the numbers follow.")
                    .arg(charts)
                    .arg(folder));
  });
}

}  // namespace discern::ui
