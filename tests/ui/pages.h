// A page of the shell on a real project, for tests that drive it with clicks and keys.
#pragma once

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/models/project/session.h"
#include "ui/pages/page.h"

namespace discern::ui::testing {

class PagesTest : public ::testing::Test {
 protected:
  void open(const PlantedOptions& options = {}) {
    const std::string folder = folder_.filePath("p.discern").toStdString();
    makePlantedProject(folder, options);
    session_.open(QString::fromStdString(folder));
  }
  static void show(Page& page) {
    page.resize(1100, 700);
    page.show();
    EXPECT_TRUE(QTest::qWaitFor([&] { return page.settled(); }, kWait));
  }

  QTemporaryDir folder_;
  Session session_;
};

}  // namespace discern::ui::testing
