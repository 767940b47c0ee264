// The window: pages on the left, the open page, the job
// strip at the foot. Composition only; pages do the work.
#pragma once

#include <QMainWindow>
#include <QSize>
#include <QStringList>
#include <functional>
#include <vector>

#include "ui/jobs/job_runner.h"
#include "ui/models/project/session.h"
#include "ui/settings/settings.h"

class QAction;
class QComboBox;
class QFrame;
class QLabel;
class QListWidget;
class QMenu;
class QStackedWidget;

namespace discern::ui {

class Chart;
class JobStrip;
class Page;
class StartPage;

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(Settings& settings, QWidget* parent = nullptr);
  ~MainWindow() override;

  Session& session() { return session_; }
  JobRunner& runner() { return runner_; }

  // Opens, and makes it first when `create` and there is none. Throws discern::Error.
  void openProject(const QString& folder, bool create = false);
  // `discern run RECIPE PROJECT` in this window.
  void runRecipe(const QString& recipe);
  void showPage(const QString& title);  // throws discern::Error that lists them
  QStringList pageTitles() const;
  Page* page(const QString& title) const;  // null: no such page

  // Every chart of every page that has something to show, as PNG, SVG, PDF and CSV, and report.html. Returns
  // how many charts.
  int exportCharts(const QString& folder);
  // NAME.png of every page at `size`, once it has settled. Returns the files.
  QStringList saveScreenshots(const QString& folder, QSize size);
  // Lets events run until every page is settled; false when that takes longer than `timeoutMs`.
  bool waitSettled(int timeoutMs = 60000);

  // A sentence above the pages until it is closed; errors stand out.
  void showMessage(const QString& text, bool isError = false);
  QString message() const;

  // What a page asks for. Jobs without options are asked about, or get those the session stands for.
  void requestJob(const QString& job, const QStringList& options);
  void runMainJob();  // extract, score, evaluate, sweep: whatever is missing

 protected:
  void closeEvent(QCloseEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  // main_window.cpp
  void buildPages();
  void buildContext();
  void buildActions();
  void buildMenus();
  QWidget* buildMessageBar();
  void addPage(Page* page);
  void chooseTheme(Theme theme);
  void fillRecent();
  void updateForProject();
  void rememberProject();
  void fillContext();
  void guarded(const std::function<void()>& action);  // shows the sentence of an Error

  // main_window_jobs.cpp
  void newProject();
  void newProjectFromFaces();
  void chooseProject();
  void runDemo();
  QString chooseNewFolder(const QString& suggestion);
  void importFaces(const QString& source = {});
  void askExtract();
  void askScore();
  void askProtocol();
  void enqueue(const std::vector<JobRequest>& requests);
  std::vector<JobRequest> refreshRequests() const;  // features and scores of images that have none
  JobRequest evaluateRequest() const;
  JobRequest sweepRequest() const;
  std::vector<Chart*> chartsWithNumbers() const;
  bool settledBut(const Page* page) const;  // null: all
  void exportAll();

  void waitIdle(int timeoutMs);  // lets events run until no job does

  Settings& settings_;
  bool closing_ = false;   // waits for a job that was asked to stop
  bool pictured_ = false;  // shown for screenshots alone
  Session session_;
  JobRunner runner_;

  std::vector<Page*> pages_;
  QStackedWidget* central_ = nullptr;  // start page, workspace
  StartPage* start_ = nullptr;
  QListWidget* navigation_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  JobStrip* strip_ = nullptr;
  QFrame* messageBar_ = nullptr;
  QLabel *messageIcon_ = nullptr, *messageText_ = nullptr;
  QComboBox *scoreTable_ = nullptr, *featureTable_ = nullptr, *protocol_ = nullptr;
  QMenu* recentMenu_ = nullptr;
  QAction *new_ = nullptr, *open_ = nullptr, *import_ = nullptr, *run_ = nullptr, *export_ = nullptr,
          *cancel_ = nullptr, *log_ = nullptr, *about_ = nullptr, *quit_ = nullptr, *closeProject_ = nullptr;
};

// resources/NAME of the running program; throws discern::Error that says where it looked.
QString resourceFile(const QString& name);

}  // namespace discern::ui
