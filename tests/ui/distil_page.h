// The Distil page on a real project, with a script in place of the engine.
#pragma once

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "tests/ui/selection_project.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/live/workers.h"
#include "ui/models/project/session.h"
#include "ui/pages/distil_page.h"

namespace discern::ui::testing {

class DistilPageTest : public ::testing::Test {
 protected:
  ~DistilPageTest() override {
    page_.reset();
    session_.close();
    workers().waitForDone();  // nobody reads the folder any more when it is removed
  }
  void open(const SelectionOptions& options = {}) {
    project_ = folder_.filePath("p.discern");
    makeSelectionProject(project_.toStdString(), options);
    session_.open(project_);
    page_ = std::make_unique<DistilPage>(session_, runner_);
    QObject::connect(page_.get(), &Page::jobRequested, page_.get(),
                     [this](const QString& job, const QStringList& words) {
                       requests_ << (QStringList{job} + words).join(' ');
                       if (!words.isEmpty()) runner_.enqueue(project_, {job, words});
                     });
    page_->resize(1112, 690);
    page_->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(page_.get(), kWait));
    settle();
  }
  void settle() {
    ASSERT_TRUE(QTest::qWaitFor([&] { return page_->settled(); }, kWait));
  }
  void useScript(const QString& body) { runner_.setCommand({writeFakeEngine(folder_.path(), body)}); }
  void click(const char* name) { QTest::mouseClick(child<QPushButton>(*page_, name), Qt::LeftButton); }
  void toggle(const char* name) {
    auto* box = child<QCheckBox>(*page_, name);
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
  }
  void clickRow(int row, Qt::KeyboardModifiers modifiers = {}) {
    auto* table = child<QTableView>(*page_, "students");
    QTest::mouseClick(table->viewport(), Qt::LeftButton, modifiers,
                      table->visualRect(table->model()->index(row, 0)).center());
  }
  QString cell(int row, int column) const {
    auto* model = const_cast<DistilPageTest*>(this)->page_->findChild<QTableView*>("students")->model();
    return model->index(row, column).data().toString();
  }
  LineChart& curves() { return *dynamic_cast<LineChart*>(page_->charts()[0]); }
  ScatterChart& costs() { return *dynamic_cast<ScatterChart*>(page_->charts()[1]); }
  project::Project writer() {
    return project::Project::open(project_.toStdString(), project::Project::Mode::Write);
  }

  QTemporaryDir folder_;
  QString project_;
  QStringList requests_;
  Session session_;
  JobRunner runner_;
  std::unique_ptr<DistilPage> page_;
};

}  // namespace discern::ui::testing
