#include "ui/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QEventLoop>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QMouseEvent>
#include <QScreen>
#include <QShowEvent>
#include <QStackedWidget>
#include <QTimer>
#include <QUndoView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/analysis/run_times.h"
#include "core/base/described.h"
#include "core/base/error.h"
#include "ui/models/live/job_requests.h"
#include "ui/models/project/decisions.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/results/aggregate_text.h"
#include "ui/pages/page.h"
#include "ui/pages/start_page.h"
#include "ui/theme.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_actions.h"
#include "ui/widgets/job_form.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/point_button.h"
#include "ui/window/contents_window.h"
#include "ui/window/context_bar.h"
#include "ui/window/help_dock.h"
#include "ui/window/input_habits.h"
#include "ui/window/job_strip.h"
#include "ui/window/moved_sets.h"
#include "ui/window/palette.h"
#include "ui/window/palette_places.h"
#include "ui/window/pictures.h"
#include "ui/window/stale_button.h"
#include "ui/window/workspace.h"

namespace discern::ui {
namespace {

constexpr int kTitleBar = 40;  // that the desktop puts on a window
constexpr int kDocksVersion = 1;

// What a page is called in the settings, in every language: "DataPage".
QString keyOf(const Page& page) {
  const QString name = QString(page.metaObject()->className()).section("::", -1);
  return name == "Page" ? page.title() : name;
}

// "data" of a DataPage: resources/help/data.md.
QString helpTopic(const Page& page) {
  const QString key = keyOf(page);
  return (key.endsWith("Page") ? key.chopped(4) : key).toLower();
}

}  // namespace

MainWindow::MainWindow(Settings& settings, QWidget* parent)
    : QMainWindow(parent),
      settings_(settings),
      kept_(settings),
      opener_(session_, runner_, *this),
      desk_(session_, runner_, *this),
      actions_(*this) {
  setAcceptDrops(true);
  setWindowIcon(icon("app"));
  InputHabits::install();
  resize(QSize(1280, 800).boundedTo(screen()->availableGeometry().size() - QSize(0, kTitleBar)));
  runner_.setCommand(engineCommand(settings_.engineCommand()));
  build();
  connectActions();
  connectParts();
  connectJobs();
  connectContents();
  restoreArrangement();
  updateForProject();
}

MainWindow::~MainWindow() {
  // Pages hold references to session and runner, which are members and would go first.
  delete takeCentralWidget();
  delete contents_;
}

// --- building

void MainWindow::build() {
  start_ = new StartPage;
  workspace_ = new Workspace(session_, runner_);
  central_ = new QStackedWidget;
  central_->addWidget(start_);
  central_->addWidget(workspace_);
  message_ = new MessageBar(central_);
  strip_ = new JobStrip(runner_);
  contents_ = new ContentsWindow(session_, runner_, this);
  moved_ = new MovedSets(session_, runner_, this);
  auto* whole = new QWidget;
  auto* rows = new QVBoxLayout(whole);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  rows->addWidget(central_, 1);
  rows->addWidget(strip_);
  setCentralWidget(whole);

  menus_ = new Menus(*menuBar(), actions_, workspace_->pages(), settings_, *this);
  for (int row = 0; row < int(workspace_->pages().size()); ++row)
    if (const QKeySequence keys = menus_->pageKeys(row); !keys.isEmpty())
      workspace_->setToolTip(row, QString("%1 (%2)").arg(workspace_->pages()[std::size_t(row)]->shownTitle(),
                                                         keys.toString(QKeySequence::NativeText)));
  point_ = new PointButton(session_);
  menuBar()->setCornerWidget(point_, Qt::TopRightCorner);  // there is always room for it
  addToolBar(new ContextBar(session_, {actions_.open, actions_.import, actions_.run, actions_.exportAll}));
  buildDecisions();
  buildHelp();
}

namespace {
// A double click goes there: a single one would take many decisions back unasked.
class HistoryView : public QUndoView {
 public:
  using QUndoView::QUndoView;

 protected:
  void mousePressEvent(QMouseEvent* event) override { event->accept(); }
  void mouseMoveEvent(QMouseEvent* event) override { event->accept(); }
  void mouseReleaseEvent(QMouseEvent* event) override { event->accept(); }
  void mouseDoubleClickEvent(QMouseEvent* event) override {
    if (const QModelIndex at = indexAt(event->position().toPoint()); at.isValid()) setCurrentIndex(at);
  }
};
}  // namespace

// Undo, redo and the history of what was decided, the keys for it, and what became old by it.
void MainWindow::buildDecisions() {
  Decisions& decisions = Decisions::of(session_);
  images_ = new ImageActions(session_, *this);
  images_->addTo(*menus_->imageMenu());
  connect(workspace_, &Workspace::pageShown, this,
          [this](const QString& title) { images_->setUsable(page(title)->showsSamples()); });
  QAction* undo = decisions.stack().createUndoAction(this, tr("&Undo"));
  undo->setShortcut(QKeySequence::Undo);
  QAction* redo = decisions.stack().createRedoAction(this, tr("&Redo"));
  QList<QKeySequence> again = QKeySequence::keyBindings(QKeySequence::Redo);
  if (!again.contains(QKeySequence("Ctrl+Y"))) again << QKeySequence("Ctrl+Y");
  redo->setShortcuts(again);
  auto* dock = new QDockWidget(tr("Decisions"), this);
  dock->setObjectName("history");
  auto* view = new HistoryView(&decisions.stack(), dock);
  view->setEmptyLabel(tr("As imported"));
  view->setToolTip(tr("A double click takes decisions back, or makes them again, up to there"));
  view->setAccessibleName(dock->windowTitle());
  dock->setWidget(view);
  addDockWidget(Qt::RightDockWidgetArea, dock);
  dock->hide();
  QAction* history = dock->toggleViewAction();
  history->setText(tr("&History"));
  history->setShortcut(QKeySequence("Ctrl+H"));
  menus_->editMenu()->addActions({undo, redo, history});
  menus_->editMenu()->addSeparator();
  menus_->editMenu()->addActions(point_->steps());
  connect(&decisions, &Decisions::decided, this, [this](const QString& what, bool undone) {
    strip_->note(undone ? tr("Taken back: %1").arg(what) : tr("%1. Ctrl+Z takes it back").arg(what));
  });
  connect(&decisions, &Decisions::failed, this, [this](const QString& text) { showMessage(text, true); });
  connect(images_, &ImageActions::said, this, [this](const QString& text) { showMessage(text, true); });
  auto* stale = new StaleButton(session_);
  strip_->addTool(stale);
  connect(stale, &StaleButton::againRequested, this, [this, stale] {
    const auto requests = againRequests(session_.project(), *session_.snapshot(), stale->stale());
    if (requests.empty())
      return showMessage(tr("How the old parts were made is not on record; make them on their pages."), true);
    for (const JobRequest& request : requests) desk_.request(request.job, request.options);
  });
}

// Help for the shown page, and everything by name.
void MainWindow::buildHelp() {
  help_ = new HelpDock(this);
  addDockWidget(Qt::RightDockWidgetArea, help_);
  help_->hide();
  connect(workspace_, &Workspace::pageShown, this, [this] {
    if (help_->isVisible()) showHelp();
  });
  connect(actions_.help, &QAction::triggered, this, [this] {
    const bool shown = help_->isVisible();
    // Beside the pages where there is room, over them on a small screen.
    if (!shown) help_->setFloating(minimumSizeHint().width() + help_->minimumSizeHint().width() > width());
    help_->setVisible(!shown);
    if (!shown) showHelp();
  });
  connect(actions_.glossary, &QAction::triggered, this, [this] {
    help_->show();
    help_->open(QUrl("glossary.md"));
  });
  palette_ = new CommandPalette(
      [this](const QString& typed) {
        auto entries = menuEntries(*menuBar());
        for (PaletteEntry& entry : placeEntries(session_, *workspace_, typed))
          entries.push_back(std::move(entry));
        return entries;
      },
      this);
  connect(actions_.commands, &QAction::triggered, palette_, &CommandPalette::popUp);
}

void MainWindow::showHelp() {
  help_->showTopic(session_.isOpen() ? helpTopic(*workspace_->page(workspace_->shown())) : QString("start"));
}

void MainWindow::connectActions() {
  const auto on = [this](QAction* action, auto slot) { connect(action, &QAction::triggered, this, slot); };
  on(actions_.newProject, [this] { opener_.makeNew(); });
  on(actions_.open, [this] { opener_.choose(); });
  on(actions_.closeProject, [this] { session_.close(); });
  on(actions_.import, [this] { opener_.importFaces(); });
  on(actions_.run, [this] { desk_.run(); });
  on(actions_.stop, [this] { runner_.cancelAll(); });
  on(actions_.exportAll, [this] { exportAll(); });
  on(actions_.log, [this] { strip_->setLogVisible(!strip_->isLogVisible()); });
  on(actions_.about, [this] { showAbout(); });
  on(actions_.quit, [this] { close(); });
}

void MainWindow::connectParts() {
  connect(menus_, &Menus::jobRequested, &desk_, [this](const QString& job) { desk_.request(job); });
  connect(menus_, &Menus::pageRequested, workspace_, &Workspace::showRow);
  connect(menus_, &Menus::recentRequested, &opener_, &ProjectOpener::openKnown);
  connect(menus_, &Menus::themeChosen, this, &MainWindow::chooseTheme);
  connect(menus_, &Menus::languageChosen, this, &MainWindow::chooseLanguage);
  connect(workspace_, &Workspace::dialogMade, &desk_, &JobDesk::remembered);
  connect(workspace_, &Workspace::jobRequested, &desk_, &JobDesk::request);
  connect(start_, &StartPage::facesRequested, &opener_, &ProjectOpener::makeFromFaces);
  connect(start_, &StartPage::openRequested, &opener_, &ProjectOpener::choose);
  connect(start_, &StartPage::demoRequested, &opener_, &ProjectOpener::makeDemo);
  connect(start_, &StartPage::recentRequested, &opener_, &ProjectOpener::openKnown);
  connect(&desk_, &JobDesk::importRequested, &opener_, [this] { opener_.importFaces(); });
  connect(&desk_, &JobDesk::said, this, [this](const QString& text) { showMessage(text); });
  connect(&opener_, &ProjectOpener::failed, this, [this](const QString& text) { showMessage(text, true); });
  connect(&opener_, &ProjectOpener::opened, this, [this] {
    offerRecipe();
    if (isVisible()) rememberProject();
  });
  connect(&session_, &Session::projectChanged, this, &MainWindow::updateForProject);
  connect(&session_, &Session::snapshotChanged, this,
          [this] { strip_->setKnownSeconds(analysis::runSeconds(session_.snapshot()->runs)); });
  connect(&session_, &Session::openingChanged, this, [this] {
    if (const QString folder = session_.opening(); !folder.isEmpty())
      showMessage(tr("Reading %1…").arg(QFileInfo(folder).completeBaseName()));
    else
      message_->hide();
  });
  connect(&session_, &Session::folderGone, this, [this](const QString& folder) {
    showMessage(tr("%1: the folder is gone; open it where it is now.").arg(folder), true);
  });
}

// What was stopped goes on where it was: `discern run` leaves out what is done.
void MainWindow::offerRecipe() {
  const QString recipe = opener_.unfinishedRecipe();
  const bool runs = std::ranges::any_of(
      runner_.jobs(), [this](const Job& job) { return !job.isOver() && job.project == session_.folder(); });
  if (recipe.isEmpty() || runs) return;
  message_->offer(tr("“%1” was stopped before its end; what is done stays done.")
                      .arg(QFileInfo(recipe).completeBaseName()),
                  tr("Continue"), [this, recipe] { opener_.runRecipe(recipe); });
}

void MainWindow::connectJobs() {
  connect(&runner_, &JobRunner::jobStarted, this, [this] { actions_.stop->setEnabled(true); });
  connect(&runner_, &JobRunner::idle, this, [this] { actions_.stop->setEnabled(false); });
  connect(&runner_, &JobRunner::jobEvent, this, [this](int id, const JobEvent& event) {
    // The end of a stage is when there is something new to see; between them the session polls.
    if (event.kind == JobEvent::Kind::StageDone && runner_.find(id)->project == session_.folder())
      session_.reload();
    if (event.kind == JobEvent::Kind::Result) tellResult(id, event);
  });
  connect(&runner_, &JobRunner::jobFinished, this, [this](int id) {
    const Job* job = runner_.find(id);
    if (job->name == "run" && job->state == Job::State::Cancelled && job->project == session_.folder())
      offerRecipe();
    if (job->state == Job::State::Failed) showMessage(QString("%1: %2").arg(job->name, job->error), true);
    if (job->name == "run" && job->state == Job::State::Done && job->project == session_.folder())
      opener_.keepRecipe({});
    if (job->project == session_.folder()) session_.reload();
    const QString next =
        job->name == "import"            ? tr("The {samples} are in. Next: features and scores of every one.")
        : job->name == "import-features" ? tr("The features are in. Next: scores of every {sample}.")
        : job->name == "import-scores"
            ? tr("The scores are in. Next: what they are worth, by an evaluation and a sweep.")
            : QString();
    if (!next.isEmpty() && job->state == Job::State::Done &&
        std::ranges::all_of(runner_.jobs(), [](const Job& other) { return other.isOver(); }))
      message_->offer(inWords(session_.kind(), next), tr("Run"), [this] { desk_.run(); });
  });
}

// A job whose result no page shows says it here, and in whole under Log.
void MainWindow::tellResult(int id, const JobEvent& event) {
  if (event.text != results::AggregateResult::kJob) return;
  try {
    const auto result = fromJsonText<results::AggregateResult>(event.line.toStdString(), "the result");
    for (const QString& line : aggregateLines(session_.kind(), result)) runner_.log(id, line);
    message_->offer(aggregateHeadline(session_.kind(), result), tr("Details"),
                    [this] { strip_->setLogVisible(true); });
  } catch (const Error& error) {
    runner_.log(id, QString::fromUtf8(error.what()));
  }
}

// A form that can use another device says what there is, as soon as it is known.
void MainWindow::showDevices(JobForm& form) {
  if (!form.has("device")) return;
  const auto tell = [this, &form] {
    for (const QString device : {"cpu", "cuda"})
      if (const QString text = devices_.textOf(device); !text.isEmpty())
        form.setChoiceText("device", device, text);
  };
  if (!form.property("devicesToldFor").toBool()) connect(&devices_, &Devices::found, &form, tell);
  form.setProperty("devicesToldFor", true);
  tell();
  devices_.ask(runner_.command());
}

void MainWindow::connectContents() {
  connect(&desk_, &JobDesk::formMade, this, &MainWindow::showDevices);
  connect(workspace_, &Workspace::pageShown, this, [this](const QString& title) {
    for (auto* form : workspace_->page(title)->findChildren<JobForm*>()) showDevices(*form);
  });
  devices_.remember(settings_.text("devices"));
  connect(&devices_, &Devices::found, this, [this] { settings_.setText("devices", devices_.memory()); });
  connect(actions_.contents, &QAction::triggered, this, [this] {
    contents_->show();
    contents_->raise();
    contents_->activateWindow();
  });
  connect(actions_.look, &QAction::triggered, contents_, &ContentsWindow::lookForFiles);
  connect(actions_.moved, &QAction::triggered, this, [this] { contents_->askWhereMoved({}); });
  const QString moved = tr("The folder was moved…");
  connect(moved_, &MovedSets::found, this, [this, moved](const QString& set, const QString& folder) {
    message_->offer(tr("The images of “%1” are not in %2 any more.").arg(set, folder), moved,
                    [this] { contents_->askWhereMoved(moved_->set()); });
  });
  connect(moved_, &MovedSets::none, message_, [this, moved] { message_->withdraw(moved); });
}

// --- state

void MainWindow::showMessage(const QString& text, bool isError) { message_->say(text, isError); }
QString MainWindow::message() const { return message_->text(); }
void MainWindow::showPage(const QString& title) { workspace_->showPage(title); }
QStringList MainWindow::pageTitles() const { return workspace_->titles(); }
Page* MainWindow::page(const QString& title) const { return workspace_->page(title); }
bool MainWindow::waitSettled() { return ui::waitSettled(*workspace_); }

// Only what a person sees was opened by one: a program that wants pictures or charts leaves no trace.
void MainWindow::rememberProject() {
  if (session_.isOpen() && !pictured_) settings_.addRecentProject(session_.folder());
}

void MainWindow::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  if (!event->spontaneous()) rememberProject();
}

void MainWindow::updateForProject() {
  const bool open = session_.isOpen();
  central_->setCurrentIndex(open ? 1 : 0);
  actions_.setProjectOpen(open);
  start_->setRecent(settings_.recentProjects());
  setWindowTitle(open ? tr("%1 – Discern").arg(QFileInfo(session_.folder()).completeBaseName())
                      : tr("Discern"));
  message_->hide();
}

void MainWindow::restoreArrangement() {
  for (Page* page : workspace_->pages()) kept_.keep(*page, "pages/" + keyOf(*page));
  kept_.keep(*strip_, "strip");
  desk_.setKept(kept_);
  restoreGeometry(settings_.bytes("window"));
  restoreState(settings_.bytes("docks"), kDocksVersion);
  const auto& pages = workspace_->pages();
  for (std::size_t row = 0; row < pages.size(); ++row)
    if (keyOf(*pages[row]) == settings_.text("page")) workspace_->startWith(int(row));
}

void MainWindow::storeArrangement() {
  if (pictured_) return;
  settings_.setBytes("window", saveGeometry());
  settings_.setBytes("docks", saveState(kDocksVersion));
  if (session_.isOpen()) settings_.setText("page", keyOf(*workspace_->page(workspace_->shown())));
}

void MainWindow::chooseTheme(Theme theme) {
  settings_.setTheme(theme);
  applyTheme(*qApp, theme);
}

// Pages, models and worker threads hold texts: another language is there when the window is made anew.
void MainWindow::chooseLanguage(const QString& code) {
  settings_.setLanguage(code);
  showMessage(tr("The language changes when Discern is started again."));
}

void MainWindow::showAbout() {
  QMessageBox::about(this, tr("About Discern"),
                     tr("<b>Discern %1</b><p>A workbench for face recognition over groups of images: which "
                        "images make or break a template, what can be dropped, and what that saves."
                        "<p>Free software under the GNU General Public License, version 3 or later.")
                         .arg(QApplication::applicationVersion()));
}

// --- files

int MainWindow::exportCharts(const QString& folder) { return ui::exportCharts(*workspace_, folder); }

QStringList MainWindow::saveScreenshots(const QString& folder, QSize size) {
  resize(size);
  pictured_ = !isVisible();
  if (pictured_) kept_.setStoring(false);
  show();
  return savePictures(*this, *workspace_, session_, folder);
}

void MainWindow::exportAll() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Where charts and numbers go"),
                                                           QDir(session_.folder()).filePath("exports"));
  if (folder.isEmpty()) return;
  try {
    showMessage(tr("Waiting for the pages to be ready…"));
    const QString project = session_.folder();
    actions_.exportAll->setEnabled(false);
    const bool ready = waitSettled();
    actions_.exportAll->setEnabled(session_.isOpen());
    if (session_.folder() != project)
      fail("{}", tr("Another project was opened meanwhile; export again.").toStdString());
    if (!ready)
      fail("{}", tr("The pages were not ready after a minute; export again when no job runs.").toStdString());
    const int charts = exportCharts(folder);
    desk_.request("export", {"--out", folder, "--numbers-only"});
    showMessage((charts == 1
                     ? tr("%1 chart (PNG, SVG, PDF, CSV) and the report are in %2; the numbers follow.")
                     : tr("%1 charts (PNG, SVG, PDF, CSV) and the report are in %2; the numbers follow."))
                    .arg(charts)
                    .arg(folder));
  } catch (const std::exception& error) {
    showMessage(QString::fromUtf8(error.what()), true);
  }
}

// --- dropping and closing

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (ProjectOpener::canTake(*event->mimeData())) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  if (!ProjectOpener::canTake(*event->mimeData())) return;
  event->acceptProposedAction();
  opener_.take(*event->mimeData());
}

void MainWindow::waitIdle(int timeoutMs) {
  if (!runner_.isBusy()) return;
  QEventLoop loop;
  connect(&runner_, &JobRunner::idle, &loop, &QEventLoop::quit);
  QTimer::singleShot(timeoutMs, &loop, &QEventLoop::quit);
  loop.exec();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (closing_) {
    event->ignore();
    return;
  }
  if (runner_.isBusy() && isVisible()) {
    const auto answer = QMessageBox::question(this, tr("A job is running"),
                                              tr("Stop the running job and close? It saves its state first, "
                                                 "which may take half a minute; run the job "
                                                 "again to go on."));
    if (answer != QMessageBox::Yes) {
      event->ignore();
      return;
    }
    closing_ = true;
    showMessage(tr("The window closes as soon as the running job has saved its state."));
    setEnabled(false);  // nothing is started meanwhile
    runner_.cancelAll();
    waitIdle(kGraceMs);
    setEnabled(true);
    closing_ = false;
  }
  storeArrangement();
  event->accept();
}

}  // namespace discern::ui
