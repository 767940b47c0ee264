#include "ui/main_window.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QShowEvent>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/analysis/defaults.h"
#include "core/base/error.h"
#include "ui/job_strip.h"
#include "ui/pages/page.h"
#include "ui/pages/pages.h"
#include "ui/pages/start_page.h"
#include "ui/theme.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/point_button.h"

namespace discern::ui {
namespace {

constexpr int kNavigationWidth = 168, kNavigationRow = 40;

QComboBox* makeContextCombo(const QString& name, const QString& tooltip) {
  auto* combo = new QComboBox;
  combo->setObjectName(name);
  combo->setToolTip(tooltip);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo->setMinimumContentsLength(15);
  return combo;
}

void fill(QComboBox* combo, const QStringList& names, const QString& chosen) {
  const QSignalBlocker blocker(combo);
  combo->clear();
  combo->addItems(names);
  combo->setCurrentText(chosen);
  combo->setEnabled(!names.isEmpty());
}

QStringList list(const std::vector<std::string>& names) {
  QStringList result;
  for (const std::string& name : names) result << QString::fromStdString(name);
  return result;
}

}  // namespace

MainWindow::MainWindow(Settings& settings, QWidget* parent) : QMainWindow(parent), settings_(settings) {
  setAcceptDrops(true);
  setWindowIcon(icon("app"));
  resize(1280, 800);
  runner_.setCommand(engineCommand(settings_.engineCommand()));
  buildPages();
  buildActions();
  buildMenus();
  buildContext();
  connect(&session_, &Session::projectChanged, this, &MainWindow::updateForProject);
  connect(&session_, &Session::snapshotChanged, this, &MainWindow::fillContext);
  connect(&session_, &Session::scoresChanged, this, &MainWindow::fillContext);
  connect(&session_, &Session::protocolChanged, this, &MainWindow::fillContext);
  connect(&session_, &Session::folderGone, this, [this](const QString& folder) {
    showMessage(QString("%1: the folder is gone; open it where it is now.").arg(folder), true);
  });
  connect(&runner_, &JobRunner::jobStarted, this, [this] { cancel_->setEnabled(true); });
  connect(&runner_, &JobRunner::idle, this, [this] { cancel_->setEnabled(false); });
  connect(&runner_, &JobRunner::jobEvent, this, [this](int id, const JobEvent& event) {
    // The end of a stage is when there is something new to see; between them the session polls.
    if (event.kind == JobEvent::Kind::StageDone && runner_.find(id)->project == session_.folder())
      session_.reload();
  });
  connect(&runner_, &JobRunner::jobFinished, this, [this](int id) {
    const Job* job = runner_.find(id);
    if (job->state == Job::State::Failed) showMessage(QString("%1: %2").arg(job->name, job->error), true);
    if (job->project == session_.folder()) session_.reload();
  });
  restoreGeometry(settings_.bytes("window"));
  updateForProject();
}

MainWindow::~MainWindow() {
  // Pages hold references to session and runner, which are members and would go first.
  delete takeCentralWidget();
}

// --- building

void MainWindow::addPage(Page* page) {
  pages_.push_back(page);
  stack_->addWidget(page);
  auto* item = new QListWidgetItem(icon(page->iconName()), page->title(), navigation_);
  item->setSizeHint({0, kNavigationRow});
  connect(page, &Page::jobRequested, this, &MainWindow::requestJob);
  connect(page, &Page::pageRequested, this,
          [this](const QString& title) { guarded([&] { showPage(title); }); });
}

void MainWindow::buildPages() {
  navigation_ = new QListWidget;
  navigation_->setObjectName("navigation");
  navigation_->setAccessibleName("Pages");
  navigation_->setFixedWidth(kNavigationWidth);
  navigation_->setIconSize({20, 20});
  navigation_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  stack_ = new QStackedWidget;
  const PageTools tools{session_, runner_, [this] { return chartsWithNumbers(); },
                        [this](const Page* page) { return settledBut(page); }};
  for (const PageFactory make : pages()) addPage(make(tools));
  connect(navigation_, &QListWidget::currentRowChanged, stack_, &QStackedWidget::setCurrentIndex);
  navigation_->setCurrentRow(0);

  auto* workspace = new QWidget;
  auto* columns = new QHBoxLayout(workspace);
  columns->setContentsMargins(0, 0, 0, 0);
  columns->setSpacing(0);
  columns->addWidget(navigation_);
  columns->addWidget(stack_, 1);

  start_ = new StartPage;
  central_ = new QStackedWidget;
  central_->addWidget(start_);
  central_->addWidget(workspace);
  strip_ = new JobStrip(runner_);
  auto* whole = new QWidget;
  auto* rows = new QVBoxLayout(whole);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  rows->addWidget(buildMessageBar());
  rows->addWidget(central_, 1);
  rows->addWidget(strip_);
  setCentralWidget(whole);
  connect(start_, &StartPage::facesRequested, this, &MainWindow::newProjectFromFaces);
  connect(start_, &StartPage::openRequested, this, &MainWindow::chooseProject);
  connect(start_, &StartPage::demoRequested, this, &MainWindow::runDemo);
  connect(start_, &StartPage::recentRequested, this,
          [this](const QString& folder) { guarded([&] { openProject(folder); }); });
}

QWidget* MainWindow::buildMessageBar() {
  messageBar_ = new QFrame;
  messageBar_->setObjectName("messageBar");
  auto* layout = new QHBoxLayout(messageBar_);
  layout->setContentsMargins(12, 6, 8, 6);
  messageIcon_ = new QLabel;
  messageText_ = new QLabel;
  messageText_->setObjectName("messageText");
  messageText_->setWordWrap(true);
  messageText_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* close = new QToolButton;
  close->setIcon(icon("close"));
  close->setToolTip("Close");
  close->setAccessibleName("Close the message");
  layout->addWidget(messageIcon_);
  layout->addWidget(messageText_, 1);
  layout->addWidget(close);
  messageBar_->hide();
  connect(close, &QToolButton::clicked, messageBar_, &QWidget::hide);
  return messageBar_;
}

void MainWindow::buildActions() {
  const auto make = [this](const char* iconName, const QString& text, const QKeySequence& keys, auto slot) {
    auto* action = new QAction(icon(iconName), text, this);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, slot);
    return action;
  };
  new_ = make("new", "&New project…", QKeySequence::New, [this] { newProject(); });
  open_ = make("open", "&Open project…", QKeySequence::Open, [this] { chooseProject(); });
  closeProject_ = make("close", "&Close project", QKeySequence::Close, [this] { session_.close(); });
  import_ = make("import", "&Import…", QKeySequence("Ctrl+I"), [this] { importFaces(); });
  run_ = make("run", "&Run", QKeySequence("Ctrl+R"), [this] { runMainJob(); });
  run_->setToolTip(
      "Extracts features, scores every image, evaluates and sweeps: whatever is missing (Ctrl+R)");
  cancel_ = make("stop", "&Stop jobs", QKeySequence("Ctrl+."), [this] { runner_.cancelAll(); });
  cancel_->setEnabled(false);
  export_ = make("export", "&Export all…", QKeySequence("Ctrl+E"), [this] { exportAll(); });
  log_ = make("info", "&Log", QKeySequence("Ctrl+L"),
              [this] { strip_->setLogVisible(!strip_->isLogVisible()); });
  quit_ = make("close", "&Quit", QKeySequence::Quit, [this] { close(); });
  about_ = make("help", "&About Discern", {}, [this] {
    QMessageBox::about(
        this, "About Discern",
        QString("<b>Discern %1</b><p>A workbench for face recognition over groups of images: which "
                "images make or break a template, what can be dropped, and what that saves."
                "<p>Free software under the GNU General Public License, version 3 or later.")
            .arg(QApplication::applicationVersion()));
  });
}

void MainWindow::buildMenus() {
  QMenu* file = menuBar()->addMenu("&File");
  file->addActions({new_, open_});
  recentMenu_ = file->addMenu("Open &recent");
  connect(recentMenu_, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
  file->addSeparator();
  file->addActions({import_, export_});
  file->addSeparator();
  file->addActions({closeProject_, quit_});
  QMenu* jobs = menuBar()->addMenu("&Jobs");
  jobs->addAction(run_);
  jobs->addSeparator();
  jobs->addAction("Extract &features…", this, [this] { requestJob("extract", {}); });
  jobs->addAction("&Score…", this, [this] { requestJob("score", {}); });
  jobs->addAction("Make a &protocol…", this, [this] { requestJob("protocol", {}); });
  jobs->addAction("&Evaluate", this, [this] { requestJob("evaluate", {}); });
  jobs->addAction("S&weep thresholds", this, [this] { requestJob("sweep", {}); });
  jobs->addSeparator();
  jobs->addActions({cancel_, log_});
  QMenu* view = menuBar()->addMenu("&View");
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    const int row = static_cast<int>(i);
    QAction* action = view->addAction(icon(pages_[i]->iconName()), pages_[i]->title(), this,
                                      [this, row] { navigation_->setCurrentRow(row); });
    if (row >= 10) continue;                                                    // no digit is left
    action->setShortcut(QKeySequence(QString("Ctrl+%1").arg((row + 1) % 10)));  // the tenth: 0
    navigation_->item(row)->setToolTip(
        QString("%1 (%2)").arg(pages_[i]->title(), action->shortcut().toString(QKeySequence::NativeText)));
  }
  view->addSeparator();
  QMenu* themes = view->addMenu(icon("theme"), "&Theme");
  auto* group = new QActionGroup(this);
  for (const auto& [theme, text] : {std::pair(Theme::System, "&System"), std::pair(Theme::Light, "&Light"),
                                    std::pair(Theme::Dark, "&Dark")}) {
    QAction* action = themes->addAction(text, this, [this, theme = theme] { chooseTheme(theme); });
    action->setCheckable(true);
    action->setChecked(settings_.theme() == theme);
    group->addAction(action);
  }
  QAction* full =
      view->addAction("&Full screen", this, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
  full->setShortcut(QKeySequence::FullScreen);
  menuBar()->addMenu("&Help")->addAction(about_);
}

// Which tables every page looks at: one place for all of them.
void MainWindow::buildContext() {
  auto* bar = addToolBar("Main");
  bar->setObjectName("mainToolBar");
  bar->setMovable(false);
  bar->setContextMenuPolicy(Qt::PreventContextMenu);
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  bar->setIconSize({18, 18});
  bar->addActions({open_, import_, run_, export_});
  auto* space = new QWidget;
  space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  bar->addWidget(space);
  scoreTable_ = makeContextCombo("scoreTable", "The scores every page shows");
  featureTable_ = makeContextCombo("featureTable", "The features templates are made of");
  protocol_ = makeContextCombo("protocolName", "The comparisons accuracy is measured on");
  for (const auto& [text, combo] : {std::pair("Scores", scoreTable_), std::pair("Features", featureTable_),
                                    std::pair("Protocol", protocol_)}) {
    auto* label = new QLabel(QString("  %1 ").arg(text));
    label->setProperty("muted", true);
    combo->setAccessibleName(text);
    bar->addWidget(label);
    bar->addWidget(combo);
  }
  menuBar()->setCornerWidget(new PointButton(session_), Qt::TopRightCorner);  // there is always room for it
  connect(scoreTable_, &QComboBox::textActivated, &session_, &Session::setScoreTable);
  connect(featureTable_, &QComboBox::textActivated, &session_, &Session::setFeatureTable);
  connect(protocol_, &QComboBox::textActivated, &session_, &Session::setProtocolName);
}

// --- state

void MainWindow::guarded(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::exception& error) {
    showMessage(QString::fromUtf8(error.what()), true);
  }
}

void MainWindow::showMessage(const QString& text, bool isError) {
  messageIcon_->setPixmap(icon(isError ? "warning" : "info").pixmap(18, 18));
  messageBar_->setProperty("error", isError);
  messageText_->setText(text);
  messageBar_->setVisible(!text.isEmpty());
}

QString MainWindow::message() const { return messageBar_->isHidden() ? QString() : messageText_->text(); }

void MainWindow::openProject(const QString& folder, bool create) {
  const QString absolute = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());  // no slash at its end
  if (create && !project::Project::isProject(absolute.toStdString()))
    static_cast<void>(project::Project::create(absolute.toStdString()));
  session_.open(absolute);
  if (isVisible()) rememberProject();
}

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
  for (QAction* action : {run_, export_, closeProject_}) action->setEnabled(open);
  for (QComboBox* combo : {scoreTable_, featureTable_, protocol_}) combo->setEnabled(open);
  start_->setRecent(settings_.recentProjects());
  setWindowTitle(open ? QString("%1 – Discern").arg(QFileInfo(session_.folder()).completeBaseName())
                      : QString("Discern"));
  messageBar_->hide();
  fillContext();
}

void MainWindow::fillContext() {
  const auto snapshot = session_.snapshot();
  fill(scoreTable_, list(snapshot->scoreTables), session_.scoreTable());
  fill(featureTable_, list(analysis::namesOf(snapshot->featureTables)), session_.featureTable());
  fill(protocol_, list(snapshot->protocols), session_.protocolName());
}

void MainWindow::fillRecent() {
  recentMenu_->clear();
  for (const QString& folder : settings_.recentProjects())
    recentMenu_->addAction(folder, this, [this, folder] { guarded([&] { openProject(folder); }); });
  if (recentMenu_->isEmpty()) recentMenu_->addAction("None yet")->setEnabled(false);
}

void MainWindow::chooseTheme(Theme theme) {
  settings_.setTheme(theme);
  applyTheme(*qApp, theme);
}

QStringList MainWindow::pageTitles() const {
  QStringList titles;
  for (const Page* page : pages_) titles << page->title();
  return titles;
}

Page* MainWindow::page(const QString& title) const {
  for (Page* page : pages_)
    if (page->title().compare(title, Qt::CaseInsensitive) == 0) return page;
  return nullptr;
}

void MainWindow::showPage(const QString& title) {
  Page* wanted = page(title);
  if (wanted == nullptr)
    fail("There is no page '{}'; the pages are {}.", title.toStdString(),
         pageTitles().join(", ").toStdString());
  navigation_->setCurrentRow(stack_->indexOf(wanted));
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
    const auto answer = QMessageBox::question(
        this, "A job is running",
        "Stop the running job and close? It saves its state first, which may take half a minute; run the job "
        "again to go on.");
    if (answer != QMessageBox::Yes) {
      event->ignore();
      return;
    }
    closing_ = true;
    showMessage("The window closes as soon as the running job has saved its state.");
    setEnabled(false);  // nothing is started meanwhile
    runner_.cancelAll();
    waitIdle(kGraceMs);
    setEnabled(true);
    closing_ = false;
  }
  settings_.setBytes("window", saveGeometry());
  event->accept();
}

}  // namespace discern::ui
