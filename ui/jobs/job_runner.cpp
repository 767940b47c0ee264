#include "ui/jobs/job_runner.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/types.h>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

#include "ui/language/words.h"

namespace discern::ui {
namespace {

constexpr int kUsage = 2;
constexpr int kInterrupted = 130;
constexpr int kAbandonedMs = 3000;
constexpr qsizetype kLongestLog = 5000;

QProcessEnvironment engineEnvironment() {
  // Two thread pools fight (docs/benchmarks.md), and both read these before they load.
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("OPENBLAS_NUM_THREADS", "1");
  environment.insert("OMP_WAIT_POLICY", "passive");
  return environment;
}

// `run` alone takes its recipe before the project.
QStringList engineArguments(const Job& job) {
  const QStringList start = {"--json", job.name};
  if (job.name == "run") return start + job.options.mid(0, 1) + QStringList{job.project} + job.options.mid(1);
  return start + QStringList{job.project} + job.options;
}

}  // namespace

QStringList engineCommand(const QString& setting) {
  for (const QString& text : {qEnvironmentVariable("DISCERN_COMMAND"), setting}) {
    QStringList words = shellWords(text);
    if (!words.isEmpty()) return words;
  }
  const QString beside = QDir(QCoreApplication::applicationDirPath()).filePath("discern");
  if (QFileInfo(beside).isExecutable()) return {beside};
  const QString onPath = QStandardPaths::findExecutable("discern");
  return {onPath.isEmpty() ? beside : onPath};
}

// --- EngineProcess

EngineProcess::EngineProcess(QObject* parent, int graceMs) : QObject(parent), graceMs_(graceMs) {
  kill_.setSingleShot(true);
  connect(&kill_, &QTimer::timeout, this, [this] {
    if (process_ != nullptr) process_->kill();
  });
}

EngineProcess::~EngineProcess() {
  drop();
  for (QProcess* abandoned : findChildren<QProcess*>()) {
    abandoned->kill();
    abandoned->waitForFinished(1000);
  }
}

void EngineProcess::interrupt() {
  if (interrupted_ || process_ == nullptr || process_->processId() <= 0) return;
  interrupted_ = ::kill(static_cast<pid_t>(process_->processId()), SIGINT) == 0;
}

void EngineProcess::drop() {
  if (process_ == nullptr) return;
  process_->disconnect(this);
  interrupt();
  if (!process_->waitForFinished(graceMs_)) process_->kill();
  process_->waitForFinished(1000);
  delete std::exchange(process_, nullptr);
}

void EngineProcess::abandon() {
  if (process_ == nullptr) return;
  interrupt();
  QProcess* process = std::exchange(process_, nullptr);
  process->disconnect(this);
  connect(process, &QProcess::finished, process, &QObject::deleteLater);
  QTimer::singleShot(kAbandonedMs, process, [process] { process->kill(); });
}

void EngineProcess::start(const QStringList& command, const QStringList& arguments) {
  abandon();
  kill_.stop();
  output_ = {};
  errors_ = {};
  error_.clear();
  lastErrorLine_.clear();
  cancelled_ = interrupted_ = false;
  process_ = new QProcess(this);
  process_->setProcessEnvironment(engineEnvironment());
  process_->setProgram(command.value(0));
  process_->setArguments(command.mid(1) + arguments);
  process_->setStandardInputFile(QProcess::nullDevice());
  // A window that dies must not leave a job behind that nobody sees and that holds the project.
  process_->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGINT); });
  connect(process_, &QProcess::readyReadStandardOutput, this, &EngineProcess::readOutput);
  connect(process_, &QProcess::readyReadStandardError, this, &EngineProcess::readErrors);
  connect(process_, &QProcess::finished, this, &EngineProcess::onFinished);
  connect(process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error != QProcess::FailedToStart) return;  // everything else also arrives as finished
    end(Outcome::Failed,
        tr("The engine %1 could not be started; install discern beside discern-workbench, or "
           "name it in DISCERN_COMMAND.")
            .arg(process_->program()));
  });
  process_->start();
}

void EngineProcess::cancel(int graceMs) {
  if (process_ == nullptr) return;
  cancelled_ = true;
  interrupt();
  kill_.start(graceMs);
}

void EngineProcess::readOutput() {
  const QProcess* const process = process_;
  for (const QByteArray& line : output_.feed(process_->readAllStandardOutput())) {
    handleLine(line);
    if (process_ != process) return;  // a slot started another child
  }
}

void EngineProcess::readErrors() {
  for (const QByteArray& line : errors_.feed(process_->readAllStandardError())) {
    if (line.trimmed().isEmpty()) continue;
    lastErrorLine_ = QString::fromUtf8(line).trimmed();
    emit strayLine(lastErrorLine_);
  }
}

void EngineProcess::handleLine(const QByteArray& line) {
  if (line.trimmed().isEmpty()) return;
  const std::optional<JobEvent> parsed = parseJobEvent(line);
  if (!parsed) {
    emit strayLine(QString::fromUtf8(line));
    return;
  }
  if (parsed->kind == JobEvent::Kind::Error) error_ = parsed->text;
  emit event(*parsed);
}

void EngineProcess::onFinished(int exitCode, QProcess::ExitStatus status) {
  const QProcess* const process = process_;
  readOutput();
  if (process_ != process) return;
  readErrors();
  handleLine(output_.takeRest());
  const QByteArray rest = errors_.takeRest().trimmed();
  if (!rest.isEmpty()) emit strayLine(lastErrorLine_ = QString::fromUtf8(rest));
  if (status == QProcess::NormalExit && exitCode == 0) return end(Outcome::Done, {});
  if (cancelled_ || (status == QProcess::NormalExit && exitCode == kInterrupted))
    return end(Outcome::Cancelled, {});
  if (!error_.isEmpty()) return end(Outcome::Failed, error_);
  const auto fail = [this](const QString& sentence) {
    end(Outcome::Failed,
        lastErrorLine_.isEmpty() ? sentence : tr("%1 It said: %2").arg(sentence, lastErrorLine_));
  };
  if (status == QProcess::CrashExit)
    return fail(tr("The engine ended unexpectedly; what was finished is kept, run the job again to go on."));
  if (exitCode == kUsage) return fail(tr("The engine did not understand its options."));
  fail(tr("The engine ended with code %1 and gave no reason.").arg(exitCode));
}

void EngineProcess::end(Outcome outcome, const QString& error) {
  kill_.stop();
  process_->disconnect(this);
  std::exchange(process_, nullptr)->deleteLater();
  emit finished(outcome, error);
}

// --- JobRunner

JobRunner::JobRunner(QObject* parent) : QObject(parent), process_(this), command_(engineCommand()) {
  connect(&process_, &EngineProcess::event, this, &JobRunner::onEvent);
  connect(&process_, &EngineProcess::strayLine, this, [this](const QString& line) { log(running_, line); });
  connect(&process_, &EngineProcess::finished, this, &JobRunner::onFinished);
}

const Job* JobRunner::find(int id) const {
  return id >= 0 && id < static_cast<int>(jobs_.size()) ? &jobs_[static_cast<std::size_t>(id)] : nullptr;
}

int JobRunner::add(const QString& project, const JobRequest& request, int chain) {
  Job job;
  job.id = static_cast<int>(jobs_.size());
  job.name = request.job;
  job.options = request.options;
  job.project = project;
  job.chain = chain;
  jobs_.push_back(job);
  emit jobAdded(job.id);
  return job.id;
}

int JobRunner::enqueue(const QString& project, const JobRequest& request) {
  return enqueueChain(project, {request}).front();
}

std::vector<int> JobRunner::enqueueChain(const QString& project, const std::vector<JobRequest>& requests) {
  std::vector<int> ids;
  const int chain = chains_++;
  for (const JobRequest& request : requests) ids.push_back(add(project, request, chain));
  // Queued: the caller knows the ids before the first signal.
  QMetaObject::invokeMethod(this, &JobRunner::startNext, Qt::QueuedConnection);
  return ids;
}

void JobRunner::startNext() {
  if (running_ >= 0) return;
  const auto next = std::find_if(jobs_.begin(), jobs_.end(),
                                 [](const Job& job) { return job.state == Job::State::Waiting; });
  if (next == jobs_.end()) {
    emit idle();
    return;
  }
  running_ = next->id;
  const QStringList arguments = engineArguments(*next);
  setState(running_, Job::State::Running);
  emit jobStarted(running_);
  process_.start(command_, arguments);
}

void JobRunner::setState(int id, Job::State state, const QString& error) {
  Job& job = jobs_[static_cast<std::size_t>(id)];
  job.state = state;
  if (!error.isEmpty()) job.error = error;
  if (state == Job::State::Running) job.started = QDateTime::currentDateTime();
  if (job.isOver()) {
    job.finished = QDateTime::currentDateTime();
    job.secondsLeft = job.rate = -1;
    if (!job.error.isEmpty()) log(id, job.error);
  }
  emit jobChanged(id);
}

void JobRunner::log(int id, const QString& line) {
  QStringList& lines = jobs_[static_cast<std::size_t>(id)].log;
  lines.append(line);
  if (lines.size() > kLongestLog) lines.remove(0, lines.size() - kLongestLog);
  emit logged(id, line);
}

void JobRunner::onEvent(const JobEvent& event) {
  const int id = running_;
  applyEvent(jobs_[static_cast<std::size_t>(id)], event);
  if (event.kind == JobEvent::Kind::Note) log(id, event.text);
  if (event.kind == JobEvent::Kind::StageDone) log(id, tr("%1: done").arg(engineText(event.stage)));
  emit jobChanged(id);
  emit jobEvent(id, event);
}

void JobRunner::cancel(int id) {
  const Job* job = find(id);
  if (job == nullptr || job->isOver() || job->state == Job::State::Stopping) return;
  if (id == running_) {
    setState(id, Job::State::Stopping);
    process_.cancel();
    return;
  }
  setState(id, Job::State::Cancelled);
  emit jobFinished(id);
}

void JobRunner::cancelAll() {
  for (int id = static_cast<int>(jobs_.size()) - 1; id >= 0; --id) cancel(id);
}

void JobRunner::onFinished(EngineProcess::Outcome outcome, const QString& error) {
  using Outcome = EngineProcess::Outcome;
  const int id = std::exchange(running_, -1);
  const int chain = find(id)->chain;
  const QString name = find(id)->name;
  setState(id,
           outcome == Outcome::Done     ? Job::State::Done
           : outcome == Outcome::Failed ? Job::State::Failed
                                        : Job::State::Cancelled,
           error);
  emit jobFinished(id);
  if (outcome != Outcome::Done) {
    for (int later = id + 1; later < static_cast<int>(jobs_.size()); ++later) {
      const Job* job = find(later);
      if (job->chain != chain || job->isOver()) continue;
      log(later, tr("not started: %1 before it did not finish").arg(name));
      cancel(later);
    }
  }
  startNext();
}

}  // namespace discern::ui
