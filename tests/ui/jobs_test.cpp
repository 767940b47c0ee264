#include <gtest/gtest.h>
#include <signal.h>

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/live/job_model.h"
#include "ui/settings/settings.h"

namespace discern::ui {
namespace {

using testing::kWait;

TEST(JobEvents, ParsesEveryKind) {
  const auto progress = parseJobEvent(
      R"({"event":"progress","stage":"extracting","done":120,"total":2857,"rate":95.2,"left":null})");
  ASSERT_TRUE(progress);
  EXPECT_EQ(progress->kind, JobEvent::Kind::Progress);
  EXPECT_EQ(progress->stage, "extracting");
  EXPECT_EQ(progress->done, 120);
  EXPECT_EQ(progress->total, 2857);
  EXPECT_DOUBLE_EQ(progress->rate, 95.2);
  EXPECT_LT(progress->secondsLeft, 0) << "unknown";
  EXPECT_EQ(parseJobEvent(R"({"event":"start","job":"extract","run":3})")->run, 3);
  const auto metric = parseJobEvent(R"({"event":"metric","name":"train/loss","step":10,"value":0.012})");
  EXPECT_EQ(metric->text, "train/loss");
  EXPECT_EQ(metric->step, 10);
  EXPECT_DOUBLE_EQ(metric->value, 0.012);
  EXPECT_EQ(parseJobEvent(R"({"event":"error","message":"no such file"})")->text, "no such file");
  for (const char* bad : {"", "hello", "[1]", "{\"event\":\"new kind\"}", "{\"event\":", "null"})
    EXPECT_FALSE(parseJobEvent(bad)) << bad;
}

TEST(JobEvents, LinesArriveInAnyPortions) {
  const QByteArray text = "one\ntwo\r\n\nthree";
  for (int portion = 1; portion <= text.size(); ++portion) {
    LineSplitter splitter;
    QList<QByteArray> lines;
    for (int at = 0; at < text.size(); at += portion) lines += splitter.feed(text.mid(at, portion));
    EXPECT_EQ(lines, (QList<QByteArray>{"one", "two", ""})) << portion;
    EXPECT_EQ(splitter.takeRest(), "three");
    EXPECT_EQ(splitter.takeRest(), "");
  }
}

TEST(JobEvents, ShellWords) {
  EXPECT_EQ(shellWords("  ssh  gpu-box discern "), (QStringList{"ssh", "gpu-box", "discern"}));
  EXPECT_EQ(shellWords("'a b' \"c d\"e f\\ g \"\""), (QStringList{"a b", "c de", "f g", ""}));
  EXPECT_EQ(shellWords("'it\\s'"), (QStringList{"it\\s"}));
  EXPECT_TRUE(shellWords("   ").isEmpty());
}

TEST(JobTexts, DurationsAndRates) {
  EXPECT_EQ(durationText(28.7), "29 s");
  EXPECT_EQ(durationText(200), "3 min 20 s");
  EXPECT_EQ(durationText(7500), "2 h 5 min");
  EXPECT_EQ(durationText(-1), "");
  EXPECT_EQ(rateText(95.2), "95.2/s");
  EXPECT_EQ(rateText(3400), "3.4 k/s");
  EXPECT_EQ(rateText(0), "");
}

TEST(EngineCommand, TheEnvironmentWinsOverTheSetting) {
  qputenv("DISCERN_COMMAND", "ssh 'gpu box' discern");
  EXPECT_EQ(engineCommand("/opt/discern"), (QStringList{"ssh", "gpu box", "discern"}));
  qunsetenv("DISCERN_COMMAND");
  EXPECT_EQ(engineCommand("/opt/discern --quiet"), (QStringList{"/opt/discern", "--quiet"}));
  EXPECT_EQ(engineCommand().size(), 1);
}

TEST(SettingsTest, KeepsThemeAndRecentProjects) {
  QTemporaryDir folder;
  const QString file = folder.filePath("settings.ini");
  {
    Settings settings(file);
    EXPECT_EQ(settings.theme(), Theme::System);
    settings.setTheme(Theme::Dark);
    settings.addRecentProject(folder.path());
    settings.addRecentProject("/nowhere/at/all");
    settings.addRecentProject(folder.path());
  }
  Settings settings(file);
  EXPECT_EQ(settings.theme(), Theme::Dark);
  EXPECT_EQ(settings.recentProjects(), QStringList{folder.path()}) << "what is gone is not offered";
  EXPECT_THROW(parseTheme("pink"), std::runtime_error);
}

class JobRunnerTest : public ::testing::Test {
 protected:
  void useScript(const QString& body) {
    runner_.setCommand({testing::writeFakeEngine(folder_.path(), body)});
  }
  const Job& finish(const JobRequest& request) {
    QSignalSpy finished(&runner_, &JobRunner::jobFinished);
    const int id = runner_.enqueue("/p.discern", request);
    EXPECT_TRUE(finished.count() > 0 || finished.wait(kWait));
    return *runner_.find(id);
  }
  void waitIdle() {
    QSignalSpy idle(&runner_, &JobRunner::idle);
    EXPECT_TRUE(idle.wait(kWait));
  }

  QTemporaryDir folder_;
  JobRunner runner_;
  JobModel model_{runner_};
  QAbstractItemModelTester tester_{&model_, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(JobRunnerTest, RunsAChildAndReadsItsEvents) {
  useScript(R"(
    echo "{\"event\":\"note\",\"text\":\"$* $OPENBLAS_NUM_THREADS $OMP_WAIT_POLICY\"}"
    printf '{"event":"progress","stage":"read'
    sleep 0.05
    printf 'ing","done":3,"total":10,"rate":2.5,"left":2.8}\n'
    echo 'no event at all'
    echo 'a warning' >&2
    echo '{"event":"result","job":"score","scored":7}')");
  QSignalSpy events(&runner_, &JobRunner::jobEvent);
  const Job& job = finish({"score", {"--features", "a b"}});
  EXPECT_EQ(job.state, Job::State::Done);
  EXPECT_EQ(job.log.value(0), "--json score /p.discern --features a b 1 passive");
  EXPECT_TRUE(job.log.contains("no event at all"));
  EXPECT_TRUE(job.log.contains("a warning"));
  EXPECT_EQ(job.stage, "reading");
  EXPECT_EQ(job.done, 3);
  EXPECT_TRUE(events.last()[1].value<JobEvent>().line.contains("\"scored\":7"));
  EXPECT_EQ(events.count(), 3);
  EXPECT_EQ(model_.rowCount(), 1);
  EXPECT_EQ(model_.index(0, JobModel::Name).data().toString(), "score");
  EXPECT_EQ(model_.index(0, JobModel::State).data().toString(), "done");
  EXPECT_EQ(model_.index(0, JobModel::Progress).data().toString(), "3 of 10");
}

TEST_F(JobRunnerTest, ARecipeComesBeforeTheProject) {
  useScript(R"(echo "$*")");
  EXPECT_EQ(finish({"run", {"demo.toml", "--again"}}).log.value(0),
            "--json run demo.toml /p.discern --again");
}

TEST_F(JobRunnerTest, AFailureIsTheEnginesSentence) {
  useScript(R"(echo '{"event":"error","message":"faces/: there is no image in it."}'; exit 1)");
  const Job& job = finish({"import", {"faces"}});
  EXPECT_EQ(job.state, Job::State::Failed);
  EXPECT_EQ(job.error, "faces/: there is no image in it.");
  EXPECT_EQ(model_.index(0, JobModel::Stage).data().toString(), job.error);
}

TEST_F(JobRunnerTest, OtherEndsAreExplainedToo) {
  useScript("echo 'unknown option --x' >&2; exit 2");
  EXPECT_TRUE(finish({"score", {}}).error.contains("unknown option --x"));
  useScript("kill -SEGV $$");
  EXPECT_TRUE(finish({"score", {}}).error.contains("unexpectedly"));
  useScript("exit 7");
  EXPECT_TRUE(finish({"score", {}}).error.contains("7"));
  useScript("exit 130");
  EXPECT_EQ(finish({"score", {}}).state, Job::State::Cancelled);
  runner_.setCommand({folder_.filePath("not-there")});
  const Job& job = finish({"score", {}});
  EXPECT_EQ(job.state, Job::State::Failed);
  EXPECT_TRUE(job.error.contains("not-there")) << job.error.toStdString();
}

TEST_F(JobRunnerTest, CancelAsksWithAnInterruptAndTheChildMayTidyUp) {
  useScript(R"(
    trap 'echo "{\"event\":\"note\",\"text\":\"tidied up\"}"; exit 130' INT
    echo '{"event":"progress","stage":"working","done":1,"total":9}'
    while :; do sleep 0.02; done)");
  QSignalSpy events(&runner_, &JobRunner::jobEvent);
  const int id = runner_.enqueue("/p.discern", {"extract", {}});
  ASSERT_TRUE(events.wait(kWait));
  QSignalSpy finished(&runner_, &JobRunner::jobFinished);
  runner_.cancel(id);
  EXPECT_EQ(runner_.find(id)->state, Job::State::Stopping);
  ASSERT_TRUE(finished.wait(kWait));
  EXPECT_EQ(runner_.find(id)->state, Job::State::Cancelled);
  EXPECT_TRUE(runner_.find(id)->log.contains("tidied up"));
  EXPECT_TRUE(runner_.find(id)->error.isEmpty());
}

// Counts the interrupts it gets until half a second after the first, and writes their number into FILE.
QString countInterrupts(const QString& file) {
  return QString(R"(
    count=0
    trap 'count=$((count + 1))' INT
    echo up
    while [ $count -eq 0 ]; do sleep 0.02; done
    echo asked
    sleep 0.5
    echo $count > %1
    exit 130)")
      .arg(file);
}

QByteArray contentsOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray("no file");
}

TEST_F(JobRunnerTest, CancellingTwiceInterruptsOnce) {
  useScript(countInterrupts(folder_.filePath("count")));
  const int id = runner_.enqueue("/p.discern", {"train-ddnet", {}});
  QSignalSpy logged(&runner_, &JobRunner::logged);
  QSignalSpy finished(&runner_, &JobRunner::jobFinished);
  ASSERT_TRUE(logged.wait(kWait));
  runner_.cancel(id);
  logged.clear();
  ASSERT_TRUE(logged.wait(kWait));
  runner_.cancelAll();
  ASSERT_TRUE(finished.wait(kWait));
  EXPECT_EQ(contentsOf(folder_.filePath("count")), "1") << "a second one ends the engine where it stands";
}

TEST(EngineProcessTest, ACancelledChildMayEndInPeace) {
  QTemporaryDir folder;
  const QString script = testing::writeFakeEngine(folder.path(), countInterrupts(folder.filePath("count")));
  {
    EngineProcess process;
    QSignalSpy lines(&process, &EngineProcess::strayLine);
    process.start({script}, {});
    ASSERT_TRUE(lines.wait(kWait));
    process.cancel();
    lines.clear();
    ASSERT_TRUE(lines.wait(kWait));
  }
  EXPECT_EQ(contentsOf(folder.filePath("count")), "1");
}

TEST(EngineProcessTest, AChildThatDoesNotListenIsKilled) {
  QTemporaryDir folder;
  const QString script =
      testing::writeFakeEngine(folder.path(), "trap '' INT\necho ready\nwhile :; do sleep 0.02; done");
  EngineProcess process;
  QSignalSpy lines(&process, &EngineProcess::strayLine);
  QSignalSpy finished(&process, &EngineProcess::finished);
  process.start({script}, {});
  ASSERT_TRUE(lines.wait(kWait));
  process.cancel(100);
  ASSERT_TRUE(finished.wait(kWait));
  EXPECT_EQ(finished[0][0].value<EngineProcess::Outcome>(), EngineProcess::Outcome::Cancelled);
}

TEST(EngineProcessTest, LinesOfAnEarlierChildAreDropped) {
  QTemporaryDir folder;
  const QString script = testing::writeFakeEngine(
      folder.path(), "trap '' INT\necho start $1\nwhile [ $1 = old ]; do echo old; sleep 0.01; done");
  EngineProcess process;
  QSignalSpy lines(&process, &EngineProcess::strayLine);
  QSignalSpy finished(&process, &EngineProcess::finished);
  process.start({script}, {"old"});
  ASSERT_TRUE(lines.wait(kWait));
  process.start({script}, {"new"});
  lines.clear();
  ASSERT_TRUE(finished.wait(kWait));
  ASSERT_EQ(lines.count(), 1);
  EXPECT_EQ(lines[0][0].toString(), "start new");
  EXPECT_EQ(finished.count(), 1);
}

TEST_F(JobRunnerTest, OneJobAtATimeInOrder) {
  useScript(QString("echo $2 >> %1; sleep 0.02; echo end >> %1").arg(folder_.filePath("order")));
  runner_.enqueue("/p.discern", {"first", {}});
  runner_.enqueue("/p.discern", {"second", {}});
  EXPECT_FALSE(runner_.isBusy()) << "starts from the event loop";
  waitIdle();
  QFile file(folder_.filePath("order"));
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  EXPECT_EQ(file.readAll(), "first\nend\nsecond\nend\n");
}

TEST_F(JobRunnerTest, AChainEndsAtItsFirstFailureAndOtherJobsGoOn) {
  useScript(R"([ "$2" = bad ] && { echo '{"event":"error","message":"no"}'; exit 1; }; exit 0)");
  const auto chain = runner_.enqueueChain("/p.discern", {{"good", {}}, {"bad", {}}, {"after", {}}});
  const int other = runner_.enqueue("/p.discern", {"other", {}});
  waitIdle();
  EXPECT_EQ(runner_.find(chain[0])->state, Job::State::Done);
  EXPECT_EQ(runner_.find(chain[1])->state, Job::State::Failed);
  EXPECT_EQ(runner_.find(chain[2])->state, Job::State::Cancelled);
  EXPECT_FALSE(runner_.find(chain[2])->started.isValid());
  EXPECT_EQ(runner_.find(other)->state, Job::State::Done);
}

TEST_F(JobRunnerTest, CancelAllLeavesNothingWaiting) {
  useScript("echo up; while :; do sleep 0.02; done");
  QSignalSpy logged(&runner_, &JobRunner::logged);
  for (const char* job : {"a", "b", "c"}) runner_.enqueue("/p.discern", {job, {}});
  ASSERT_TRUE(logged.wait(kWait));
  runner_.cancelAll();
  waitIdle();
  for (const Job& job : runner_.jobs()) EXPECT_EQ(job.state, Job::State::Cancelled) << job.name.toStdString();
}

TEST_F(JobRunnerTest, OptionsAreThoseOfTheMomentOfAsking) {
  useScript(R"(sleep 0.05; echo "$4")");
  QStringList options = {"before"};
  runner_.enqueue("/p.discern", {"x", {}});
  const int id = runner_.enqueue("/p.discern", {"y", options});
  options[0] = "after";
  waitIdle();
  EXPECT_EQ(runner_.find(id)->log.value(0), "before");
}

}  // namespace
}  // namespace discern::ui
