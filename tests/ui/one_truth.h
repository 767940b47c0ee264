// One planted project, opened in the window's models and pages and asked about on the command line.
#pragma once

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/analysis/operating_point.h"
#include "core/base/rng.h"
#include "tests/app/command_runner.h"
#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/models/project/project_report.h"
#include "ui/models/project/session.h"

namespace discern::ui::testing {

using nlohmann::json;
using project::Project;

// Scores of every image that a test can tell from the planted ones.
inline data::ScoreTable scoresFrom(const data::ScoreTable& planted, const char* name, const char* method,
                                   const char* features, double noise) {
  data::ScoreTable table = planted;
  table.name = name;
  table.method = method;
  table.featureTable = features;
  Rng rng(mixSeed(3, name));
  for (std::size_t i = 0; i < table.score.size(); ++i) {
    table.score[i] = static_cast<float>(std::clamp(planted.score[i] + noise * rng.normal(), 0.02, 0.98));
    table.ratio[i] = 2 * table.score[i] + 0.1F;
  }
  return table;
}

class OneTruthTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<QTemporaryDir>();
    project_ = folder_->filePath("planted.discern");
    PlantedOptions options;
    options.results = false;
    makePlantedProject(project_.toStdString(), options);
    auto writer = Project::open(project_.toStdString(), Project::Mode::Write);
    const data::ScoreTable planted = writer.scores("dscore");
    // A network that knows the people it was trained on by heart: a report must not be flattered by them.
    data::ScoreTable told = scoresFrom(planted, "told", "ddnet", "net", 0.3);
    for (std::size_t i = 0; i < 72; ++i) told.score[i] = planted.score[i], told.ratio[i] = planted.ratio[i];
    writer.putScores(told);
    project::ModelRow net;
    net.name = "net";
    net.kind = "ddnet";
    net.architecture = "ddnet-r18";
    net.file = writer.folder() / "checkpoints" / "net";
    net.macs = 4e7;
    net.milliseconds = 1;
    net.options = "{}";
    writer.putModel(net);
    data::ScoreTable head = scoresFrom(planted, "head", "head", "demo", 0.15);
    head.score[80] = head.score[81];  // equal scores have equal percentiles
    writer.putScores(head);
    writer.putScores(scoresFrom(planted, "again", "dscore", "demo", 0.1));  // the newest of all
    writer.setExcluded({7}, true);
    writer.mergeIdentities(9, 8);
  }
  static void TearDownTestSuite() { folder_.reset(); }

  static json cli(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin() + 1, project_.toStdString());
    arguments.push_back("--json");
    const auto ran = test::run(arguments);
    EXPECT_EQ(ran.exit, 0) << ran.err << ran.out;
    return ran.event("result");
  }
  static const json& row(const json& result, const std::string& aggregation) {
    for (const auto& one : result["aggregations"])
      if (one["name"] == aggregation) return one;
    ADD_FAILURE() << "no row " << aggregation;
    return result;
  }
  static double tarAt(const json& aggregation, double far) {
    for (const auto& one : aggregation["tar"])
      if (one["far"] == far) return one["tar"];
    ADD_FAILURE() << "no FAR " << far;
    return -1;
  }
  static ReportSection section(const ProjectReport& report, const QString& title) {
    for (const auto& one : report.sections)
      if (one.title == title) return one;
    throw std::runtime_error("no section " + title.toStdString());
  }

  void SetUp() override {
    // Whatever an earlier test chose.
    Project::open(project_.toStdString(), Project::Mode::Read).putSetting("operating_point", "{}");
    session_ = std::make_unique<Session>();
    session_->open(project_);
  }
  static void store(const analysis::OperatingPoint& point) {
    auto project = Project::open(project_.toStdString(), Project::Mode::Read);
    analysis::storePoint(project, point);
  }
  template <typename Page>
  static void waitFor(Page& page) {
    page.resize(1000, 700);
    page.setVisible(true);  // a page may have a show() of its own
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.settled(); }, kWait));
  }
  ProjectReport report() { return projectReport({project_, session_->snapshot(), session_->point()}); }

  inline static std::unique_ptr<QTemporaryDir> folder_;
  inline static QString project_;
  std::unique_ptr<Session> session_;
};

}  // namespace discern::ui::testing
