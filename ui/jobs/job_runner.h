// Runs `discern` as child processes: one job at a time from a queue, its JSON lines as signals.
#pragma once

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>
#include <vector>

#include "ui/jobs/job.h"

namespace discern::ui {

// The words that start the engine: DISCERN_COMMAND, else `setting`, else the discern beside this program,
// else the one on the path. A prefix is part of it: "ssh gpu-box discern".
QStringList engineCommand(const QString& setting = {});

// What a child that was asked to stop gets to save its state in.
constexpr int kGraceMs = 30000;

// One child and its events. start() on a running one asks that to end; its late lines are dropped.
class EngineProcess : public QObject {
  Q_OBJECT

 public:
  enum class Outcome { Done, Failed, Cancelled };

  explicit EngineProcess(QObject* parent = nullptr, int graceMs = kGraceMs);
  ~EngineProcess() override;  // asks the child to stop and waits for it, up to graceMs

  void start(const QStringList& command, const QStringList& arguments);
  // SIGINT, and SIGKILL when the child has not ended after `graceMs`.
  void cancel(int graceMs = kGraceMs);
  bool isRunning() const { return process_ != nullptr; }
  qint64 processId() const { return process_ == nullptr ? 0 : process_->processId(); }

 signals:
  void event(const discern::ui::JobEvent& event);
  void strayLine(const QString& line);  // of either stream, not an event
  void finished(discern::ui::EngineProcess::Outcome outcome, const QString& error);

 private:
  void readOutput();
  void readErrors();
  void handleLine(const QByteArray& line);
  void end(Outcome outcome, const QString& error);
  void onFinished(int exitCode, QProcess::ExitStatus status);
  void interrupt();  // once a child: a second SIGINT ends the engine where it stands
  void drop();       // waits for its end
  void abandon();    // does not

  QProcess* process_ = nullptr;
  LineSplitter output_, errors_;
  QString error_, lastErrorLine_;
  bool cancelled_ = false, interrupted_ = false;
  int graceMs_;
  QTimer kill_;
};

struct JobRequest {
  QString job;          // "extract"
  QStringList options;  // {"--model", "demo"}
};

class JobRunner : public QObject {
  Q_OBJECT

 public:
  explicit JobRunner(QObject* parent = nullptr);

  const std::vector<Job>& jobs() const { return jobs_; }  // the id is the index
  const Job* find(int id) const;                          // null: no such job
  void setCommand(QStringList command) { command_ = std::move(command); }
  const QStringList& command() const { return command_; }

  // Copies everything; the job starts when those before it have ended. Returns its id.
  int enqueue(const QString& project, const JobRequest& request);
  // One after the other; when one fails or is cancelled the later ones are cancelled too.
  std::vector<int> enqueueChain(const QString& project, const std::vector<JobRequest>& requests);
  void cancel(int id);
  void cancelAll();
  void log(int id, const QString& line);  // under a job; keeps the last 5,000 lines
  bool isBusy() const { return running_ >= 0; }
  int runningJob() const { return running_; }  // -1: none

 signals:
  void jobAdded(int id);
  void jobChanged(int id);  // state, progress or result
  void logged(int id, const QString& line);
  void jobStarted(int id);
  void jobEvent(int id, const discern::ui::JobEvent& event);
  void jobFinished(int id);  // Done, Failed or Cancelled: see find()
  void idle();               // the queue is empty

 private:
  int add(const QString& project, const JobRequest& request, int chain);
  void startNext();
  void setState(int id, Job::State state, const QString& error = {});
  void onEvent(const JobEvent& event);
  void onFinished(EngineProcess::Outcome outcome, const QString& error);

  std::vector<Job> jobs_;
  EngineProcess process_;
  QStringList command_;
  int running_ = -1;
  int chains_ = 0;
};

}  // namespace discern::ui
