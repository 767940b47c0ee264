#include <gtest/gtest.h>

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <cmath>

#include "core/base/error.h"
#include "tests/ui/planted_project.h"
#include "ui/models/project/session.h"
#include "ui/models/results/run_results.h"

namespace discern::ui {
namespace {

using project::Project;
using testing::PlantedOptions;

class SessionTest : public ::testing::Test {
 protected:
  std::string makeProject(const PlantedOptions& options = {}) {
    const std::string folder = folder_.filePath("p.discern").toStdString();
    testing::makePlantedProject(folder, options);
    return folder;
  }
  QTemporaryDir folder_;
};

TEST_F(SessionTest, ReadsAProjectAndChoosesItsTables) {
  const std::string folder = makeProject();
  Session session;
  QSignalSpy projectChanged(&session, &Session::projectChanged);
  session.open(QString::fromStdString(folder));
  EXPECT_EQ(projectChanged.count(), 1);
  EXPECT_EQ(session.snapshot()->samples.size(), 144U);
  EXPECT_EQ(session.snapshot()->identities.size(), 12U);
  EXPECT_EQ(session.snapshot()->runs.size(), 3U);
  EXPECT_EQ(session.scoreTable(), "dscore");
  EXPECT_EQ(session.featureTable(), "demo");
  EXPECT_EQ(session.protocolName(), "templates");
  ASSERT_TRUE(session.scores());
  EXPECT_EQ(session.scores()->size(), 144);
  EXPECT_EQ(session.scores(), session.scores()) << "cached";
  ASSERT_TRUE(session.protocol());
  EXPECT_EQ(session.protocol()->templates.size(), 18U);
}

TEST_F(SessionTest, AFailureToOpenLeavesTheOldProjectOpen) {
  const std::string folder = makeProject();
  Session session;
  session.open(QString::fromStdString(folder));
  EXPECT_THROW(session.open(folder_.filePath("nothing-here")), Error);
  EXPECT_TRUE(session.isOpen());
  EXPECT_EQ(session.folder(), QString::fromStdString(folder));
}

TEST_F(SessionTest, AMovedProjectIsSaidOnce) {
  const QString folder = QString::fromStdString(makeProject());
  Session session;
  QSignalSpy gone(&session, &Session::folderGone);
  session.open(folder);
  session.reload();
  EXPECT_EQ(gone.count(), 0);
  ASSERT_TRUE(QDir().rename(folder, folder_.filePath("moved.discern")));
  session.reload();
  session.reload();
  ASSERT_EQ(gone.count(), 1);
  EXPECT_EQ(gone[0][0].toString(), folder);
  EXPECT_EQ(session.snapshot()->samples.size(), 144U) << "what was read stays";
  session.open(folder_.filePath("moved.discern"));
  session.reload();
  EXPECT_EQ(gone.count(), 1);
}

TEST_F(SessionTest, ClosingForgetsEverything) {
  Session session;
  session.open(QString::fromStdString(makeProject()));
  session.select({3});
  session.open({});
  EXPECT_FALSE(session.isOpen());
  EXPECT_TRUE(session.snapshot()->samples.empty());
  EXPECT_FALSE(session.scores());
  EXPECT_FALSE(session.protocol());
  EXPECT_TRUE(session.selection().empty());
  EXPECT_EQ(session.current(), -1);
}

TEST_F(SessionTest, MergedIdentitiesShowTheirSamplesWithTheOneTheyWentInto) {
  const std::string folder = makeProject();
  Project::open(folder, Project::Mode::Write).mergeIdentities(1, 0);
  Session session;
  session.open(QString::fromStdString(folder));
  const auto snapshot = session.snapshot();
  EXPECT_EQ(snapshot->samplesOfIdentity[0].size(), 24U);
  EXPECT_TRUE(snapshot->samplesOfIdentity[1].empty());
  EXPECT_EQ(snapshot->samplesOfIdentity[2].size(), 12U);
}

TEST_F(SessionTest, FollowsAnotherProcessThatWrites) {
  PlantedOptions options;
  options.scores = false;
  const std::string folder = makeProject(options);
  Session session;
  session.open(QString::fromStdString(folder));
  EXPECT_FALSE(session.scores());
  QSignalSpy snapshotChanged(&session, &Session::snapshotChanged);
  QSignalSpy scoresChanged(&session, &Session::scoresChanged);
  session.reload();
  EXPECT_EQ(snapshotChanged.count(), 0) << "nothing moved";

  data::ScoreTable table;
  table.name = table.method = "norm";
  table.resize(144);
  table.score.assign(144, 0.5F);
  Project::open(folder, Project::Mode::Write).putScores(table);
  session.reload();
  EXPECT_EQ(snapshotChanged.count(), 1);
  EXPECT_EQ(scoresChanged.count(), 1);
  EXPECT_EQ(session.scoreTable(), "norm");
  ASSERT_TRUE(session.scores());

  // New values under the same name are another change; the snapshot itself did not move.
  table.score[7] = 0.9F;
  Project::open(folder, Project::Mode::Write).putScores(table);
  session.reload();
  EXPECT_EQ(scoresChanged.count(), 2);
  EXPECT_FLOAT_EQ(session.scores()->score[7], 0.9F);
}

TEST_F(SessionTest, TheTimerFollowsWithoutBeingAsked) {
  const std::string folder = makeProject();
  Session session;
  session.open(QString::fromStdString(folder));
  QSignalSpy snapshotChanged(&session, &Session::snapshotChanged);
  Project::open(folder, Project::Mode::Write).setExcluded({2}, true);
  ASSERT_TRUE(snapshotChanged.wait(20000));
  EXPECT_TRUE(session.snapshot()->identities[2].excluded);
}

TEST_F(SessionTest, MetricsOfARunningJobAreNoNewSnapshot) {
  const std::string folder = makeProject();
  Project writer = Project::open(folder, Project::Mode::Write);
  const int run = writer.startRun("train-ddnet", "{}");
  Session session;
  session.open(QString::fromStdString(folder));
  QSignalSpy snapshotChanged(&session, &Session::snapshotChanged);
  writer.addMetric(run, {"train/loss", 1, 0.5});
  session.reload();
  EXPECT_EQ(snapshotChanged.count(), 0);
  writer.finishRun(run, "done", "{}");
  session.reload();
  EXPECT_EQ(snapshotChanged.count(), 1);
}

// Of a large project only what people decided is read after a decision; it is the same as all of it read
// anew.
TEST_F(SessionTest, AfterADecisionTheRestIsTakenFromBefore) {
  const std::string folder = makeProject();
  const auto open = [&] { return Project::open(folder, Project::Mode::Read); };
  const Reading first = readProject(open(), {"dscore"}, {"templates"});
  {
    Project writer = Project::open(folder, Project::Mode::Write);
    project::Mark mark;
    mark.leftOut = project::LeftOut::Everything;
    mark.tags = {"dark"};
    project::decide(writer, {"leave out", {{3, mark}, {5, mark}}, {}});
    writer.setExcluded({2}, true);
  }
  const Reading again = readAgain(open(), {first.snapshot, first.scores, first.protocols});
  EXPECT_NE(again.snapshot, first.snapshot);
  EXPECT_FALSE(same(*again.snapshot, *first.snapshot));
  EXPECT_EQ(again.scores["dscore"], first.scores["dscore"]) << "not read again";
  const Reading whole = readProject(open(), {}, {});
  EXPECT_TRUE(same(*again.snapshot, *whole.snapshot));
  EXPECT_EQ(again.snapshot->who.identity, whole.snapshot->who.identity);
  EXPECT_EQ(again.snapshot->who.leftOut, whole.snapshot->who.leftOut);
  EXPECT_EQ(again.snapshot->samplesOfIdentity, whole.snapshot->samplesOfIdentity);
  EXPECT_EQ(again.snapshot->totals.train.identities, whole.snapshot->totals.train.identities);
  EXPECT_EQ(readAgain(open(), {again.snapshot, {}, {}}).snapshot, again.snapshot) << "nothing moved";
  {
    Project writer = Project::open(folder, Project::Mode::Write);
    writer.finishRun(writer.startRun("score", "{}"), "done", "{}");
  }
  const Reading worked = readAgain(open(), {again.snapshot, first.scores, {}});
  EXPECT_EQ(worked.snapshot->runs.size(), again.snapshot->runs.size() + 1) << "a job: all is read";
}

TEST_F(SessionTest, LargeProjectsAreReadInAnotherThread) {
  PlantedOptions options;
  options.identities = 60;
  options.images = 60;
  options.protocol = options.results = false;
  const std::string folder = makeProject(options);
  Session session;
  session.open(QString::fromStdString(folder));
  QSignalSpy snapshotChanged(&session, &Session::snapshotChanged);
  Project::open(folder, Project::Mode::Write).setExcluded({2}, true);
  session.reload();
  EXPECT_EQ(snapshotChanged.count(), 0) << "not yet: the reading goes on elsewhere";
  ASSERT_TRUE(snapshotChanged.wait(20000));
  EXPECT_TRUE(session.snapshot()->identities[2].excluded);

  // What was read for a project that is closed meanwhile is dropped.
  Project::open(folder, Project::Mode::Write).setExcluded({3}, true);
  session.reload();
  session.close();
  QSignalSpy late(&session, &Session::snapshotChanged);
  EXPECT_FALSE(late.wait(1000));
  EXPECT_TRUE(session.snapshot()->samples.empty());
}

TEST_F(SessionTest, ThresholdAndTablesAreKeptWithTheProject) {
  const std::string folder = makeProject();
  {
    Session session;
    session.open(QString::fromStdString(folder));
    EXPECT_DOUBLE_EQ(session.threshold(), 0.15);
    QSignalSpy moved(&session, &Session::thresholdChanged);
    session.setThreshold(0.42);
    session.setThreshold(0.42);
    EXPECT_EQ(moved.count(), 1);
    session.setThreshold(7);
    EXPECT_DOUBLE_EQ(session.threshold(), 1.0);
    session.setThreshold(std::nan(""));
    EXPECT_DOUBLE_EQ(session.threshold(), 1.0);
    session.setThreshold(0.42);
  }
  const auto stored = analysis::storedPoint(Project::open(folder, Project::Mode::Read));
  EXPECT_DOUBLE_EQ(stored.threshold, 0.42);
  EXPECT_EQ(stored.scores, "dscore");
  Session again;
  again.open(QString::fromStdString(folder));
  EXPECT_DOUBLE_EQ(again.threshold(), 0.42);
}

TEST_F(SessionTest, SelectionIsSortedUniqueAndToldOnce) {
  Session session;
  session.open(QString::fromStdString(makeProject()));
  QSignalSpy changed(&session, &Session::selectionChanged);
  session.select({5, 2, 5});
  EXPECT_EQ(session.selection(), (std::vector<int>{2, 5}));
  EXPECT_EQ(session.current(), -1);
  session.select({2, 5});
  EXPECT_EQ(changed.count(), 1);
  session.select({9});
  EXPECT_EQ(session.current(), 9);
}

TEST_F(SessionTest, StoredResultsAreReadBack) {
  Session session;
  session.open(QString::fromStdString(makeProject()));
  const auto runs = evaluations(*session.snapshot(), "templates");
  ASSERT_EQ(runs.size(), 1U);
  ASSERT_EQ(runs[0].aggregations.size(), 2U);
  EXPECT_EQ(runs[0].aggregations[0].name, "average");
  EXPECT_EQ(runs[0].genuine, 18);
  EXPECT_EQ(runs[0].impostor, 135);
  EXPECT_FALSE(runs[0].aggregations[0].tar[0].supported) << "135 impostors cannot carry a FAR of 1e-3";
  EXPECT_TRUE(runs[0].aggregations[0].tar[2].supported);
  EXPECT_FALSE(runs[0].aggregations[0].accuracy.has_value());
  EXPECT_EQ(runs[0].edc.at(0).points.size(), 3);
  EXPECT_TRUE(evaluations(*session.snapshot(), "another").empty());
  const auto sweep = latestSweep(*session.snapshot());
  ASSERT_TRUE(sweep);
  EXPECT_EQ(sweep->curves.size(), 14U) << "three DDL curves and eleven baselines";
  const auto cost = costModel(*session.snapshot(), "demo", *session.scores());
  EXPECT_DOUBLE_EQ(cost.baseMacs, 4e8);
  EXPECT_DOUBLE_EQ(cost.ddnetMacs, 0);
}

TEST(RunResults, TheNewestScoresToldByAHeadOfTheseFeatures) {
  Snapshot snapshot;
  project::ModelRow head, other, net;
  head.name = "head";
  head.kind = other.kind = "head";
  head.options = R"({"features": "demo"})";
  other.name = "other";
  other.options = R"({"features": "another"})";
  net.name = "net";
  net.kind = "ddnet";
  snapshot.models = {head, other, net};
  EXPECT_EQ(scoresByHead(snapshot, "demo"), "");
  const auto ran = [&](const char* job, const char* status, const char* options) {
    project::RunRow run;
    run.job = job;
    run.status = status;
    run.options = options;
    snapshot.runs.push_back(run);
  };
  ran("predict", "done", R"({"model": "head", "name": "first"})");
  ran("predict", "done", R"({"model": "head", "name": "second"})");
  ran("predict", "done", R"({"model": "other", "name": "third"})");
  ran("predict", "done", R"({"model": "net", "name": "fourth"})");
  ran("predict", "failed", R"({"model": "head", "name": "fifth"})");
  ran("train-head", "done", R"({"model": "head", "name": "sixth"})");
  EXPECT_EQ(scoresByHead(snapshot, "demo"), "second");
  EXPECT_EQ(scoresByHead(snapshot, "another"), "third");
  EXPECT_EQ(scoresByHead(snapshot, "no"), "");
  ran("predict", "done", R"({"model": "net", "name": "second"})");
  EXPECT_EQ(scoresByHead(snapshot, "demo"), "first") << "DDNet's scores are under that name now";
  ran("score", "done", R"({"method": "norm", "name": "first"})");
  EXPECT_EQ(scoresByHead(snapshot, "demo"), "");
}

TEST(RunResults, DamagedResultsAreNoResults) {
  project::RunRow run;
  run.job = "evaluate";
  run.status = "done";
  run.result = "{\"aggregations\": [";
  EXPECT_FALSE(evaluationOf(run));
  for (const char* wrong : {R"([])", R"({"aggregations":[{"roc":[[1]]}]})", R"({"genuine":"many"})",
                            R"({"aggregations":[{"tar":[{"supported":1}]}]})"}) {
    run.result = wrong;
    EXPECT_FALSE(evaluationOf(run)) << wrong;
  }
  run.result = R"({"aggregations":[{"name":"x","auc":null,"roc":[[0,1]],"tar":[{}]}]})";
  const auto evaluation = evaluationOf(run);
  ASSERT_TRUE(evaluation);
  EXPECT_TRUE(std::isnan(evaluation->aggregations[0].auc));
  run.status = "running";
  EXPECT_FALSE(evaluationOf(run));
  run.job = "sweep";
  run.status = "done";
  run.result = R"({"curves":[{"name":"a","points":[]}],"knee":{"curve":0,"point":3}})";
  EXPECT_EQ(sweepOf(run)->kneePoint, -1) << "a knee that is not there is none";
}

TEST(RunResults, ParetoFrontAgreesWithBruteForce) {
  std::vector<QPointF> points;
  for (int i = 0; i < 60; ++i) points.emplace_back((i * 37 % 60) / 10.0, (i * 23 % 17) / 5.0);
  points.emplace_back(std::nan(""), 99);
  std::vector<QPointF> expected;
  for (const QPointF& p : points) {
    bool beaten = std::isnan(p.x());
    for (const QPointF& q : points)
      beaten = beaten || (q.x() <= p.x() && q.y() >= p.y() && (q.x() < p.x() || q.y() > p.y()));
    if (!beaten && std::find(expected.begin(), expected.end(), p) == expected.end()) expected.push_back(p);
  }
  std::sort(expected.begin(), expected.end(), [](auto a, auto b) { return a.x() < b.x(); });
  std::vector<QPointF> found;
  for (const int i : paretoFront(points)) found.push_back(points[std::size_t(i)]);
  EXPECT_EQ(found, expected);
}

TEST(RunResults, Texts) {
  EXPECT_EQ(farText(0), "0") << "of a result of an older version";
  EXPECT_EQ(farText(1e-3), "1e-3");
  EXPECT_EQ(farText(0.005), "0.005");
  EXPECT_EQ(percentText(0.98421, 2), "98.42 %");
  EXPECT_EQ(percentText(std::nan("")), "–");
}

}  // namespace
}  // namespace discern::ui
