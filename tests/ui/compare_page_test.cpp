// The Compare page in the whole window with the real engine.
#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "core/base/described.h"
#include "core/data/rank_correlation.h"
#include "core/results/compare.h"
#include "core/results/stored.h"
#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/main_window.h"
#include "ui/models/results/run_results.h"
#include "ui/pages/page.h"
#include "ui/widgets/job_form.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

class ComparePageTest : public ::testing::Test {
 protected:
  explicit ComparePageTest(bool container = false)
      : settings_(folder_.filePath("settings.ini")), window_(settings_) {
    window_.runner().setCommand({DISCERN_PROGRAM});
    testing::PlantedOptions options;
    options.identities = 6;
    options.images = 8;
    options.pictures = true;
    options.container = container;
    const QString project = folder_.filePath("p.discern");
    testing::makePlantedProject(project.toStdString(), options);
    window_.show();
    window_.openProject(project);
    window_.showPage("Compare");
    EXPECT_TRUE(window_.waitSettled());
  }
  Page& page() { return *window_.page("Compare"); }
  // Average against DDL.
  void compare() {
    auto& form = *page().findChild<JobForm*>();
    form.setValue("aggregation-a", "average");
    form.setValue("aggregation-b", "ddl");
    form.setValue("flips-far", 0.1);
    form.setValue("bootstraps", 100);
    QTest::mouseClick(child<QPushButton>(page(), "compare"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return stored().has_value() && !window_.runner().isBusy(); }, kWait));
    EXPECT_TRUE(window_.waitSettled());
  }
  // The image that a key would act on after a click into the row.
  int chosenBy(QTableWidget& flips, int row, int column) {
    flips.scrollTo(flips.model()->index(row, column));
    QTest::mouseClick(flips.viewport(), Qt::LeftButton, {},
                      flips.visualItemRect(flips.item(row, column)).center());
    return window_.session().current();
  }
  // By the protocol: the first image of the template of that name.
  int firstOf(const std::string& name) {
    for (const auto& one : window_.session().protocol()->templates)
      if (one.name == name) return one.samples.front();
    return -1;
  }
  std::optional<results::CompareResult> stored() {
    std::optional<results::CompareResult> newest;
    for (const auto& run : window_.session().snapshot()->runs)
      if (auto result = results::resultOf<results::CompareResult>(run)) newest = std::move(result);
    return newest;
  }

  QTemporaryDir folder_;
  Settings settings_;
  MainWindow window_;
};

TEST_F(ComparePageTest, TwoSidesAreComparedAndTheirFlippedPairsAreShown) {
  auto* verdict = child<QLabel>(page(), "verdict");
  EXPECT_EQ(verdict->text(), "Nothing was compared yet.");
  compare();
  const auto result = *stored();
  EXPECT_EQ(result.a.aggregation, "average");
  auto* tar = child<QTableWidget>(page(), "compareTar");
  ASSERT_EQ(tar->rowCount(), int(result.tar.size()));
  for (int row = 0; row < tar->rowCount(); ++row) {
    const auto& told = result.tar[std::size_t(row)];
    EXPECT_EQ(tar->item(row, 1)->text(),
              told.supported ? QString::number(100 * told.tarA, 'f', 2) + " %" : QString("–"));
    EXPECT_EQ(tar->item(row, 4)->text(), QString("%1 / %2").arg(told.gained).arg(told.lost));
  }
  EXPECT_TRUE(verdict->text().contains("1e-1")) << verdict->text().toStdString();
  // Both sides' curves lie over each other, point by point as the engine told them.
  const auto& roc = dynamic_cast<LineChart&>(*page().charts()[0]).series();
  const auto& edc = dynamic_cast<LineChart&>(*page().charts()[1]).series();
  ASSERT_EQ(roc.size(), 2);
  ASSERT_EQ(edc.size(), 2) << "the project has scores";
  for (int side = 0; side < 2; ++side) {
    const auto& told = side == 0 ? result.a : result.b;
    EXPECT_EQ(roc[side].name, side == 0 ? "A" : "B");
    ASSERT_FALSE(told.roc.empty());
    double most = 0;  // within what the axis shows
    for (const auto& point : told.roc) most = point.far <= 0.1 ? std::max(most, point.tar) : most;
    EXPECT_EQ(roc[side].points.back().y(), most);
    ASSERT_EQ(edc[side].points.size(), qsizetype(told.edc.size()));
    EXPECT_EQ(edc[side].points[0], QPointF(told.edc[0].discarded, told.edc[0].fnmr));
  }
  auto* flips = child<QTableWidget>(page(), "compareFlips");
  ASSERT_EQ(flips->rowCount(), int(result.flips.size()));
  ASSERT_GT(flips->rowCount(), 0) << "bad images were planted";
  EXPECT_FALSE(flips->item(0, 1)->icon().isNull());
  const int sample = [&] {
    for (const auto& row : window_.session().snapshot()->samples)
      if (row.image.file == result.flips[0].fileA) return row.id;
    return -1;
  }();
  flips->scrollTo(flips->model()->index(0, 1));
  const QPoint at = flips->visualItemRect(flips->item(0, 1)).center();
  QTest::mouseClick(flips->viewport(), Qt::LeftButton, {}, at);
  QTest::mouseDClick(flips->viewport(), Qt::LeftButton, {}, at);
  EXPECT_EQ(window_.session().current(), sample);
  EXPECT_TRUE(window_.page("Inspector")->isVisible());
  QTest::keyClick(window_.page("Inspector"), Qt::Key_Escape);
  EXPECT_TRUE(page().isVisible()) << "Escape goes back";
}

// A set in one file, as .bin, .rec and .tar are: a path names no image.
class ContainerTest : public ComparePageTest {
 protected:
  ContainerTest() : ComparePageTest(true) {}
};

TEST_F(ContainerTest, OfImagesThatShareAFileTheRightOnesFlip) {
  compare();
  const auto result = *stored();
  auto* flips = child<QTableWidget>(page(), "compareFlips");
  ASSERT_GT(flips->rowCount(), 0);
  for (int row = 0; row < flips->rowCount(); ++row) {
    const auto& flip = result.flips[std::size_t(row)];
    EXPECT_EQ(flip.fileA, window_.session().snapshot()->samples.back().image.file) << "one file for all";
    EXPECT_EQ(chosenBy(*flips, row, 1), firstOf(flip.a));
    EXPECT_EQ(window_.session().selection().size(), 2U);
    EXPECT_TRUE(std::ranges::count(window_.session().selection(), firstOf(flip.b)));
  }
}

TEST_F(ContainerTest, WhatAnOlderVersionStatedByItsFileAloneIsNoImage) {
  compare();
  {
    auto writer =
        project::Project::open(window_.session().folder().toStdString(), project::Project::Mode::Write);
    results::CompareResult old = *stored();
    for (auto& flip : old.flips) flip.sampleA = flip.sampleB = -1;
    writer.finishRun(writer.startRun("compare", "{}"), "done", toJson(old).dump());
  }
  window_.session().select({3}, 3);
  window_.session().reload();
  EXPECT_TRUE(window_.waitSettled());
  auto* flips = child<QTableWidget>(page(), "compareFlips");
  ASSERT_GT(flips->rowCount(), 0);
  EXPECT_EQ(chosenBy(*flips, 0, 1), 3) << "rather none than another one";
  EXPECT_TRUE(flips->item(0, 1)->icon().isNull());
}

TEST_F(ComparePageTest, TheVerdictIsOfARateWithImpostorsEnoughAndTellsChanceOnlyOfResamples) {
  results::CompareResult result;
  result.impostor = 100;
  result.flipsFar = 1e-4;
  results::ComparedTar few, many;
  few.far = 1e-4;
  few.tarA = 0.5;
  few.tarB = 0.9;
  few.difference = few.low = few.high = 0.4;
  few.beyondChance = true;
  few.supported = false;
  many.far = 1e-1;
  many.tarA = 0.75;
  many.tarB = 0.875;
  many.difference = many.low = many.high = 0.125;
  const auto verdictOf = [&](std::vector<results::ComparedTar> tar, int bootstraps) {
    result.tar = std::move(tar);
    result.bootstraps = bootstraps;
    {
      auto writer =
          project::Project::open(window_.session().folder().toStdString(), project::Project::Mode::Write);
      writer.finishRun(writer.startRun("compare", "{}"), "done", toJson(result).dump());
    }
    window_.session().reload();
    EXPECT_TRUE(window_.waitSettled());
    return child<QLabel>(page(), "verdict")->text();
  };
  const QString resampled = verdictOf({few, many}, 100);
  EXPECT_TRUE(resampled.startsWith("No difference beyond chance at FAR 1e-1: +12.50 points"))
      << resampled.toStdString();
  auto* tar = child<QTableWidget>(page(), "compareTar");
  ASSERT_EQ(tar->rowCount(), 2);
  for (const int column : {1, 2, 3}) {
    EXPECT_EQ(tar->item(0, column)->text(), "–");
    EXPECT_FALSE(tar->item(0, column)->toolTip().isEmpty());
  }
  EXPECT_EQ(tar->item(1, 1)->text(), "75.00 %");
  EXPECT_TRUE(tar->item(1, 3)->text().contains("…"));
  const QString plain = verdictOf({few, many}, 0);
  EXPECT_TRUE(plain.startsWith("B accepts more at FAR 1e-1: +12.50 points.")) << plain.toStdString();
  EXPECT_FALSE(plain.contains("interval"));
  EXPECT_EQ(tar->item(1, 3)->text(), "+12.50") << "no interval";
  EXPECT_EQ(verdictOf({few}, 100), tooFewImpostors(100, 1e-4));
}

TEST_F(ComparePageTest, AWrongFieldIsMarkedAndNothingIsStarted) {
  auto& form = *page().findChild<JobForm*>();
  form.setValue("far", "2");
  QTest::mouseClick(child<QPushButton>(page(), "compare"), Qt::LeftButton);
  EXPECT_FALSE(form.problem().isEmpty());
  EXPECT_TRUE(window_.runner().jobs().empty());
}

TEST_F(ComparePageTest, OneScoreTableStandsAgainstAnother) {
  {
    auto writer =
        project::Project::open(window_.session().folder().toStdString(), project::Project::Mode::Write);
    auto table = writer.scores("dscore");
    table.name = "turned";
    for (float& score : table.score) score = 1 - score;
    writer.putScores(table);
  }
  window_.session().reload();
  EXPECT_TRUE(window_.waitSettled());
  auto* chart = page().findChild<ScatterChart*>();
  auto* x = child<QComboBox>(page(), "scoresX");
  x->setCurrentText("dscore");
  auto* y = child<QComboBox>(page(), "scoresY");
  y->setCurrentText("turned");
  emit y->textActivated("turned");
  const auto scores = window_.session().scores("dscore");
  std::size_t scored = 0;
  for (const float score : scores->score) scored += std::isfinite(score) ? 1 : 0;
  EXPECT_EQ(chart->data().points.size(), scored);
  EXPECT_TRUE(child<QLabel>(page(), "scoresNote")->text().contains("-1.000") ||
              child<QLabel>(page(), "scoresNote")->text().contains("−1.000"));
}

}  // namespace
}  // namespace discern::ui
