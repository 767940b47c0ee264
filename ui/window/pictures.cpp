#include "ui/window/pictures.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "ui/charts/chart.h"
#include "ui/charts/export_chart.h"
#include "ui/models/project/session.h"
#include "ui/pages/page.h"
#include "ui/window/workspace.h"

namespace discern::ui {
namespace {

constexpr int kQuietRounds = 3;  // settled this many times in a row: one page's end may start another's work
constexpr int kRoundMs = 30;

void makeFolder(const QString& folder) {
  if (!QDir().mkpath(folder))
    fail("{}: the folder could not be made; choose one that may be written to.", folder.toStdString());
}

// A picture of the inspector without an image would show nothing: take the lowest score.
void chooseAnImage(Session& session) {
  const auto scores = session.scores();
  if (!scores || session.current() >= 0) return;
  const auto lower = [](float a, float b) { return !std::isnan(a) && (std::isnan(b) || a < b); };
  const auto lowest = std::min_element(scores->score.begin(), scores->score.end(), lower);
  if (lowest != scores->score.end()) session.select({static_cast<int>(lowest - scores->score.begin())});
}

}  // namespace

bool waitSettled(const Workspace& workspace, int timeoutMs) {
  QElapsedTimer timer;
  timer.start();
  for (int quiet = 0; quiet < kQuietRounds;) {
    QEventLoop loop;
    QTimer::singleShot(kRoundMs, &loop, &QEventLoop::quit);
    loop.exec();
    quiet = workspace.settledBut() ? quiet + 1 : 0;
    if (timer.elapsed() > timeoutMs) return false;
  }
  return true;
}

int exportCharts(const Workspace& workspace, const QString& folder) {
  makeFolder(folder);
  const std::vector<Chart*> charts = workspace.charts();
  for (Chart* chart : charts) exportChartAll(*chart, folder);
  for (Page* page : workspace.pages()) page->exportTo(folder);
  return int(charts.size());
}

QStringList savePictures(QWidget& window, Workspace& workspace, Session& session, const QString& folder) {
  makeFolder(folder);
  chooseAnImage(session);
  const QString before = workspace.shown();
  QStringList files;
  for (const QString& title : session.isOpen() ? workspace.titles() : QStringList{"start"}) {
    if (session.isOpen()) workspace.showPage(title);
    waitSettled(workspace);
    const QString file = QDir(folder).filePath(title.toLower().replace(' ', '-') + ".png");
    if (!window.grab().save(file))
      fail("{}: the picture could not be written; is the disk full?", file.toStdString());
    files << file;
  }
  if (session.isOpen()) workspace.showPage(before);
  return files;
}

}  // namespace discern::ui
