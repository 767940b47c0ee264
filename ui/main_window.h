// The window: tool bar and menus, pages, message and job
// strip. Composition only; its parts (ui/window) do the work.
#pragma once

#include <QMainWindow>
#include <QSize>
#include <QStringList>

#include "ui/jobs/devices.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/project/session.h"
#include "ui/settings/settings.h"
#include "ui/window/actions.h"
#include "ui/window/job_desk.h"
#include "ui/window/kept.h"
#include "ui/window/project_opener.h"

class QStackedWidget;
class QToolBar;

namespace discern::ui {

class CommandPalette;
class ContentsWindow;
class HelpDock;
class ImageActions;
class JobForm;
class JobStrip;
class MessageBar;
class MovedSets;
class Page;
class PointButton;
class StartPage;
class Workspace;

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(Settings& settings, QWidget* parent = nullptr);
  ~MainWindow() override;

  Session& session() { return session_; }
  JobRunner& runner() { return runner_; }

  // Opens, and makes it first when `create` and there is none. Throws discern::Error.
  void openProject(const QString& folder, bool create = false) { opener_.open(folder, create); }
  void openProjectSoon(const QString& folder) { opener_.openSoon(folder); }
  // `discern run RECIPE PROJECT` in this window.
  void runRecipe(const QString& recipe) { opener_.runRecipe(recipe); }
  void showPage(const QString& title);  // throws discern::Error that lists them
  QStringList pageTitles() const;
  Page* page(const QString& title) const;  // null: no such page

  // As in ui/window/pictures.h; pictures at `size`.
  int exportCharts(const QString& folder);
  QStringList saveScreenshots(const QString& folder, QSize size);
  bool waitSettled();

  // A sentence over the pages for some seconds, or until it is closed; errors stand out.
  void showMessage(const QString& text, bool isError = false);
  QString message() const;

  // What a page asks for. Jobs without options are asked about, or get those the session stands for.
  void requestJob(const QString& job, const QStringList& options) { desk_.request(job, options); }

 protected:
  void closeEvent(QCloseEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void build();
  void connectActions();
  void connectParts();
  void connectJobs();
  void connectContents();
  void buildDecisions();
  void buildHelp();
  void showDevices(JobForm& form);
  void tellResult(int id, const JobEvent& event);
  void showHelp();
  void restoreArrangement();
  void storeArrangement();
  void chooseTheme(Theme theme);
  void chooseLanguage(const QString& code);
  void updateForProject();
  void rememberProject();
  void offerRecipe();
  void exportAll();
  void showAbout();
  void waitIdle(int timeoutMs);  // lets events run until no job does

  Settings& settings_;
  Kept kept_;
  bool closing_ = false;   // waits for a job that was asked to stop
  bool pictured_ = false;  // shown for screenshots alone
  Session session_;
  JobRunner runner_;
  Devices devices_;
  ProjectOpener opener_;
  JobDesk desk_;
  Actions actions_;

  QStackedWidget* central_ = nullptr;  // start page, workspace
  StartPage* start_ = nullptr;
  Workspace* workspace_ = nullptr;
  JobStrip* strip_ = nullptr;
  MessageBar* message_ = nullptr;
  ContentsWindow* contents_ = nullptr;
  MovedSets* moved_ = nullptr;
  ImageActions* images_ = nullptr;
  Menus* menus_ = nullptr;
  PointButton* point_ = nullptr;
  CommandPalette* palette_ = nullptr;
  HelpDock* help_ = nullptr;
};

}  // namespace discern::ui
