// A hand on a slider moves the page that is seen; the others do nothing until they are shown, and then show
// what a page shows that was there all the time.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/child.h"
#include "tests/ui/drawn.h"
#include "tests/ui/planted_project.h"
#include "tests/ui/selection_project.h"
#include "ui/charts/chart.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/live/selection_source.h"
#include "ui/models/live/workers.h"
#include "ui/models/project/table_source.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"
#include "ui/window/pictures.h"
#include "ui/window/workspace.h"

namespace discern::ui {
namespace {

using testing::kWait;

// Everything that Qt hands to a widget of a hidden page because something was changed there.
class WorkCounter : public QObject {
 public:
  explicit WorkCounter(const Workspace& workspace) : workspace_(workspace) { qApp->installEventFilter(this); }
  int count() const { return count_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    switch (event->type()) {
      case QEvent::Paint:
      case QEvent::UpdateRequest:
      case QEvent::UpdateLater:
      case QEvent::LayoutRequest:
      case QEvent::Resize:
      case QEvent::MetaCall:
      case QEvent::Timer:
        for (const Page* page : workspace_.pages())
          if (!page->isVisible() && (watched == page || isWithin(watched, *page))) ++count_;
        break;
      default:
        break;
    }
    return false;
  }

 private:
  static bool isWithin(const QObject* object, const Page& page) {
    while (object != nullptr && object != &page) object = object->parent();
    return object != nullptr;
  }
  const Workspace& workspace_;
  int count_ = 0;
};

// What can be seen of a page while it is shown: words, numbers, ticks, and charts as they would be drawn.
std::string shownBy(Page& page) {
  QStringList all;
  const auto seen = [&]<typename T>(T*) {
    QList<T*> list = page.findChildren<T*>();
    list.removeIf([&](const T* widget) { return !widget->isVisibleTo(&page); });
    return list;
  };
  for (const auto* label : seen(static_cast<QLabel*>(nullptr))) all << label->text();
  for (const auto* spin : seen(static_cast<QDoubleSpinBox*>(nullptr)))
    all << QString::number(spin->value(), 'g', 12);
  for (const auto* slider : seen(static_cast<QSlider*>(nullptr))) all << QString::number(slider->value());
  for (const auto* button : seen(static_cast<QAbstractButton*>(nullptr)))
    all << button->text() + (button->isChecked() ? "*" : "");
  for (Chart* chart : page.charts()) all << testing::drawn(*chart);
  return all.join(" | ").toStdString();
}

int worksDone(const Page& page) {
  int done = 0;
  for (const auto* work : page.findChildren<WhenSeen*>()) done += work->timesDone();
  return done;
}

class HiddenPagesTest : public ::testing::Test {
 protected:
  ~HiddenPagesTest() override {
    workspace_.reset();
    session_.close();
    workers().waitForDone();
  }
  void open(const QString& project) {
    session_.open(project);
    workspace_ = make();
    settle();
  }
  std::unique_ptr<Workspace> make() {
    auto workspace = std::make_unique<Workspace>(session_, runner_);
    workspace->resize(1200, 720);
    workspace->show();
    return workspace;
  }
  void settle() {
    ASSERT_TRUE(waitSettled(*workspace_, kWait));
    QApplication::processEvents();
  }
  // The report shows no chart or label of its own that could be compared.
  QStringList pagesOfTheirOwn() const {
    QStringList titles = workspace_->titles();
    titles.removeAll("Report");
    return titles;
  }
  QStringList hiddenPages() const {
    QStringList titles;
    for (const Page* page : workspace_->pages())
      if (!page->isVisible()) titles << page->title();
    return titles;
  }
  // While `move` is called 50 times; `shown` is in front.
  void expectOnlyTheShownPageWorks(const QString& shown, const std::function<void(int)>& move) {
    SCOPED_TRACE(shown.toStdString());
    workspace_->showPage(shown);
    settle();
    QHash<QString, std::string> before;
    QHash<QString, int> done;
    for (const QString& title : hiddenPages()) {
      before[title] = shownBy(*workspace_->page(title));
      done[title] = worksDone(*workspace_->page(title));
    }
    ASSERT_EQ(before.size(), qsizetype(workspace_->pages().size()) - 1);
    QApplication::processEvents();
    WorkCounter counter(*workspace_);
    for (int i = 0; i < 50; ++i) {
      move(i);
      QApplication::processEvents();
    }
    // What the shown page has asked of other threads, it gets.
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace_->page(shown)->settled(); }, kWait));
    EXPECT_EQ(counter.count(), 0) << "events of hidden pages";
    for (const QString& title : hiddenPages()) {
      EXPECT_EQ(worksDone(*workspace_->page(title)), done[title]) << title.toStdString();
      EXPECT_EQ(shownBy(*workspace_->page(title)), before[title]) << title.toStdString();
    }
  }
  // Each page, shown now, is like the page of a window that is made now.
  void expectAllCatchUp() {
    for (const QString& title : pagesOfTheirOwn()) {
      workspace_->showPage(title);
      settle();
      const std::string late = shownBy(*workspace_->page(title));
      auto fresh = make();
      fresh->showPage(title);
      ASSERT_TRUE(waitSettled(*fresh, kWait));
      EXPECT_EQ(late, shownBy(*fresh->page(title))) << title.toStdString();
    }
  }

  QTemporaryDir folder_;
  Session session_;
  JobRunner runner_;
  std::unique_ptr<Workspace> workspace_;
};

TEST_F(HiddenPagesTest, AThresholdMovesNothingThatIsNotSeen) {
  const QString project = folder_.filePath("p.discern");
  testing::makePlantedProject(project.toStdString());
  open(project);
  for (const QString& shown : pagesOfTheirOwn())
    expectOnlyTheShownPageWorks(shown, [this](int i) { session_.setThreshold(0.1 + 0.01 * i); });
  session_.setThreshold(0.4321);
  expectAllCatchUp();
}

TEST_F(HiddenPagesTest, TheReportAsksNoOtherPage) {
  const QString project = folder_.filePath("p.discern");
  testing::makePlantedProject(project.toStdString());
  open(project);
  workspace_->showPage("Report");
  settle();
  QHash<QString, int> done;
  for (const QString& title : hiddenPages()) done[title] = worksDone(*workspace_->page(title));
  for (int i = 0; i < 50; ++i) session_.setThreshold(0.1 + 0.01 * i);
  ASSERT_TRUE(QTest::qWaitFor([&] { return workspace_->page("Report")->settled(); }, kWait));
  for (const QString& title : hiddenPages())
    EXPECT_EQ(worksDone(*workspace_->page(title)), done[title]) << title.toStdString();
}

// The samples' table is made anew for who shows a threshold in it, and for nobody else.
TEST_F(HiddenPagesTest, TheTableOfSamplesIsNotMadeForNobody) {
  const QString project = folder_.filePath("p.discern");
  testing::makePlantedProject(project.toStdString());
  open(project);
  workspace_->showPage("Threshold");
  settle();
  auto& source = TableSource::of(session_);
  const auto before = source.table();
  session_.setThreshold(0.5);
  EXPECT_FALSE(source.busy());
  ASSERT_TRUE(QTest::qWaitFor([&] { return workspace_->page("Threshold")->settled(); }, kWait));
  EXPECT_EQ(source.table(), before);
  workspace_->showPage("Data");
  ASSERT_TRUE(QTest::qWaitFor([&] { return source.table() != before; }, kWait));
  EXPECT_EQ(source.table()->threshold(), 0.5);
}

// A job that runs changes the project several times a minute; only the page that is seen reads its results.
TEST_F(HiddenPagesTest, RunsThatEndAreReadByWhoIsSeen) {
  const QString project = folder_.filePath("s.discern");
  testing::makeSelectionProject(project.toStdString());
  open(project);
  const QStringList readers = {"Evaluation", "Training", "Distil"};
  int epochs = 0;
  const auto end = [&](const char* job, const char* options, const std::string& result) {
    auto writer = project::Project::open(project.toStdString(), project::Project::Mode::Write);
    const int run = writer.startRun(job, options);
    if (std::string(job) != "evaluate") writer.addMetric(run, {"train/loss", ++epochs, 0.5});
    writer.finishRun(run, "done", result);
  };
  for (const QString& shown : readers) {
    SCOPED_TRACE(shown.toStdString());
    workspace_->showPage(shown);
    settle();
    QHash<QString, int> done;
    QHash<QString, std::string> before;
    for (const QString& title : readers) {
      done[title] = worksDone(*workspace_->page(title));
      before[title] = shownBy(*workspace_->page(title));
    }
    for (int i = 0; i < 3; ++i) {
      end("train-ddnet", R"({"name":"net"})", R"({"validation_spearman":0.5})");
      end("distil", R"({"size":"16","mode":"c","name":"S-16-c"})", R"({"name":"S-16-c"})");
      end("evaluate", "{}",
          R"({"protocol":")" + session_.protocolName().toStdString() +
              R"(","genuine":9,"impostor":99,"aggregations":[{"name":"average","auc":0.9,"eer":0.1,"tar":[],)"
              R"("roc":[[0.01,0.5],[0.1,0.8]]}],"edc":[]})");
      session_.reload();
      QApplication::processEvents();
    }
    for (const QString& title : readers) {
      if (title == shown) continue;
      EXPECT_EQ(worksDone(*workspace_->page(title)), done[title]) << title.toStdString();
      EXPECT_EQ(shownBy(*workspace_->page(title)), before[title]) << title.toStdString();
    }
    EXPECT_GT(worksDone(*workspace_->page(shown)), done[shown]);
  }
  expectAllCatchUp();
}

TEST_F(HiddenPagesTest, ALambdaMovesNothingThatIsNotSeen) {
  const QString project = folder_.filePath("s.discern");
  testing::makeSelectionProject(project.toStdString());
  open(project);
  auto& source = SelectionSource::of(session_);
  for (const QString& shown : pagesOfTheirOwn())
    expectOnlyTheShownPageWorks(shown, [&](int i) { source.setLambda(-1 - 0.1 * i); });
  source.setLambda(-3.3);
  expectAllCatchUp();
}

}  // namespace
}  // namespace discern::ui
