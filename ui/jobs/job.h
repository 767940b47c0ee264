// One job of this sitting: what was asked for, how far it is, what it said. No process, no widgets.
#pragma once

#include <QDateTime>
#include <QStringList>
#include <map>
#include <string>
#include <vector>

#include "ui/jobs/job_events.h"

namespace discern::ui {

struct Job {
  enum class State { Waiting, Running, Stopping, Done, Failed, Cancelled };

  int id = -1;
  QString name;         // "extract"
  QStringList options;  // as they were when the job was asked for
  QString project;      // folder
  int chain = -1;       // jobs of one chain: when one fails, the later ones are not started
  State state = State::Waiting;
  QString stage;
  qint64 done = 0, total = 0;
  qint64 step = 0, steps = 0;                  // of a recipe, from 1; 0: it is none, or has not begun
  double rate = -1, secondsLeft = -1;          // of the stage; negative: unknown
  double stepSeconds = -1, secondsAfter = -1;  // of a recipe: about how long the step and those after it take
  QDateTime stepStarted;
  QString error;       // Failed: one sentence
  QString errorField;  // the option that it is about ("epochs"), if it is about one
  QStringList log;     // notes, ends of stages and lines that are no events
  QDateTime started, finished;

  bool isOver() const { return state == State::Done || state == State::Failed || state == State::Cancelled; }
  double share() const { return total > 0 ? double(done) / double(total) : 0; }
};

QString toString(Job::State state);
// "12 s", "3 min 20 s", "2 h 5 min"; empty when unknown.
QString durationText(double seconds);
// "95.2/s", "3.4 k/s"; empty when unknown.
QString rateText(double perSecond);

// About how long a job of `jobs` goes on, with all steps after it (of its recipe, or of the jobs that it was
// asked for with); known: seconds that each job took before. Negative: nobody knows.
double wholeSecondsLeft(const std::vector<Job>& jobs, const Job& job,
                        const std::map<std::string, double>& known, const QDateTime& now);

// Takes over what an event says about progress and error.
void applyEvent(Job& job, const JobEvent& event);

}  // namespace discern::ui
