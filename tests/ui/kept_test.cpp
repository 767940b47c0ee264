// What a person arranged is there again at the next start; what another version or another hand wrote is not.
#include "ui/window/kept.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QSettings>
#include <QSpinBox>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <memory>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/main_window.h"
#include "ui/pages/page.h"
#include "ui/settings/settings.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/job_form.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

void drag(QWidget* widget, QPoint from, QPoint by) {
  QTest::mousePress(widget, Qt::LeftButton, {}, from);
  QTest::mouseMove(widget, from + by / 2);
  QTest::mouseMove(widget, from + by);
  QTest::mouseRelease(widget, Qt::LeftButton, {}, from + by);
  QCoreApplication::processEvents();
}

class KeptWindowTest : public ::testing::Test {
 protected:
  KeptWindowTest() {
    project_ = folder_.filePath("p.discern");
    testing::makePlantedProject(project_.toStdString());
  }
  std::unique_ptr<MainWindow> start() {
    auto window = std::make_unique<MainWindow>(settings_);
    window->runner().setCommand({"/bin/false"});
    window->resize(1280, 800);
    window->show();
    window->openProject(project_);
    EXPECT_TRUE(window->waitSettled());
    return window;
  }
  QString shown(MainWindow& window) {
    for (const QString& title : window.pageTitles())
      if (window.page(title)->isVisible()) return title;
    return {};
  }

  QTemporaryDir folder_;
  QString project_;
  Settings settings_{folder_.filePath("settings.ini")};
};

TEST_F(KeptWindowTest, ASecondStartShowsTheSame) {
  int width = 0;
  QByteArray order;
  {
    const auto window = start();
    Page& data = *window->page("Data");
    auto* splitter = child<QSplitter>(data, "columns");
    drag(splitter->handle(1), splitter->handle(1)->rect().center(), {70, 0});
    width = splitter->sizes()[0];
    auto* head = child<QTableView>(data, "identities")->horizontalHeader();
    const int edge = head->sectionViewportPosition(0) + head->sectionSize(0) - 1;
    drag(head->viewport(), {edge, head->height() / 2}, {33, 0});
    QTest::mouseClick(head->viewport(), Qt::LeftButton, {},
                      {head->sectionViewportPosition(1) + 20, head->height() / 2});
    QCoreApplication::processEvents();
    EXPECT_EQ(head->sortIndicatorSection(), 1);
    auto* sort = child<QComboBox>(data, "sort");
    sort->setFocus();
    QTest::keyClick(sort, Qt::Key_Down);
    QTest::mouseClick(child<QToolButton>(data, "descending"), Qt::LeftButton);
    window->showPage("Training");
    Page& training = *window->page("Training");
    child<QTabWidget>(training, "trainingKinds")->setCurrentIndex(1);
    auto* form = child<JobForm>(training, "train-head");
    child<QSpinBox>(*form, "copies")->setValue(3);
    child<QDockWidget>(*window, "history")->show();
    window->close();
  }
  const auto window = start();
  EXPECT_EQ(shown(*window), "Training");
  EXPECT_TRUE(child<QDockWidget>(*window, "history")->isVisible());
  Page& data = *window->page("Data");
  window->showPage("Data");
  child<QDockWidget>(*window, "history")->hide();
  QCoreApplication::processEvents();
  EXPECT_NEAR(child<QSplitter>(data, "columns")->sizes()[0], width, 2);
  auto* head = child<QTableView>(data, "identities")->horizontalHeader();
  EXPECT_EQ(head->sectionSize(0), 112 + 33);
  EXPECT_EQ(head->sortIndicatorSection(), 1);
  EXPECT_EQ(child<QComboBox>(data, "sort")->currentIndex(), 1);
  EXPECT_TRUE(child<QToolButton>(data, "descending")->isChecked());
  EXPECT_EQ(child<QTabWidget>(*window->page("Training"), "trainingKinds")->currentIndex(), 1);
  auto* form = child<JobForm>(*window->page("Training"), "train-head");
  EXPECT_EQ(form->text("copies"), "3");
  EXPECT_EQ(form->text("name"), "head") << "a name belongs to a project";
  EXPECT_TRUE(window->runner().jobs().empty()) << "nothing is started by it";
}

TEST_F(KeptWindowTest, WhatIsNotOfThisVersionIsIgnored) {
  settings_.setText("pages/DataPage/split/columns", "[1,2,3]");
  settings_.setText("pages/DataPage/columns/identities",
                    R"({"columns":7,"order":[0,0,1],"widths":"x","sort":99})");
  settings_.setText("pages/DataPage/choice/sort", "3/999");
  settings_.setText("pages/DataPage/choice/thumbnailSize", "huge");
  settings_.setText("pages/ScoresPage/split/columns", "{");
  settings_.setText("form/train-ddnet", R"({"epochs":"many","none":"1","batch":5})");
  settings_.setText("page", "NoPage");
  settings_.setText("devices", "[1]");
  const auto window = start();
  EXPECT_EQ(shown(*window), "Data");
  EXPECT_EQ(child<QComboBox>(*window->page("Data"), "sort")->currentIndex(), 0);
  EXPECT_EQ(child<QTableView>(*window->page("Data"), "identities")->horizontalHeader()->sectionSize(0), 112);
  auto* form = child<JobForm>(*window->page("Training"), "train-ddnet");
  EXPECT_TRUE(form->keptValues().isEmpty()) << form->keptValues().toStdString();
}

TEST_F(KeptWindowTest, PicturesLeaveNoTrace) {
  {
    MainWindow window(settings_);
    window.openProject(project_);
    window.saveScreenshots(folder_.filePath("pictures"), {1280, 800});
    window.close();
  }
  EXPECT_TRUE(settings_.text("page").isEmpty());
  EXPECT_TRUE(settings_.bytes("docks").isEmpty());
}

TEST(Kept, ColumnsThatComeLaterGetTheirWidths) {
  const QTemporaryDir folder;
  Settings settings(folder.filePath("settings.ini"));
  settings.setText("here/columns/t",
                   R"({"columns":3,"order":[2,0,1],"widths":[50,61,72],"sort":2,"descending":true})");
  QWidget root;
  QTableView table(&root);
  table.setObjectName("t");
  QStandardItemModel model;
  table.setModel(&model);
  table.setSortingEnabled(true);
  Kept kept(settings);
  kept.keep(root, "here");
  model.setColumnCount(3);
  const QHeaderView& head = *table.horizontalHeader();
  EXPECT_EQ(head.logicalIndex(0), 2);
  EXPECT_EQ(head.sectionSize(1), 61);
  EXPECT_EQ(head.sortIndicatorSection(), 2);
  EXPECT_EQ(head.sortIndicatorOrder(), Qt::DescendingOrder);
  fitColumns(table);
  EXPECT_EQ(head.sectionSize(1), 61) << "a person's widths stay";
}

TEST(Kept, ANumberOfAViewIsThereAgain) {
  const QTemporaryDir folder;
  Settings settings(folder.filePath("settings.ini"));
  settings.setText("here/choice/damaged", "many");
  const auto number = [](QWidget& root, const char* name) {
    auto* spin = new QSpinBox(&root);
    spin->setObjectName(QString::fromLatin1(name));
    spin->setRange(1, 99);
    spin->setValue(5);
    keepChoice(spin);
    return spin;
  };
  Kept kept(settings);
  {
    QWidget root;
    QSpinBox* spin = number(root, "count");
    QSpinBox* damaged = number(root, "damaged");
    kept.keep(root, "here");
    EXPECT_EQ(spin->value(), 5) << "nothing is kept yet";
    EXPECT_EQ(damaged->value(), 5);
    QTest::keyClick(spin, Qt::Key_Up);
  }
  QWidget root;
  const QSpinBox* spin = number(root, "count");
  kept.keep(root, "here");
  EXPECT_EQ(spin->value(), 6);
}

TEST(Kept, AFormKeepsWhatIsNotAsAtFirst) {
  JobForm form(formFields("train-ddnet"));
  EXPECT_EQ(form.keptValues(), "");
  child<QSpinBox>(form, "epochs")->setValue(7);
  form.setValue("name", "mine");
  form.setChoiceText("device", "cuda", "cuda (a card)");
  EXPECT_EQ(form.keptValues(), R"({"epochs":"7"})");
  form.setValue("device", "cuda");
  EXPECT_EQ(child<QComboBox>(form, "device")->currentText(), "cuda (a card)");
  EXPECT_TRUE(form.options().contains("cuda"));
  JobForm other(formFields("train-ddnet"));
  other.restoreValues(form.keptValues());
  EXPECT_EQ(other.text("epochs"), "7");
  EXPECT_EQ(other.text("device"), "cuda");
  EXPECT_EQ(other.text("name"), "ddnet");
}

TEST_F(KeptWindowTest, FormsSayWhatTheyCanRunOn) {
  const QString program = testing::writeFakeEngine(
      folder_.path(),
      R"(echo '{"event":"result","job":"devices","devices":[{"device":"cpu","name":"2 threads"},{"device":"cuda","name":"A card"},{"device":"cuda","name":"Another"}]}')");
  {
    const auto window = start();
    window->runner().setCommand({program});
    window->showPage("Training");
    auto* combo = child<QComboBox>(*child<JobForm>(*window->page("Training"), "train-ddnet"), "device");
    ASSERT_TRUE(QTest::qWaitFor([&] { return combo->itemText(1) == "cuda (A card and 1 more)"; }, kWait))
        << combo->itemText(1).toStdString();
    EXPECT_EQ(combo->itemText(0), "cpu (2 threads)");
    EXPECT_EQ(combo->itemData(1).toString(), "cuda");
  }
  const auto window = start();  // its engine does not answer
  window->showPage("Training");
  auto* combo = child<QComboBox>(*child<JobForm>(*window->page("Training"), "train-base"), "device");
  EXPECT_EQ(combo->itemText(1), "cuda (A card and 1 more)") << "as it was found the last time";
}

// A dialog of a page is asked for what it was given the last time, once it was accepted.
TEST_F(KeptWindowTest, DialogsOfPagesAreKeptToo) {
  const auto window = start();
  Page& page = *window->page("Selection");
  {
    JobDialog dialog("Select", "", "Go", formFields("select"), window.get());
    emit page.dialogMade(dialog, "select");
    dialog.form().setValue("device", "cuda");
    dialog.reject();
  }
  EXPECT_EQ(settings_.text("form/select"), "") << "it was cancelled";
  {
    JobDialog dialog("Select", "", "Go", formFields("select"), window.get());
    emit page.dialogMade(dialog, "select");
    EXPECT_EQ(dialog.form().text("device"), "cpu");
    dialog.form().setValue("device", "cuda");
    dialog.accept();
  }
  JobDialog dialog("Select", "", "Go", formFields("select"), window.get());
  emit page.dialogMade(dialog, "select");
  EXPECT_EQ(dialog.form().text("device"), "cuda");
}

}  // namespace
}  // namespace discern::ui
