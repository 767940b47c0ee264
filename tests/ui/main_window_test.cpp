// The whole window, offscreen: load, run, cancel, fail, export, drop, close.
#include "ui/main_window.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include "core/base/error.h"
#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/charts/chart.h"
#include "ui/pages/page.h"
#include "ui/settings/resource_file.h"
#include "ui/theme.h"

namespace discern::ui {
namespace {

using testing::kWait;

class MainWindowTest : public ::testing::Test {
 protected:
  MainWindowTest() : settings_(folder_.filePath("settings.ini")), window_(settings_) {
    window_.show();
    settings_.setTheme(Theme::Light);
  }
  void openPlanted(const testing::PlantedOptions& options = {}) {
    project_ = folder_.filePath("p.discern");
    testing::makePlantedProject(project_.toStdString(), options);
    window_.openProject(project_);
  }
  void useScript(const QString& body) {
    window_.runner().setCommand({testing::writeFakeEngine(folder_.path(), body)});
  }
  void waitIdle() {
    QSignalSpy idle(&window_.runner(), &JobRunner::idle);
    EXPECT_TRUE(idle.wait(kWait));
  }
  QAction* action(const QString& text) {
    for (QAction* action : window_.findChildren<QAction*>())
      if (action->text().remove('&') == text) return action;
    ADD_FAILURE() << "no action " << text.toStdString();
    return nullptr;
  }
  QStringList jobs() const {
    QStringList lines;
    for (const Job& job : const_cast<MainWindow&>(window_).runner().jobs())
      lines << (QStringList{job.name} + job.options).join(' ');
    return lines;
  }

  QTemporaryDir folder_;
  QString project_;
  Settings settings_;
  MainWindow window_;
};

TEST_F(MainWindowTest, BeginsWithTheStartPageAndOpensAProject) {
  EXPECT_TRUE(window_.findChild<QPushButton*>("newFromFaces")->isVisible());
  EXPECT_FALSE(action("Run")->isEnabled());
  openPlanted();
  EXPECT_FALSE(window_.findChild<QPushButton*>("newFromFaces")->isVisible());
  EXPECT_TRUE(window_.windowTitle().startsWith("p"));
  EXPECT_EQ(window_.pageTitles(),
            (QStringList{"Data", "Scores", "Template", "Inspector", "Review", "Threshold", "Trade-off",
                         "Selection", "Training", "Distil", "Evaluation", "Compare", "Slices", "Report"}));
  EXPECT_EQ(settings_.recentProjects(), QStringList{project_});
  EXPECT_EQ(window_.findChild<QComboBox*>("protocolName")->currentText(), "templates");
  action("Close project")->trigger();
  EXPECT_TRUE(window_.findChild<QPushButton*>("newFromFaces")->isVisible());
  // The recent project is one click away.
  for (QPushButton* button : window_.findChildren<QPushButton*>())
    if (button->toolTip() == project_) QTest::mouseClick(button, Qt::LeftButton);
  EXPECT_TRUE(window_.session().isOpen());
}

TEST_F(MainWindowTest, ASlashAtTheEndOfAFolderIsNotPartOfItsName) {
  openPlanted();
  window_.openProject(project_ + "/");
  EXPECT_TRUE(window_.windowTitle().startsWith("p –")) << window_.windowTitle().toStdString();
  EXPECT_EQ(window_.session().folder(), project_);
  EXPECT_EQ(settings_.recentProjects(), QStringList{project_});
}

TEST_F(MainWindowTest, NavigationShowsEveryPage) {
  openPlanted();
  auto* navigation = window_.findChild<QListWidget*>("navigation");
  for (int row = 0; row < navigation->count(); ++row) {
    QTest::mouseClick(navigation->viewport(), Qt::LeftButton, {},
                      navigation->visualItemRect(navigation->item(row)).center());
    EXPECT_TRUE(window_.page(navigation->item(row)->text())->isVisible()) << row;
  }
  emit window_.page("Data")->pageRequested("Inspector");
  EXPECT_TRUE(window_.page("Inspector")->isVisible());
  EXPECT_THROW(window_.showPage("Nowhere"), Error);
  EXPECT_TRUE(window_.waitSettled());
}

TEST_F(MainWindowTest, FitsASmallScreen) {
  openPlanted();
  for (const QString& title : window_.pageTitles()) {
    window_.showPage(title);
    EXPECT_TRUE(window_.waitSettled());  // what is worked out is wider than nothing
    EXPECT_LE(window_.page(title)->minimumSizeHint().width(), 1024 - 160) << title.toStdString();
  }
  window_.resize(1024, 700);
  EXPECT_TRUE(window_.waitSettled());
  EXPECT_LE(window_.minimumSizeHint().width(), 1024);
  EXPECT_LE(window_.minimumSizeHint().height(), 700);
  EXPECT_EQ(window_.size(), QSize(1024, 700));
}

TEST_F(MainWindowTest, WhatCameInSaysWhatIsNext) {
  useScript(R"(echo "{\"event\":\"result\"}")");
  openPlanted();
  auto* offer = window_.findChild<QPushButton*>("offer");
  for (const auto& [job, says] : {std::pair("import", "features and scores of every one"),
                                  {"import-features", "scores of every image"},
                                  {"import-scores", "an evaluation and a sweep"}}) {
    window_.runner().enqueue(window_.session().folder(), {job, {"file"}});
    waitIdle();
    ASSERT_TRUE(QTest::qWaitFor([&, says = says] { return window_.message().contains(says); }, kWait)) << job;
    EXPECT_TRUE(offer->isVisible());
  }
}

// A project whose image files are elsewhere now says so by itself, and what is said gives way to an error.
TEST_F(MainWindowTest, AFolderThatWasMovedIsAskedFor) {
  testing::PlantedOptions options;
  options.pictures = true;
  openPlanted(options);
  auto* offer = window_.findChild<QPushButton*>("offer");
  EXPECT_FALSE(offer->isVisible());
  window_.session().close();
  ASSERT_TRUE(QDir().rename(project_ + "/faces", folder_.filePath("elsewhere")));
  window_.openProject(project_);
  ASSERT_TRUE(QTest::qWaitFor([&] { return offer->isVisible(); }, kWait));
  EXPECT_TRUE(window_.message().contains("“people”") && window_.message().contains(project_ + "/faces"))
      << window_.message().toStdString();
  QTest::mouseClick(offer, Qt::LeftButton);
  auto* dialog = window_.findChild<QFileDialog*>("whereMoved");
  ASSERT_NE(dialog, nullptr);
  EXPECT_TRUE(dialog->windowTitle().contains("people"));
  dialog->reject();
  window_.showMessage("extract: not a model.", true);
  EXPECT_FALSE(offer->isVisible());
  EXPECT_EQ(window_.message(), "extract: not a model.");
}

TEST_F(MainWindowTest, EveryPageHasAShortcutAndEveryIconAName) {
  const auto* navigation = window_.findChild<QListWidget*>("navigation");
  for (int row = 0; row < navigation->count(); ++row) {
    const QString keys = QString(row < 10 ? "Ctrl+%1" : "Ctrl+Shift+%1").arg((row + 1) % 10);
    const QString title = navigation->item(row)->text();
    EXPECT_EQ(action(title)->shortcut(), QKeySequence(keys)) << title.toStdString();
    EXPECT_EQ(navigation->item(row)->toolTip(), QString("%1 (%2)").arg(title, keys));
  }
  for (const char* name : {"scoreTable", "featureTable", "protocolName", "shownImages", "rowsOf", "cellOrder",
                           "colourBy", "templateName", "templateOrder", "templateImages", "descending",
                           "asTable", "previous", "next", "thresholdSlider", "lambdaSlider"})
    EXPECT_FALSE(window_.findChild<QWidget*>(name)->accessibleName().isEmpty()) << name;
}

TEST_F(MainWindowTest, ContextChoosesForEveryPage) {
  openPlanted();
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    data::ScoreTable table;
    table.name = table.method = "norm";
    table.resize(144);
    writer.putScores(table);
  }
  window_.session().reload();
  auto* combo = window_.findChild<QComboBox*>("scoreTable");
  ASSERT_EQ(combo->count(), 2);
  combo->setFocus();
  QTest::keyClick(combo, Qt::Key_Down);
  QTest::keyClick(combo, Qt::Key_Up);
  QTest::keyClicks(combo, "norm");
  EXPECT_EQ(window_.session().scoreTable(), "norm");
}

TEST_F(MainWindowTest, TheCornerShowsAndChangesTheWholeOperatingPoint) {
  openPlanted();
  auto* corner = testing::child<QToolButton>(window_, "operatingPoint");
  EXPECT_TRUE(corner->isVisible());
  EXPECT_EQ(corner->text(), "Operating point: > 0.150, ddl rescale=auto, FAR 1e-3");
  corner->menu()->popup({0, 0});
  const auto choose = [&](const char* name, Qt::Key key) {
    auto* combo = testing::child<QComboBox>(*corner->menu(), name);
    combo->setFocus();
    QTest::keyClick(combo, key);
  };
  EXPECT_EQ(testing::child<QComboBox>(*corner->menu(), "pointScores")->currentText(), "dscore");
  choose("pointRescale", Qt::Key_End);
  choose("pointFar", Qt::Key_End);
  testing::child<QDoubleSpinBox>(*corner->menu(), "pointThreshold")->setValue(0.4);
  EXPECT_EQ(window_.session().point().rescale, aggregation::Rescale::Off);
  EXPECT_EQ(window_.session().point().far, 0.1);
  EXPECT_EQ(window_.session().threshold(), 0.4);
  choose("pointWeights", Qt::Key_End);
  EXPECT_EQ(window_.session().point().weights, "dscore");
  EXPECT_FALSE(testing::child<QComboBox>(*corner->menu(), "pointRescale")->isEnabled());
  EXPECT_EQ(corner->text(), "Operating point: > 0.400, ddl weights=dscore, FAR 1e-1");
  corner->menu()->close();
  window_.session().setThreshold(0.2);
  EXPECT_EQ(corner->text(), "Operating point: > 0.200, ddl weights=dscore, FAR 1e-1");
}

TEST_F(MainWindowTest, RunStartsTheWholeChainWithWhatIsChosen) {
  openPlanted();
  window_.session().setThreshold(0.4);
  useScript("exit 0");
  action("Run")->trigger();
  waitIdle();
  EXPECT_EQ(jobs(),
            (QStringList{"extract --model demo --name demo --recipe insightface", "score --features demo",
                         "evaluate --protocol templates --features demo --scores dscore --threshold 0.4",
                         "sweep --protocol templates --features demo --scores dscore --far 0.001"}));
}

TEST_F(MainWindowTest, RunMakesEveryScoreTableAgainAsItWasMade) {
  openPlanted();
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    data::ScoreTable table;
    table.featureTable = "demo";
    table.resize(144);
    for (const char* name : {"norm", "told", "others"}) {
      table.name = table.method = name;
      writer.putScores(table);
    }
    const auto add = [&](const char* job, const char* options, const char* result) {
      writer.finishRun(writer.startRun(job, options), "done", result);
    };
    add("score", R"({"features":"","leave-one-out":"","method":"dscore","name":"","version":"0.1.0"})",
        R"({"scores":"dscore","features":"demo"})");
    add("score", R"({"features":"demo","method":"norm","name":"","version":"0.1.0"})",
        R"({"scores":"norm","features":"demo"})");
    add("score", R"({"features":"demo","floor":"0.1","leave-one-out":"true","metric":"euclidean"})",
        R"({"scores":"dscore","features":"demo"})");
    add("score", R"({"features":"","method":"dscore","name":"others"})",
        R"({"scores":"others","features":"big"})");
    add("score", R"({"features":"demo","method":"dscore","name":"told"})",
        R"({"scores":"told","features":"demo"})");
    add("predict", R"({"model":"gone","name":"told"})", R"({"scores":"told"})");
    add("score", R"({"features":"demo","method":"sharpness"})",
        R"({"scores":"sharpness","features":"demo"})");  // no such table any more
  }
  window_.session().reload();
  useScript("exit 0");
  window_.requestJob("refresh", {});
  waitIdle();
  EXPECT_EQ(jobs(), (QStringList{"extract --model demo --name demo --recipe insightface",
                                 "score --features demo --method norm",
                                 "score --features demo --floor 0.1 --leave-one-out --metric euclidean"}));
}

TEST_F(MainWindowTest, TheStripFollowsAJobAndCancelsIt) {
  openPlanted();
  useScript(R"(
    trap 'exit 130' INT
    echo '{"event":"note","text":"hello"}'
    echo '{"event":"progress","stage":"extracting features","done":250,"total":1000,"rate":95.2,"left":8}'
    while :; do sleep 0.02; done)");
  window_.requestJob("extract", {"--model", "demo"});
  auto* text = window_.findChild<QLabel*>("jobText");
  ASSERT_TRUE(QTest::qWaitFor([&] { return text->text() == "extract: extracting features"; }, kWait))
      << text->text().toStdString();
  auto* bar = window_.findChild<QProgressBar*>("jobBar");
  EXPECT_EQ(bar->value() * 4, bar->maximum());
  const QString figures = window_.findChild<QLabel*>("jobFigures")->text();
  EXPECT_TRUE(figures.contains("95.2/s") && figures.contains("8 s left")) << figures.toStdString();
  auto* log = window_.findChild<QPlainTextEdit*>("jobLog");
  EXPECT_FALSE(log->isVisible());
  QTest::mouseClick(window_.findChild<QToolButton*>("toggleLog"), Qt::LeftButton);
  EXPECT_TRUE(log->isVisible());
  EXPECT_TRUE(log->toPlainText().contains("hello"));
  QTest::mouseClick(window_.findChild<QPushButton*>("cancelJob"), Qt::LeftButton);
  waitIdle();
  EXPECT_EQ(window_.runner().jobs().back().state, Job::State::Cancelled);
  EXPECT_TRUE(text->text().contains("stopped"));
  EXPECT_FALSE(bar->isVisible());
}

TEST_F(MainWindowTest, ClosingWaitsUntilTheJobHasSavedItsState) {
  openPlanted();
  useScript(QString(R"(
    trap 'sleep 0.3; echo saved > %1; exit 130' INT
    echo '{"event":"progress","stage":"training","done":1,"total":9}'
    while :; do sleep 0.02; done)")
                .arg(folder_.filePath("state")));
  QSignalSpy events(&window_.runner(), &JobRunner::jobEvent);
  window_.requestJob("train-ddnet", {"--name", "ddnet"});
  ASSERT_TRUE(events.wait(kWait));
  QTimer yes;
  QObject::connect(&yes, &QTimer::timeout, &window_, [this] {
    if (auto* question = window_.findChild<QMessageBox*>()) question->button(QMessageBox::Yes)->click();
  });
  yes.start(20);
  EXPECT_TRUE(window_.close());
  EXPECT_TRUE(QFile::exists(folder_.filePath("state")));
  EXPECT_EQ(window_.runner().jobs().back().state, Job::State::Cancelled);
}

TEST_F(MainWindowTest, AFailureIsShownAsItsSentence) {
  openPlanted();
  useScript(R"(echo '{"event":"error","message":"model.onnx: not a model."}'; exit 1)");
  window_.requestJob("extract", {"--model", "model.onnx"});
  waitIdle();
  EXPECT_EQ(window_.message(), "extract: model.onnx: not a model.");
  EXPECT_TRUE(window_.findChild<QLabel*>("jobText")->text().contains("not a model"));
}

TEST_F(MainWindowTest, ResultsOfAJobAppearWhenItEnds) {
  testing::PlantedOptions options;
  options.results = false;
  openPlanted(options);
  EXPECT_TRUE(window_.page("Evaluation")->charts()[0]->table().rows.isEmpty());
  useScript("sleep 0.2");
  window_.requestJob("evaluate", {});
  {
    auto writer = project::Project::open(project_.toStdString(), project::Project::Mode::Write);
    writer.finishRun(writer.startRun("evaluate", "{}"), "done",
                     R"({"protocol":"templates","genuine":9,"impostor":99,
      "aggregations":[{"name":"average","auc":0.9,"eer":0.1,"tar":[],"roc":[[0.01,0.5],[0.1,0.8]]}],"edc":[]})");
  }
  waitIdle();
  window_.page("Evaluation")->catchUp();  // which nobody looks at
  EXPECT_EQ(window_.page("Evaluation")->charts()[0]->table().rows.size(), 2);
  EXPECT_EQ(jobs(),
            QStringList{"evaluate --protocol templates --features demo --scores dscore --threshold 0.15"});
}

TEST_F(MainWindowTest, ExportsEveryChartThatHasNumbers) {
  openPlanted();
  ASSERT_TRUE(window_.waitSettled());
  const QString out = folder_.filePath("out");
  const int charts = window_.exportCharts(out);
  EXPECT_GE(charts, 9);
  EXPECT_EQ(QDir(out).entryList(QDir::Files).size(), 4 * charts + 2) << "names do not collide";
  for (const char* name :
       {"roc.csv", "tradeoff.svg", "threshold-tar.pdf", "training-loss.png", "report.html", "report.pdf"}) {
    EXPECT_TRUE(QFileInfo(QDir(out).filePath(name)).size() > 100) << name;
  }
}

TEST_F(MainWindowTest, AFolderThatCannotBeMadeIsAnError) {
  openPlanted();
  QFile file(folder_.filePath("file"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  EXPECT_THROW(window_.exportCharts(folder_.filePath("file/out")), Error);
}

TEST_F(MainWindowTest, ScreenshotsOfEveryPageInBothThemes) {
  openPlanted();
  QColor corners[2];
  int i = 0;
  for (const Theme theme : {Theme::Light, Theme::Dark}) {
    applyTheme(*qApp, theme);
    const QStringList files = window_.saveScreenshots(folder_.filePath(toString(theme)), {1280, 800});
    EXPECT_EQ(files.size(), window_.pageTitles().size());
    for (const QString& file : files) EXPECT_EQ(QImage(file).size(), QSize(1280, 800)) << file.toStdString();
    corners[i++] = QImage(files.front()).pixelColor(2, 795);
  }
  EXPECT_GT(corners[0].lightness(), 180);
  EXPECT_LT(corners[1].lightness(), 80);
}

TEST(MainWindow, WithoutADisplayItRemembersNoProject) {
  const QTemporaryDir folder;
  const QString project = folder.filePath("p.discern");
  testing::makePlantedProject(project.toStdString());
  Settings settings(folder.filePath("settings.ini"));
  {
    MainWindow window(settings);
    window.openProject(project);
    window.exportCharts(folder.filePath("charts"));
    window.saveScreenshots(folder.filePath("pictures"), {1280, 800});
    EXPECT_TRUE(settings.recentProjects().isEmpty());
  }
  MainWindow window(settings);
  window.openProject(project);
  window.show();
  EXPECT_EQ(settings.recentProjects(), QStringList{project});
}

TEST_F(MainWindowTest, NothingAsksForMoreThanASmallScreen) {
  openPlanted();
  window_.waitSettled();
  window_.showMessage("Something went wrong in a way that takes one line to say.", true);
  QTest::mouseClick(window_.findChild<QToolButton*>("toggleLog"), Qt::LeftButton);
  EXPECT_LE(window_.minimumSizeHint().width(), 1024);
  EXPECT_LE(window_.minimumSizeHint().height(), 700);
}

TEST_F(MainWindowTest, RecipesMakeTheirProject) {
  useScript(R"(echo "{\"event\":\"note\",\"text\":\"$*\"}")");
  const QString fresh = folder_.filePath("fresh.discern");
  EXPECT_THROW(window_.openProject(fresh), Error);
  window_.openProject(fresh, true);
  window_.runRecipe("/recipes/demo.toml");
  waitIdle();
  EXPECT_EQ(window_.runner().jobs().back().log.value(0), "--json run /recipes/demo.toml " + fresh);
  EXPECT_TRUE(QFile::exists(resourceFile("recipes/demo.toml")));
  EXPECT_THROW(resourceFile("recipes/none.toml"), Error);
}

// It says its step where there is nothing to see yet, and goes on after a stop, or after a restart.
TEST_F(MainWindowTest, AStoppedRecipeIsOfferedToBeContinued) {
  useScript(R"(
    trap 'exit 130' INT
    echo '{"event":"step","step":2,"steps":9,"job":"extract"}'
    while :; do sleep 0.02; done)");
  const QString fresh = folder_.filePath("fresh.discern"), recipe = folder_.filePath("demo.toml");
  QFile file(recipe);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.close();
  window_.openProject(fresh, true);
  window_.runRecipe(recipe);
  auto* figures = window_.findChild<QLabel*>("jobFigures");
  ASSERT_TRUE(QTest::qWaitFor([&] { return figures->text().contains("step 2 of 9"); }, kWait));
  const auto says = [&](const QString& text) {
    for (const QLabel* label : window_.page("Data")->findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(text)) return true;
    return false;
  };
  EXPECT_TRUE(says("on their way")) << "no empty page";
  EXPECT_TRUE(says("step 2 of 9"));
  QTest::mouseClick(window_.findChild<QPushButton*>("cancelJob"), Qt::LeftButton);
  waitIdle();
  auto* offer = window_.findChild<QPushButton*>("offer");
  EXPECT_TRUE(offer->isVisible());
  EXPECT_TRUE(says("No images yet"));
  Settings settings(folder_.filePath("other.ini"));
  MainWindow other(settings);
  other.runner().setCommand({testing::writeFakeEngine(folder_.path(), "exit 0")});
  other.show();
  other.openProject(fresh);
  auto* again = other.findChild<QPushButton*>("offer");
  ASSERT_TRUE(again->isVisible());
  QSignalSpy idle(&other.runner(), &JobRunner::idle);
  QTest::mouseClick(again, Qt::LeftButton);
  ASSERT_TRUE(idle.wait(kWait));
  EXPECT_EQ(other.runner().jobs().back().options, QStringList{recipe});
  other.session().close();
  other.openProject(fresh);
  EXPECT_FALSE(again->isVisible()) << "it came to its end";
}

TEST_F(MainWindowTest, JobsWithoutAProjectAreRefusedInASentence) {
  window_.requestJob("score", {});
  EXPECT_FALSE(window_.message().isEmpty());
  EXPECT_TRUE(window_.runner().jobs().empty());
}

}  // namespace
}  // namespace discern::ui
