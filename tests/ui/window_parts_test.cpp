// The parts of the main window, each alone on a session: tool bar, menus, pages, job desk, project opener,
// pictures.
#include <gtest/gtest.h>

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QImage>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QUrl>

#include "core/base/error.h"
#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/charts/chart.h"
#include "ui/models/live/job_requests.h"
#include "ui/pages/page.h"
#include "ui/settings/settings.h"
#include "ui/widgets/job_form.h"
#include "ui/widgets/point_button.h"
#include "ui/window/actions.h"
#include "ui/window/context_bar.h"
#include "ui/window/job_desk.h"
#include "ui/window/pictures.h"
#include "ui/window/project_opener.h"
#include "ui/window/workspace.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

class WindowPartsTest : public ::testing::Test {
 protected:
  void open() {
    project_ = folder_.filePath("p.discern");
    testing::makePlantedProject(project_.toStdString());
    session_.open(project_);
  }
  void addScores(const char* name) {
    {
      auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
      data::ScoreTable table;
      table.name = table.method = name;
      table.resize(144);
      writer.putScores(table);
    }
    session_.reload();
  }
  void useScript(const QString& body) {
    runner_.setCommand({testing::writeFakeEngine(folder_.path(), body)});
  }
  QStringList jobs() {
    QSignalSpy idle(&runner_, &JobRunner::idle);
    if (runner_.isBusy()) {
      EXPECT_TRUE(idle.wait(kWait));
    }
    QStringList lines;
    for (const Job& job : runner_.jobs()) lines << (QStringList{job.name} + job.options).join(' ');
    return lines;
  }

  QTemporaryDir folder_;
  QString project_;
  Session session_;
  JobRunner runner_;
  QWidget window_;  // that dialogs would stand on
};

// --- tool bar

TEST_F(WindowPartsTest, TheContextFollowsTheProjectAndChoosesForAll) {
  ContextBar bar(session_, {});
  auto* scores = child<QComboBox>(bar, "scoreTable");
  auto* features = child<QComboBox>(bar, "featureTable");
  auto* protocol = child<QComboBox>(bar, "protocolName");
  for (QComboBox* combo : {scores, features, protocol}) EXPECT_FALSE(combo->isEnabled());
  open();
  for (QComboBox* combo : {scores, features, protocol}) EXPECT_TRUE(combo->isEnabled());
  EXPECT_EQ(scores->currentText(), session_.scoreTable());
  EXPECT_EQ(features->currentText(), "demo");
  EXPECT_EQ(protocol->currentText(), "templates");
  addScores("norm");
  ASSERT_EQ(scores->count(), 2);
  EXPECT_EQ(scores->currentText(), "dscore") << "what is chosen stays chosen";
  scores->setFocus();
  QTest::keyClicks(scores, "norm");
  EXPECT_EQ(session_.scoreTable(), "norm");
  session_.close();
  EXPECT_EQ(scores->count(), 0);
  EXPECT_FALSE(scores->isEnabled());
}

// The names stand in the tool bar and in the corner; they are one choice.
TEST_F(WindowPartsTest, TheToolBarAndTheCornerAreOneChoice) {
  open();
  addScores("norm");
  ContextBar bar(session_, {});
  PointButton corner(session_);
  corner.show();
  corner.menu()->popup({0, 0});
  auto* above = child<QComboBox>(bar, "scoreTable");
  auto* beside = child<QComboBox>(*corner.menu(), "pointScores");
  EXPECT_EQ(above->currentText(), beside->currentText());
  above->setFocus();
  QTest::keyClicks(above, "norm");
  EXPECT_EQ(beside->currentText(), "norm");
  EXPECT_TRUE(corner.toolTip().contains("norm")) << corner.toolTip().toStdString();
  beside->setFocus();
  QTest::keyClick(beside, Qt::Key_Home);
  EXPECT_EQ(session_.scoreTable(), beside->currentText());
  EXPECT_EQ(above->currentText(), "dscore");
  EXPECT_FALSE(corner.toolTip().contains("norm"));
  corner.menu()->close();
}

// The paper's evaluation is a point: what is measured at it is measured so.
TEST_F(WindowPartsTest, ThePointTakesAPresetAsAWhole) {
  open();
  session_.setThreshold(0.3);
  PointButton corner(session_);
  corner.show();
  corner.menu()->popup({0, 0});
  auto* preset = child<QComboBox>(*corner.menu(), "pointPreset");
  EXPECT_EQ(preset->currentText(), "recommended");
  const auto choose = [&](const QString& text) {
    preset->setCurrentText(text);
    emit preset->activated(preset->currentIndex());
  };
  choose("paper");
  EXPECT_EQ(session_.point().lengths, data::Lengths::Raw);
  EXPECT_EQ(session_.point().rescale, aggregation::Rescale::On);
  EXPECT_EQ(session_.point().threshold, 0.15);
  EXPECT_EQ(child<QComboBox>(*corner.menu(), "pointRescale")->currentText(), "on") << "the form follows";
  const JobRequest request = evaluateRequest(*session_.snapshot(), session_.point());
  EXPECT_TRUE(request.options.join(' ').contains("--lengths raw")) << request.options.join(' ').toStdString();
  EXPECT_TRUE(request.options.join(' ').contains("--threshold 0.15"));
  session_.setThreshold(0.2);
  EXPECT_EQ(preset->currentText(), "your own");
  choose("recommended");
  EXPECT_EQ(session_.point().lengths, data::Lengths::Unit);
  EXPECT_EQ(session_.point().rescale, aggregation::Rescale::Auto);
  EXPECT_EQ(session_.point().threshold, 0.2) << "a threshold belongs to its scores";
  EXPECT_TRUE(preset->toolTip().contains("Threshold = 0.15")) << preset->toolTip().toStdString();
  corner.menu()->close();
}

// --- menus

class MenusTest : public WindowPartsTest {
 protected:
  MenusTest() : settings_(folder_.filePath("settings.ini")), actions_(window_) {}
  static QAction* entry(const QMenuBar& bar, const QString& text) {
    for (QMenu* menu : bar.findChildren<QMenu*>())
      for (QAction* action : menu->actions())
        if (action->text().remove('&') == text) return action;
    ADD_FAILURE() << "no entry " << text.toStdString();
    return nullptr;
  }

  Settings settings_;
  Actions actions_;
};

class NamedPage : public Page {
 public:
  NamedPage(Session& session, QString title) : Page(session), title_(std::move(title)) {}
  QString title() const override { return title_; }

 private:
  QString title_;
};

TEST_F(MenusTest, SayWhatIsWantedAndDoNothingThemselves) {
  std::vector<std::unique_ptr<NamedPage>> owned;
  std::vector<Page*> pages;
  for (int i = 0; i < 11; ++i) {
    owned.push_back(std::make_unique<NamedPage>(session_, QString("Page %1").arg(i)));
    pages.push_back(owned.back().get());
  }
  QMenuBar bar(&window_);
  Menus menus(bar, actions_, pages, settings_, window_);
  QSignalSpy job(&menus, &Menus::jobRequested), page(&menus, &Menus::pageRequested);
  for (const char* name : {"Extract features…", "Score…", "Make a protocol…", "Evaluate", "Sweep thresholds",
                           "Export kept images…"})
    entry(bar, name)->trigger();
  QStringList asked;
  for (const auto& arguments : job) asked << arguments[0].toString();
  EXPECT_EQ(asked, (QStringList{"extract", "score", "protocol", "evaluate", "sweep", "export"}));
  entry(bar, "Page 10")->trigger();
  ASSERT_EQ(page.count(), 1);
  EXPECT_EQ(page[0][0].toInt(), 10);
  EXPECT_EQ(entry(bar, "Page 0")->shortcut(), QKeySequence("Ctrl+1"));
  EXPECT_EQ(entry(bar, "Page 9")->shortcut(), QKeySequence("Ctrl+0"));
  EXPECT_EQ(entry(bar, "Page 10")->shortcut(), QKeySequence("Ctrl+Shift+1"));
}

TEST_F(MenusTest, RecentProjectsAreReadWhenTheirMenuOpens) {
  QMenuBar bar(&window_);
  Menus menus(bar, actions_, {}, settings_, window_);
  QMenu* recent = entry(bar, "Open recent")->menu();
  emit recent->aboutToShow();
  ASSERT_EQ(recent->actions().size(), 1);
  EXPECT_FALSE(recent->actions()[0]->isEnabled());
  const QString a = folder_.filePath("a.discern"), b = folder_.filePath("b.discern");
  for (const QString& folder : {a, b}) {
    ASSERT_TRUE(QDir().mkpath(folder));
    settings_.addRecentProject(folder);
  }
  settings_.addRecentProject(folder_.filePath("gone.discern"));
  emit recent->aboutToShow();
  QSignalSpy wanted(&menus, &Menus::recentRequested);
  ASSERT_EQ(recent->actions().size(), 2);
  recent->actions()[0]->trigger();
  EXPECT_EQ(wanted[0][0].toString(), b) << "the last one first, and none that is gone";
}

TEST_F(MenusTest, TheThemeOfTheSettingsIsTickedAndAnotherIsAsked) {
  settings_.setTheme(Theme::Dark);
  QMenuBar bar(&window_);
  Menus menus(bar, actions_, {}, settings_, window_);
  QList<Theme> chosen;
  QObject::connect(&menus, &Menus::themeChosen, &menus, [&](Theme theme) { chosen << theme; });
  EXPECT_TRUE(entry(bar, "Dark")->isChecked());
  entry(bar, "Light")->trigger();
  EXPECT_EQ(chosen, QList<Theme>{Theme::Light});
  EXPECT_FALSE(entry(bar, "Dark")->isChecked());
}

TEST_F(MenusTest, WhatNeedsAProjectWaitsForOne) {
  actions_.setProjectOpen(false);
  for (const QAction* action : {actions_.run, actions_.exportAll, actions_.closeProject})
    EXPECT_FALSE(action->isEnabled());
  EXPECT_TRUE(actions_.import->isEnabled());
  actions_.setProjectOpen(true);
  EXPECT_TRUE(actions_.run->isEnabled());
  EXPECT_FALSE(actions_.stop->isEnabled()) << "nothing runs";
}

// --- the pages

TEST_F(WindowPartsTest, AWorkspaceShowsItsPagesByNameRowAndClick) {
  open();
  Workspace workspace(session_, runner_);
  workspace.resize(1100, 700);
  workspace.show();
  auto* list = child<QListWidget>(workspace, "navigation");
  EXPECT_EQ(workspace.titles().size(), list->count());
  EXPECT_EQ(workspace.shown(), "Data");
  workspace.showPage("inspector");  // whatever its capitals
  EXPECT_EQ(workspace.shown(), "Inspector");
  workspace.showRow(1);
  EXPECT_EQ(workspace.shown(), "Scores");
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(2)).center());
  EXPECT_TRUE(workspace.page("Template")->isVisible());
  emit workspace.page("Inspector")->pageRequested("Data");
  EXPECT_EQ(workspace.shown(), "Data");
  EXPECT_EQ(workspace.page("Nowhere"), nullptr);
  EXPECT_THROW(workspace.showPage("Nowhere"), Error);
  QSignalSpy job(&workspace, &Workspace::jobRequested);
  emit workspace.page("Scores")->jobRequested("score", {"--method", "norm"});
  ASSERT_EQ(job.count(), 1);
  EXPECT_EQ(job[0][1].toStringList(), (QStringList{"--method", "norm"}));
}

TEST_F(WindowPartsTest, ChartsOfPagesThatNobodyHasSeenAreExportedUpToDate) {
  open();
  Workspace workspace(session_, runner_);  // never shown
  ASSERT_TRUE(waitSettled(workspace, kWait));
  EXPECT_EQ(exportCharts(workspace, folder_.filePath("out")), int(workspace.charts().size()));
  session_.setThreshold(0.37);
  ASSERT_TRUE(waitSettled(workspace, kWait));
  exportCharts(workspace, folder_.filePath("later"));
  for (const char* name : {"threshold-tar.csv", "score-heatmap.csv", "tradeoff.csv"})
    EXPECT_TRUE(QFile::exists(QDir(folder_.filePath("later")).filePath(name))) << name;
  EXPECT_TRUE(QFile::exists(folder_.filePath("later/report.html")));
}

TEST_F(WindowPartsTest, PicturesAreOfEveryPageAndEndWhereTheyBegan) {
  open();
  QWidget window;
  window.resize(1100, 700);
  Workspace workspace(session_, runner_, &window);
  workspace.resize(window.size());
  window.show();
  workspace.showPage("Threshold");
  const QStringList files = savePictures(window, workspace, session_, folder_.filePath("pictures"));
  EXPECT_EQ(files.size(), workspace.titles().size());
  for (const QString& file : files) EXPECT_EQ(QImage(file).size(), window.size()) << file.toStdString();
  EXPECT_EQ(workspace.shown(), "Threshold");
  EXPECT_GE(session_.current(), 0) << "the inspector needs an image to be looked at";
}

// --- jobs

TEST_F(WindowPartsTest, TheDeskAsksForImagesFirst) {
  JobDesk desk(session_, runner_, window_);
  QSignalSpy import(&desk, &JobDesk::importRequested), said(&desk, &JobDesk::said);
  desk.request("score");
  EXPECT_EQ(said.count(), 1);
  desk.request("import");
  EXPECT_EQ(import.count(), 1);
  desk.run();
  EXPECT_EQ(import.count(), 2);
  EXPECT_TRUE(runner_.jobs().empty());
}

TEST_F(WindowPartsTest, TheDeskGivesJobsWhatIsLookedAt) {
  open();
  session_.setThreshold(0.25);
  useScript("exit 0");
  JobDesk desk(session_, runner_, window_);
  desk.request("evaluate");
  desk.request("sweep");
  desk.request("train-ddnet", {"--name", "n"});
  desk.request("refresh");
  EXPECT_EQ(jobs(),
            (QStringList{"evaluate --protocol templates --features demo --scores dscore --threshold 0.25",
                         "sweep --protocol templates --features demo --scores dscore --far 0.001",
                         "train-ddnet --name n", "extract --model demo --name demo --recipe insightface",
                         "score --features demo"}));
}

TEST_F(WindowPartsTest, AnExtractionIsAskedForWithNothingThatIsNotTheUsers) {
  testing::PlantedOptions options;
  options.features = options.scores = options.results = false;
  project_ = folder_.filePath("p.discern");
  testing::makePlantedProject(project_.toStdString(), options);
  session_.open(project_);
  useScript("exit 0");
  JobDesk desk(session_, runner_, window_);
  const auto asked = [&] {
    QString model;
    QTimer::singleShot(0, &window_, [&] {
      auto* dialog = window_.findChild<JobDialog*>();
      ASSERT_NE(dialog, nullptr);
      auto* combo = child<QComboBox>(*dialog, "model");
      EXPECT_TRUE(combo->isEditable());
      EXPECT_GE(combo->findText("demo"), 0);
      model = combo->currentText();
      dialog->reject();
    });
    desk.request("extract");
    return model;
  };
  EXPECT_EQ(asked(), "");
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    writer.putFeatureTable({"arc", "/models/arcface.onnx", "{}", 32, 0, 0, "2024-01-01T00:00:00Z"});
  }
  session_.reload();
  EXPECT_EQ(asked(), "/models/arcface.onnx");
  EXPECT_TRUE(runner_.jobs().empty());
}

TEST_F(WindowPartsTest, NoChoiceOfADialogIsBlank) {
  open();
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    writer.putModel({"net", "ddnet", "ddnet-r18", "checkpoints/net.safetensors", 1, 1, 0, "{}"});
    data::Protocol other;
    other.name = "another";
    writer.putProtocol(other);
  }
  session_.reload();
  session_.setProtocolName("templates");
  JobDesk desk(session_, runner_, window_);
  for (const char* job : {"extract", "score", "protocol", "export", "aggregate", "identify"}) {
    QTimer::singleShot(0, &window_, [&, job] {
      auto* dialog = window_.findChild<JobDialog*>();
      ASSERT_NE(dialog, nullptr) << job;
      for (const JobField& field : dialog->form().fields())
        if (auto* combo = dialog->form().findChild<QComboBox*>(QString::fromStdString(field.name))) {
          EXPECT_GT(combo->count(), 0) << job << ' ' << field.name;
          if (!combo->isEditable()) {
            EXPECT_FALSE(combo->currentText().isEmpty()) << job << ' ' << field.name;
          }
        }
      if (QString(job) == "aggregate") {
        EXPECT_EQ(dialog->form().text("protocol"), "templates") << "the operating point's";
        EXPECT_GE(child<QComboBox>(dialog->form(), "protocol")->findText("another"), 0);
      }
      if (QString(job) == "extract") {
        EXPECT_EQ(dialog->form().text("scores"), "") << "what is not chosen is the operating point's";
      }
      dialog->reject();
    });
    desk.request(job);
  }
  EXPECT_TRUE(runner_.jobs().empty());
}

TEST_F(WindowPartsTest, ASearchIsAskedForByItsBenchmarkAndTheLastOneIsRepeated) {
  open();
  JobDesk desk(session_, runner_, window_);
  QString benchmark;
  QStringList shown, offered;
  const auto ask = [&](const QStringList& options, const QString& choose = {}) {
    QTimer::singleShot(0, &window_, [&, choose] {
      auto* dialog = window_.findChild<JobDialog*>();
      ASSERT_NE(dialog, nullptr);
      JobForm& form = dialog->form();
      if (!choose.isEmpty()) form.setValue("benchmark", choose);
      benchmark = form.text("benchmark");
      auto* combo = child<QComboBox>(form, "benchmark");
      offered.clear();
      for (int i = 0; i < combo->count(); ++i) offered << combo->itemData(i).toString();
      shown.clear();
      for (const char* field :
           {"gallery", "galleries", "subjects", "aggregation", "seed", "rescale", "max-rank"})
        if (child<QWidget>(form, field)->isVisible()) shown << field;
      dialog->reject();
    });
    desk.request("identify", options);
  };
  ask({});
  EXPECT_EQ(benchmark, "search");
  EXPECT_EQ(offered, (QStringList{"search", "scface", "uccs", "templates", "tracklets", "actions"}));
  EXPECT_EQ(shown, (QStringList{"gallery", "seed", "max-rank"}));
  ask({}, "uccs");
  EXPECT_EQ(shown, (QStringList{"subjects", "seed", "max-rank"}));
  ask({}, "tracklets");
  EXPECT_EQ(shown, (QStringList{"galleries", "aggregation", "seed", "rescale", "max-rank"}));
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    for (const char* name : {"mars/gallery", "mars/query"}) {
      data::Protocol protocol;
      protocol.name = name;
      writer.putProtocol(protocol);
    }
  }
  session_.reload();
  ask({});
  EXPECT_EQ(benchmark, "tracklets") << "what an import brought";
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    writer.finishRun(writer.startRun("identify", R"({"benchmark": "templates", "max-rank": "5"})"), "done",
                     "{}");
    writer.finishRun(writer.startRun("identify", R"({"benchmark": "uccs"})"), "failed", "{}");
  }
  session_.reload();
  ask({});
  EXPECT_EQ(benchmark, "templates") << "the newest that was done";
  ask({"--benchmark", "scface"});
  EXPECT_EQ(benchmark, "scface") << "what is chosen counts more";
  EXPECT_TRUE(runner_.jobs().empty());
}

// --- projects

TEST_F(WindowPartsTest, AProjectIsMadeOnlyWhenAsked) {
  ProjectOpener opener(session_, runner_, window_);
  QSignalSpy opened(&opener, &ProjectOpener::opened), failed(&opener, &ProjectOpener::failed);
  const QString fresh = folder_.filePath("fresh.discern");
  EXPECT_THROW(opener.open(fresh), Error);
  opener.openKnown(fresh);
  EXPECT_EQ(failed.count(), 1);
  EXPECT_FALSE(session_.isOpen());
  opener.open(fresh + "/", true);
  EXPECT_EQ(opened.count(), 1);
  EXPECT_EQ(session_.folder(), fresh) << "a slash at its end is no part of its name";
  opener.open(fresh, true);
  EXPECT_EQ(opened.count(), 2) << "what is there is opened";
  useScript("exit 0");
  opener.runRecipe("/recipes/demo.toml");
  EXPECT_EQ(jobs(), QStringList{"run /recipes/demo.toml"});
}

TEST_F(WindowPartsTest, ADroppedProjectIsOpened) {
  open();
  session_.close();
  ProjectOpener opener(session_, runner_, window_);
  QMimeData nothing, several, project;
  several.setUrls({QUrl::fromLocalFile("/a"), QUrl::fromLocalFile("/b")});
  project.setUrls({QUrl::fromLocalFile(project_)});
  EXPECT_FALSE(ProjectOpener::canTake(nothing));
  EXPECT_FALSE(ProjectOpener::canTake(several));
  ASSERT_TRUE(ProjectOpener::canTake(project));
  QSignalSpy opened(&opener, &ProjectOpener::opened);
  opener.take(project);
  EXPECT_FALSE(session_.isOpen()) << "the other program's drag ends first";
  EXPECT_TRUE(opened.wait(kWait));
  EXPECT_EQ(session_.folder(), project_);
}

}  // namespace
}  // namespace discern::ui
